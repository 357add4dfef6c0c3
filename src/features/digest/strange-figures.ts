import type { Item } from '../../ports/items.ts'
import { figuresIn, flatten } from '../../text/figures/figures.ts'
import type { Broadcast } from './records.ts'

/** More than these are not read. */
const mostNamed = 6

/**
 * Figures that stand in a digest and in none of the items that it cites: a slip of whoever edited it, as far as
 * anybody can tell. For whoever approves to look at; the head with its date does not count.
 */
export function strangeFigures(
  { kind, text }: Pick<Broadcast, 'kind' | 'text'>,
  items: readonly Item[],
): string[] {
  if (kind !== 'digest' || items.length === 0) return []
  const [, ...body] = text.split('\n')
  const said = body.map(line => line.replace(/^\d+\. /u, '')).join('\n')
  const source = flatten(items.map(wordsOf).join('\n'))
  const strange = figuresIn(said).filter(figure => !source.includes(figure.said))
  return [...new Set(strange.map(figure => figure.said))].slice(0, mostNamed)
}

function wordsOf({ title, text, documentNumber, link, lines, deadline }: Item): string {
  const own = lines ? [lines.what, lines.who, lines.when] : []
  return [title, text, documentNumber ?? '', link ?? '', deadline?.sentence ?? '', ...own].join('\n')
}

/** What is said of them; undefined where there are none. */
export function sayStrange(figures: readonly string[]): string | undefined {
  if (figures.length === 0) return undefined
  return `注意：这些数字在条目里没有，请对照原文：${figures.join('、')}。`
}

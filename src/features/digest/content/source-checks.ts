import { parseClauses } from '../../../guard/clauses.ts'
import { figureFaults } from '../../../guard/figures.ts'
import { negationFaults } from '../../../guard/negations.ts'
import { subjectFaults } from '../../../guard/subjects.ts'
import { type NormalizedNames, wordFaults } from '../../../guard/words.ts'
import type { Item } from '../../../ports/items.ts'
import { figuresIn, flatten } from '../../../text/figures/figures.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { namesUnconfirmedDay } from './unconfirmed-days.ts'

/**
 * The faults of a line: figures that are not literally in the item, limits, negations, subjects and words that it does
 * not support, and days that are not confirmed. Omissions are not faults: another line may have them.
 */
export function lineFaults(line: string, item: Item, names: NormalizedNames): string[] {
  const text = flatten([item.title, item.documentNumber ?? '', item.link ?? '', item.text].join('\n'))
  const foreign = figuresIn(line).filter(({ said }) => !text.includes(said))
  const [said, source] = [parseClauses(line), parseClauses(text)]
  return [
    ...foreign.map(figure => `not literally in the item: ${figure.said}`),
    ...figureFaults(said, source),
    ...negationFaults(said, source),
    ...subjectFaults(said, source),
    ...wordFaults({ said, source, question: item.title, names }),
    ...(namesUnconfirmedDay(line, item) ? ['names a day that is not confirmed'] : []),
  ]
}

/** At most this number of figures is listed. */
const mostNamed = 6

/** Figures in a digest that none of its cited items contains: probable slips, shown to the reviewer. */
export function unsourcedFigures(
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

/** The warning about these figures; undefined if there are none. */
export function sayUnsourced(figures: readonly string[]): string | undefined {
  if (figures.length === 0) return undefined
  return `注意：这些数字在条目里没有，请对照原文：${figures.join('、')}。`
}

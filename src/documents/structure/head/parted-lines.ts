import { markerOf } from '../markers.ts'
import { numberIn } from '../number-line.ts'
import { officesIn } from '../offices.ts'
import type { DocumentLine } from '../types.ts'
import { titleEnd } from './title.ts'

/** Lines among which the head of a document has those with its fields. */
const mostLines = 12

/**
 * Writes a title and the number behind it, 「……的通告平消通〔2026〕7号」, as a line each, and the offices above
 * 「制定」 with that word as one. A document has one such title, above its text: several are a list of others.
 */
export function withHeadLinesParted(lines: readonly DocumentLine[]): DocumentLine[] {
  const joined = withOfficesJoined(lines)
  const clause = joined.findIndex(({ text }) => markerOf(text) !== undefined)
  const first = joined.slice(0, 2 * mostLines).map(({ text }) => numberBehind(text))
  const found = first.flatMap((pieces, at) => (pieces ? [at] : []))
  const [at = -1] = found
  if (found.length !== 1 || at >= mostLines || (clause >= 0 && at > clause)) return joined
  return joined.flatMap((line, place) =>
    place === at ? (first[at] ?? []).map(piece => ({ ...line, text: piece })) : [line],
  )
}

/** 「制定」 below the offices that issue a model text, as one line with them. */
function withOfficesJoined(lines: readonly DocumentLine[]): DocumentLine[] {
  const verb = lines.slice(0, mostLines).findIndex(({ text }) => issues.test(text.replaceAll(/\s/gu, '')))
  let first = verb
  while (first > 0 && officesIn(lines[first - 1]?.text ?? '').length > 0) first -= 1
  const [line] = lines.slice(first)
  if (!line || first === verb) return [...lines]
  const text = lines
    .slice(first, verb + 1)
    .map(each => each.text.trim())
    .join(' ')
  return [...lines.slice(0, first), { ...line, text }, ...lines.slice(verb + 1)]
}
const issues = /^(?:联合)?(?:制定|发布|印发|监制|编制|编印|印制)$/u

/** A title and the number of the document, 「……的通告平消通〔2026〕7号」, as a line each. */
function numberBehind(text: string): string[] | undefined {
  const found =
    /^([^。；：:]{8,120}?)\s*([（(]?\p{Script=Han}{1,12}[〔[（(]\d{4}[〕\]）)]\d{1,5}号[）)]?)$/u.exec(
      text.trim(),
    )
  const [, before = '', behind = ''] = found ?? []
  const words = behind.search(/[〔[]|(?<=.)[（(]/u)
  for (let length = Math.max(0, words - shortestWord); length >= 0; length -= 1) {
    const [title, number] = [`${before}${behind.slice(0, length)}`, behind.slice(length)]
    if (titleEnd.test(title) && numberIn(number) !== undefined) return [title, number]
  }
  return undefined
}
/** 「榕科」 of a number. */
const shortestWord = 2

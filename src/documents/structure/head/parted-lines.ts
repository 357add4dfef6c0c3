import { dayAlone } from '../dates.ts'
import { markerOf } from '../markers.ts'
import { numberIn } from '../number-line.ts'
import { officesIn } from '../offices.ts'
import type { DocumentLine } from '../types.ts'

/** Lines among which the head of a document has those with its fields. */
const mostLines = 12

/**
 * Writes 「某某局　平科〔2026〕9号　2026年4月28日」 as a line each. A document has one such line, above its text: several
 * of them name other documents.
 */
export function withHeadLinesParted(lines: readonly DocumentLine[]): DocumentLine[] {
  const text = lines.slice(0, mostLines).findIndex(line => opensText.test(line.text) || markerOf(line.text))
  const first = lines.slice(0, mostLines + mostNamed).map(line => piecesOf(line.text))
  const found = first.flatMap((pieces, at) => (pieces ? [at] : []))
  const [at = -1] = found
  if (found.length !== 1 || at >= mostLines || (text >= 0 && at > text)) return [...lines]
  return lines.flatMap((line, place) =>
    place === at ? (first[at] ?? []).map(piece => ({ ...line, text: piece })) : [line],
  )
}
/** Lines further down in which a list of documents shows itself. */
const mostNamed = 12
const opensText = /。|(?:如下|下列|以下)[^。]*[：:]\s*$/u

/** undefined for a line that holds a single field, or anything else. */
function piecesOf(text: string): string[] | undefined {
  const pieces = text.trim().split(/[\s|]+/u)
  const numbers = pieces.filter(piece => numberIn(piece) !== undefined)
  const others = pieces.filter(piece => dayAlone(piece) !== undefined || officesIn(piece).length > 0)
  return numbers.length === 1 && others.length > 0 && others.length + 1 === pieces.length ? pieces : undefined
}

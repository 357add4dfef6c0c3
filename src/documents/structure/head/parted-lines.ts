import { dayAlone } from '../dates.ts'
import { numberIn } from '../number-line.ts'
import { officesIn } from '../offices.ts'
import type { DocumentLine } from '../types.ts'

/** Lines among which the head of a document has those with its fields. */
const mostLines = 12

/** 「某某局　平科〔2026〕9号　2026年4月28日」 in one line as a line each. */
export const withHeadLinesParted = (lines: readonly DocumentLine[]): DocumentLine[] =>
  lines.flatMap((line, at) => {
    const pieces = at < mostLines ? piecesOf(line.text) : undefined
    return pieces ? pieces.map(text => ({ ...line, text })) : [line]
  })

/** undefined for a line that holds a single field, or anything else. */
function piecesOf(text: string): string[] | undefined {
  const pieces = text.trim().split(/[\s|]+/u)
  const numbers = pieces.filter(piece => numberIn(piece) !== undefined)
  const others = pieces.filter(piece => dayAlone(piece) !== undefined || officesIn(piece).length > 0)
  return numbers.length === 1 && others.length > 0 && others.length + 1 === pieces.length ? pieces : undefined
}

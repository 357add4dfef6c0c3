import { foldCharacters } from '../../../text/characters.ts'
import { levels, type Marker, markerOf } from '../markers.ts'

const plainNumber = /^\s*(\d{1,2})\s+(?=\p{Script=Han})/u
/** 「1自查频次」, whose space a font has lost: a short heading, and no quantity. */
const tightNumber =
  /^\s*(\d{1,2})(?=(?![个名家年月日天人次万亿元项份件条款号时分米级类种倍])[^\P{Script=Han}][^，。；：、,;:]{1,18}$)/u

/** Whether clauses are counted as 「1 范围」, 「2 条件」 and 「2.1 基本条件」. */
export const isDecimal = (texts: readonly string[]): boolean =>
  texts.some(text => /^\d+\.\d+/u.test(markerOf(text)?.label ?? '')) &&
  texts.some(text => plainNumberOf(text, true)?.value === 1)

/** The number of a clause without a stop behind it. @param isTight whether it may lack its space; default false */
export function plainNumberOf(text: string, isTight = false): Marker | undefined {
  const folded = foldCharacters(text)
  const found = plainNumber.exec(folded) ?? (isTight ? tightNumber.exec(folded) : null)
  if (!found) return undefined
  const label = found[1] ?? ''
  return {
    level: levels.number,
    format: 'plain',
    label,
    value: Number(label),
    length: found[0].length,
    isSpaced: true,
  }
}

import { foldCharacters } from '../../text/characters.ts'
import { levels, type Marker, markerOf } from './markers.ts'

const plainNumber = /^\s*(\d{1,2})\s+(?=\p{Script=Han})/u

/** Whether clauses are counted as 「1 范围」, 「2 条件」 and 「2.1 基本条件」. */
export const isDecimal = (texts: readonly string[]): boolean =>
  texts.some(text => /^\d+\.\d+/u.test(markerOf(text)?.label ?? '')) &&
  texts.some(text => plainNumberOf(text)?.value === 1)

/** The number of a clause without a stop behind it. */
export function plainNumberOf(text: string): Marker | undefined {
  const found = plainNumber.exec(foldCharacters(text))
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

import { costs } from './costs.ts'
import type { LineFacts } from './line-facts.ts'
import { titleEnd, unspaced } from './title.ts'

type Surroundings = {
  lines: readonly LineFacts[]
  /** Names that stand above a day further down. */
  signed: ReadonlySet<string>
  /** Labels name an office, and no line of offices names it. */
  isLabelledOtherwise: boolean
}

/** @returns how unlike the mark of an office a line is; undefined where it names none */
export function costOfOffice(
  at: number,
  { lines, signed, isLabelledOtherwise }: Surroundings,
): number | undefined {
  const line = lines[at]
  if (!line) return undefined
  if (line.offices.length > 0 && isLabelledOtherwise) return costs.otherOffice
  if (line.offices.length > 0 || line.dated || line.acting.length > 0) return costs.office
  const name = line.folded.replace(/文\s*件$/u, '')
  if (!unknownOffice.test(name) || titleEnd.test(name)) return undefined
  if (signed.has(unspaced(name))) return costs.office
  return isAboveNumber(lines, at) || lines[at + 1]?.isDay ? costs.unknownOffice : undefined
}
const unknownOffice = /^(?!关于)\p{Script=Han}[\p{Script=Han}（）()·]{3,29}$/u

/** Names above the number of a document are those of its offices, of whatever kind. */
function isAboveNumber(lines: readonly LineFacts[], at: number): boolean {
  const number = lines.slice(at + 1).findIndex(line => line.number !== undefined)
  const between = lines.slice(at + 1, at + 1 + number)
  return number >= 0 && between.every(({ folded }) => unknownOffice.test(folded))
}

import { labelOf } from './list-labels.ts'
import type { PastedStatus } from './list-status.ts'

/** A number of people, by the status that it counts: 「实到：10人」. */
export type Total = { status: PastedStatus | 'expected'; count: number }

/** A line that holds totals and nothing else. */
export const total =
  /^(?:共计?|合计|总计|总数|小计|已?(?:接[龙龍]|报名|参与|参加)(?:人数)?|应到|实到|请假|缺席|未到|人数|总人数)?[\s:：]*\d+\s*[人位名]?(?:[，,、;；\s]*(?:共计?|合计|应到|实到|请假|缺席|未到|迟到|出差)[\s:：]*\d+\s*[人位名]?)*[，,、;；\s。.]*$/u

/** The totals of a line without names. */
export function totalsIn(line: string): Total[] {
  const label = labelOf(line)
  if (label && label.kind !== 'none' && label.kind !== 'place' && label.rest !== '' && total.test(label.rest))
    return [{ status: label.kind, count: Number(/\d+/u.exec(label.rest)?.[0]) }]
  if (!total.test(line)) return []
  return [...line.matchAll(countedWord)].flatMap(({ groups }) => {
    const kind = labelOf(groups?.word ?? '')?.kind
    return kind === 'here' || kind === 'away' || kind === 'expected'
      ? [{ status: kind, count: Number(groups?.count) }]
      : []
  })
}
const countedWord = /(?<word>\p{Script=Han}{2,4})[\s:：]*(?<count>\d+)/gu

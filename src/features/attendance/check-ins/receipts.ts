import { Temporal } from 'temporal-polyfill'
import type { CheckIn, LessonNotice, Receipt } from '../lessons/records/check-in-records.ts'

/** Most names in a receipt, so that it stays one readable message. */
const namesPerReceipt = 150

/**
 * The next receipt for a group: one that could not be posted before, else a new one of untold sign-ins.
 * @param told every receipt of the lesson
 * @returns undefined where there is nothing to tell
 */
export function nextReceipt(
  notices: readonly LessonNotice[],
  told: readonly Receipt[],
  { groupId, at }: { groupId: string; at: Temporal.Instant },
): Receipt | undefined {
  const unposted = told.find(receipt => receipt.groupId === groupId && !receipt.isPosted)
  if (unposted) return unposted
  const known = new Set(told.flatMap(receipt => receipt.notices.map(keyOf)))
  const untold = notices.filter(notice => notice.groupId === groupId && !known.has(keyOf(notice)))
  if (untold.length === 0) return undefined
  const oldestFirst = untold.toSorted(byTime)
  return {
    number: Math.max(0, ...told.map(({ number }) => number)) + 1,
    groupId,
    notices: oldestFirst.slice(0, namesPerReceipt),
    isPosted: false,
    madeAt: at.toString(),
  }
}

/** Notices of all check-ins. */
export const noticesOf = (checkIns: readonly CheckIn[]): LessonNotice[] =>
  checkIns.flatMap(({ notices }) => notices)

/** Records older than the field have no time. */
const byTime = (a: LessonNotice, b: LessonNotice) =>
  a.at === '' || b.at === '' ? 0 : Temporal.Instant.compare(a.at, b.at)

/** Told once: by what it is about, whom and when it was said. */
const keyOf = ({ memberId, about, groupId, isAfterTally, at }: LessonNotice) =>
  JSON.stringify([memberId, about, groupId, isAfterTally, at])

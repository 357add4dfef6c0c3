import type { Lesson, Notice } from './records.ts'

/** A receipt names at most so many, so that it stays one readable message. */
const namesPerReceipt = 100

/**
 * The lesson with something to tell a group. Each person is named once for a thing, however often it
 * is said; a wrong code is worth telling again.
 * @param who without a group it was said in private, and no group is told
 */
export function withNotice(
  lesson: Lesson,
  { memberId, groupId }: { memberId: string; groupId?: string },
  about: Notice['about'],
): Lesson {
  if (groupId === undefined) return lesson
  const isAfterTally = lesson.talliedAt !== undefined
  const isNoted = lesson.notices.some(
    notice =>
      notice.memberId === memberId &&
      notice.about === about &&
      notice.isAfterTally === isAfterTally &&
      (about !== 'missed' || notice.receipt === 0),
  )
  if (isNoted) return lesson
  return { ...lesson, notices: [...lesson.notices, { memberId, groupId, about, isAfterTally, receipt: 0 }] }
}

/**
 * Gathers what this group was not told yet into the next receipt.
 * @returns the same object where there is nothing to tell, or a receipt is still to be posted
 */
export function gatherReceipt(lesson: Lesson, groupId: string): Lesson {
  const untold = lesson.notices.filter(notice => notice.receipt === 0 && notice.groupId === groupId)
  if (untold.length === 0 || unpostedReceipt(lesson, groupId) !== undefined) return lesson
  const chosen = new Set(untold.slice(0, namesPerReceipt))
  const number = lesson.receipts.length + 1
  return {
    ...lesson,
    notices: lesson.notices.map(notice => (chosen.has(notice) ? { ...notice, receipt: number } : notice)),
    receipts: [...lesson.receipts, { groupId, isPosted: false }],
  }
}

/** @returns its number, from 1 */
export function unpostedReceipt(lesson: Lesson, groupId: string): number | undefined {
  const index = lesson.receipts.findIndex(receipt => receipt.groupId === groupId && !receipt.isPosted)
  return index < 0 ? undefined : index + 1
}

/** Nothing of it will be told again. */
export function markPosted(lesson: Lesson, receipt: number): Lesson {
  const receipts = lesson.receipts.map((old, index) =>
    index + 1 === receipt ? { ...old, isPosted: true } : old,
  )
  return { ...lesson, receipts }
}

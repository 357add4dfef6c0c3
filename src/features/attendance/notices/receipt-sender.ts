import { Temporal } from 'temporal-polyfill'
import { createKeyedQueue } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { People } from '../check-ins/people.ts'
import { nextReceipt, noticesOf } from '../check-ins/receipts.ts'
import { standingIn } from '../check-ins/sign-up-rules.ts'
import { sayLesson } from '../check-ins/words.ts'
import type { Receipt } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { Posts } from './posts.ts'
import { madeUpKey, sayMakeUps, sayReceipt } from './receipt-words.ts'

/** A group gets at most one receipt in this time, also over a restart. */
export const receiptSeconds = 20
/** Sweeps come every 20 s by a clock of whole seconds: a second early is still not too often. */
const slackSeconds = 1
const receiptMinutes = 10

export type ReceiptSender = ReturnType<typeof createReceiptSender>
type Parts = { people: People; posts: Posts; roster: Pick<Roster, 'members' | 'addressOf'>; clock: Clock }

/**
 * One message for many sign-ins. May be interrupted anywhere: what a receipt tells is kept before it is posted, and
 * posted again under the same key.
 */
export function createReceiptSender({ people, posts, roster, clock }: Parts) {
  /** When each group was last told, of whatever lesson. */
  const toldAt = new Map<string, Temporal.Instant>()
  /** By lesson: a receipt takes the next number, so two runs at once would write over each other's. */
  const runs = createKeyedQueue()

  function isTooSoon(groupId: string, receipts: readonly Receipt[]): boolean {
    const kept = receipts.findLast(one => one.groupId === groupId && one.isPosted)?.madeAt
    const times = [toldAt.get(groupId), kept ? Temporal.Instant.from(kept) : undefined]
    return times.some(at => {
      const seconds = at ? at.until(clock.now()).total('seconds') : receiptSeconds
      // A clock that was put back delays no receipt.
      return seconds >= 0 && seconds < receiptSeconds - slackSeconds
    })
  }

  /**
   * @param groupId empty for what only organizers hear
   * @returns whether a receipt was posted
   */
  async function tell(lesson: Lesson, groupId: string, isPaced: boolean): Promise<boolean> {
    const [checkIns, signUps, receipts] = await Promise.all([
      people.checkInsOf(lesson),
      people.signUps(lesson),
      people.receiptsOf(lesson),
    ])
    const notices = [...noticesOf(checkIns), ...signUps.notices]
    const receipt = nextReceipt(notices, receipts, { groupId, at: clock.now() })
    if (!receipt || (isPaced && groupId !== '' && isTooSoon(groupId, receipts))) return false
    await people.keepReceipt(lesson, receipt)
    await post(lesson, receipt)
    await people.keepReceipt(lesson, { ...receipt, isPosted: true })
    if (groupId !== '') toldAt.set(groupId, clock.now())
    return true
  }

  async function post(lesson: Lesson, receipt: Receipt): Promise<void> {
    const { groupId, number } = receipt
    const key = `lesson-${lesson.id}-receipt-${number}`
    const held = await people.withPeople(lesson)
    const signUps = await people.signUps(lesson)
    const hasRoster = (await roster.members()).length > 0
    if (groupId !== '') {
      const text = sayReceipt(held, receipt, { now: clock.now(), signUps, hasRoster })
      const notAfter = clock.now().add({ minutes: receiptMinutes })
      await posts.toGroup(groupId, { key: `${key}/${groupId}`, reply: { text }, notAfter })
    }
    const makeUps = sayMakeUps(held, receipt)
    if (makeUps !== undefined) await posts.toOrganizers(madeUpKey(lesson, number), { text: makeUps })
    if (groupId === '') await tellMovedUp(lesson, receipt, key)
  }

  /** Tells members who signed up in private that they moved up. */
  async function tellMovedUp(lesson: Lesson, { notices }: Receipt, key: string): Promise<void> {
    const signUps = await people.signUps(lesson)
    for (const { memberId } of notices.filter(({ about }) => about === 'moved-up')) {
      const { chatId: personId } = await roster.addressOf(memberId)
      if (personId === undefined || standingIn(signUps, memberId).state !== 'in') continue
      const text = `${sayLesson(lesson, clock.now())} 有人退出，你候补转正了，到时见。来不了请发「取消报名」。`
      await posts.toPeople([personId], `${key}-moved-up-${memberId}`, { text })
    }
  }

  return {
    /** Tells each group of the lesson, and the organizers, what they were not told yet. */
    tellAll(lesson: Lesson): Promise<void> {
      return runs.run(lesson.id, async () => {
        for (const groupId of [...lesson.groupIds, '']) await tell(lesson, groupId, true)
      })
    },
    /**
     * As {@link tellAll}, all of it and at once: what follows is the end of the lesson,
     * which no receipt may come after.
     */
    tellRest(lesson: Lesson): Promise<void> {
      return runs.run(lesson.id, async () => {
        for (const groupId of [...lesson.groupIds, '']) {
          let isMore = true
          while (isMore) isMore = await tell(lesson, groupId, false)
        }
      })
    },
  }
}

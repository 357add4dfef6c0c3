import { Temporal } from 'temporal-polyfill'
import type { Job, Sweep } from '../../feature.ts'
import type { Outbox, Posting } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Lessons } from './lessons.ts'
import { gatherReceipt, markPosted, unpostedReceipt } from './receipts.ts'
import type { Lesson } from './records.ts'
import { phaseOf, tallyOf } from './rules.ts'
import { makeSheet } from './sheet.ts'
import { sayNumbers, sayReceipt, sayTally } from './words.ts'

const receiptMinutes = 10
const groupNoticeHours = 2
const privateTallyHours = 72
/** How far back the sweep looks for what a crash or a slow line left undone. */
const sweptDays = 3
const leaveAheadDays = 30

type Parts = { lessons: Lessons; directory: Directory; outbox: Outbox; clock: Clock }
export type Closing = ReturnType<typeof createClosing>

/**
 * What happens by itself: receipts, the end of a lesson, the tally. All of it may run again after a crash, since
 * a posting's key is unique for ever and what is to be said is in the record before it is posted.
 */
export function createClosing({ lessons, directory, outbox, clock }: Parts) {
  const hoursFromNow = (hours: number) => clock.now().add({ hours })

  async function groupNamesOf(lesson: Lesson): Promise<string[]> {
    const names = await Promise.all(lesson.groupIds.map(async id => (await directory.group(id))?.name))
    return names.map(name => name ?? '已解绑的群')
  }

  /** Only to groups that are bound: an unbound group gets nothing. */
  async function postToGroup(groupId: string, posting: Omit<Posting, 'target'>): Promise<void> {
    if (await directory.group(groupId)) await outbox.post([{ ...posting, target: { groupId } }])
  }

  /** Something about a lesson that all its groups hear, once. */
  async function tellGroups(lesson: Lesson, about: string, text: string): Promise<void> {
    for (const groupId of lesson.groupIds) {
      const key = `lesson-${lesson.id}-${about}/${groupId}`
      await postToGroup(groupId, { key, reply: { text }, notAfter: hoursFromNow(groupNoticeHours) })
    }
  }

  async function postToOrganizers(key: string, reply: Posting['reply']): Promise<void> {
    const notAfter = hoursFromNow(privateTallyHours)
    const people = await directory.holders('organizer')
    await outbox.post(
      people.map(personId => ({ key: `${key}/${personId}`, target: { personId }, reply, notAfter })),
    )
  }

  /** @returns whether the group was told something */
  async function postReceipt(lesson: Lesson, groupId: string): Promise<boolean> {
    const gathered = await lessons.change(lesson.id, now => gatherReceipt(now, groupId))
    const number = unpostedReceipt(gathered, groupId)
    if (number === undefined) return false
    const key = `lesson-${lesson.id}-receipt-${number}`
    const text = sayReceipt(gathered, number)
    const notAfter = clock.now().add({ minutes: receiptMinutes })
    await postToGroup(groupId, { key: `${key}/${groupId}`, reply: { text }, notAfter })
    const isNews = gathered.notices.some(notice => notice.receipt === number && notice.isAfterTally)
    if (isNews) {
      await postToOrganizers(key, { text: `统计发出以后又有变化：\n${text}\n发「签到表」可以再取一份。` })
    }
    await lessons.change(lesson.id, now => markPosted(now, number))
    return true
  }

  /** At most one message a group: where two lessons run at once, the second waits for the next sweep. */
  async function sweep(at: Temporal.Instant): Promise<void> {
    const from = at.subtract({ hours: 24 * sweptDays })
    const toldGroups = new Set<string>()
    for (const lesson of await lessons.between({ from, to: at.add({ hours: 24 * leaveAheadDays }) })) {
      if (lesson.cancelledAt !== undefined) continue
      for (const groupId of lesson.groupIds) {
        if (!toldGroups.has(groupId) && (await postReceipt(lesson, groupId))) toldGroups.add(groupId)
      }
      if (phaseOf(lesson, at) === 'over') await finish(lesson.id)
    }
  }

  /** The tally to the organizers in private, and numbers to the group; once, however often it is called. */
  async function finish(lessonId: string): Promise<void> {
    const before = await lessons.get(lessonId)
    if (!before || before.cancelledAt !== undefined || before.isTallyPosted) return
    for (const groupId of before.groupIds) await postReceipt(before, groupId)
    const at = clock.now()
    const lesson = await lessons.change(lessonId, now => ({
      ...now,
      talliedAt: now.talliedAt ?? at.toString(),
    }))
    const file = await makeSheet(lesson, await groupNamesOf(lesson))
    const text = `${sayTally(lesson, at)}\n签到表见附件。个别人要改，在群里发「更正 姓名 迟到」就行。`
    await postToOrganizers(`lesson-${lessonId}-tally`, { text, file })
    await tellGroups(lesson, 'numbers', `「${lesson.title}」签到结束：${sayNumbers(tallyOf(lesson))}。`)
    await lessons.change(lessonId, now => ({ ...now, isTallyPosted: true }))
  }

  const closing: Job = {
    name: 'lesson-closing',
    title: '下课统计',
    // However late: a tally that comes after a long night is still the tally.
    shelfLifeMinutes: Number.POSITIVE_INFINITY,
    async due(after, until) {
      const ended = await lessons.between({ from: after, to: until })
      return ended
        .filter(lesson => lesson.cancelledAt === undefined && lesson.talliedAt === undefined)
        .map(lesson => ({ key: lesson.id, at: Temporal.Instant.from(lesson.endsAt) }))
        .filter(
          ({ at }) => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0,
        )
    },
    run: ({ key }) => finish(key),
  }
  const receipts: Sweep = { name: 'lesson-receipts', everySeconds: 20, run: sweep }

  return { finish, groupNamesOf, tellGroups, jobs: [closing], sweeps: [receipts] }
}

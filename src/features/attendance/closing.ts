import { Temporal } from 'temporal-polyfill'
import type { Job, Sweep } from '../../feature.ts'
import { makeLessonFile } from '../../ledger/workbook.ts'
import type { Outbox, Posting } from '../../outbox/index.ts'
import type { ChatFile } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import { attendeesOf, headOf } from './book.ts'
import type { Lessons } from './lessons.ts'
import type { People } from './people.ts'
import { sayReceipt } from './receipt-words.ts'
import { nextReceipt, noticesOf } from './receipts.ts'
import type { Lesson } from './records.ts'
import { type Held, tallyOf } from './rules.ts'
import { phaseOf } from './window.ts'
import { sayNumbers, sayTally } from './words.ts'

const receiptMinutes = 10
const groupNoticeHours = 2
const privateTallyHours = 72
/** How far back the sweep looks for what a crash or a slow line left undone. */
const sweptDays = 3
const leaveAheadDays = 30

/** Who made a sheet that nobody asked for. */
const botName = '签到机器人'

type Parts = {
  lessons: Lessons
  people: People
  directory: Directory
  roster: Pick<Roster, 'members'>
  outbox: Outbox
  clock: Clock
}
export type Closing = ReturnType<typeof createClosing>

/**
 * What happens by itself: receipts, the end of a lesson, the tally. All of it may run again after a crash, since
 * a posting's key is unique for ever and what is to be said is in the record before it is posted.
 */
export function createClosing({ lessons, people, directory, roster, outbox, clock }: Parts) {
  const hoursFromNow = (hours: number) => clock.now().add({ hours })

  async function groupNamesOf(lesson: Lesson): Promise<string[]> {
    const names = await Promise.all(lesson.groupIds.map(async id => (await directory.group(id))?.name))
    return names.map(name => name ?? '已解绑的群')
  }

  /** The lesson's sheet as it stands now. @param by who takes it out */
  async function sheetOf(held: Held, by: string): Promise<ChatFile> {
    const at = clock.now()
    const lesson = headOf(held.lesson, await groupNamesOf(held.lesson))
    return makeLessonFile(lesson, {
      attendees: attendeesOf(held, at),
      roster: await roster.members(),
      exported: { by, at },
    })
  }

  /** Only to groups that are bound: an unbound group gets nothing. */
  async function postToGroup(groupId: string, posting: Omit<Posting, 'target' | 'kind'>): Promise<void> {
    if (await directory.group(groupId)) {
      await outbox.post([{ ...posting, kind: 'prompt', target: { groupId } }])
    }
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
      people.map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply,
        notAfter,
      })),
    )
  }

  /** @returns whether the group was told something */
  async function postReceipt(lesson: Lesson, groupId: string): Promise<boolean> {
    const held = await people.held(lesson)
    const notices = noticesOf(held.people.flatMap(({ checkIn }) => checkIn ?? []))
    const receipt = nextReceipt(notices, await people.receiptsOf(lesson), groupId)
    if (!receipt) return false
    // Kept before it is posted: what a crash interrupts is posted again under the same key, and told once.
    await people.keepReceipt(lesson, receipt)
    const key = `lesson-${lesson.id}-receipt-${receipt.number}`
    const text = sayReceipt(held, receipt, clock.now())
    const notAfter = clock.now().add({ minutes: receiptMinutes })
    await postToGroup(groupId, { key: `${key}/${groupId}`, reply: { text }, notAfter })
    // What a receipt tells once the tally was begun may not stand in it.
    if (lesson.talliedAt !== undefined) {
      await postToOrganizers(key, { text: `统计发出以后又有变化：\n${text}\n发「签到表」可以再取一份。` })
    }
    await people.keepReceipt(lesson, { ...receipt, isPosted: true })
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
    await people.takeRegister(lesson, at)
    const held = await people.held(lesson)
    const file = await sheetOf(held, botName)
    const text = `${sayTally(held, at)}\n签到表见附件。个别人要改，在群里发「更正 姓名 迟到」就行。`
    await postToOrganizers(`lesson-${lessonId}-tally`, { text, file })
    await tellGroups(lesson, 'numbers', `「${lesson.title}」签到结束：${sayNumbers(tallyOf(held, at))}。`)
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

  return { finish, groupNamesOf, sheetOf, tellGroups, jobs: [closing], sweeps: [receipts] }
}

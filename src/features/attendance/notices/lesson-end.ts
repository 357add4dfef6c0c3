import { Temporal } from 'temporal-polyfill'
import type { Job, Sweep } from '../../../feature.ts'
import { makeLessonFile } from '../../../ledger/workbook.ts'
import { forEachItem } from '../../../lib/queue.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ExportedData, ExportLog } from '../../../ports/export-log.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { People } from '../check-ins/people.ts'
import { type LessonWithPeople, tallyOf } from '../check-ins/rules.ts'
import { sayTally } from '../check-ins/tally-words.ts'
import { sayLesson, sayNumbers } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { RecordOutages } from '../lessons/outages.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf, signOutMinutes, talliedFrom } from '../lessons/window.ts'
import { attendeesOf, headOf } from './attendance-history.ts'
import type { Posts } from './posts.ts'
import { type ReceiptSender, receiptSeconds } from './receipt-sender.ts'

/** How far back the sweep looks for what a crash or a slow line left undone. */
const sweptDays = 3
/** Leave and sign-ups arrive at most this long before a lesson. */
const aheadDays = 60

const verifyHint =
  '未核对的人那时可能签了到、我没听到：请核对一下，来了的发「更正 姓名 到」；都核对过了，发「核对完毕」，剩下的记为缺勤。'

/** The author of a sheet that was made by itself. */
const botName = '签到机器人'

const isTallyDue = (lesson: Lesson, at: Temporal.Instant) =>
  phaseOf(lesson, at) === 'over' &&
  (!lesson.takesSignOut || Temporal.Instant.compare(at, talliedFrom(lesson)) >= 0)

type Parts = {
  lessons: Lessons
  people: People
  posts: Posts
  receipts: ReceiptSender
  recordOutages: RecordOutages
  roster: Pick<Roster, 'members'>
  exports: ExportLog
  clock: Clock
}
export type LessonEnd = ReturnType<typeof createLessonEnd>

/**
 * Automatic steps: receipts, the end of a lesson, the tally. All of it may run again after a crash, since
 * a posting's key is unique for ever and what is to be said is in the record before it is posted.
 */
export function createLessonEnd(parts: Parts) {
  const { lessons, people, posts, receipts, recordOutages, roster, exports, clock } = parts

  /** The lesson's sheet as it stands now, on the record. @param by who takes it out */
  async function sheetOf(held: LessonWithPeople, by: string, road: ExportedData['road']): Promise<ChatFile> {
    const at = clock.now()
    await exports.note({
      byName: by,
      what: `签到表：${sayLesson(held.lesson, at)}`,
      road,
      people: held.people.length,
    })
    const lesson = headOf(held.lesson, await posts.groupNamesOf(held.lesson))
    return makeLessonFile(lesson, {
      attendees: attendeesOf(held, at),
      roster: await roster.members(),
      exported: { by, at },
    })
  }

  /** Where two lessons of a group run at once, the second waits for the next sweep. */
  async function sweep(at: Temporal.Instant): Promise<void> {
    const from = at.subtract({ hours: 24 * sweptDays })
    const near = await lessons.between({ from, to: at.add({ hours: 24 * aheadDays }) })
    const held = near.filter(({ cancelledAt }) => cancelledAt === undefined)
    await forEachItem(held, found => lookAt(found, at), 'receipts of lessons')
  }

  async function lookAt(found: Lesson, at: Temporal.Instant): Promise<void> {
    const lesson = await recordOutages(found, at)
    await receipts.tellAll(lesson)
    if (isTallyDue(lesson, at)) await finish(lesson.id)
  }

  /** The tally to the organizers in private, and numbers to the group; once, however often it is called. */
  async function finish(lessonId: string): Promise<void> {
    const before = await lessons.get(lessonId)
    if (!before || before.cancelledAt !== undefined || before.isTallyPosted) return
    await receipts.tellRest(before)
    const at = clock.now()
    await recordOutages(before, at)
    const lesson = await lessons.change(lessonId, now => ({
      ...now,
      talliedAt: now.talliedAt ?? at.toString(),
    }))
    await people.takeRegister(lesson, at)
    const held = await people.held(lesson)
    const file = await sheetOf(held, botName, 'sent')
    const tally = tallyOf(held, at)
    const doubt = tally.unverified.length > 0 ? `\n${verifyHint}` : ''
    const text = `${sayTally(held, at)}${doubt}\n签到表见附件。个别人要改，在群里发「更正 姓名 迟到」就行。`
    await posts.toOrganizers(`lesson-${lessonId}-tally`, { text, file })
    if (lesson.tellsNumbers) {
      const said = `「${lesson.title}」签到结束：${sayNumbers(tally)}。`
      await posts.tellGroups(lesson, { about: 'numbers', text: said })
    }
    await lessons.change(lessonId, now => ({ ...now, isTallyPosted: true }))
  }

  const closing: Job = {
    name: 'lesson-closing',
    title: '下课统计',
    // However late: a tally that comes after a long night is still the tally.
    maxLateMinutes: Number.POSITIVE_INFINITY,
    async due(after, until) {
      const ended = await lessons.between({ from: after.subtract({ minutes: signOutMinutes }), to: until })
      return ended
        .filter(lesson => lesson.cancelledAt === undefined && lesson.talliedAt === undefined)
        .map(lesson => ({
          key: lesson.id,
          at: talliedFrom({ ...lesson, closedAt: undefined }),
          title: `「${lesson.title}」下课统计`,
        }))
        .filter(
          ({ at }) => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0,
        )
    },
    run: ({ key }) => finish(key),
  }
  const sweeping: Sweep = { name: 'lesson-receipts', everySeconds: receiptSeconds, run: sweep }

  return { finish, sheetOf, jobs: [closing], sweeps: [sweeping] }
}

import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Member } from '../../ports/directory.ts'
import { correct, withdrawCorrection } from './check-ins/check-in.ts'
import type { People } from './check-ins/people.ts'
import { lastCorrection, statusOf, tallyOf } from './check-ins/rules.ts'
import { moveUp } from './check-ins/sign-up-rules.ts'
import { clockTime, sayLesson, stateWords } from './check-ins/words.ts'
import { askForCode, asksForCode, dropCode } from './lessons/codes.ts'
import type { Lessons, Opening } from './lessons/lessons.ts'
import { checkLength, checkWritten } from './lessons/plan-rules.ts'
import type { AttendanceVerdict } from './lessons/records/check-in-records.ts'
import type { Lesson } from './lessons/records/records.ts'
import type { LessonRecurrence } from './lessons/records/series-records.ts'
import { sayLessonRecurrence } from './lessons/recurrence.ts'
import type { SeriesActions } from './lessons/series.ts'
import { closeEarly, phaseOf } from './lessons/window.ts'
import type { LessonEnd } from './notices/lesson-end.ts'
import {
  sayChanged,
  sayCodeSwitch,
  sayGone,
  sayMovedFrom,
  sayOpened,
  saySeries,
} from './notices/plan-words.ts'
import type { Posts } from './notices/posts.ts'

type ActionParts = {
  lessons: Lessons
  people: People
  posts: Posts
  series: SeriesActions
  closing: Pick<LessonEnd, 'finish'>
  clock: Clock
}

/** The person who acts, the time that counts, and the group that reads the answer and so needs no notice. */
export type ActedBy = { name: string; at: Temporal.Instant; groupId?: string | undefined }
type LessonChange = Parameters<Lessons['edit']>[1]

const isAtSameHour = (one: Lesson, other: Lesson): boolean =>
  clockTime(one.startsAt) === clockTime(other.startsAt) && clockTime(one.endsAt) === clockTime(other.endsAt)

/** A lesson before and after an edit; `head` says that it holds for the whole series. */
type Edited = { before: Lesson; after: Lesson; by: ActedBy; head: string }

export type LessonActions = ReturnType<typeof createLessonActions>

function seriesOf({ series: belongsTo, title }: Lesson) {
  if (!belongsTo) throw new Refusal(`「${title}」只有这一次，不是每周都有的。`)
  return belongsTo
}

/** A larger capacity lets people on the waiting list in. */
async function giveFreePlaces(
  people: ActionParts['people'],
  lesson: Lesson,
  at: Temporal.Instant,
): Promise<void> {
  const { signUp } = lesson
  if (!signUp) return
  await people.changeSignUps(lesson, now => moveUp(now, { capacity: signUp.capacity, at: at.toString() }))
}

/** Actions on lessons (rule, record, notices), called by chat and console alike. */
export function createLessonActions({ lessons, people, posts, series, closing, clock }: ActionParts) {
  /** Tells every group of the lesson but the one that reads the answer. */
  async function tellOthers(
    lesson: Lesson,
    { groupId, at }: ActedBy,
    about: string,
    text: string,
  ): Promise<void> {
    const groupIds = lesson.groupIds.filter(id => id !== groupId)
    await posts.tellGroups({ ...lesson, groupIds }, { about: `${about}-${at.epochMilliseconds}`, text })
  }

  /** Groups that the lesson keeps hear of the change, new ones of the lesson, and those that it left that it did. */
  async function tellEdited({ before, after, by, head }: Edited, text: string | undefined): Promise<void> {
    const at = clock.now()
    const isIn = (lesson: Lesson) => (id: string) => lesson.groupIds.includes(id)
    const kept = after.groupIds.filter(isIn(before))
    const fresh = after.groupIds.filter(id => !isIn(before)(id))
    const left = before.groupIds.filter(id => !isIn(after)(id))
    if (text !== undefined) await tellOthers({ ...after, groupIds: kept }, by, 'changed', head + text)
    await tellOthers({ ...after, groupIds: fresh }, by, 'opened', head + sayOpened(after, at))
    await tellOthers({ ...after, groupIds: left }, by, 'left', head + sayGone(after, at))
  }

  return {
    /**
     * Opens a lesson, or with a recurrence a series of them.
     * @returns the next lesson, and what its groups are told
     * @throws {@link Refusal} for what cannot be a lesson
     */
    async open(
      opening: Opening & { recurrence?: LessonRecurrence | undefined },
      by: ActedBy,
    ): Promise<{ lesson: Lesson | undefined; text: string }> {
      const { recurrence, plan, startsAt, endsAt, hasCode = false } = opening
      checkWritten(plan)
      if (!recurrence) {
        const lesson = await lessons.open(opening, by)
        const text = sayOpened(lesson, clock.now())
        await tellOthers(lesson, by, 'opened', text)
        return { lesson, text }
      }
      const opened = await series.open({ plan, times: { startsAt, endsAt }, recurrence, hasCode }, by)
      const text = saySeries(opened, clock.now())
      const [first] = opened.lessons
      if (first) await tellOthers(first, by, 'series', text)
      return { lesson: first, text }
    },

    /**
     * Changes a lesson, or with `isForSeries` all that come of its series.
     * @returns what its groups are told
     * @throws {@link Refusal} where nothing was changed
     */
    async edit(before: Lesson, change: LessonChange, by: ActedBy, isForSeries: boolean): Promise<string> {
      checkWritten(change.plan)
      const changed = isForSeries
        ? (await series.edit(seriesOf(before).id, change, by.at)).lessons
        : [await lessons.edit(before.id, change, by.at)]
      for (const one of changed) await giveFreePlaces(people, one, by.at)
      const after = changed.find(({ id }) => id === before.id) ?? changed[0] ?? before
      // A lesson that was moved to a day or hour of its own keeps it: the groups hear from which one on it is another.
      const moved = change.times && changed.find(one => !isAtSameHour(one, after))
      const text =
        sayChanged(before, after, clock.now()) ?? (moved ? sayMovedFrom(moved, clock.now()) : undefined)
      const edited = { before, after, by, head: isForSeries ? '以后每次都这样：\n' : '' }
      await tellEdited(edited, text)
      return text === undefined
        ? `${sayLesson(after, clock.now())} 改好了，群里要知道的没有变，不另外通知。`
        : `${edited.head}${text}`
    },

    /** @returns what its groups are told */
    async cancel(lesson: Lesson, by: ActedBy): Promise<string> {
      const cancelled = await lessons.cancel(lesson.id, by.at)
      const text = `${sayLesson(cancelled, clock.now())} 取消了，不用来签到。`
      await tellOthers(cancelled, by, 'cancelled', text)
      return text
    },

    /** Takes a cancellation back, as long as the lesson is to come. @returns what its groups are told */
    async restore({ id }: Lesson, by: ActedBy): Promise<string> {
      const lesson = await lessons.restore(id, by.at)
      const text = `${sayLesson(lesson, clock.now())} 照常上，刚才的取消作废。`
      await tellOthers(lesson, by, 'restored', text)
      return text
    },

    /**
     * Puts down what an organizer decided about a person.
     * @returns what is said of it
     * @throws {@link Refusal} for a reason that is too long
     */
    async correct(
      lesson: Lesson,
      { member, to, why }: { member: Member; to: AttendanceVerdict; why: string },
      by: ActedBy,
    ): Promise<string> {
      checkLength('why', why)
      const kept = { to, at: by.at.toString(), byName: by.name, ...(why ? { why } : {}) }
      const who = { memberId: member.id, name: member.name }
      await people.change(lesson, member.id, now => correct(now, who, kept))
      return `好的，${member.name} 在「${lesson.title}」记为${stateWords[to]}。`
    },

    /**
     * Takes a person's last correction back; it stays in the record as withdrawn.
     * @returns what is said of it
     * @throws {@link Refusal} where there is none
     */
    async withdrawCorrection(lesson: Lesson, member: Member, by: ActedBy): Promise<string> {
      const before = await people.checkIn(lesson, member.id)
      if (!before || !lastCorrection(before)) throw new Refusal(`${member.name} 没有可以撤销的更正。`)
      const checkIn = await people.change(lesson, member.id, now => now && withdrawCorrection(now, by.at))
      const isExpected = (await people.withPeople(lesson, member.id)).people[0]?.isExpected ?? false
      const status = checkIn && statusOf(lesson, { checkIn, isExpected }, clock.now())
      return `好的，${member.name} 的更正撤销了，现在记为${status ? stateWords[status.state] : '没有记录'}。`
    },

    /** Ends a series: no further lesson of it, the planned ones included. @returns what its groups are told */
    async endSeries(lesson: Lesson, by: ActedBy): Promise<string> {
      const { id } = seriesOf(lesson)
      const { recurrence, plan } = await series.get(id)
      const left = await series.end(id, by.at)
      const text = `「${plan.title}」（${sayLessonRecurrence(recurrence)}）以后都不上了，已排好的 ${left.length} 次也取消了。`
      await tellOthers(lesson, by, 'series-ended', text)
      return text
    },

    /** Ends sign-in now; the tally follows at once, or once people have signed out. */
    async close({ id, takesSignOut }: Lesson, by: ActedBy): Promise<void> {
      await lessons.change(id, now => closeEarly(now, by.at))
      if (!takesSignOut) await closing.finish(id)
    },

    /**
     * Begins or ceases to ask for the digits on the screen.
     * @returns what its groups are told
     * @throws {@link Refusal} for a lesson that is over or called off
     */
    async setCode(lesson: Lesson, isOn: boolean, by: ActedBy): Promise<string> {
      if (['over', 'cancelled'].includes(phaseOf(lesson, by.at)))
        throw new Refusal(`「${lesson.title}」已经结束了。`)
      await lessons.change(lesson.id, now => (isOn ? askForCode(now, by.at) : dropCode(now, by.at)))
      const text = sayCodeSwitch(lesson, isOn)
      if (asksForCode(lesson) !== isOn) await tellOthers(lesson, by, isOn ? 'code-on' : 'code-off', text)
      return text
    },

    /**
     * Counts who is still unverified as absent; organizers hear of it.
     * @returns how many that are
     * @throws {@link Refusal} where there are none
     */
    async verify(lesson: Lesson, by: ActedBy): Promise<number> {
      const now = clock.now()
      const missing = tallyOf(await people.held(lesson), now).unverified.length
      if (missing === 0) throw new Refusal(`${sayLesson(lesson, now)} 没有要核对的人。`)
      await people.noteVerified(lesson, by.name)
      await lessons.change(lesson.id, one => ({ ...one, verified: { at: now.toString(), byName: by.name } }))
      return missing
    },
  }
}

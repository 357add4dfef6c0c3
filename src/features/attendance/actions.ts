import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { People } from './check-ins/people.ts'
import { tallyOf } from './check-ins/rules.ts'
import { moveUp } from './check-ins/sign-up-rules.ts'
import { sayLesson } from './check-ins/words.ts'
import { askForCode, dropCode } from './lessons/codes.ts'
import type { Lessons } from './lessons/lessons.ts'
import { sayChanged } from './lessons/plan-words.ts'
import type { Lesson } from './lessons/records.ts'
import { sayRecurrence } from './lessons/recurrence.ts'
import type { SeriesDesk } from './lessons/series.ts'
import { closeEarly, phaseOf } from './lessons/window.ts'
import type { Closing } from './notices/closing.ts'
import type { Posts } from './notices/posts.ts'

type ActionParts = {
  lessons: Lessons
  people: People
  posts: Posts
  series: SeriesDesk
  closing: Pick<Closing, 'finish'>
  clock: Clock
}

/** Who acts, when it counts, and the group that reads the answer in chat and so needs no notice of its own. */
export type ActedBy = { name: string; at: Temporal.Instant; groupId?: string | undefined }
type LessonChange = Parameters<Lessons['edit']>[1]

export type LessonActions = ReturnType<typeof createLessonActions>

/** What is done about lessons: the rule, the record, and who is told. Chat and console call the same. */
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

  /** A larger capacity lets people on the waiting list in. */
  async function giveFreePlaces(lesson: Lesson, at: Temporal.Instant): Promise<void> {
    const { signUp } = lesson
    if (!signUp) return
    await people.changeSignUps(lesson, now => moveUp(now, { capacity: signUp.capacity, at: at.toString() }))
  }

  function seriesOf({ series: belongsTo, title }: Lesson) {
    if (!belongsTo) throw new Refusal(`「${title}」只有这一次，不是每周都有的。`)
    return belongsTo
  }

  return {
    /**
     * Changes a lesson, or with `isForSeries` all that come of its series.
     * @returns what its groups are told
     * @throws {@link Refusal} where nothing was changed
     */
    async edit(before: Lesson, change: LessonChange, by: ActedBy, isForSeries: boolean): Promise<string> {
      const changed = isForSeries
        ? (await series.edit(seriesOf(before).id, change, by.at)).lessons
        : [await lessons.edit(before.id, change, by.at)]
      for (const one of changed) await giveFreePlaces(one, by.at)
      const after = changed.find(({ id }) => id === before.id) ?? changed[0] ?? before
      const text = `${isForSeries ? '以后每次都这样：\n' : ''}${sayChanged(before, after, clock.now())}`
      await tellOthers(after, by, 'changed', text)
      return text
    },

    /** @returns what its groups are told */
    async cancel(lesson: Lesson, by: ActedBy): Promise<string> {
      const cancelled = await lessons.cancel(lesson.id, by.at)
      const text = `${sayLesson(cancelled, clock.now())} 取消了，不用来签到。`
      await tellOthers(cancelled, by, 'cancelled', text)
      return text
    },

    /** Ends a series: no further lesson of it, the planned ones included. @returns what its groups are told */
    async endSeries(lesson: Lesson, by: ActedBy): Promise<string> {
      const { id } = seriesOf(lesson)
      const { recurrence, plan } = await series.get(id)
      const left = await series.end(id, by.at)
      const text = `「${plan.title}」（${sayRecurrence(recurrence)}）以后都不上了，已排好的 ${left.length} 次也取消了。`
      await tellOthers(lesson, by, 'series-ended', text)
      return text
    },

    /** Ends sign-in now; the tally follows. */
    async close({ id }: Lesson, by: ActedBy): Promise<void> {
      await lessons.change(id, now => closeEarly(now, by.at))
      await closing.finish(id)
    },

    async setCode(lesson: Lesson, isOn: boolean, by: ActedBy): Promise<void> {
      if (['over', 'cancelled'].includes(phaseOf(lesson, by.at)))
        throw new Refusal(`「${lesson.title}」已经结束了。`)
      await lessons.change(lesson.id, now => (isOn ? askForCode(now, by.at) : dropCode(now, by.at)))
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

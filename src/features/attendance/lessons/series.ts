import { Temporal } from 'temporal-polyfill'
import { Refusal, type Sweep } from '../../../feature.ts'
import { inShanghai, timeZone } from '../../../text/dates/time.ts'
import type { By, Lessons, PlanDefaults, Times } from './lessons.ts'
import { planOf } from './lessons.ts'
import type { LessonPlan } from './records/plan.ts'
import type { Lesson, LessonRecords } from './records/records.ts'
import { newCode, seriesKey } from './records/records.ts'
import type { LessonRecurrence, Series } from './records/series-records.ts'
import { type Occasion, occasionsOf } from './recurrence.ts'
import { checkDraft, phaseOf } from './window.ts'

/**
 * Lessons of a series are created this far ahead: people see and sign up for the next
 * ones, and a change has few to move.
 */
const aheadDays = 35

export type SeriesActions = ReturnType<typeof createSeriesActions>
type Parts = { records: LessonRecords; lessons: Lessons }

/**
 * Lessons that come again. Growing them is done by date, so that doing it twice, or
 * after a crash, makes no second one.
 */
export function createSeriesActions({ records: { series }, lessons }: Parts) {
  async function get(id: string): Promise<Series> {
    const found = await series.get(seriesKey(id))
    if (!found) throw new Refusal('找不到这个系列，可能链接旧了。')
    return found
  }

  /** @returns the lessons that stand, and the days that fall out */
  async function grow(
    one: Series,
    at: Temporal.Instant,
  ): Promise<{ lessons: Lesson[]; skipped: Occasion[] }> {
    const today = inShanghai(at).toPlainDate()
    const occasions = occasionsOf(one.recurrence, { from: today, to: today.add({ days: aheadDays }) })
    const grown: Lesson[] = []
    for (const { date } of occasions.filter(({ skipped }) => skipped === undefined)) {
      const times = timesOn(one, date)
      if (Temporal.Instant.compare(times.endsAt, at) <= 0) continue
      const opening = { plan: one.plan, ...times, hasCode: one.hasCode, id: lessonIdOf(one, date) }
      const lesson = await openUnlessTaken(
        { ...opening, series: { id: one.id, date: date.toString() } },
        one,
        at,
      )
      if (lesson) grown.push(lesson)
    }
    return { lessons: grown, skipped: occasions.filter(({ skipped }) => skipped !== undefined) }
  }

  /**
   * A person opened another lesson in that window by hand: theirs stands. One that is there is opened again, which
   * changes nothing, but for what a crash left out.
   */
  async function openUnlessTaken(
    opening: Parameters<Lessons['open']>[0],
    { openedByName }: Series,
    at: Temporal.Instant,
  ): Promise<Lesson | undefined> {
    return unlessRefused(() => lessons.open(opening, { name: openedByName, at }))
  }

  /** Those of the series that have not begun. */
  async function coming(id: string, at: Temporal.Instant): Promise<Lesson[]> {
    const found = await lessons.between({ from: at, to: at.add({ hours: 24 * (aheadDays + 31) }) })
    return found.filter(one => one.series?.id === id && phaseOf(one, at) === 'upcoming')
  }

  const growing: Sweep = {
    name: 'lesson-series',
    everySeconds: 3600,
    async run(at) {
      for (const { value } of await series.list('series/')) {
        if (value.endedAt === undefined) await grow(value, at)
      }
    },
  }

  return {
    get,
    sweep: growing,
    /** Those that go on. */
    async list(): Promise<Series[]> {
      const all = await series.list('series/')
      return all.map(({ value }) => value).filter(({ endedAt }) => endedAt === undefined)
    },
    /** @throws {@link Refusal} when it cannot be, or has no day at all */
    async open(
      given: { plan: PlanDefaults; times: Times; recurrence: LessonRecurrence; hasCode: boolean },
      by: By,
    ): Promise<{ series: Series; lessons: Lesson[]; skipped: Occasion[] }> {
      const { times, recurrence } = given
      checkDraft({ title: given.plan.title, ...times }, times.startsAt)
      const one: Series = {
        id: newCode(),
        recurrence,
        startTime: inShanghai(times.startsAt).toPlainTime().toString().slice(0, 5),
        lengthMinutes: times.startsAt.until(times.endsAt).total('minutes'),
        plan: planOf(given.plan),
        hasCode: given.hasCode,
        openedByName: by.name,
        openedAt: by.at.toString(),
      }
      const from = inShanghai(by.at).toPlainDate()
      const any = occasionsOf(recurrence, { from, to: from.add({ years: 1 }) })
      if (!any.some(({ skipped }) => skipped === undefined)) {
        throw new Refusal('这个系列一次课都没有，请检查起止日期。')
      }
      await series.update(seriesKey(one.id), () => one)
      return { series: one, ...(await grow(one, by.at)) }
    },
    /**
     * Changes the series and its lessons that have not begun; one that was moved by itself keeps its own time.
     * A day on which another lesson has the new window stays as it was.
     * @param change times as they would be on the series' next day
     * @throws {@link Refusal} when it cannot be; nothing is changed then
     */
    async edit(
      id: string,
      { plan, times }: { plan: Partial<LessonPlan>; times?: Times },
      at: Temporal.Instant,
    ): Promise<{ series: Series; lessons: Lesson[] }> {
      const before = await get(id)
      if (times) checkDraft({ title: plan.title ?? before.plan.title, ...times }, times.startsAt)
      if (plan.title === '') throw new Refusal('请带上课程的名字。')
      const after: Series = {
        ...before,
        plan: { ...before.plan, ...plan },
        ...(times
          ? {
              startTime: inShanghai(times.startsAt).toPlainTime().toString().slice(0, 5),
              lengthMinutes: times.startsAt.until(times.endsAt).total('minutes'),
            }
          : {}),
      }
      await series.update(seriesKey(id), () => after)
      const changed: Lesson[] = []
      for (const lesson of await coming(id, at)) {
        const date = Temporal.PlainDate.from(lesson.series?.date ?? '')
        const isWhereItBelongs = lesson.startsAt === timesOn(before, date).startsAt.toString()
        const moved = times && isWhereItBelongs ? { times: timesOn(after, date) } : {}
        changed.push((await unlessRefused(() => lessons.edit(lesson.id, { plan, ...moved }, at))) ?? lesson)
      }
      return { series: after, lessons: changed }
    },
    /** No more lessons: those that have not begun are cancelled. @returns these */
    async end(id: string, at: Temporal.Instant): Promise<Lesson[]> {
      await get(id)
      await series.update(seriesKey(id), now => now && { ...now, endedAt: now.endedAt ?? at.toString() })
      const left = await coming(id, at)
      for (const lesson of left) await lessons.cancel(lesson.id, at)
      return left
    },
    grow,
  }
}

async function unlessRefused(work: () => Promise<Lesson>): Promise<Lesson | undefined> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Refusal) return undefined
    throw cause
  }
}

function timesOn({ startTime, lengthMinutes }: Series, date: Temporal.PlainDate): Times {
  const plainTime = Temporal.PlainTime.from(startTime)
  const startsAt = date.toZonedDateTime({ timeZone, plainTime }).toInstant()
  return { startsAt, endsAt: startsAt.add({ minutes: lengthMinutes }) }
}

const lessonIdOf = ({ id }: Series, date: Temporal.PlainDate) =>
  `${date.toString().replaceAll('-', '')}-${id}`

import { Temporal } from 'temporal-polyfill'
import type { CalendarEntry, Feature } from '../../feature.ts'
import type { SiteContent, SiteEvent } from '../../site/content.ts'
import { dayInShanghai, inShanghai, timeZone } from '../../text/dates/time.ts'
import type { MayShow } from './titles.ts'

const eventDays = 60
/** What a lesson is called until an organizer makes its title public. */
const lessonWord = '微党课'

/** Lessons of the next weeks. */
export async function upcomingLessons(
  features: readonly Feature[],
  today: Temporal.ZonedDateTime,
): Promise<CalendarEntry[]> {
  const start = today.startOfDay().toInstant()
  const until = start.add({ hours: 24 * eventDays })
  const all = await Promise.all(features.map(async feature => (await feature.calendar?.(start, until)) ?? []))
  return all.flat().filter(({ kind }) => kind === '课程')
}

/** The same under their titles where these are public. */
export async function lessonsOf(
  features: readonly Feature[],
  now: Temporal.Instant,
  mayShow: MayShow,
): Promise<SiteEvent[]> {
  return (await upcomingLessons(features, inShanghai(now))).map(({ at, kind, title, isAllDay }) =>
    eventAt(at, { kind, title: mayShow('lesson', title) ? title : lessonWord, isAllDay: isAllDay === true }),
  )
}

/** Deadlines of what is shown, and of nothing else. */
export function deadlinesOf(
  { items, signUps }: Pick<SiteContent, 'items' | 'signUps'>,
  now: Temporal.Instant,
): SiteEvent[] {
  const today = inShanghai(now).toPlainDate()
  const last = today.add({ days: eventDays })
  const days = items.flatMap(({ deadline, title }) => {
    const day = deadline === undefined ? undefined : Temporal.PlainDate.from(deadline)
    if (!day || Temporal.PlainDate.compare(day, today) < 0 || Temporal.PlainDate.compare(day, last) > 0)
      return []
    const at = day.toZonedDateTime(timeZone).toInstant()
    return [eventAt(at, { kind: '截止', title, isAllDay: true })]
  })
  const closings = signUps.flatMap(({ closesAtMs, title, number }) =>
    closesAtMs === undefined
      ? []
      : [
          eventAt(Temporal.Instant.fromEpochMilliseconds(closesAtMs), {
            kind: '截止',
            title: title === '' ? `${number} 号报名表` : `报名「${title}」`,
            isAllDay: false,
          }),
        ],
  )
  return [...days, ...closings]
}

const eventAt = (
  at: Temporal.Instant,
  { kind, title, isAllDay }: { kind: string; title: string; isAllDay: boolean },
): SiteEvent => ({
  day: dayInShanghai(at),
  time: isAllDay ? '' : inShanghai(at).toPlainTime().toString().slice(0, 5),
  ...{ kind, title, atMs: at.epochMilliseconds },
})

import { Hono } from 'hono'
import ical, { ICalEventStatus } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { CalendarEntry, SearchHit } from '../../../ports/overviews.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { detailLines } from './details.ts'
import type { Lessons } from './lessons.ts'
import { type Calendar, calendarKey, newToken } from './records/calendar-records.ts'
import type { Lesson, LessonRecords } from './records/records.ts'

const backDays = 92
const aheadDays = 366
/** Phones refresh a calendar about this often. */
const refreshSeconds = 3600

export type Feeds = ReturnType<typeof createFeeds>
type Parts = { calendars: LessonRecords['calendars']; lessons: Lessons; clock: Clock }

/** Calendars that phones subscribe to: one a branch, and one of all lessons, each under a secret address. */
export function createFeeds({ calendars, lessons, clock }: Parts) {
  async function current(): Promise<Calendar[]> {
    const all = await calendars.list('feeds/')
    return all.map(({ value }) => value).filter(({ endedAt }) => endedAt === undefined)
  }

  return {
    current,
    /** A new address for this branch's lessons; the old one shows nothing from now on. */
    async renew(branch: string): Promise<Calendar> {
      for (const old of (await current()).filter(one => one.branch === branch)) {
        const endedAt = clock.now().toString()
        await calendars.update(calendarKey(old.token), now => now && { ...now, endedAt })
      }
      const calendar = { token: newToken(), branch, madeAt: clock.now().toString() }
      await calendars.update(calendarKey(calendar.token), () => calendar)
      return calendar
    },
    /** The file, as RFC 5545 has it. @throws {@link Refusal} for an address that is not, or is no more */
    async file(token: string): Promise<string> {
      const calendar = /^[\w-]{22}$/u.test(token) ? await calendars.get(calendarKey(token)) : undefined
      if (!calendar || calendar.endedAt !== undefined)
        throw new Refusal('这个日历地址没有内容，可能换过了，请向组织者要新的。')
      const now = clock.now()
      const from = now.subtract({ hours: 24 * backDays })
      const found = await lessons.between({ from, to: now.add({ hours: 24 * aheadDays }) })
      return calendarFile(
        calendar.branch,
        found.filter(lesson => concerns(lesson, calendar.branch)),
      )
    },
  }
}

/** The feed without a session: the address alone gives the times of lessons, and nothing about people. */
export function feedRoutes(feeds: Feeds): Hono {
  const routes = new Hono()
  routes.get('/calendar/:file{.+\\.ics}', async c => {
    const token = c.req.param('file').replace(/\.ics$/u, '')
    try {
      return c.body(await feeds.file(token), 200, {
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, max-age=300',
      })
    } catch (cause) {
      if (cause instanceof Refusal) return c.text(cause.message, 404)
      throw cause
    }
  })
  return routes
}

/** Times are in UTC: every phone shows them on its own clock, and none needs to know our zone. */
export function calendarFile(branch: string, lessons: readonly Lesson[]): string {
  const calendar = ical({
    // The package writes a name as it is.
    name: escaped(branch === '' ? '创客活动' : `${oneLine(branch)} 的活动`),
    prodId: { company: 'chuangke', product: 'lessons', language: 'ZH' },
    ttl: refreshSeconds,
  })
  for (const lesson of lessons) {
    calendar.createEvent({
      id: `${lesson.id}@chuangke`,
      start: dateOf(lesson.startsAt),
      end: dateOf(lesson.endsAt),
      stamp: dateOf(lesson.cancelledAt ?? lesson.openedAt),
      summary: printable(lesson.cancelledAt === undefined ? lesson.title : `（取消）${lesson.title}`),
      description: printable(detailLines(lesson).join('\n')) || null,
      location: printable(lesson.place) || null,
      status: lesson.cancelledAt === undefined ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    })
  }
  return calendar.toString()
}

/** Control characters, which a calendar must not hold, but for line breaks and tabs. */
const control = /(?![\n\r\t])\p{Cc}/gu
const printable = (text: string): string => text.replaceAll(control, '')
const oneLine = (text: string): string => text.replaceAll(control, ' ').replaceAll(/\s+/gu, ' ').trim()
const escaped = (text: string): string => text.replaceAll(/[\\,;]/gu, '\\$&')

/** A lesson for certain branches stands in their calendars alone, any other lesson in every calendar. */
function concerns({ expected }: Lesson, branch: string): boolean {
  const isForSome = expected.whom === 'units' && expected.branches.length > 0
  return branch === '' || !isForSome || expected.branches.includes(branch)
}

const dateOf = (at: string) => new Date(Temporal.Instant.from(at).epochMilliseconds)

/** Lessons that stand and begin in [from, to), for the console's calendar. */
export async function lessonCalendar(
  lessons: Pick<Lessons, 'between'>,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): Promise<CalendarEntry[]> {
  const found = (await lessons.between({ from, to })).filter(one => one.cancelledAt === undefined)
  return found
    .map(({ id, title, startsAt }) => ({
      at: Temporal.Instant.from(startsAt),
      kind: '课程',
      title,
      path: `/lessons/${id}`,
    }))
    .filter(({ at }) => Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) < 0)
}

const searchedDays = { back: 800, ahead: 200 }

/** Lessons by title, speaker, place or day, the latest first. */
export async function searchLessons(
  lessons: Pick<Lessons, 'between'>,
  isFound: (...texts: string[]) => boolean,
  now: Temporal.Instant,
): Promise<SearchHit[]> {
  const from = now.subtract({ hours: 24 * searchedDays.back })
  const found = await lessons.between({ from, to: now.add({ hours: 24 * searchedDays.ahead }) })
  return found
    .map(lesson => ({ ...lesson, when: sayTime(Temporal.Instant.from(lesson.startsAt), now) }))
    .filter(({ title, speaker = '', place = '', when }) => isFound(title, speaker, place, when))
    .toReversed()
    .map(({ id, title, when }) => ({ kind: '课程', title: `${title}，${when}`, path: `/lessons/${id}` }))
}

import { Temporal } from 'temporal-polyfill'
import type { AttendanceHistory, Attendee, HeldLesson } from '../../../ports/attendance.ts'
import type { Clock } from '../../../ports/clock.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { People } from '../check-ins/people.ts'
import {
  acceptedAttempt,
  type LessonWithPeople,
  lastCorrection,
  presenceOf,
  type Row,
  rowsOf,
} from '../check-ins/rules.ts'
import { ownReasons, remarksOf, stateWords } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { CheckIn } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf } from '../lessons/window.ts'

type Parts = {
  lessons: Lessons
  people: People
  clock: Clock
  groupNamesOf(lesson: Lesson): Promise<string[]>
}

/** The lessons and their attendance for reports of other features. */
export function createAttendanceHistory({ lessons, people, clock, groupNamesOf }: Parts): AttendanceHistory {
  return {
    async held(from, to) {
      const now = clock.now()
      const found = (await lessons.between({ from, to })).filter(
        lesson => phaseOf(lesson, now) === 'over' && isWithin(lesson, from, to),
      )
      return Promise.all(found.map(async lesson => headOf(lesson, await groupNamesOf(lesson))))
    },
    async attendees(lessonId) {
      const lesson = await lessons.get(lessonId)
      return lesson ? attendeesOf(await people.withPeople(lesson), clock.now()) : []
    },
    async attendee(lessonId, memberId) {
      const lesson = await lessons.get(lessonId)
      return lesson && attendeesOf(await people.withPeople(lesson, memberId), clock.now())[0]
    },
  }
}

function isWithin({ startsAt }: Lesson, from: Temporal.Instant, to: Temporal.Instant): boolean {
  return Temporal.Instant.compare(startsAt, from) >= 0 && Temporal.Instant.compare(startsAt, to) < 0
}

export function headOf(lesson: Lesson, groupNames: readonly string[]): HeldLesson {
  const { id, title, format, speaker, place, startsAt, endsAt } = lesson
  const times = { startsAt: Temporal.Instant.from(startsAt), endsAt: Temporal.Instant.from(endsAt) }
  return { id, title, format, speaker, place, ...times, groupNames }
}

/** The people of one lesson as it stands at a time, also before its end. */
export const attendeesOf = (held: LessonWithPeople, at: Temporal.Instant): Attendee[] =>
  rowsOf(held, at).map(row => attendeeOf(held.lesson, row))

function attendeeOf(lesson: Lesson, row: Row): Attendee {
  const { memberId, name, branch, space, isExpected, checkIn, standing } = row
  const signed = checkIn && acceptedAttempt(lesson, checkIn)
  return {
    memberId,
    name,
    branch,
    space,
    standing: standing.state,
    isExpected,
    signedAtMs: signed && Date.parse(signed.at),
    lateMinutes: standing.lateMinutes,
    presentMinutes: checkIn && presenceOf(lesson, checkIn)?.minutes,
    remarks: checkIn ? remarksAbout(lesson, checkIn) : none,
  }
}

/** Shared by the many people without remarks, to save memory. */
const none: readonly string[] = []

function remarksAbout(lesson: Lesson, checkIn: CheckIn): readonly string[] {
  const remarks = [...remarksOf(lesson, checkIn), ...corrected(checkIn)]
  return remarks.length > 0 ? remarks : none
}

function corrected(checkIn: CheckIn): string[] {
  const last = lastCorrection(checkIn)
  if (!last) return []
  // Typed reasons are often about health or family, whatever the state: the filed sheet has none of them.
  const why = last.why !== undefined && ownReasons.has(last.why) ? `（${last.why}）` : ''
  return [`${sayFullTime(Temporal.Instant.from(last.at))} ${last.byName} 更正为${stateWords[last.to]}${why}`]
}

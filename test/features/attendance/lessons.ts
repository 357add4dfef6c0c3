import { Temporal } from 'temporal-polyfill'
import { blank } from '../../../src/features/attendance/check-ins/check-in.ts'
import type { LessonPerson } from '../../../src/features/attendance/check-ins/rules.ts'
import type { CheckIn } from '../../../src/features/attendance/lessons/records/check-in-records.ts'
import { Lesson } from '../../../src/features/attendance/lessons/records/records.ts'

/** A lesson of ninety minutes in one group, for rules; no one is expected by default. */
export function lessonAt(start: string, more: Partial<Lesson> = {}): Lesson {
  const startsAt = Temporal.Instant.from(start)
  return Lesson.parse({
    id: '20261128-abcdef',
    title: '周末微党课',
    groupIds: ['g'],
    startsAt: startsAt.toString(),
    endsAt: startsAt.add({ minutes: 90 }).toString(),
    opensBeforeMinutes: 15,
    lateAfterMinutes: 10,
    openedByName: '陈姐',
    openedAt: startsAt.subtract({ minutes: 60 }).toString(),
    isTallyPosted: false,
    ...more,
  })
}

/** A person at a lesson, with what was heard of them; on no roster unless a test says so. */
export function attendee(
  given: Pick<LessonPerson, 'memberId' | 'name'> & Partial<CheckIn>,
  more: Partial<LessonPerson> = {},
): LessonPerson {
  const roster = { branch: '', space: '', team: '', isOnRoster: false, isExpected: false }
  return {
    memberId: given.memberId,
    name: given.name,
    ...roster,
    checkIn: { ...blank(given), ...given },
    ...more,
  }
}

import { Temporal } from 'temporal-polyfill'
import type { CheckIn } from '../../src/features/attendance/lessons/records/check-in-records.ts'
import {
  checkInKey,
  Lesson,
  lessonKey,
  openAttendanceRecords,
  registerKey,
  slotKey,
} from '../../src/features/attendance/lessons/records/records.ts'
import type { Attendee, HeldLesson } from '../../src/ports/attendance.ts'
import type { Store } from '../../src/ports/store.ts'
import type { SampleLesson } from './sample.ts'

/** Writes lessons as sign-ins would have left them, each over and with its tally posted. */
export async function keepLessons(store: Store, lessons: readonly SampleLesson[]): Promise<void> {
  const records = openAttendanceRecords(store)
  for (const held of lessons) {
    const lesson = lessonOf(held)
    const slot = { lessonId: lesson.id, groupId: 'g', startsAt: lesson.startsAt, endsAt: lesson.endsAt }
    const people = held.attendees.map(({ memberId, name, branch, space, isExpected }) => ({
      ...{ memberId, name, branch, space, isExpected },
      team: '',
      isOnRoster: true,
    }))
    await Promise.all([
      records.lessons.update(lessonKey(lesson.id), () => lesson),
      records.slots.update(slotKey(slot), () => slot),
      records.registers.update(registerKey(lesson.id), () => ({ takenAt: lesson.endsAt, people })),
      ...held.attendees.flatMap(attendee => {
        const checkIn = checkInOf(attendee, lesson)
        return checkIn
          ? [records.checkIns.update(checkInKey(lesson.id, attendee.memberId), () => checkIn)]
          : []
      }),
    ])
  }
}

function lessonOf({ id, title, format, speaker, place, startsAt, endsAt }: HeldLesson): Lesson {
  return Lesson.parse({
    ...{ id, title, format, speaker, place },
    groupIds: ['g'],
    startsAt: startsAt.toString(),
    endsAt: endsAt.toString(),
    opensBeforeMinutes: 15,
    lateAfterMinutes: 10,
    openedByName: '陈静',
    openedAt: startsAt.subtract({ hours: 48 }).toString(),
    talliedAt: endsAt.toString(),
    isTallyPosted: true,
  })
}

function checkInOf(attendee: Attendee, { startsAt }: Lesson): CheckIn | undefined {
  const { memberId, name, standing, signedAtMs } = attendee
  const blank: CheckIn = { memberId, name, tries: [], corrections: [], notices: [] }
  const at = Temporal.Instant.from(startsAt).add({ hours: 30 }).toString()
  if (signedAtMs !== undefined) return { ...blank, tries: [{ at: new Date(signedAtMs).toISOString() }] }
  if (standing === 'leave') return { ...blank, leave: { at: startsAt, reason: '出差' } }
  if (standing === 'made-up') {
    const decision = { isConfirmed: true, at, byName: '陈静' }
    return { ...blank, makeUp: { at, words: '学了研发费用归集', decision } }
  }
  return undefined
}

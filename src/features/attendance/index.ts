import type { Feature } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { AttendanceBook } from '../../ports/attendance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { createBook } from './book.ts'
import { createClosing } from './closing.ts'
import { adviceAfter } from './gaps.ts'
import { createLessons } from './lessons.ts'
import { organizerCommands } from './organizing.ts'
import { lessonPage } from './page.ts'
import { createPeople } from './people.ts'
import { openRecords } from './records.ts'
import { signInCommands } from './sign-in.ts'

export type Attendance = {
  feature: Feature
  /** What became of the lessons, for whoever counts. */
  book: AttendanceBook
}

type Parts = { store: Store; clock: Clock; outbox: Outbox; directory: Directory; roster: Roster }

/** Lessons: who was there, who was late, who asked for leave, and the tally for the organizers. */
export function attendance({ store, clock, outbox, directory, roster }: Parts): Attendance {
  const records = openRecords(store)
  const lessons = createLessons(records)
  const people = createPeople(records, roster)
  const closing = createClosing({ lessons, people, directory, roster, outbox, clock })
  const parts = { lessons, people, closing, directory, roster, outbox, clock }
  const feature: Feature = {
    name: 'attendance',
    commands: [...signInCommands({ lessons, people, directory, clock }), ...organizerCommands(parts)],
    jobs: closing.jobs,
    sweeps: closing.sweeps,
    touchedBy: gap => adviceAfter(gap, lessons, clock.now()),
    pages: [lessonPage(parts)],
  }
  return { feature, book: createBook({ lessons, people, clock, groupNamesOf: closing.groupNamesOf }) }
}

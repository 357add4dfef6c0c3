import type { Feature, Job } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { AttendanceBook } from '../../ports/attendance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { createBook } from './book.ts'
import { createClosing } from './closing.ts'
import { adviceAfter } from './gaps.ts'
import { createLessons } from './lessons.ts'
import { organizerCommands } from './organizing.ts'
import { lessonPage } from './page.ts'
import { createPeople } from './people.ts'
import { lessonPrivacy } from './privacy.ts'
import { openRecords } from './records.ts'
import { signInCommands } from './sign-in.ts'

export type Attendance = {
  feature: Feature
  /** What became of the lessons, for whoever counts. */
  book: AttendanceBook
}

type Parts = {
  store: Store
  clock: Clock
  outbox: Outbox
  directory: Directory
  roster: Roster
  scheduler: Scheduler
  /** How long names stand in the records of lessons, and how long reasons do, in days. */
  keepDays: { names: number; reasons: number }
}

/** At night, when nobody has a lesson. */
const forgetAt = '50 3 * * *'

/** Lessons: who was there, who was late, who asked for leave, and the tally for the organizers. */
export function attendance({
  store,
  clock,
  outbox,
  directory,
  roster,
  scheduler,
  keepDays,
}: Parts): Attendance {
  const records = openRecords(store)
  const lessons = createLessons(records)
  const people = createPeople(records, roster)
  const closing = createClosing({ lessons, people, directory, roster, outbox, clock })
  const parts = { lessons, people, closing, directory, roster, outbox, clock }
  const privacy = lessonPrivacy({ records, people })
  const daysAgo = (days: number) => clock.now().subtract({ hours: 24 * days })
  const retention: Job = {
    name: 'lesson-retention',
    title: '',
    shelfLifeMinutes: 24 * 60,
    due: cronDue(scheduler, forgetAt),
    async run() {
      await privacy.forgetReasonsBefore(daysAgo(keepDays.reasons))
      await privacy.forgetNamesBefore(daysAgo(keepDays.names))
    },
  }
  const feature: Feature = {
    name: 'attendance',
    commands: [...signInCommands({ lessons, people, directory, clock }), ...organizerCommands(parts)],
    jobs: [...closing.jobs, retention],
    personal: privacy,
    sweeps: closing.sweeps,
    touchedBy: gap => adviceAfter(gap, lessons, clock.now()),
    pages: [lessonPage(parts)],
  }
  return { feature, book: createBook({ lessons, people, clock, groupNamesOf: closing.groupNamesOf }) }
}

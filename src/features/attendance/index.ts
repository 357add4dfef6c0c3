import type { Hono } from 'hono'
import { type Command, type Feature, inTopic } from '../../feature.ts'
import { inOrder } from '../../listeners.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { AttendanceHistory } from '../../ports/attendance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { Outages } from '../../ports/outages.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { FormSignUps } from '../../ports/sign-ups.ts'
import type { Store } from '../../ports/store.ts'
import { createLessonActions } from './actions.ts'
import { editingCommands } from './chat/edit.ts'
import { createLessonChoice } from './chat/lesson-choice.ts'
import { createPicker } from './chat/lesson-picker.ts'
import { lessonQuestions } from './chat/lesson-questions.ts'
import { makeUpCommands } from './chat/make-up.ts'
import { createNearWords, type NearWords, nearCommands } from './chat/near-words.ts'
import { openingCommands } from './chat/open-commands.ts'
import { organizerCommands } from './chat/organizer.ts'
import { pasteCommands } from './chat/pasted-list-commands.ts'
import { signInCommands } from './chat/sign-in.ts'
import { signUpCommands } from './chat/sign-up.ts'
import { createPasting } from './check-ins/list-matcher.ts'
import { createPeople } from './check-ins/people.ts'
import { lessonChores } from './chores.ts'
import { lessonPage } from './console/page.ts'
import { createFeeds, feedRoutes, lessonCalendar, searchLessons } from './lessons/calendar-feeds.ts'
import { createLessons } from './lessons/lessons.ts'
import { adviceAfter, createOutageRecorder } from './lessons/outages.ts'
import { createCodeWatch } from './lessons/overheard-codes.ts'
import { openAttendanceRecords } from './lessons/records/records.ts'
import { createSeriesActions } from './lessons/series.ts'
import { createMakeUps } from './make-ups.ts'
import { createAttendanceHistory } from './notices/attendance-history.ts'
import { createLessonEnd } from './notices/lesson-end.ts'
import { createPosts } from './notices/posts.ts'
import { createRecalls } from './notices/recalls.ts'
import { createReceiptSender } from './notices/receipt-sender.ts'
import { reminderJobs } from './notices/reminders.ts'
import { updateSweep } from './notices/updates.ts'
import { lessonPrivacy } from './privacy/privacy.ts'
import { retentionJob } from './privacy/retention.ts'

export type Attendance = {
  feature: Feature
  /** Answers what no other feature took; to stand behind all others. */
  near: Feature
  /** Routes without a session: calendars under their secret addresses. */
  open: Hono
  /** The results of the lessons, for other features. */
  history: AttendanceHistory
  /** Answers words of attendance during a window, and questions that name nothing, where no feature has an answer. */
  nearWords: NearWords
}

type Parts = {
  store: Store
  clock: Clock
  outbox: Outbox
  directory: Directory
  roster: Roster
  outages: Outages
  /** Forms take 「报名」 and 接龙 that name them. */
  forms: FormSignUps
  /** Records each download of a sheet. */
  exports: ExportLog
  scheduler: Scheduler
  /** How long names stand in the records of lessons, and how long reasons do, in days. */
  keepDays: { names: number; reasons: number }
  /** How people reach the console; empty: as they asked for a page. */
  consoleUrl: string
}

/** Lessons: who was there, who was late, who asked for leave, and the tally for the organizers. */
export function attendance(given: Parts): Attendance {
  const modules = createModules(given)
  const { lessons, people, posts, feeds } = modules
  const sayNear = createNearWords(lessons)
  return {
    feature: featureOf(given, modules),
    near: { name: 'near-attendance', commands: nearCommands(lessons) },
    open: feedRoutes(feeds),
    history: createAttendanceHistory({
      lessons,
      people,
      clock: given.clock,
      groupNamesOf: posts.groupNamesOf,
    }),
    nearWords: async message => (await sayNear(message)) ?? modules.questions.answerBare(message),
  }
}

type Modules = ReturnType<typeof createModules>

function createModules({ store, clock, outbox, directory, roster, outages, exports, forms }: Parts) {
  const records = openAttendanceRecords(store)
  const lessons = createLessons(records)
  const people = createPeople(records, { roster, clock })
  const series = createSeriesActions({ records, lessons })
  const posts = createPosts({ directory, outbox, clock })
  const receipts = createReceiptSender({ people, posts, roster, clock })
  const recordOutages = createOutageRecorder(lessons, outages)
  const closing = createLessonEnd({ lessons, people, posts, receipts, recordOutages, roster, exports, clock })
  const actions = createLessonActions({ lessons, people, posts, series, closing, clock })
  const parts = { lessons, people, closing, actions, posts, directory, roster, outbox, forms, clock }
  return {
    ...parts,
    records,
    series,
    questions: lessonQuestions(parts),
    pick: createPicker(parts, 'last'),
    pasting: createPasting({ people, roster }),
    makeUps: createMakeUps(parts),
    recalls: createRecalls({ records, lessons, people, posts, clock }),
    feeds: createFeeds({ calendars: records.calendars, lessons, clock }),
    privacy: lessonPrivacy({ records, people }),
  }
}

function featureOf({ scheduler, keepDays, consoleUrl }: Parts, modules: Modules): Feature {
  const { lessons, people, posts, records, series, closing, makeUps, privacy, clock } = modules
  const choice = createLessonChoice(clock)
  return {
    name: 'attendance',
    commands: lessonCommands({ ...modules, pasted: records.pasted, choice }),
    awaits: choice.awaits,
    answersRepeatably: true,
    observe: createCodeWatch(lessons),
    onRecalled: modules.recalls.tell,
    listen: inOrder(choice.listen, modules.questions.answer),
    jobs: [
      ...closing.jobs,
      ...reminderJobs({ lessons, posts, clock }),
      retentionJob({ privacy, scheduler, clock, keepDays }),
    ],
    personal: privacy,
    sweeps: [
      ...closing.sweeps,
      series.sweep,
      modules.recalls.sweep,
      updateSweep({ records, lessons, people, posts, clock }),
    ],
    touchedBy: outage => adviceAfter(outage, { lessons, at: clock.now() }),
    chores: () => lessonChores({ lessons, people, makeUps, clock }),
    calendar: (from, to) => lessonCalendar(lessons, { from, to }),
    search: isFound => searchLessons(lessons, isFound, clock.now()),
    pages: [lessonPage({ ...modules, consoleUrl })],
  }
}

type CommandParts = Parameters<typeof signInCommands>[0] &
  Parameters<typeof signUpCommands>[0] &
  Parameters<typeof makeUpCommands>[0] &
  Parameters<typeof openingCommands>[0] &
  Omit<Parameters<typeof editingCommands>[0], 'pickNext'> &
  Parameters<typeof organizerCommands>[0] &
  Parameters<typeof pasteCommands>[0] &
  Parameters<typeof createPicker>[0]

function lessonCommands(parts: CommandParts): Command[] {
  return [
    ...inTopic('签到', signInCommands(parts)),
    ...inTopic('报名', signUpCommands(parts)),
    ...inTopic('补学', makeUpCommands(parts)),
    ...inTopic('课程', openingCommands(parts)),
    ...inTopic('课程', editingCommands({ ...parts, pickNext: createPicker(parts, 'next') })),
    ...inTopic('出勤', organizerCommands(parts)),
    ...inTopic('出勤', pasteCommands(parts)),
  ]
}

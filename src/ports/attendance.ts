import type { Temporal } from 'temporal-polyfill'

/**
 * The attendance status of one person at a lesson. `made-up`: studied afterwards what was missed,
 * confirmed by an organizer. `unverified`: the line was down, so it is unknown; never the same as absent.
 * `tried`: signed in after the end without being expected: counts for nothing, worth a look. `awaited`:
 * expected, and the lesson is not over.
 */
export const attendanceStates = [
  'present',
  'late',
  'made-up',
  'leave',
  'absent',
  'unverified',
  'tried',
  'awaited',
] as const
export type Standing = (typeof attendanceStates)[number]

/** One member at one lesson. */
export type Attendee = {
  memberId: string
  /** As stored with the lesson; the roster's name goes before it. */
  name: string
  /** As the roster had them then; empty where it said nothing. */
  branch: string
  space: string
  standing: Standing
  /** Whether this lesson expected them (应到); who came without being expected is told apart. */
  isExpected: boolean
  /**
   * When they signed in, where they did, in milliseconds since 1970: a year has 150,000 of these, which as Temporal
   * instants would take a hundred megabytes.
   */
  signedAtMs: number | undefined
  /** Minutes after the start, for the late; unknown where an organizer put it down. */
  lateMinutes: number | undefined
  /** Minutes between signing in and out, within the lesson; undefined where people do not sign out. */
  presentMinutes?: number | undefined
  /** In Chinese: make-ups, corrections with who and when, a line that was slow. Never the reason of a leave. */
  remarks: readonly string[]
}

/** A lesson that was held, without its people. */
export type HeldLesson = {
  id: string
  title: string
  /** 讲学问答, 情景模拟 …; these three may be empty. */
  format: string
  speaker: string
  place: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  groupNames: readonly string[]
}

/** Lessons with their attendance, for reports. */
export type AttendanceHistory = {
  /** Those that began in [from, to) and whose sign-in is over, oldest first; cancelled ones were not held. */
  held(from: Temporal.Instant, to: Temporal.Instant): Promise<HeldLesson[]>
  /**
   * Everyone expected at a lesson or active in it, each once, unordered, corrections applied.
   * Lesson by lesson, since a year of 3,000 members would fill the memory.
   */
  attendees(lessonId: string): Promise<readonly Attendee[]>
  /** The same of one member. */
  attendee(lessonId: string, memberId: string): Promise<Attendee | undefined>
}

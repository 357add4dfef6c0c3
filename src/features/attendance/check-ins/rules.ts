import { Temporal } from 'temporal-polyfill'
import { judgeCode, wrongCodesAllowed } from '../lessons/codes.ts'
import type { CheckIn, Correction, SignInAttempt } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { Registered } from '../lessons/records/register.ts'
import { phaseOf, windowOf } from '../lessons/window.ts'

/**
 * State of a person in the tally. `awaited`: expected, and the lesson is not over. `unverified` (未核对): missing while
 * the line was down, so it is not known. `tried`: signed in after the end only and was not expected, worth a look.
 */
export type State = 'present' | 'late' | 'leave' | 'absent' | 'made-up' | 'unverified' | 'awaited' | 'tried'
export type AttendanceStatus = {
  state: State
  /** Minutes after the start, for the late. */
  lateMinutes?: number
}

/** One person at a lesson, with what is known of them there. */
export type LessonPerson = Registered & { checkIn?: CheckIn }
/** A person who does not count as 应到 for a title in the name that they go by in a group, which is `alias`. */
export type LeftOut = { name: string; alias: string }
/** A lesson with all its people, by name; `leftOut` only where it is looked at by an organizer. */
export type LessonWithPeople = {
  lesson: Lesson
  people: readonly LessonPerson[]
  leftOut?: readonly LeftOut[]
}
export type Row = LessonPerson & { standing: AttendanceStatus }
/** People by state, each list by name. Only the first seven lists make up 应到, as far as expected. */
export type LessonTally = Record<State, Row[]> & {
  /** 应到, however it turned out. */
  expected: number
  /** 实到: present and late, expected or not. */
  attended: number
}

/**
 * The status of a person at a lesson. The last correction counts; without one, a person who came was there,
 * whatever had been said before; then what was made up, then leave. Who was expected and is missing is awaited
 * until the end, absent after it, and unverified after an outage while one could sign in.
 * @returns undefined for who neither was expected nor did anything that counts
 */
export function statusOf(
  lesson: Lesson,
  { checkIn, isExpected }: Pick<LessonPerson, 'checkIn' | 'isExpected'>,
  at: Temporal.Instant,
): AttendanceStatus | undefined {
  const signed = checkIn && signedStanding(lesson, checkIn)
  const corrected = checkIn && lastCorrection(checkIn)?.to
  if (corrected !== undefined) return corrected === signed?.state ? signed : { state: corrected }
  if (signed && signed.state !== 'tried') return signed
  if (checkIn?.makeUp?.decision?.isConfirmed) return { state: 'made-up' }
  if (checkIn?.leave) return { state: 'leave' }
  if (!isExpected) return signed
  if (['upcoming', 'open'].includes(phaseOf(lesson, at))) return { state: 'awaited' }
  return { state: isUnverifiable(lesson) ? 'unverified' : 'absent' }
}

/** Whether a person may have signed in without our hearing it, and no organizer has looked at it since. */
export const isUnverifiable = (lesson: Lesson) => lesson.outages.length > 0 && lesson.verified === undefined

/** The sign-in that counts: the earliest valid one, unless too many wrong codes came before it. */
export function acceptedAttempt(
  lesson: Lesson,
  { tries }: Pick<CheckIn, 'tries'>,
): SignInAttempt | undefined {
  let wrong = 0
  for (const one of tries) {
    const worth = judgeCode(lesson, one)
    if (worth === 'valid') return one
    if (worth === 'wrong-code' && ++wrong >= wrongCodesAllowed) return undefined
  }
  return undefined
}

function signedStanding(lesson: Lesson, checkIn: CheckIn): AttendanceStatus | undefined {
  const signed = acceptedAttempt(lesson, checkIn)
  if (signed === undefined) return undefined
  const at = Temporal.Instant.from(signed.at)
  const { startsAt, lateFrom, closesAt } = windowOf(lesson)
  if (isBefore(closesAt, at)) return { state: 'tried' }
  if (!isBefore(lateFrom, at)) return { state: 'present' }
  return { state: 'late', lateMinutes: Math.floor(startsAt.until(at).total('minutes')) }
}

/** By when it was decided, as messages come in any order. */
export const lastCorrection = ({ corrections }: Pick<CheckIn, 'corrections'>): Correction | undefined =>
  corrections.reduce<Correction | undefined>(
    (last, one) =>
      one.withdrawnAt !== undefined || (last && Temporal.Instant.compare(one.at, last.at) < 0) ? last : one,
    undefined,
  )

/** Leaving earlier than this before the end is 早退. */
const earlyMinutes = 10

/** How long a person was there who signed in and out; undefined where one of the two is missing. */
export function presenceOf(
  lesson: Lesson,
  checkIn: CheckIn,
): { leftAt: Temporal.Instant; minutes: number; earlyMinutes: number } | undefined {
  const signed = acceptedAttempt(lesson, checkIn)
  if (!lesson.takesSignOut || signed === undefined || checkIn.leftAt === undefined) return undefined
  const { startsAt, closesAt } = windowOf(lesson)
  const [came, leftAt] = [Temporal.Instant.from(signed.at), Temporal.Instant.from(checkIn.leftAt)]
  const from = isBefore(came, startsAt) ? startsAt : came
  const until = isBefore(leftAt, closesAt) ? leftAt : closesAt
  const early = Math.floor(until.until(closesAt).total('minutes'))
  return {
    leftAt,
    minutes: Math.max(0, Math.round(from.until(until).total('minutes'))),
    earlyMinutes: early > earlyMinutes ? early : 0,
  }
}

/** Every person whom the lesson concerns, with their status, in the order of the people. */
export function rowsOf({ lesson, people }: LessonWithPeople, at: Temporal.Instant): Row[] {
  return people.flatMap(one => {
    const standing = statusOf(lesson, one, at)
    return standing ? [{ ...one, standing }] : []
  })
}

/** Tally of a lesson. Erased people still count, without a name. */
export function tallyOf(held: LessonWithPeople, at: Temporal.Instant): LessonTally {
  const tally: LessonTally = {
    present: [],
    late: [],
    leave: [],
    absent: [],
    'made-up': [],
    unverified: [],
    awaited: [],
    tried: [],
    expected: held.people.filter(({ isExpected }) => isExpected).length,
    attended: 0,
  }
  for (const row of rowsOf(held, at)) tally[row.standing.state].push(row)
  tally.attended = tally.present.length + tally.late.length
  return tally
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

import { createHmac, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { withNotice } from './receipts.ts'
import type { Lesson } from './records.ts'
import { phaseOf, signIn, type Who, windowOf } from './rules.ts'

export const codeLastsSeconds = 30
/** The platform's clock may be this much behind the one that makes the codes. */
const clockSkewSeconds = 5
/** Five tries at four digits, of which two or three count, find a code once in 600 times. */
const triesPerPerson = 5

export type CodeOutcome = 'counted' | 'missing' | 'missed' | 'locked'

/** Asks for a code from `at` on; who signed in before that stays signed in. */
export function askForCode(lesson: Lesson, at: Temporal.Instant): Lesson {
  return lesson.code
    ? lesson
    : { ...lesson, code: { secret: randomBytes(16).toString('hex'), since: at.toString() } }
}

/** Signing in takes no code any more. */
export function dropCode(lesson: Lesson): Lesson {
  const { code: _code, ...rest } = lesson
  return rest
}

/** The four digits on the screen at this moment; undefined where the lesson asks for none. */
export function codeAt(lesson: Lesson, at: Temporal.Instant): string | undefined {
  return lesson.code && digitsOf(lesson.code.secret, slotOf(at))
}

/** How long the digits on the screen stay, in whole seconds from 1 to 30. */
export function codeSecondsLeft(at: Temporal.Instant): number {
  return codeLastsSeconds - (Math.floor(at.epochMilliseconds / 1000) % codeLastsSeconds)
}

/** Whether these digits stood on the screen when they were sent, or in the half minute before. */
export function isCodeOf(lesson: Lesson, code: string, at: Temporal.Instant): boolean {
  const { secret } = lesson.code ?? {}
  if (secret === undefined) return false
  const last = slotOf(at.add({ seconds: clockSkewSeconds }))
  const first = slotOf(at.subtract({ seconds: codeLastsSeconds }))
  return Array.from({ length: last - first + 1 }, (_, index) => digitsOf(secret, first + index)).includes(
    code,
  )
}

/**
 * Takes a sign-in with or without a code. Whether the code is right is judged by when it was sent, so that one
 * which is passed on to somebody at home is worth nothing a minute later, however late it is delivered.
 */
export function signInWithCode(
  lesson: Lesson,
  who: Who,
  { at, code }: { at: Temporal.Instant; code: string | undefined },
): { lesson: Lesson; outcome: CodeOutcome } {
  const isIn = lesson.checkIns[who.memberId]?.signedAt !== undefined
  if (isIn || !needsCode(lesson, at)) return { lesson: signIn(lesson, who, at), outcome: 'counted' }
  if (code === undefined) return { lesson, outcome: 'missing' }
  const misses = lesson.misses[who.memberId]?.count ?? 0
  if (misses >= triesPerPerson) return { lesson, outcome: 'locked' }
  if (isCodeOf(lesson, code, at)) return { lesson: signIn(lesson, who, at), outcome: 'counted' }
  const missed = { ...lesson.misses, [who.memberId]: { name: who.name, count: misses + 1 } }
  return { lesson: withNotice({ ...lesson, misses: missed }, who, 'missed'), outcome: 'missed' }
}

/** Past the end a try is only noted, and needs no code. */
function needsCode(lesson: Lesson, at: Temporal.Instant): boolean {
  if (!lesson.code || phaseOf(lesson, at) !== 'open') return false
  const since = Temporal.Instant.from(lesson.code.since)
  return (
    Temporal.Instant.compare(at, since) >= 0 && Temporal.Instant.compare(at, windowOf(lesson).closesAt) <= 0
  )
}

const slotOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000 / codeLastsSeconds)

/** As one-time passwords are made (RFC 4226), from a digest that tells nothing of the codes to come. */
function digitsOf(secret: string, slot: number): string {
  const number = createHmac('sha256', secret).update(String(slot)).digest().readUInt32BE(0)
  return String(number % 10_000).padStart(4, '0')
}

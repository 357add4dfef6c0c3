import { createHmac, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { SignInAttempt } from './records/check-in-records.ts'
import type { Lesson } from './records/records.ts'
import { windowOf } from './window.ts'

const codeLastsSeconds = 30
/** The platform's clock may be this much behind the one that makes the codes. */
const clockSkewSeconds = 5
/**
 * Digits that a person typed into the group count for others this long: who reads the
 * screen types at the same time.
 */
const sharedForSeconds = 15
/** The same digits may come again by chance; an older appearance says nothing. */
const remembersSeconds = 90

/** Five tries at four digits, of which two or three count, find a code once in 600 times. */
export const wrongCodesAllowed = 5

/** Asks for a code from `at` on; who signed in before that stays signed in. */
export function askForCode(lesson: Lesson, at: Temporal.Instant): Lesson {
  if (asksForCode(lesson)) return lesson
  const { secret = randomBytes(16).toString('hex'), spans = [] } = lesson.codes ?? {}
  return { ...lesson, codes: { secret, spans: [...spans, { from: at.toString() }] } }
}

/** Ends the code of a lesson: from `at` on, signing in takes none. */
export function dropCode(lesson: Lesson, at: Temporal.Instant): Lesson {
  if (!lesson.codes) return lesson
  const spans = lesson.codes.spans.map(span => (span.to ? span : { ...span, to: at.toString() }))
  return { ...lesson, codes: { ...lesson.codes, spans } }
}

/** Whether signing in takes a code as things are set now. */
export const asksForCode = (lesson: Lesson) => lesson.codes?.spans.some(({ to }) => to === undefined) ?? false

/** The four digits on the screen at this moment; undefined where the lesson asks for none. */
export function codeAt(lesson: Lesson, at: Temporal.Instant): string | undefined {
  return lesson.codes && asksForCode(lesson) ? digitsOf(lesson.codes.secret, slotOf(at)) : undefined
}

/** How long the digits on the screen stay, in whole seconds from 1 to 30. */
export function codeSecondsLeft(at: Temporal.Instant): number {
  return codeLastsSeconds - (Math.floor(at.epochMilliseconds / 1000) % codeLastsSeconds)
}

/** Whether these digits stood on the screen when they were sent, or in the half minute before. */
export function isCodeOf(lesson: Lesson, code: string, at: Temporal.Instant): boolean {
  const { secret } = lesson.codes ?? {}
  if (secret === undefined) return false
  const last = slotOf(at.add({ seconds: clockSkewSeconds }))
  const first = slotOf(at.subtract({ seconds: codeLastsSeconds }))
  return Array.from({ length: last - first + 1 }, (_, index) => digitsOf(secret, first + index)).includes(
    code,
  )
}

/**
 * Judges one sign-in by itself. Judged by when it was sent, so that a code which is passed on to a person at
 * home is worth nothing a minute later, however late it is delivered. Past the end a try is only noted, and needs none.
 */
export function judgeCode(
  lesson: Lesson,
  { at, code }: SignInAttempt,
): 'valid' | 'without-code' | 'wrong-code' | 'copied-code' {
  if (lesson.codes === undefined) return 'valid'
  const sentAt = Temporal.Instant.from(at)
  if (!needsCode(lesson, sentAt)) return 'valid'
  if (code === undefined) return 'without-code'
  if (!isCodeOf(lesson, code, sentAt)) return 'wrong-code'
  return wasInGroup(lesson, code, sentAt) ? 'copied-code' : 'valid'
}

/** Whether these digits stood in the group before this was sent, so that an absent member could copy them. */
function wasInGroup({ codes }: Lesson, code: string, at: Temporal.Instant): boolean {
  const seenAt = codes?.seen?.[code]
  if (seenAt === undefined) return false
  const seconds = Temporal.Instant.from(seenAt).until(at).total('seconds')
  return seconds > sharedForSeconds && seconds < remembersSeconds
}

/** Notes when digits first stood in the group; of several messages the earliest counts. */
export function noteCode(lesson: Lesson, code: string, at: Temporal.Instant): Lesson {
  if (!lesson.codes || !isCodeOf(lesson, code, at)) return lesson
  const seenAt = lesson.codes.seen?.[code]
  const isOld =
    seenAt !== undefined && Temporal.Instant.from(seenAt).until(at).total('seconds') >= remembersSeconds
  if (seenAt !== undefined && !isOld && Temporal.Instant.compare(seenAt, at) <= 0) return lesson
  return { ...lesson, codes: { ...lesson.codes, seen: { ...lesson.codes.seen, [code]: at.toString() } } }
}

function needsCode(lesson: Lesson, at: Temporal.Instant): boolean {
  if (Temporal.Instant.compare(at, windowOf(lesson).closesAt) > 0) return false
  const spans = lesson.codes?.spans ?? []
  return spans.some(
    ({ from, to }) =>
      Temporal.Instant.compare(from, at) <= 0 && (to === undefined || Temporal.Instant.compare(at, to) < 0),
  )
}

const slotOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000 / codeLastsSeconds)

/** As one-time passwords are made (RFC 4226), from a digest that tells nothing of the codes to come. */
function digitsOf(secret: string, slot: number): string {
  const number = createHmac('sha256', secret).update(String(slot)).digest().readUInt32BE(0)
  return String(number % 10_000).padStart(4, '0')
}

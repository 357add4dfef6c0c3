import { createHash, randomInt } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Store } from '../../ports/store.ts'
import { inShanghai } from '../../text/time.ts'

/** What an organizer may decide about somebody. */
export const Verdict = z.enum(['present', 'late', 'leave', 'absent'])
export type Verdict = z.infer<typeof Verdict>

/** All that is known of one member at one lesson; what it amounts to is for the rules to say. */
export const CheckIn = z.object({
  memberId: z.string(),
  name: z.string(),
  /** The earliest sign-in since the window opened; past its end it does not count, but is kept. */
  signedAt: z.string().optional(),
  /** When `signedAt` reached us, where that was more than a minute later: the line was down. */
  receivedAt: z.string().optional(),
  /** The latest asking for leave. */
  leave: z.object({ at: z.string(), reason: z.string() }).optional(),
  /** By organizers, oldest first; all are kept and the last one counts. */
  corrections: z.array(
    z.object({ to: Verdict, at: z.string(), byName: z.string(), why: z.string().optional() }),
  ),
})
export type CheckIn = z.infer<typeof CheckIn>

/** Something to tell a group about a member; `receipt` says in which message, 0 in none yet. */
export const Notice = z.object({
  memberId: z.string(),
  groupId: z.string(),
  about: z.enum(['signed', 'leave', 'missed']),
  /** Came when the organizers had their tally already. */
  isAfterTally: z.boolean(),
  receipt: z.number().int(),
})
export type Notice = z.infer<typeof Notice>

/** A lesson with everybody's check-in: one record, since a sign-in is decided over all of it. Key `id/lesson`. */
export const Lesson = z.object({
  id: z.string(),
  title: z.string(),
  groupIds: z.array(z.string()).min(1),
  startsAt: z.string(),
  endsAt: z.string(),
  opensBeforeMinutes: z.number().int(),
  lateAfterMinutes: z.number().int(),
  openedByName: z.string(),
  openedAt: z.string(),
  /** Set when an organizer ended the sign-in before `endsAt`. */
  closedAt: z.string().optional(),
  cancelledAt: z.string().optional(),
  /** From then on the organizers have, or are about to get, the tally: what comes later is told to them. */
  talliedAt: z.string().optional(),
  isTallyPosted: z.boolean(),
  /** Present while signing in takes the digits on the room's screen. */
  code: z.object({ secret: z.string(), since: z.string() }).optional(),
  /** Wrong codes by member id, so that nobody can go through all of them. */
  misses: z.record(z.string(), z.object({ name: z.string(), count: z.number().int() })),
  checkIns: z.record(z.string(), CheckIn),
  notices: z.array(Notice),
  /** Messages made of notices, the first being number 1; one that is not posted yet is posted again. */
  receipts: z.array(z.object({ groupId: z.string(), isPosted: z.boolean() })),
})
export type Lesson = z.infer<typeof Lesson>

/** Which lesson a group has in a window; key `YYYY-MM of the start/group-start-end`, so that there is only one. */
export const Slot = z.object({
  lessonId: z.string(),
  groupId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
})
export type Slot = z.infer<typeof Slot>

export type LessonRecords = ReturnType<typeof openRecords>

export function openRecords(store: Store) {
  return { lessons: store.collection('lessons', Lesson), slots: store.collection('lesson-slots', Slot) }
}

export const lessonKey = (id: string) => `${id}/lesson`

export function slotKey({ groupId, startsAt, endsAt }: Omit<Slot, 'lessonId'>): string {
  const group = createHash('sha256').update(groupId).digest('hex').slice(0, 16)
  return `${monthOf(startsAt)}/${group}-${minuteOf(startsAt)}-${minuteOf(endsAt)}`
}

/** A cancelled lesson stays listed, but gives its window back. */
export const cancelledSlotKey = (slot: Slot) =>
  `${monthOf(slot.startsAt)}/cancelled-${slot.lessonId}-${slotKey(slot).slice(8)}`

export function newLessonId(startsAt: Temporal.Instant): string {
  const day = inShanghai(startsAt).toPlainDate().toString().replaceAll('-', '')
  return `${day}-${Array.from({ length: 6 }, () => randomInt(36).toString(36)).join('')}`
}

/** The months, as in slot keys, that lessons starting in [from, to] are kept under. */
export function monthsBetween(from: Temporal.Instant, to: Temporal.Instant): string[] {
  const last = inShanghai(to).toPlainDate().toPlainYearMonth()
  const months: string[] = []
  let month = inShanghai(from).toPlainDate().toPlainYearMonth()
  for (; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    months.push(month.toString())
  }
  return months
}

const monthOf = (at: string) => inShanghai(Temporal.Instant.from(at)).toPlainDate().toString().slice(0, 7)
const minuteOf = (at: string) => Math.floor(Temporal.Instant.from(at).epochMilliseconds / 60_000)

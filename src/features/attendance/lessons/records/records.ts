import { randomInt } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { sha256 } from '../../../../lib/hash.ts'
import { retiredFormat } from '../../../../lib/retired-format.ts'
import type { Migration, Store } from '../../../../ports/store.ts'
import { dayInShanghai, inShanghai } from '../../../../text/dates/time.ts'
import { Calendar } from './calendar-records.ts'
import { CheckIn, Receipt, UntoldRecall } from './check-in-records.ts'
import { PastedList } from './pasted-list-records.ts'
import { PendingUpdate } from './pending-updates.ts'
import { LessonPlan } from './plan.ts'
import { Register } from './register.ts'
import { Series } from './series-records.ts'
import { SignUpList } from './sign-up-records.ts'

const Decided = z.object({ at: z.string(), byName: z.string() })

/** A lesson without its people, who have records of their own. Key `id/lesson`. */
export const Lesson = LessonPlan.extend({
  id: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  openedByName: z.string(),
  openedAt: z.string(),
  /** The series it belongs to, and the day it stands for there, also when it was moved to another. */
  series: z.object({ id: z.string(), date: z.string() }).optional(),
  /** Set when an organizer ended the sign-in before `endsAt`. */
  closedAt: z.string().optional(),
  cancelledAt: z.string().optional(),
  /** From then on the organizers have, or are about to get, the tally: what comes later is told to them. */
  talliedAt: z.string().optional(),
  isTallyPosted: z.boolean(),
  /** When signing in takes the digits on the room's screen, and what they are made from. */
  codes: z
    .object({
      secret: z.string(),
      spans: z.array(z.object({ from: z.string(), to: z.string().optional() })),
      /** When digits first stood in the group, by digits. */
      seen: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  /** Times while one could sign in and the line received nothing: who is missing then is unverified. */
  outages: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  /** An organizer looked at it: who is still missing was not there. */
  verified: Decided.optional(),
  /** Removed by retention: what people wrote, or their names too. */
  forgotten: z.enum(['reasons', 'names']).optional(),
  /** While names are being forgotten: what the ids are made from that lead nowhere. */
  alias: z.string().optional(),
})
export type Lesson = z.infer<typeof Lesson>

/** Version 1 kept people inside the lesson; version 2 called `outages` otherwise. */
const lessonMigrations: readonly Migration[] = [
  retiredFormat('lessons'),
  old => {
    const { deafSpans: outages = [], ...lesson } = SecondVersion.parse(old)
    return { ...lesson, outages }
  },
]
const SecondVersion = z.looseObject({ deafSpans: Lesson.shape.outages.optional() })

/** Which lesson a group has in a window; key `YYYY-MM of the start/group-start-end`, so that there is only one. */
export const LessonSlot = z.object({
  lessonId: z.string(),
  groupId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
})
export type LessonSlot = z.infer<typeof LessonSlot>

export type LessonRecords = ReturnType<typeof openAttendanceRecords>

/**
 * Everything about one lesson lies in shards of that lesson: what a sign-in costs does not depend on how many lessons
 * there ever were. A sign-in writes one record, `lesson-id/member-id`.
 */
export function openAttendanceRecords(store: Store) {
  return {
    lessons: store.collection('lessons', Lesson, lessonMigrations),
    slots: store.collection('lesson-slots', LessonSlot),
    checkIns: store.collection('check-ins', CheckIn),
    receipts: store.collection('lesson-receipts', Receipt),
    recalls: store.collection('lesson-recalls', UntoldRecall),
    signUps: store.collection('lesson-sign-ups', SignUpList),
    registers: store.collection('lesson-registers', Register),
    series: store.collection('lesson-series', Series),
    touched: store.collection('lesson-updates', PendingUpdate),
    pasted: store.collection('pasted-lists', PastedList),
    calendars: store.collection('lesson-calendars', Calendar),
  }
}

export const pendingUpdatePrefix = 'touched/'
export const pendingUpdateKey = (lessonId: string) => `${pendingUpdatePrefix}${lessonId}`
export const lessonKey = (id: string) => `${id}/lesson`
export const checkInKey = (lessonId: string, memberId: string) => `${lessonId}/${memberId}`
export const receiptKey = (lessonId: string, number: number) =>
  `${lessonId}/${String(number).padStart(6, '0')}`
export const signUpKey = (lessonId: string) => `${lessonId}/list`
export const registerKey = (lessonId: string) => `${lessonId}/register`
export const seriesKey = (id: string) => `series/${id}`

export function slotKey({ groupId, startsAt, endsAt }: Omit<LessonSlot, 'lessonId'>): string {
  const group = sha256(groupId).slice(0, 16)
  return `${monthOf(startsAt)}/${group}-${minuteOf(startsAt)}-${minuteOf(endsAt)}`
}

/** A cancelled lesson stays listed, but gives its window back. */
export const cancelledSlotKey = (slot: LessonSlot) =>
  `${monthOf(slot.startsAt)}/cancelled-${slot.lessonId}-${slotKey(slot).slice(8)}`

export function newLessonId(startsAt: Temporal.Instant): string {
  return `${dayInShanghai(startsAt).replaceAll('-', '')}-${newCode()}`
}

/** Six letters and digits. */
export const newCode = () => Array.from({ length: 6 }, () => randomInt(36).toString(36)).join('')

/** The months, as in slot keys, that lessons starting in [from, to] are kept under. */
export function lessonMonthsBetween(from: Temporal.Instant, to: Temporal.Instant): string[] {
  const last = inShanghai(to).toPlainDate().toPlainYearMonth()
  const months: string[] = []
  let month = inShanghai(from).toPlainDate().toPlainYearMonth()
  for (; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    months.push(month.toString())
  }
  return months
}

const monthOf = (at: string) => dayInShanghai(Temporal.Instant.from(at)).slice(0, 7)
const minuteOf = (at: string) => Math.floor(Temporal.Instant.from(at).epochMilliseconds / 60_000)

import { z } from 'zod'
import type { RecurringDays } from '../../../../text/dates/recurrence/recurring-days.ts'
import { LessonPlan } from './plan.ts'

/** Stored days of a recurrence; see {@link RecurringDays}. */
const StoredDays = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every-day') }),
  z.object({ kind: z.literal('working-days') }),
  z.object({ kind: z.literal('rest-days') }),
  z.object({
    kind: z.literal('weekdays'),
    days: z.array(z.number().int().min(1).max(7)).readonly(),
    everyWeeks: z.number().int().min(1).optional(),
  }),
  z.object({ kind: z.literal('month-days'), days: z.array(z.number().int()).readonly() }),
  z.object({
    kind: z.literal('month-weekdays'),
    days: z.array(z.number().int().min(1).max(7)).readonly(),
    nth: z.number().int().min(-1).max(5),
  }),
  z.object({ kind: z.literal('month-working-day'), which: z.enum(['first', 'last']) }),
]) satisfies z.ZodType<RecurringDays>

/** Records of version 0.1 hold weekdays, the rhythm in weeks and the nth of a month as fields of their own. */
const EarlierDays = z.object({
  weekdays: z.array(z.number().int()).min(1),
  everyWeeks: z.number().int(),
  nthOfMonth: z.number().int().optional(),
})

function withDays(stored: unknown): unknown {
  const { success, data } = EarlierDays.safeParse(stored)
  if (!success) return stored
  const { weekdays: days, everyWeeks, nthOfMonth: nth } = data
  const weekly = { kind: 'weekdays', days, ...(everyWeeks === 1 ? {} : { everyWeeks }) }
  return { ...Object(stored), on: nth === undefined ? weekly : { kind: 'month-weekdays', days, nth } }
}

/** The days on which a series has a lesson. */
export const LessonRecurrence = z.preprocess(
  withDays,
  z.object({
    on: StoredDays,
    /** The first day, and that from whose week every other week counts. */
    from: z.string(),
    /** The last day, itself included. */
    until: z.string().optional(),
    /** Also on 法定节假日 and on weekends that are worked for 调休. */
    includesRestDays: z.boolean(),
  }),
)
export type LessonRecurrence = z.infer<typeof LessonRecurrence>

/** Lessons that come again: what makes the next ones. Key `series/id`; a community has few. */
export const Series = z.object({
  id: z.string(),
  recurrence: LessonRecurrence,
  /** 「14:00」, Shanghai's wall clock. */
  startTime: z.string(),
  lengthMinutes: z.number().int(),
  plan: LessonPlan,
  hasCode: z.boolean(),
  openedByName: z.string(),
  openedAt: z.string(),
  endedAt: z.string().optional(),
})
export type Series = z.infer<typeof Series>

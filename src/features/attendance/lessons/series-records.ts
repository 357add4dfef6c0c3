import { z } from 'zod'
import { LessonPlan } from './plan.ts'

/** On which days a series has a lesson. */
export const LessonRecurrence = z.object({
  /** Days that are no list of weekdays, such as every working day; `weekdays` is empty then. */
  on: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('every-day') }),
      z.object({ kind: z.literal('working-days') }),
      z.object({ kind: z.literal('rest-days') }),
      z.object({ kind: z.literal('weekdays'), days: z.array(z.number().int()) }),
      z.object({ kind: z.literal('month-days'), days: z.array(z.number().int()) }),
      z.object({ kind: z.literal('month-working-day'), which: z.enum(['first', 'last']) }),
    ])
    .optional(),
  /** 1 Monday to 7 Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)),
  /** 1 every week, 2 every other week, counted from the week of `from`. */
  everyWeeks: z.number().int().min(1),
  /** The nth such weekday of a month only: 1 to 5, or -1 for the last. */
  nthOfMonth: z.number().int().min(-1).max(5).optional(),
  from: z.string(),
  /** The last day, itself included. */
  until: z.string().optional(),
  /** Also on 法定节假日 and on weekends that are worked for 调休. */
  includesRestDays: z.boolean(),
})
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

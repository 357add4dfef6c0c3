import { z } from 'zod'
import { Plan } from './plan.ts'

/** On which days a series has a lesson. */
export const Recurrence = z.object({
  /** 1 Monday to 7 Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  /** 1 every week, 2 every other week, counted from the week of `from`. */
  everyWeeks: z.number().int().min(1),
  /** The nth such weekday of a month only: 1 to 5. */
  nthOfMonth: z.number().int().min(1).max(5).optional(),
  from: z.string(),
  /** The last day, itself included. */
  until: z.string().optional(),
  /** Also on 法定节假日 and on weekends that are worked for 调休. */
  includesRestDays: z.boolean(),
})
export type Recurrence = z.infer<typeof Recurrence>

/** Lessons that come again: what makes the next ones. Key `series/id`; a community has few. */
export const Series = z.object({
  id: z.string(),
  recurrence: Recurrence,
  /** 「14:00」, Shanghai's wall clock. */
  startTime: z.string(),
  lengthMinutes: z.number().int(),
  plan: Plan,
  hasCode: z.boolean(),
  openedByName: z.string(),
  openedAt: z.string(),
  endedAt: z.string().optional(),
})
export type Series = z.infer<typeof Series>

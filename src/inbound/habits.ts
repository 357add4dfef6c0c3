import type { FloodLimits } from './floods.ts'
import type { BurstWaits } from './questions.ts'

/** How the bot deals with what comes late, too fast or in pieces. */
export type Habits = {
  /** What was sent longer ago is not answered any more. */
  staleMinutes: number
  limits: FloodLimits
  waits: BurstWaits
}

/** Answers everything that is not stale, at once: for tests, and for bots that nobody floods. */
export const plainHabits: Habits = {
  staleMinutes: 10,
  limits: { perPersonPerMinute: Number.POSITIVE_INFINITY, perGroupPerMinute: Number.POSITIVE_INFINITY },
  waits: { forRestMs: 0, forMoreMs: 0 },
}

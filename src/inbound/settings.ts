import type { BurstWaits } from './questions.ts'
import type { FloodLimits } from './rate-limiter.ts'

/** How the bot deals with what comes late, too fast or in pieces. */
export type InboundSettings = {
  /** What was sent longer ago is not answered any more. */
  staleMinutes: number
  limits: FloodLimits
  /** The same for commands in groups, sign-ins and the like left out. */
  commandLimits: FloodLimits
  /** A reply to a command, a refusal or an apology is said once to a group within so many seconds; from 0. */
  mergeSeconds: number
  waits: BurstWaits
}

const unlimited: FloodLimits = {
  perPersonPerMinute: Number.POSITIVE_INFINITY,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
}

/** Answers everything that is not stale, at once and without limits; what many would hear at once, once. */
export const plainHabits: InboundSettings = {
  staleMinutes: 10,
  limits: unlimited,
  commandLimits: unlimited,
  mergeSeconds: 0,
  waits: { forRestMs: 0, forMoreMs: 0 },
}

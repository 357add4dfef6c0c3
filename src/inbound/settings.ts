import type { BurstWaits } from './questions.ts'
import type { FloodLimits } from './rate-limiter.ts'

/** How the bot deals with what comes late, too fast or in pieces. */
export type InboundSettings = {
  /** What was sent longer ago is not answered any more. */
  staleMinutes: number
  limits: FloodLimits
  /** The same for commands in groups, sign-ins and the like left out. */
  commandLimits: FloodLimits
  /** A reply to a command, a refusal or an apology is not said in a group where it was just said, for so long. */
  mergeSeconds: number
  waits: BurstWaits
}

const unlimited: FloodLimits = {
  perPersonPerMinute: Number.POSITIVE_INFINITY,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
}

/** Answers everything that is not stale, at once: for tests, and for bots that nobody floods. */
export const plainHabits: InboundSettings = {
  staleMinutes: 10,
  limits: unlimited,
  commandLimits: unlimited,
  mergeSeconds: 0,
  waits: { forRestMs: 0, forMoreMs: 0 },
}

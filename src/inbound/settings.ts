import type { BurstWaits } from './questions.ts'
import type { RateLimits } from './rate-limiter.ts'

/** Handling of messages that come late, too fast or in pieces. */
export type InboundSettings = {
  /** Messages sent longer ago are not answered. */
  staleMinutes: number
  limits: RateLimits
  /** Limits of commands in groups; sign-ins and commands that need an office have no limit. */
  commandLimits: RateLimits
  /** Commands of one person in private that are answered within any minute, those that need an office apart. */
  privateCommandsPerMinute: number
  /**
   * Most answers to one person in a day. Answers to repeatable commands (a sign-in, a sign-up) count and are given
   * beyond it; commands that need an office do not count.
   */
  answersPerPersonPerDay: number
  /** Seconds within which a reply to a command, a refusal or an apology is said once to a group; from 0. */
  mergeSeconds: number
  waits: BurstWaits
}

const unlimited: RateLimits = {
  perPersonPerMinute: Number.POSITIVE_INFINITY,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
}

/** Answers everything that is not stale, at once and without limits; what many would hear at once, once. */
export const unlimitedInbound: InboundSettings = {
  staleMinutes: 10,
  limits: unlimited,
  commandLimits: unlimited,
  privateCommandsPerMinute: Number.POSITIVE_INFINITY,
  answersPerPersonPerDay: Number.POSITIVE_INFINITY,
  mergeSeconds: 0,
  waits: { forRestMs: 0, forMoreMs: 0 },
}

import type { Temporal } from 'temporal-polyfill'

/**
 * How an outage was noticed. `broken`: the connection ended or failed. `silent`: no sign of life.
 * `stalled`: a ding went unanswered, later ones did not. `logged-out`: the account. `stopped`: we did not run. `unread`: a message was
 * announced and could not be had; others of that time were heard.
 */
export type GapCause = 'broken' | 'silent' | 'stalled' | 'logged-out' | 'stopped' | 'unread'

/** A time in which no messages arrived: what a group said meanwhile is unknown, not nothing. */
export type Gap = {
  /** The last sign of life before it, so rather too early than too late. */
  from: Temporal.Instant
  /** Undefined while it lasts. */
  to: Temporal.Instant | undefined
  how: GapCause
  /** The name of the line; absent for the line without a name. */
  line?: string
}

export type ClosedGap = Gap & { to: Temporal.Instant }

/** The outages of the lines. */
export type Gaps = {
  /**
   * Every gap that touches [from, to], one that still lasts too, oldest first.
   * @param lines by their names; default: all
   */
  between(from: Temporal.Instant, to: Temporal.Instant, lines?: readonly string[]): Promise<Gap[]>
}

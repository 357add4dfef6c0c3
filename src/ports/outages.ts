import type { Temporal } from 'temporal-polyfill'

/**
 * How an outage was noticed. `broken`: the connection ended or failed. `silent`: no sign of life.
 * `stalled`: a ding went unanswered, later ones did not. `logged-out`: the account. `stopped`: we did not run.
 * `unread`: a message was announced and could not be had; others of that time were heard.
 */
export type OutageCause = 'broken' | 'silent' | 'stalled' | 'logged-out' | 'stopped' | 'unread'

/** A time in which no messages arrived: what a group said meanwhile is unknown, not nothing. */
export type Outage = {
  /** The last sign of life before it, so rather too early than too late. */
  from: Temporal.Instant
  /** Undefined while it lasts. */
  to: Temporal.Instant | undefined
  how: OutageCause
  /** The name of the line; absent for the line without a name. */
  line?: string
}

export type ClosedOutage = Outage & { to: Temporal.Instant }

/** The outages of the lines. */
export type Outages = {
  /**
   * Every outage that touches [from, to], one that still lasts too, oldest first.
   * @param lines by their names; default: all
   */
  between(from: Temporal.Instant, to: Temporal.Instant, lines?: readonly string[]): Promise<Outage[]>
}

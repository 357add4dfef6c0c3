import type { Temporal } from 'temporal-polyfill'

/** Ticks, and reads cron lines in Asia/Shanghai. What was due, and whether it ran, is kept in the run log. */
export type Scheduler = {
  /**
   * Ticks by the monotonic clock. Ticks never overlap; what a long tick or a sleeping machine missed is left out.
   * @returns ends the ticking.
   */
  every(periodMs: number, tick: () => Promise<void>): () => void
  /**
   * The instants in (after, until] that match, to the minute, oldest first.
   * @throws RangeError when the expression is no cron line.
   */
  slots(cron: string, after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[]
}

import type { Temporal } from 'temporal-polyfill'

/** Cron in Asia/Shanghai. It only ticks: what was due, and whether it ran, is the run ledger's to say. */
export type Scheduler = {
  /** @returns a function that ends the ticking. */
  every(cron: string, tick: () => Promise<void>): () => void
  /**
   * The instants in (after, until] that match, to the minute, oldest first.
   * @throws RangeError when the expression is no cron line.
   */
  slots(cron: string, after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[]
}

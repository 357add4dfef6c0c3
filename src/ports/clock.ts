import type { Temporal } from 'temporal-polyfill'

/** The only source of time. Rules take `at`; only handlers and jobs read the clock. */
export type Clock = {
  now(): Temporal.Instant
  /** Resolves `ms` later by this clock; at once, and without an error, when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

import type { Temporal } from 'temporal-polyfill'

/** Something that an organizer must know or act on, in Chinese, without secrets. */
export type Alarm = { id: string; text: string; since: Temporal.Instant }

/** What is wrong at the moment: in the log once, on the console until it is cleared. */
export type Alarms = {
  /** Raising an id again changes its text and keeps its time. */
  raise(id: string, text: string): void
  clear(id: string): void
  /** Oldest first. */
  list(): Alarm[]
}

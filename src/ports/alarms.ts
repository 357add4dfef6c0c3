import type { Temporal } from 'temporal-polyfill'

/** Something that an organizer must know or act on, in Chinese, without secrets. */
export type Alarm = { id: string; text: string; since: Temporal.Instant }

/** Current faults: logged once, shown on the console until cleared. */
export type Alarms = {
  /** Raising an id again changes its text and keeps its time. */
  raise(id: string, text: string): void
  clear(id: string): void
  /** Oldest first. */
  list(): Alarm[]
}

/** The alarms as their owner sees them. */
export type WatchedAlarms = Alarms & {
  /** Calls back after every change of the list. @returns a function that ends it */
  onChange(listener: () => void): () => void
}

/** A way to reach people that does not go over the chat line. */
export type AlertChannel = {
  /**
   * Resolves when the other side has taken the text.
   * @throws {@link AlertChannelFault} with a reason in Chinese that holds no secret
   */
  tell(text: string): Promise<void>
}

/** Why an alert could not be told, in one Chinese sentence that may be shown: no address, token or secret. */
export class AlertChannelFault extends Error {
  override name = 'AlertChannelFault'
}

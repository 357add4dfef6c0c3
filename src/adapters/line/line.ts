import type { Chat, Target } from '../../ports/chat.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import type { LineHandlers } from './handlers.ts'
import type { LineStatus } from './status.ts'

/** The way to the chat platform and back. */
export type Line = {
  /** Rejects at once while there is no connection; else as its port promises. */
  chat: Chat
  /** Sets the handlers; to be called once, before {@link Line.start}. */
  on(handlers: LineHandlers): void
  /**
   * Begins to connect, and goes on by itself whatever happens. Resolves when it is known how that went, at the
   * latest after three seconds.
   * @throws an error named LineFault when the settings name a puppet that cannot be had.
   */
  start(): Promise<void>
  /** Takes a message of ours back. Resolves to false where it stays. */
  recall(target: Target, messageId: string, timeoutMs: number): Promise<boolean>
  /** Connects now instead of after the pause; does nothing while the line is up. */
  reconnect(): void
  /** Takes no new message. Resolves when those announced before are handed on, at the latest after 1.5 s. */
  stopReceiving(): Promise<void>
  /** Resolves within four seconds, whatever the line does. */
  stop(): Promise<void>
  status(): LineStatus
  /** Our account's id; the ids of other people hold for this account only. Empty before the first login. */
  account(): string
  /** The abilities of this conversation; most lines have one set for all. */
  traits(target: Target): LineTraits
}

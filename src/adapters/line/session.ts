import type { Chat, Message } from '../../ports/chat.ts'
import type { KnownSkew, MessageHandlers } from './handlers.ts'
import type { Line } from './line.ts'

/** The end of a session. */
export type SessionEnd = {
  reason: string
  /** One Chinese sentence: what is wrong and what to do. */
  note: string
  how: 'broken' | 'silent'
  /** Connecting again would do harm or always fail: the line waits until a person asks for it. */
  isFinal?: boolean
  /** The platform does not take our account or settings: it is tried again, and a person has to mend them. */
  isRefused?: boolean
  /** The platform may deliver the messages of the break to the next session. */
  isResumable?: boolean
  /** The platform found us too fast: the next session waits. */
  isThrottled?: boolean
}

/** One connection to a platform, from its start to its end. */
export type Session = {
  chat: Chat
  /** Takes a message of ours back; absent where the platform cannot. Resolves to false where it stays. */
  recall?: Line['recall']
  over: Promise<SessionEnd>
  /** Ends it on purpose. @param reason for the log */
  end(reason: string): void
  /**
   * Takes no new message. Resolves when those announced before are handed on; absent
   * where none is announced before.
   */
  drain?(): Promise<void>
  /** Releases what it holds, within two seconds; absent where it holds nothing. The next session waits for that. */
  dispose?(): Promise<void>
}

/**
 * Handlers of one session. One that knows more of a message than its text and time calls
 * {@link MessageHandlers} itself.
 */
export type SessionHandlers = MessageHandlers & {
  /** Messages arrive from now on. @param isResumed nothing was missed since the last session */
  onUp(account: string, isResumed?: boolean): void
  /** A sign of life. @param hadMissed earlier ones were missed: what was said meanwhile may be lost */
  onSign(hadMissed?: boolean): void
  /** A person has to do something before messages arrive. */
  onBlocked(note: string, shown?: { qrcode: string }): void
  /** The account was logged out: no messages until the next `onUp`. */
  onLoggedOut(note: string): void
  /** Up, with a limitation that the note names. */
  onLimited(note: string): void
  /** A frame of the platform could not be read. */
  onFault(cause: unknown): void
  /** A whole message, with its time by the platform's clock. */
  onMessage(message: Message): void
  /** The platform's clock was measured anew. */
  onSkew(known: KnownSkew): void
}

import type { Temporal } from 'temporal-polyfill'

/** A file that was sent to us; its bytes are fetched when they are wanted. */
export type SentFile = {
  name: string
  /** @throws where the line cannot give it */
  read(): Promise<Uint8Array>
}

/** A received message, independent of the line it came over. */
export type Message = {
  /** Unique on this line and stable when the line delivers the message again. */
  id: string
  /** Absent in a private chat. */
  groupId?: string
  /** Name of the group as last seen; an observation, never a key. */
  groupName?: string
  senderId: string
  /** The alias in this group, else the nickname; empty where the line could not tell. An observation, never a key. */
  senderName: string
  /** Text without mentions and without the quoted part. */
  text: string
  mentionsBot: boolean
  /** In private chats only; the text names it then. */
  file?: SentFile
  /** By the platform's clock. */
  sentAt: Temporal.Instant
  /** By ours. */
  receivedAt: Temporal.Instant
  /** The time of sending is long ago, and the platform's clock may be wrong: a question is answered all the same. */
  isTimeDoubtful?: true
}

/** A file of at most 5 MB, held in memory. */
export type ChatFile = { name: string; mimeType: string; bytes: Uint8Array }

/** One message of ours: a text, a file or a text and then a file. */
export type Reply = {
  text?: string
  /** Ids of people whom the line shall @ before the text. */
  mention?: string[]
  /**
   * The person whom it answers, to be mentioned where `isNeeded` says so right before it
   * is sent: others may have spoken.
   */
  addressee?: { personId: string; isNeeded(): boolean }
  file?: ChatFile
  /** More files; only for lines whose text and files leave as one message. */
  attachments?: ChatFile[]
  /** Told once whether the line has taken it; where one before it was lost, it has not. */
  whenDone?(isSent: boolean): unknown
}

export type Target = { groupId: string } | { personId: string }

/** Sends messages; for the outbox only: handlers return what they say. */
export type Chat = {
  /**
   * Sends one reply.
   * @param deadlineMs after which the promise rejects with a {@link DeadlineError}: the outcome is then
   *   unknown, since the message may still be delivered. With a {@link LineDownError} nothing was sent.
   * @returns the platform's id of the message; empty where the line gives none.
   */
  say(target: Target, reply: Reply, deadlineMs: number): Promise<string>
}

/** There is no line at the moment, and nothing was sent: it may be tried again without harm. */
export class LineDownError extends Error {
  override name = 'LineDownError'
}

/** The line did not answer in time: the outcome is unknown. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
}

/** The connection ended during the send: the outcome is unknown. */
export class LineCutError extends DeadlineError {
  override name = 'LineCutError'
}

/** The platform refused for good, and nothing was sent. The message is one Chinese sentence: why, and what to do. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  /** `target`: this conversation, or what was to be said there. `line`: the account, so others will fail too. */
  readonly fault: 'target' | 'line'
  constructor(message: string, fault: 'target' | 'line' = 'target', options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/** The platform says that we are too fast, and nothing was sent. */
export class ThrottledError extends Error {
  override name = 'ThrottledError'
  /** `target`: into this conversation. `line`: the account, so others wait too. */
  readonly fault: 'target' | 'line'
  constructor(message: string, fault: 'target' | 'line' = 'line', options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/** In place of an answer: the message was not meant for the one who took it, and goes on to the others. */
export const passedOn = Symbol('passed on')
export type PassedOn = typeof passedOn

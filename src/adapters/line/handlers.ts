import type { Temporal } from 'temporal-polyfill'
import type { Message, Reply, Target } from '../../ports/chat.ts'
import type { OutageCause } from '../../ports/outages.ts'

/** The last known name in this group, or in private; undefined where there is none. */
export type LastName = (senderId: string, groupId: string | undefined) => Promise<string | undefined>

/** A message of the bot's own, come back over the line: it has arrived. */
export type ChatEcho = { id: string; target: Target; text: string; sentAt: Temporal.Instant }

/** The skew as it was left by an earlier run; `isProven` once an echo of ours, or several messages, showed it. */
export type KnownSkew = { skewMs: number; isProven: boolean }

export const noSkew: KnownSkew = { skewMs: 0, isProven: false }

/** Handlers of everything that a connection receives. */
export type MessageHandlers = {
  /** Text of a notice by the platform itself, never of a member. */
  onNotice(text: string): void
  answer(message: Message): Promise<Reply[]>
  onEcho(echo: ChatEcho): void
  /** Last known names, for when the line cannot tell one. */
  lastName?: LastName | undefined
  /** The name of a sender whose message was handed on without it. */
  onLateName?: ((message: Message) => void) | undefined
  /** These people joined a group; ourselves left out. */
  onJoined?: ((groupId: string, personIds: readonly string[]) => void) | undefined
  /** Its sender took back the message with this id. Only lines that hear of it call this. */
  onRecalled?: ((messageId: string) => void) | undefined
  /** A message announced since `from` could not be read. */
  onMessageLost(from: Temporal.Instant): void
  /** Sends the parts of one reply, after those that it was given before for this target. */
  reply(target: Target, replies: readonly Reply[]): void
}

/** Handlers of a line, over all of its connections. */
export type LineHandlers = MessageHandlers & {
  /** The platform's clock was measured anew. */
  onClockSkew?(known: KnownSkew): void
  /** No messages arrive from `from` on. Called again with another cause during one outage, it is the same outage. */
  onDisconnected(from: Temporal.Instant, cause: OutageCause): void
  /** Messages arrive again from `at` on. */
  onReconnected(at: Temporal.Instant): void
}

/** Ignores everything; used until a line gets its own handlers. */
export const noHandlers: LineHandlers = {
  onNotice() {},
  answer: async () => [],
  onEcho() {},
  onDisconnected() {},
  onReconnected() {},
  onMessageLost() {},
  reply() {},
}

import { Temporal } from 'temporal-polyfill'
import type { Reply, Target } from '../../ports/chat.ts'
import type { DeliveryState, PostingKind, StoredDelivery } from './records.ts'

/** The end of an earlier attempt, and the person who asked for the next one. */
type PastAttempt = { state: DeliveryState; reason?: string; at: Temporal.Instant; again?: string }

/** One message to one target, on its way or arrived. */
export type Delivery = {
  /** `broadcast id/target id`, unique for ever: posting it again changes nothing. */
  key: string
  target: Target
  /**
   * `sending`: claimed, on its way. `waiting`: the line gave it to a person, who has yet to send it. `sent`: the
   * line took it. `confirmed`: we heard it back in that chat, or a person saw it there. `unknown`: it may have
   * arrived or not; never sent again by itself. `manual`: a person sent it by hand, and the bot never will.
   * `recalled`: it arrived and was taken back, so it does not count as missing.
   */
  state: DeliveryState
  /** Why it failed, expired or is unknown, in Chinese. */
  reason?: string
  /** The person who set this state, if any. */
  by?: string
  /** The line's id of the message, where it gave one. */
  messageId?: string
  changedAt: Temporal.Instant
  /** Earlier attempts, oldest first. */
  history: readonly PastAttempt[]
}

export type Posting = {
  key: string
  target: Target
  /** `broadcast` respects quiet hours; `prompt` is sent at once. */
  kind: PostingKind
  /**
   * Asks a maker unprompted to act: at most two a week for one person; one more is not
   * posted but listed. Default false.
   */
  isNudge?: boolean
  reply: Reply
  /** Later than this it is not sent any more but recorded as expired. */
  notAfter: Temporal.Instant
}

/** Paced, recorded sending of everything that is not a reply. */
export type Outbox = {
  /** Resolves when it is recorded as due; sending happens by itself. */
  post(postings: readonly Posting[]): Promise<void>
  /** Ordered by post time. */
  deliveries(broadcastId: string): Promise<Delivery[]>
  /** Cancels what is still due. @returns how many that were. */
  cancel(broadcastId: string): Promise<number>
}

export function deliveryOf({ key, value }: StoredDelivery): Delivery {
  const { target, state, reason, by, messageId, changedAt, history } = value
  return {
    key,
    target,
    state,
    ...(reason ? { reason } : {}),
    ...(by ? { by } : {}),
    ...(messageId ? { messageId } : {}),
    changedAt: Temporal.Instant.from(changedAt),
    history: history.map(past => pastOf(past)),
  }
}

function pastOf({ state, reason, at, again }: StoredDelivery['value']['history'][number]): PastAttempt {
  return {
    state,
    at: Temporal.Instant.from(at),
    ...(reason ? { reason } : {}),
    ...(again ? { again } : {}),
  }
}

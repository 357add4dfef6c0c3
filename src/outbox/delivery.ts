import { Temporal } from 'temporal-polyfill'
import type { Reply, Target } from '../ports/chat.ts'
import type { DeliveryState, PostingKind, StoredDelivery } from './records.ts'

/** How an earlier attempt ended, and who wanted it sent again. */
type PastAttempt = { state: DeliveryState; reason?: string; at: Temporal.Instant; again?: string }

/** One message to one target, on its way or arrived. */
export type Delivery = {
  /** `broadcast id/target id`, unique for ever: posting it again changes nothing. */
  key: string
  target: Target
  /**
   * `sending`: claimed, on its way. `sent`: the line took it. `confirmed`: we heard it back in that chat, or a
   * person saw it there. `unknown`: it may have arrived or not; never sent again by itself. `manual`: a person sent
   * it by hand, and the bot never will.
   */
  state: DeliveryState
  /** Why it failed, expired or is unknown, in Chinese. */
  reason?: string
  /** Who decided its state, where a person did. */
  by?: string
  changedAt: Temporal.Instant
  /** Earlier attempts, oldest first. */
  history: readonly PastAttempt[]
}

export type Posting = {
  key: string
  target: Target
  /** A `broadcast` waits while it is night; a `prompt` is something that somebody waits for now. */
  kind: PostingKind
  reply: Reply
  /** Later than this it is not sent any more but recorded as expired. */
  notAfter: Temporal.Instant
}

/** Paced, recorded sending: the only road from us to a group that is not a reply. */
export type Outbox = {
  /** Resolves when it is recorded as due; sending happens by itself. */
  post(postings: readonly Posting[]): Promise<void>
  /** In the order they were posted. */
  deliveries(broadcastId: string): Promise<Delivery[]>
  /** Cancels what is still due. @returns how many that were. */
  cancel(broadcastId: string): Promise<number>
}

export function deliveryOf({ key, value }: StoredDelivery): Delivery {
  const { target, state, reason, by, changedAt, history } = value
  return {
    key,
    target,
    state,
    ...(reason ? { reason } : {}),
    ...(by ? { by } : {}),
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

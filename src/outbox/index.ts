import type { Temporal } from 'temporal-polyfill'
import type { Reply, Target } from '../ports/chat.ts'

/** One message to one target, on its way or arrived. */
export type Delivery = {
  /** `broadcast id/target id`, unique for ever: posting it again changes nothing. */
  key: string
  target: Target
  state: 'due' | 'sent' | 'confirmed' | 'failed' | 'unknown' | 'expired' | 'cancelled'
  /** Why it failed or expired, in Chinese. */
  reason?: string
  changedAt: Temporal.Instant
}

export type Posting = {
  key: string
  target: Target
  reply: Reply
  /** Later than this it is not sent any more but recorded as expired. */
  notAfter: Temporal.Instant
}

/** Paced, recorded sending: the only road from us to a group that is not a reply. */
export type Outbox = {
  /** Resolves when it is recorded as due; sending happens by itself. */
  post(postings: readonly Posting[]): Promise<void>
  deliveries(broadcastId: string): Promise<Delivery[]>
  /** Cancels what is still due. @returns how many that were. */
  cancel(broadcastId: string): Promise<number>
}

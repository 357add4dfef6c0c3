import type { Temporal } from 'temporal-polyfill'

/** Something that was pushed to a group, as it was sent. */
export type SentDigest = {
  title: string
  sentAt: Temporal.Instant
  /** The messages of which it was made, in order. */
  parts: readonly string[]
}

/** Digests that were pushed to groups. */
export type SentDigests = {
  /** Pushes that reached a group on days in [from, to] (Asia/Shanghai, both count), latest first. */
  sentTo(groupId: string, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<SentDigest[]>
}

import type { Temporal } from 'temporal-polyfill'

/** Something that was pushed to a group, as it was sent. */
export type SentDigest = {
  title: string
  sentAt: Temporal.Instant
  /** The messages of which it was made, in order. */
  parts: readonly string[]
}

/** A digest that reached at least one group, for the public archive. */
export type ArchivedDigest = SentDigest & {
  /** Permanent. */
  number: number
  /** The items as they were cited. */
  items: readonly { id: string; revision: number }[]
  /** Notices that correct it and reached a group, latest first. */
  corrections: readonly SentDigest[]
}

/** Digests that were pushed to groups. */
export type SentDigests = {
  /** Pushes that reached a group on days in [from, to] (Asia/Shanghai, both count), latest first. */
  sentTo(groupId: string, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<SentDigest[]>
  /**
   * Digests that reached a group, latest first; no notices but corrections of these,
   * others are for their groups alone.
   */
  archive(): Promise<ArchivedDigest[]>
}

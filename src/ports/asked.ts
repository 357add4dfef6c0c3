import type { Temporal } from 'temporal-polyfill'

/** A question as it was kept, without names. */
export type KeptQuestion = {
  at: Temporal.Instant
  /** Undefined for a private chat. */
  groupId: string | undefined
  /** The programme that it was about, by id, as far as that was clear. */
  programmeId: string | undefined
  question: string
}

/** The log of questions, for reports on what was asked. */
export type AskedLog = {
  /** What was asked in [from, to] and is still kept, oldest first. */
  between(from: Temporal.Instant, to: Temporal.Instant): Promise<KeptQuestion[]>
}

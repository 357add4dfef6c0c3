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

/** How the questions of a month were met. */
type AskedCounts = AskedTally & {
  /** `2026-11`. */
  month: string
}

/** How some questions were met. */
export type AskedTally = {
  asked: number
  answered: number
  /** Asked back, and nothing was chosen. */
  choices: number
  none: number
  useful: number
  useless: number
}

/** The log of questions, for reports on what was asked. */
export type AskedLog = {
  /** Questions of [from, to] that are still kept, oldest first. */
  between(from: Temporal.Instant, to: Temporal.Instant): Promise<KeptQuestion[]>
  /** By month in Asia/Shanghai, latest first, as far as questions are kept; without words and names. */
  byMonth(): Promise<AskedCounts[]>
}

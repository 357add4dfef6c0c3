import type { Temporal } from 'temporal-polyfill'

/** Work that waits for a person: 「3 个问题没答好」, and the page where it is done, as `/questions/inbox`. */
export type Chore = { text: string; path: string }

/** Facts about one member, for the member's page; every line may lead to a page. */
export type MemberFacts = { title: string; lines: readonly { text: string; path?: string }[] }

/** Something with a date on the console's calendar. */
export type CalendarEntry = {
  at: Temporal.Instant
  /** A day without a time, such as a deadline. Default false. */
  isAllDay?: boolean
  /** The word before the title: 「课程」「推送 1」「截止」. */
  kind: string
  title: string
  /** The page that shows it, as `/lessons/20261128-abc123`. */
  path: string
}

/** A record that the console's search found. */
export type SearchHit = { kind: string; title: string; path: string }

/** A feature's part of the monthly report for the office: figures without names. */
export type ReportPart = {
  title: string
  figures: readonly { label: string; value: string }[]
  /** How a figure is counted, where its label does not say it. */
  note?: string
}

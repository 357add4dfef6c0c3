import type { Temporal } from 'temporal-polyfill'

/** The three streams of the case report, in the order in which people name them. */
export const streams = ['政策', '科技服务', '企业动态'] as const
export type Stream = (typeof streams)[number]

/** Something read out of a notice, and the sentence that it stands in. */
export type QuotedValue<T> = { value: T; sentence: string }

/** One thing to tell, checked and approved by an organizer. Its words never change without a new revision. */
export type Item = {
  id: string
  /** Raised with every change; what was approved with another revision must be looked at again. */
  revision: number
  stream: Stream
  title: string
  /** The original, canonical form. */
  link: string | undefined
  /** Publisher: a source's name, a company, or the organizer who typed it. */
  from: string
  documentNumber: string | undefined
  publishedOn: Temporal.PlainDate
  /** The last day on which one may apply. */
  deadline: QuotedValue<Temporal.PlainDate> | undefined
  /** While no organizer has chosen the deadline, every day that may be taken for it: not to be told before. */
  unconfirmedDays: readonly Temporal.PlainDate[]
  /** Only offices have a day to apply by; that of the enterprises is set by their local office. */
  isSetLocally: boolean
  /** From and until when it is in force. */
  effectiveFrom: QuotedValue<Temporal.PlainDate> | undefined
  effectiveUntil: QuotedValue<Temporal.PlainDate> | undefined
  /** Ids of programmes of the knowledge base. */
  programmeIds: readonly string[]
  topics: readonly string[]
  /** The cleaned text, paragraphs by line breaks. */
  text: string
  /** Set where an organizer wrote what a digest shall say, in three lines; else it is taken from the text. */
  lines: { what: string; who: string; when: string } | undefined
  /** `withdrawn`: must not be told any more. */
  state: 'approved' | 'withdrawn'
  approvedAt: Temporal.Instant
  /** The organizers who had its present words before them; empty for shipped items, which were checked by hand. */
  readers: readonly { id: string; name: string }[]
}

/** The items that may be told, for those who compose. */
export type Items = {
  /** Approved in [from, to], not withdrawn, oldest approval first. */
  approvedBetween(stream: Stream, from: Temporal.Instant, to: Temporal.Instant): Promise<Item[]>
  /** Approved, not withdrawn, and about this programme of the knowledge base, oldest first. */
  onProgramme(programmeId: string): Promise<Item[]>
  /** As it stands now, withdrawn ones too. */
  get(id: string): Promise<Item | undefined>
  /** Approved, not withdrawn, with a deadline in [from, to] (days in Asia/Shanghai, both count). */
  withDeadline(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<Item[]>
}

import type { Temporal } from 'temporal-polyfill'
import type { Message } from './chat.ts'

/** An entry that came near a question without being sure enough. */
type NearEntry = { id: string; question: string }

/** A question that the knowledge base has no reliable answer to. */
export type OpenQuestion = {
  question: string
  message: Message
  near: readonly NearEntry[]
  /** The desk that looks after what the question seems to be about, if that much is clear. */
  owner: string | undefined
}

/**
 * Outcome of an open question. `opened` and `already`: a person has it, under this number; `to` says who, as
 * 「何国平指导员」. The others: no one has it, since the maker reached today's limit, there is no instructor, or the
 * words ask nothing.
 */
export type HandedOver =
  | { kind: 'opened' | 'already'; number: number; to: string }
  | { kind: 'too-many' | 'nobody' | 'no-question' }

/** Passes a question on to a person. Handing over the same question twice opens one ticket. */
export type HandOver = (question: OpenQuestion) => Promise<HandedOver>

/** How one question was met. `chosen`: the maker took one of those offered. */
export type Asked = {
  question: string
  outcome: 'answer' | 'choices' | 'chosen' | 'none'
  /** The entry told, or the nearest, by id. */
  entry: string | undefined
  programme: string | undefined
  /** Entries that were told, offered or came near. */
  near: readonly NearEntry[]
  /** The finder's score of the first of them. */
  score: number
  /** The ticket that it went to. */
  ticket: number | undefined
}

/** Writes down how the questions of a message were met. Never throws: an answer must not wait for it. */
export type NoteAsked = (message: Message, asked: readonly Asked[]) => Promise<void>

/** This person's last question in this conversation, within the last half hour. */
export type LastAsked = (message: Message) => (Asked & { at: Temporal.Instant }) | undefined

/**
 * Tells the people of a desk something in private; the organizers where it has none. What was told under a key is
 * not told again.
 */
export type TellDesk = (desk: string, letter: { key: string; text: string }) => Promise<void>

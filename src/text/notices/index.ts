import type { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../characters.ts'
import { type FoundAmount, findAmounts } from './amounts.ts'
import { findDays } from './days.ts'
import { findDeadline } from './deadline.ts'
import { findDocumentNumber } from './document-number.ts'
import { findInForce } from './in-force.ts'
import { passagesOf } from './passages.ts'

export type Notice = { title: string; text: string; publishedOn: Temporal.PlainDate }

/** A day that a notice names, and the sentence that names it, as it stands there. */
export type FoundDay = { day: Temporal.PlainDate; sentence: string }

export type NoticeFacts = {
  /** The last day on which an enterprise may submit; see {@link findDeadline}. */
  deadline: FoundDay | undefined
  /** The notice's own; see {@link findDocumentNumber}. */
  documentNumber: string | undefined
  amounts: FoundAmount[]
  effectiveFrom: FoundDay | undefined
  effectiveUntil: FoundDay | undefined
}

/**
 * What a public notice says of time, number and money, by rules alone: nothing is guessed that no sentence says. Days
 * without a year are understood from the day of publication.
 */
export function readNotice({ title, text, publishedOn }: Notice): NoticeFacts {
  const whole = `${title}\n${text}`
  const passages = passagesOf(foldCharacters(whole)).map(passage => ({
    passage,
    days: findDays(passage.text, publishedOn),
  }))
  type Found = { day: Temporal.PlainDate; passage: { start: number; end: number } } | undefined
  const inOriginal = (found: Found) =>
    found && { day: found.day, sentence: whole.slice(found.passage.start, found.passage.end).trim() }
  const { from, until } = findInForce(passages, publishedOn)
  return {
    deadline: inOriginal(findDeadline(passages, publishedOn)),
    documentNumber: findDocumentNumber(title, text),
    amounts: findAmounts(title, text),
    effectiveFrom: inOriginal(from),
    effectiveUntil: inOriginal(until),
  }
}

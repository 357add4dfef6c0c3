import type { Temporal } from 'temporal-polyfill'
import { type FoundAmount, findAmounts } from './amounts/amounts.ts'
import type { DatedText } from './dates/date-features.ts'
import { findDays, printedDay } from './dates/days.ts'
import { type DateRole, dateRoles, featureWeights } from './dates/roles.ts'
import {
  callTitle,
  type DeadlineReading,
  isSetLocally,
  type NoticeWeights,
  readDeadline,
} from './deadline.ts'
import { findDocumentNumber } from './document-number.ts'
import { foldNotice } from './folding.ts'
import { findInForce } from './in-force.ts'
import { passagesOf } from './passages.ts'
import committed from './weights.json' with { type: 'json' }

export type { DateRole } from './dates/roles.ts'
export { attachedMark } from './document-number.ts'

export type Notice = {
  title: string
  text: string
  publishedOn: Temporal.PlainDate
  /** The day on which it is read, that of publication by default: of several rounds the next to close is meant. */
  readOn?: Temporal.PlainDate | undefined
}

/** A day that a notice names, and the sentence that names it, as it stands there. */
export type FoundDay = { day: Temporal.PlainDate; sentence: string }

/** A day that may be the last to apply, and how probable that is, 0 to 1. */
type LikelyDay = FoundDay & { probability: number }

/** A date of a notice with what it is for; `from` where it is a span. */
type DatedRole = FoundDay & { from: Temporal.PlainDate | undefined; role: DateRole; said: string }

export type NoticeFacts = {
  /** The likeliest last day to apply; undefined where none is likelier. Certain only from {@link statedFrom} on. */
  deadline: LikelyDay | undefined
  /** The two likeliest days, likeliest first, for a person to choose from; none where no day is likely at all. */
  deadlineChoices: LikelyDay[]
  /** Only offices have a day; that of the enterprises is set by their local office. */
  isSetLocally: boolean
  /** Every date of the text, in its order. */
  dates: DatedRole[]
  /** The notice's own; see {@link findDocumentNumber}. */
  documentNumber: string | undefined
  amounts: FoundAmount[]
  effectiveFrom: FoundDay | undefined
  effectiveUntil: FoundDay | undefined
}

/** A deadline with this probability or a higher one is stated; below, a person chooses. */
export const statedFrom = 0.9
let learnt: NoticeWeights | undefined

/** Some 20 ms of work, done with the first notice and not at start-up. */
function weightsOf(): NoticeWeights {
  learnt ??= {
    roles: featureWeights(committed.roles),
    last: featureWeights(committed.last),
    call: featureWeights(committed.call),
    choice: committed.choice,
    amounts: featureWeights(committed.amounts),
  }
  return learnt
}

/**
 * Least probability of the likeliest day for a question to an organizer, where the title
 * is none of a call, and of one.
 */
const [askedFrom, askedOfCallFrom] = [0.03, 0.005]
/** A second day that is less probable is no choice to offer. */
const offeredFrom = 0.005

/**
 * Reads times, number and sums of money out of a public notice. A day is always one that a sentence
 * says: weights learnt from labelled notices only choose among them. Days without a year are
 * understood from the day of publication.
 * @param weights those that are committed, unless others are measured
 */
export function readNotice(
  { title, text, publishedOn, readOn }: Notice,
  weights: NoticeWeights = weightsOf(),
): NoticeFacts {
  const original = `${title}\n${text}`
  const folded = foldNotice(original)
  const passages = passagesOf(folded)
  const sentenceAt = (at: number) => {
    const passage = passages.find(({ start, end }) => start <= at && at < end)
    return passage ? original.slice(passage.start, passage.end).trim() : ''
  }
  const days = findDays(folded, publishedOn)
  const whole = { text: folded, titleLength: title.length, publishedOn, readOn, days }
  const reading = readDeadline(whole, weights)
  const choices = reading.choices.map(({ day, candidate, probability }) => ({
    day,
    probability,
    sentence: sentenceAt(candidate.end - 1),
  }))
  const [best] = choices
  const none = 1 - choices.reduce((sum, { probability }) => sum + probability, 0)
  const { from, until } = findInForce(passages, { publishedOn, printedOn: printedDay(folded) })
  const isLocal = isSetLocally(reading, whole)
  const found = (one: typeof from) => one && { day: one.day, sentence: sentenceAt(one.passage.start) }
  return {
    deadline: best && !isLocal && best.probability > none ? best : undefined,
    deadlineChoices: isLocal ? [] : offered(choices, callTitle.test(title) ? askedOfCallFrom : askedFrom),
    isSetLocally: isLocal,
    dates: datedRoles(reading, { whole, original, sentenceAt }),
    documentNumber: findDocumentNumber(title, text),
    amounts: findAmounts(title, text, weights.amounts),
    effectiveFrom: found(from),
    effectiveUntil: found(until),
  }
}

const offered = ([first, second]: readonly LikelyDay[], least: number) =>
  first && first.probability >= least
    ? [first, ...(second && second.probability >= offeredFrom ? [second] : [])]
    : []

type Origin = { whole: DatedText; original: string; sentenceAt(at: number): string }

function datedRoles({ readings }: DeadlineReading, { original, sentenceAt }: Origin): DatedRole[] {
  return readings.map(({ candidate, probabilities }) => ({
    day: candidate.mention.day,
    from: candidate.first === candidate.mention ? undefined : candidate.first.day,
    role: dateRoles[probabilities.indexOf(Math.max(...probabilities))] ?? 'other',
    said: original.slice(candidate.start, candidate.end),
    sentence: sentenceAt(candidate.end - 1),
  }))
}

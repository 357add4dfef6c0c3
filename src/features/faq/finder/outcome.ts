import type { Ambiguity } from './aliases.ts'
import type { HeardQuery } from './query.ts'
import type { Ranked } from './ranking.ts'
import weights from './weights.json' with { type: 'json' }

export type AnswerOutcome = 'answer' | 'choices' | 'none'

/** What tells whether the first can be trusted, in the order of the weights. */
export const signalNames = [
  'one',
  'score',
  'shareOfFirst',
  'shareOfProgramme',
  'shareOfThree',
  'margin',
  'questionCovered',
  'rowCovered',
  'soundsCovered',
  'missingFromRow',
  'missingFromQuestion',
  'rowOfIdeal',
  'subsequence',
  'soundSubsequence',
  'programmeNamed',
  'programmeHeard',
  'programmeOther',
  'placeConflicts',
  'intentsConflict',
  'short',
  'asksNothing',
  'strangeUnits',
  'strangePairs',
  'unwrittenPairs',
  'namedCovered',
  'spoken',
  'unspoken',
  'tellingUnspoken',
] as const
export type Signals = Record<(typeof signalNames)[number], number>

/** How sure the first is the right one, and how sure there is a right one among the first three; 0 to 1. */
export type Sureness = { ofFirst: number; ofAny: number }

/**
 * Weights, and the sureness from which on to answer or to ask back; set by the script that trains them, so that
 * wrong answers stay under their limit.
 */
export type OutcomeWeights = { ofFirst: Signals; ofAny: Signals; answerFrom: number; choicesFrom: number }

/** What was written for this has many wordings of each question, what was crawled has one: what is sure differs. */
const weightsFor = ({ isOfEdited }: HeardQuery): OutcomeWeights =>
  isOfEdited ? weights.outcome.edited : weights.outcome.crawled

/** What to do with what was found: answer when sure, ask back when it is one of a few, else say so honestly. */
export function decide(
  query: HeardQuery,
  ranked: readonly Ranked[],
): { kind: AnswerOutcome; sureness: Sureness } {
  const sureness = surenessOf(query, ranked)
  return { kind: kindOf(query, ranked, sureness), sureness }
}

function kindOf(query: HeardQuery, ranked: readonly Ranked[], sureness: Sureness): AnswerOutcome {
  if (ranked.length === 0 || query.isElsewhere) return 'none'
  const isSure = isSureOfFirst(query, sureness)
  const ambiguity = openAmbiguity(query)
  if (ambiguity) return isOfNone(query, ambiguity, ranked) && !isSure ? 'none' : 'choices'
  if (isSure) return 'answer'
  if (programmesNamed(query).length > 1 && !isMostlyStrange(query)) return 'choices'
  return sureness.ofAny >= weightsFor(query).choicesFrom ? 'choices' : 'none'
}

/** Whether the first may be told. */
export function isSureOfFirst(query: HeardQuery, { ofFirst }: Sureness): boolean {
  return ofFirst >= weightsFor(query).answerFrom
}

/** The programmes that a question names in so many words. */
export function programmesNamed({ mentions }: HeardQuery): string[] {
  return [...new Set(mentions.filter(({ isExact }) => isExact).map(({ programme }) => programme))]
}

/** A word that may mean several things, in a question that names no programme otherwise. */
export function openAmbiguity({ mentions, ambiguities }: HeardQuery): Ambiguity | undefined {
  return mentions.some(mention => mention.isExact) ? undefined : ambiguities[0]
}

/** A loan of an app that the base has never heard of is not one of the loans that the word may mean. */
function isMostlyStrange({ strangeUnits, strangePairs }: HeardQuery): boolean {
  return strangePairs > 0.5 || strangeUnits > 0.34
}

/** 「养猪有没有补贴」: none of what the word may mean speaks of the rest of the question. */
function isOfNone(query: HeardQuery, { meanings }: Ambiguity, ranked: readonly Ranked[]): boolean {
  const meant = ranked.filter(({ item }) => meanings.some(({ programme }) => programme === item.programme))
  return isMostlyStrange(query) || meant.every(({ parts }) => parts.spoken <= 0.5)
}

function surenessOf(query: HeardQuery, ranked: readonly Ranked[]): Sureness {
  if (ranked.length === 0) return { ofFirst: 0, ofAny: 0 }
  const signals = signalsOf(query, ranked)
  const sure = (weighed: Readonly<Record<keyof Signals, number>>) =>
    1 / (1 + Math.exp(-signalNames.reduce((sum, name) => sum + weighed[name] * signals[name], 0)))
  const { ofFirst, ofAny } = weightsFor(query)
  return { ofFirst: sure(ofFirst), ofAny: sure(ofAny) }
}

/** The signals of a ranking that is not empty. */
export function signalsOf(query: HeardQuery, ranked: readonly Ranked[]): Signals {
  const first = ranked[0] as Ranked
  const powers = ranked.map(({ score }) => Math.exp(score - first.score))
  const all = powers.reduce((sum, power) => sum + power, 0)
  const shareWhere = (holds: (each: Ranked, at: number) => boolean) =>
    powers.reduce((sum, power, i) => sum + (holds(ranked[i] as Ranked, i) ? power : 0), 0) / all
  const isOfFirst = ({ item }: Ranked) =>
    item === first.item || (item.programme !== undefined && item.programme === first.item.programme)
  const { parts } = first
  return {
    one: 1,
    score: first.score / 10,
    shareOfFirst: 1 / all,
    shareOfProgramme: shareWhere(isOfFirst),
    shareOfThree: shareWhere((_, at) => at < 3),
    margin: Math.min(3, first.score - (ranked[1]?.score ?? first.score - 3)) / 3,
    questionCovered: parts.questionCovered,
    rowCovered: parts.rowCovered,
    soundsCovered: parts.soundsCovered,
    missingFromRow: parts.missingFromRow,
    missingFromQuestion: parts.missingFromQuestion,
    rowOfIdeal: parts.rowOfIdeal,
    subsequence: parts.subsequence,
    soundSubsequence: parts.soundSubsequence,
    programmeNamed: parts.programmeNamed,
    programmeHeard: parts.programmeHeard,
    programmeOther: parts.programmeOther,
    placeConflicts: parts.placeConflicts,
    intentsConflict: parts.intentsConflict,
    short: 1 / Math.max(1, query.codes.length),
    asksNothing: Number(query.intents === 0),
    strangeUnits: query.strangeUnits,
    strangePairs: query.strangePairs,
    unwrittenPairs: query.unwrittenPairs,
    namedCovered: parts.namedCovered,
    spoken: parts.spoken,
    unspoken: parts.unspoken,
    tellingUnspoken: parts.tellingUnspoken,
  }
}

import { weights } from '#finder-weights'
import { fold } from '../../../../text/fold.ts'
import { asksAnything, asksForSupportOnly, namesNothing } from '../../../../text/intents.ts'
import type { Ambiguity } from '../query/aliases.ts'
import type { HeardQuery } from '../query/query.ts'
import { questionKindOf } from '../query/question-kind.ts'
import type { Ranked } from '../ranking/ranking.ts'
import { type Network, outputsOf } from './network.ts'
import { leastSure, type OfferWeights, surenessOfOffer } from './offer.ts'
import { isOfDistrict, isOfOtherTax, isOfOtherTaxpayers } from './other-matters.ts'
import { unsaidSignals } from './said.ts'
import { type Signals, signalNames, signalsOf } from './signals.ts'

export type AnswerOutcome = 'answer' | 'choices' | 'none'

/** How sure the first is the right one, and how sure there is a right one among the first three; each 0 to 1. */
export type Certainty = { ofFirst: number; ofAny: number }

/**
 * A network that tells by the signals, in their order, how sure the first is, and that any of three is; and the
 * sureness from which on to answer, to ask back without reserve, and to ask back at all. Set by the script that trains
 * them, so that wrong answers stay under their limit.
 */
export type OutcomeWeights = {
  network: Network
  /** Weights of the second look, which corrects the sureness of any of three; absent: no second look. */
  offer?: OfferWeights
  answerFrom: number
  /** Least sureness after the second look of what is told; absent where there is no second look. */
  lookedAtFrom?: number
  plainChoicesFrom: number
  choicesFrom: number
  /**
   * Least sureness, by the network alone, to ask back about a word of several meanings. Default: as for other
   * words.
   */
  meaningsFrom?: number
}

/** The sureness from which on a question is answered, and asked back, without reserve or at all. */
export type OutcomeThresholds = { answer: number; plainChoices: number; choices: number }

const weightsFor = (query: HeardQuery): OutcomeWeights => weights.outcome[questionKindOf(query)]

/** The thresholds for a question like this. */
export function thresholdsFor(query: HeardQuery): OutcomeThresholds {
  const { answerFrom, plainChoicesFrom, choicesFrom } = weightsFor(query)
  return { answer: answerFrom, plainChoices: plainChoicesFrom, choices: choicesFrom }
}

/** Decides the outcome: answer when sure, ask back among a few, else say that no answer is known. */
export function decideOutcome(
  query: HeardQuery,
  ranked: readonly Ranked[],
): { kind: AnswerOutcome; sureness: Certainty } {
  const sureness = surenessOf(query, ranked)
  return { kind: outcomeOf(query, ranked, sureness), sureness }
}

function outcomeOf(query: HeardQuery, ranked: readonly Ranked[], sureness: Certainty): AnswerOutcome {
  if (ranked.length === 0 || query.isElsewhere || query.isFraud || isTalk(query)) return 'none'
  const isSure = isSureOfFirst(query, sureness) || isAllInWording(query, ranked, sureness)
  const ambiguity = openAmbiguity(query)
  if (!isSure && query.isOfEdited && asksForSupportOnly(query.folded)) return 'choices'
  if (ambiguity) return isOfNone(query, { ambiguity, ranked, sureness }) && !isSure ? 'none' : 'choices'
  if (isSure && !isDoubted(query, ranked)) return 'answer'
  const isHalfSure = sureness.ofAny >= weightsFor(query).choicesFrom / 2
  if (programmesNamed(query).length > 1 && !isMostlyStrange(query) && isHalfSure) return 'choices'
  if (query.isOfEdited && !isNamedInWords(query) && isMostlyStrange(query)) return 'none'
  if (isHardlyCovered(query, ranked)) return 'none'
  return sureness.ofAny >= weightsFor(query).choicesFrom ? 'choices' : 'none'
}

const withoutEnd = (folded: string) => folded.replace(/[？?。.!！~\s]{1,9}$/u, '')

/** Whether the best wording of the first is the very question; a mark at the end makes no other question of it. */
const isSameQuestion = ({ folded }: HeardQuery, [first]: readonly Ranked[]): boolean =>
  first !== undefined && (first.parts.isSame === 1 || withoutEnd(fold(first.wording)) === withoutEnd(folded))

type Ambiguous = { ambiguity: Ambiguity; ranked: readonly Ranked[]; sureness: Certainty }

/**
 * Whether something speaks against telling the first, however sure it seems; never
 * where the very question is asked.
 */
const isDoubted = (query: HeardQuery, ranked: readonly Ranked[]): boolean =>
  !isSameQuestion(query, ranked) &&
  (isContested(query, ranked) ||
    isOfOtherTax(query, ranked) ||
    isOfOtherTaxpayers(query, ranked) ||
    isHardlySpokenOf(query, ranked) ||
    isLikelierAnother(ranked) ||
    isOfDistrict(query, ranked))

/** Less of a question than this is spoken of by what is about something else: 「台江万达停车一小时多少钱」. */
const hardlySpoken = 0.35
/** The same beside the name of a programme: 「众创空间可以带宠物吗」. */
const hardlySpokenBesideName = 0.15

/** A situation may say everything in words of its own. */
function isHardlySpokenOf(query: HeardQuery, [first]: readonly Ranked[]): boolean {
  if (questionKindOf(query) !== 'short' || first === undefined) return false
  return isNamedInWords(query)
    ? first.spokenBesideName < hardlySpokenBesideName && tellingOutside(query, query.mentions) > 1
    : first.parts.spoken < hardlySpoken
}

/** A lead in the score that wordings as a whole may outweigh. */
const narrowLead = 1

/** Another of the first three scores nearly as well, and all its wordings together fit better. */
const isLikelierAnother = ([first, ...others]: readonly Ranked[]): boolean =>
  first !== undefined &&
  others.slice(0, 2).some(({ score, odds }) => first.score - score < narrowLead && odds.own > first.odds.own)

/** A place is no name of a programme, though one may be called by it: 「台江」. */
const isNamedInWords = ({ mentions, homePlaces }: HeardQuery) =>
  mentions.some(({ isExact, word }) => isExact && !homePlaces.includes(word))

/** Long talk that asks for nothing is no letter. */
const isTalk = (query: HeardQuery) =>
  questionKindOf(query) === 'letter' && query.intents === 0 && !asksAnything(query.folded)

const hardlyCovered = 0.3
/** 「护照在哪里办」: hardly any of a short question is in the likeliest wording, and most in situations alone. */
const isHardlyCovered = (query: HeardQuery, [first]: readonly Ranked[]): boolean =>
  questionKindOf(query) === 'short' &&
  query.mentions.length === 0 &&
  first !== undefined &&
  first.parts.questionCovered < hardlyCovered &&
  unsaidSignals(query, first.item).ofSituationsShare > 0.5

/** From this share on a wording has all of a question. */
const allCovered = 0.98
/** Share of the usual sureness that is enough there, where the question names the programme. */
const easierInWording = 0.8

/** 「科小有效期几年」: one wording of the first has all of it, and the others are far behind. */
function isAllInWording(query: HeardQuery, [first, second]: readonly Ranked[], sureness: Certainty): boolean {
  if (questionKindOf(query) !== 'short' || first === undefined) return false
  const { programmeNamed, questionCovered } = first.parts
  const isAhead = second === undefined || first.score - second.score >= settlingLead
  if (programmeNamed !== 1 || questionCovered < allCovered || !isAhead) return false
  const own = weightsFor(query)
  return isSureUnder({ ...own, answerFrom: own.answerFrom * easierInWording }, sureness)
}

/** A lead in the score that settles which of two named programmes is meant. */
const settlingLead = 1.5

/** 「省高能不能享受高企的优惠」 names two programmes, and entries of both fit. */
function isContested(query: HeardQuery, [first, ...others]: readonly Ranked[]): boolean {
  const named = programmesNamed(query)
  if (!first || named.length < 2) return false
  return others.some(
    ({ item, score }) =>
      item.programme !== first.item.programme &&
      named.includes(item.programme ?? '') &&
      first.score - score < settlingLead,
  )
}

/** Whether the first may be told. */
export const isSureOfFirst = (query: HeardQuery, sureness: Certainty): boolean =>
  isSureUnder(weightsFor(query), sureness)

/** Whether the first may be told under these weights. */
export const isSureUnder = (
  { answerFrom, lookedAtFrom = 0 }: Pick<OutcomeWeights, 'answerFrom' | 'lookedAtFrom'>,
  { ofFirst, ofAny }: Certainty,
): boolean => ofFirst >= answerFrom && ofAny >= lookedAtFrom

/** The programmes that a question names. */
export function programmesNamed({ mentions }: HeardQuery): string[] {
  return [...new Set(mentions.filter(({ isExact }) => isExact).map(({ programme }) => programme))]
}

/** A word that may mean several things, in a question that says next to nothing else. */
export function openAmbiguity(query: HeardQuery): Ambiguity | undefined {
  const { mentions, ambiguities } = query
  const isNamed = mentions.some(mention => mention.isExact || mention.to - mention.from >= longMention)
  return isNamed || tellingOutside(query, ambiguities) >= enoughToSettle ? undefined : ambiguities[0]
}

/** A mistyped name of at least this many units is still that name: 「专立质鸭贷款」. */
const longMention = 4
/** Number of telling pairs beside the ambiguous word that may settle what it means. */
const enoughToSettle = 4

/** How many telling pairs of units there are outside these words. */
function tellingOutside({ tells }: HeardQuery, words: readonly { from: number; to: number }[]): number {
  const isWithin = (at: number) => words.some(({ from, to }) => at >= from && at < to)
  return tells.filter((isTelling, at) => isTelling && tells[at - 1] === true && !isWithin(at)).length
}

/** A loan of an app that the base does not know is none of the loans that the word may mean. */
function isMostlyStrange({ strangeUnits, strangePairs }: HeardQuery): boolean {
  return strangePairs > 0.5 || strangeUnits > 0.34
}

/** 「养猪有没有补贴」: none of what the word may mean speaks of the rest of the question. */
function isOfNone(
  query: HeardQuery,
  { ambiguity: { word, meanings }, ranked, sureness }: Ambiguous,
): boolean {
  const { choicesFrom, meaningsFrom = choicesFrom } = weightsFor(query)
  const isUnsure = sureness.ofAny < meaningsFrom
  if (!namesNothing(query.folded.replace(word, '')) && isUnsure) return true
  const meant = ranked.filter(({ item }) => meanings.some(({ programme }) => programme === item.programme))
  return isMostlyStrange(query) || meant.every(({ parts }) => parts.spoken <= 0.6)
}

function surenessOf(query: HeardQuery, ranked: readonly Ranked[]): Certainty {
  if (ranked.length === 0) return { ofFirst: 0, ofAny: 0 }
  if (query.isOfEdited && isSameQuestion(query, ranked)) return { ofFirst: 1, ofAny: 1 }
  const { network, offer } = weightsFor(query)
  const signals = signalsOf(query, ranked)
  // The second look is not learnt from words of several meanings.
  return openAmbiguity(query) || !offer
    ? certaintyUnder({ network }, signals)
    : certaintyUnder({ network, offer }, signals)
}

/** How sure it is by these signals, after the second look at offers where there is one. */
export function certaintyUnder(
  { network, offer }: Pick<OutcomeWeights, 'network' | 'offer'>,
  signals: Signals,
): Certainty {
  const { ofFirst, ofAny } = certaintyOf(network, inputsOf(signals))
  const isLookedAt = offer !== undefined && ofAny >= leastSure
  return { ofFirst, ofAny: isLookedAt ? surenessOfOffer(ofAny, signals, offer) : ofAny }
}

/** The signals as a network takes them. */
export const inputsOf = (signals: Signals): Float64Array =>
  Float64Array.from(signalNames, name => signals[name])

/** How sure a network is by these signals; of the first three at least as sure as of the first. */
export function certaintyOf(network: Network, inputs: Readonly<Float64Array>): Certainty {
  const [ofFirst = 0, ofAny = 0] = outputsOf(network, inputs)
  return { ofFirst, ofAny: Math.max(ofFirst, ofAny) }
}

import { type FeatureName, featureNames } from '../features/features.ts'
import type { HeardQuery } from '../query/query.ts'
import type { Ranked } from '../ranking/ranking.ts'
import { familiaritySignals, learntTermWeights, type TermWeights } from './familiarity.ts'
import { unsaidSignals } from './said.ts'

/** Signals of whether the first result can be trusted, in the order of the weights. */
export const signalNames = [
  'one',
  'score',
  'shareOfFirst',
  'shareOfProgramme',
  'shareOfThree',
  'margin',
  'lead',
  'leadOfProgramme',
  'namedLead',
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
  'likelihood',
  'likelihoodGap',
  'askedLikelihood',
  'askedLikelihoodGap',
  'isAgreed',
  'likelihoodLead',
  'length',
  'beyondStrangers',
  'beyondPerWord',
  'isBeyondStrangers',
  'isAheadOfEntries',
  'isAheadOfProgrammes',
  'intentFit',
  'intentFitLead',
  'spokenBesideName',
  'familiar',
  'strange',
  'strangeButSaid',
  'strangest',
  'unknownTerms',
  'unsaidShare',
  'askedUnsaidShare',
  'mostAskedUnsaid',
  'rarelySaidShare',
  'rarelySaid',
  'askedStrange',
  'askedFamiliar',
  'mostTellingUnsaid',
  'unsaidPairs',
  'longestUnsaid',
  'unitsBesideNames',
  'meantByRules',
  'meantByWordings',
  'ofSituationsShare',
] as const
type SignalName = (typeof signalNames)[number]
export type Signals = Record<SignalName, number>

/** Signals that are parts of the first one's score. */
const ofFirst = signalNames.filter((name): name is SignalName & FeatureName =>
  featureNames.some(feature => feature === name),
)

/** The signals of a ranking that is not empty. @param weightOf how familiar a term is; by default as learnt */
export function signalsOf(
  query: HeardQuery,
  ranked: readonly Ranked[],
  weightOf: TermWeights = learntTermWeights,
): Signals {
  const first = ranked[0] as Ranked
  const parts = Object.fromEntries(ofFirst.map(name => [name, first.parts[name]]))
  return {
    one: 1,
    ...(parts as Pick<Signals, SignalName & FeatureName>),
    ...scoreSignals(first, ranked),
    short: 1 / Math.max(1, query.codes.length),
    length: Math.min(1, query.codes.length / 40),
    asksNothing: Number(query.intents === 0),
    strangeUnits: query.strangeUnits,
    strangePairs: query.strangePairs,
    unwrittenPairs: query.unwrittenPairs,
    ...oddsSignals(first, ranked),
    intentFitLead: first.parts.intentFit - (ranked[1]?.parts.intentFit ?? 0),
    spokenBesideName: first.spokenBesideName,
    ...(query.isOfEdited ? besideNames(query, first, weightOf) : nothingBeside),
  }
}

/**
 * How familiar the words beside the names are to the first entry, and how much of them it does not say. Where the entry
 * says all of them, words that are rare in the other entries do not count as strange.
 */
function besideNames(query: HeardQuery, { item }: Ranked, weightOf: TermWeights) {
  const familiar = familiaritySignals(query, item, weightOf)
  const unsaid = unsaidSignals(query, item)
  const isAllSaid = familiar.strange === 0 && unsaid.unsaidPairs === 0
  return { ...familiar, ...unsaid, ...(isAllSaid && { strangeButSaid: 0, strangest: 0 }) }
}

/** For crawled entries, which have one wording each: too little to compare the words of a question with. */
const nothingBeside = {
  familiar: 0,
  strange: 0,
  strangeButSaid: 0,
  strangest: 0,
  unknownTerms: 0,
  unsaidShare: 0,
  ofSituationsShare: 0,
  askedUnsaidShare: 0,
  mostAskedUnsaid: 0,
  rarelySaidShare: 0,
  rarelySaid: 0,
  askedStrange: 0,
  askedFamiliar: 0,
  mostTellingUnsaid: 0,
  unsaidPairs: 0,
  longestUnsaid: 0,
  unitsBesideNames: 0,
}

/** How far the first is ahead of the others, and its programme of other programmes. */
function scoreSignals(first: Ranked, ranked: readonly Ranked[]) {
  const powers = ranked.map(({ score }) => Math.exp(score - first.score))
  const all = powers.reduce((sum, power) => sum + power, 0)
  const shareWhere = (holds: (each: Ranked, at: number) => boolean) =>
    powers.reduce((sum, power, i) => sum + (holds(ranked[i] as Ranked, i) ? power : 0), 0) / all
  const isOfFirst = ({ item }: Ranked) =>
    item === first.item || (item.programme !== undefined && item.programme === first.item.programme)
  const ofOthers = ranked.filter(each => !isOfFirst(each))
  const gapsOfOthers = ofOthers.map(each => each.parts.likelihoodGap)
  const lead = leadOver(first, ranked.slice(1))
  return {
    score: first.score / 10,
    shareOfFirst: 1 / all,
    shareOfProgramme: shareWhere(isOfFirst),
    shareOfThree: shareWhere((_, at) => at < 3),
    margin: Math.min(3, first.score - (ranked[1]?.score ?? first.score - 3)) / 3,
    lead,
    leadOfProgramme: leadOver(first, ofOthers),
    isAgreed: Number(first.parts.likelihoodGap === 0 && first.parts.askedLikelihoodGap === 0),
    namedLead: first.parts.programmeNamed * lead,
    likelihoodLead: first.parts.likelihoodGap - Math.max(-3, ...gapsOfOthers),
  }
}

/** A lead beyond this tells no more. */
const widestLead = 10

/** How far the score of the first is ahead of the best of others, 0 to 1. */
const leadOver = (first: Ranked, others: readonly Ranked[]) =>
  Math.min(
    widestLead,
    first.score - Math.max(Number.NEGATIVE_INFINITY, ...others.map(({ score }) => score)),
  ) / widestLead

/** Log odds beyond this, either way, are cut: they tell no more. */
const widestOdds = 3
const cappedOdds = (value: number) => Math.max(-widestOdds, Math.min(widestOdds, value))
/** Log odds of words that come together are no odds of the whole: they count an eighth. */
const likely = (odds: number) => 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, odds / 8))))

/** The first against strangers, against all other entries, and against those of other programmes. */
function oddsSignals({ item, odds }: Ranked, ranked: readonly Ranked[]) {
  const others = ranked.slice(1)
  const best = (list: readonly Ranked[]) => Math.max(...list.map(each => each.odds.own))
  const ofOtherProgrammes = others.filter(each => each.item.programme !== item.programme)
  return {
    beyondStrangers: cappedOdds(odds.beyondStrangers / 20),
    beyondPerWord: cappedOdds(odds.beyondStrangers / Math.max(1, odds.words)),
    isBeyondStrangers: likely(odds.beyondStrangers),
    isAheadOfEntries: likely(odds.own - best(others)),
    isAheadOfProgrammes: likely(odds.own - best(ofOtherProgrammes)),
  }
}

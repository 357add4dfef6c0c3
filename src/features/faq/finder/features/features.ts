import { isFunctionCode } from '../../../../text/intents.ts'
import { isAlongside } from '../../../../text/places.ts'
import type { EntryTexts } from '../library/entry-texts.ts'
import type { HeardQuery, Wording } from '../query/query.ts'
import { bitLikeness, coveredByEither } from './likeness.ts'
import { setMeanings } from './meaning-features.ts'
import { commonLengths, type Overlap, overlapOf, type Weighed } from './overlap.ts'
import type { ProgrammeCoverage } from './programme-coverage.ts'
import { setLikelihoods, setNamed, setProgramme, setSpoken } from './programme-features.ts'

/** Scorer's input for one candidate: its best row, and what the index said. */
export type EntryCandidate = {
  wording: Wording
  /** Where the entry holds; none for everywhere. */
  regions: readonly string[]
  programme: string | undefined
  /** BM25 of the row, and of the answer. */
  rowScore: number
  answerScore: number
  /** Log odds of the question's words in the entry; undefined where it belongs to no programme. */
  likelihood: number | undefined
  /** The same of the words where something is asked. */
  askedLikelihood: number | undefined
  /** How usual it is to ask the entry for what the question asks, in log odds. */
  intentFit: number
  /** Unit codes of the answer. */
  answer: Uint32Array
  /** All that the entry says, read where it is needed. */
  texts(): EntryTexts
}

/** The field against which a candidate is seen: the question and the best that the index has for it. */
export type CandidateSet = {
  query: HeardQuery
  /** For each unit of the question how telling it is. */
  weights: Float64Array
  /** The BM25 score of a row that says just what the question says. */
  idealScore: number
  bestRowScore: number
  bestAnswerScore: number
  listener: ProgrammeCoverage
  /** Log odds of the likeliest entry and of what no entry answers, and of how many words. */
  likelihoods: { best: number; ofStrangers: number | undefined; words: number }
  /** The same of the words where something is asked. */
  askedLikelihoods: { best: number; words: number }
  /** How telling a unit is, by its code. */
  weigh(codes: Uint32Array): Float64Array
}

/** The parts of a score, all 0, in the order of the weights. */
const noFeatures = () => ({
  rowOfIdeal: 0,
  rowOfBest: 0,
  answerOfBest: 0,
  editedAnswerOfBest: 0,
  questionCovered: 0,
  rowCovered: 0,
  questionPairsCovered: 0,
  rowPairsCovered: 0,
  leastCovered: 0,
  coveredWithAnswer: 0,
  missingFromRow: 0,
  missingFromQuestion: 0,
  subsequence: 0,
  subsequenceOfRow: 0,
  run: 0,
  lengthLikeness: 0,
  isSame: 0,
  sameEnd: 0,
  sameBegin: 0,
  intents: 0,
  intentsConflict: 0,
  negationDiffers: 0,
  numbersMissing: 0,
  numbersExtra: 0,
  soundsCovered: 0,
  soundSubsequence: 0,
  placeAgrees: 0,
  placeConflicts: 0,
  programmeNamed: 0,
  programmeHeard: 0,
  programmeOther: 0,
  namedCovered: 0,
  namedPairsCovered: 0,
  spoken: 0,
  unspoken: 0,
  tellingUnspoken: 0,
  likelihood: 0,
  likelihoodGap: 0,
  askedLikelihood: 0,
  askedLikelihoodGap: 0,
  intentFit: 0,
  meantByRules: 0,
  meantByWordings: 0,
})
export type FeatureValues = ReturnType<typeof noFeatures>
export type FeatureName = keyof FeatureValues
export const featureNames = Object.keys(noFeatures()) as readonly FeatureName[]

/** How much of a question is spoken of in the candidate's programme beside its name, 0 to 1. */
export function spokenBesideName({ query, listener }: CandidateSet, candidate: EntryCandidate): number {
  const { programme, wording, answer } = candidate
  return query.isOfEdited ? listener.spokenBy(programme, [wording.codes, answer]).shareBesideName : 1
}

/**
 * The features of a candidate, each about 0 to 1. Every group writes its own into the same object: to join objects
 * takes longer than to compute what they hold.
 */
export function featuresOf(field: CandidateSet, candidate: EntryCandidate): FeatureValues {
  const { query } = field
  const { wording } = candidate
  const asked = { codes: query.codes, weights: field.weights }
  const there = { codes: wording.codes, weights: field.weigh(wording.codes) }
  const overlap = overlapOf(asked, there)
  const features = noFeatures()
  setScores(features, field, candidate)
  setCover(features, overlap, { asked, there, candidate })
  setShape(features, query, wording, overlap)
  if (!query.isOfEdited) setNumbers(features, query.numbers, wording.numbers)
  setSounds(features, query.sounds, wording.sounds)
  if (query.places.length > 0) setPlaces(features, query.places, [...wording.places, ...candidate.regions])
  setProgramme(features, query, candidate.programme)
  setNamed(features, field, candidate, overlap.one)
  if (query.isOfEdited) setSpoken(features, field, candidate)
  setLikelihoods(features, field, candidate)
  features.intentFit = candidate.intentFit
  if (query.meant.length > 0) setMeanings(features, query, candidate)
  return features
}

/** Entries of a programme are edited, word by word; crawled answers have every word somewhere. */
const isEdited = ({ programme }: EntryCandidate) => Number(programme !== undefined)

function setScores(features: FeatureValues, field: CandidateSet, candidate: EntryCandidate): void {
  features.rowOfIdeal = ratio(candidate.rowScore, field.idealScore)
  features.rowOfBest = ratio(candidate.rowScore, field.bestRowScore)
  features.answerOfBest = ratio(candidate.answerScore, field.bestAnswerScore)
  features.editedAnswerOfBest = features.answerOfBest * isEdited(candidate)
}

type Compared = { asked: Weighed; there: Weighed; candidate: EntryCandidate }

/** How much of the question is in the wording, and of the wording in the question. */
function setCover(
  features: FeatureValues,
  { one, other }: Overlap,
  { asked, there, candidate }: Compared,
): void {
  const heaviest = Math.max(1e-9, one.heaviest, other.heaviest)
  features.questionCovered = one.covered
  features.rowCovered = other.covered
  features.questionPairsCovered = one.pairsCovered
  features.rowPairsCovered = other.pairsCovered
  features.leastCovered = Math.min(one.covered, other.covered)
  features.missingFromRow = one.missing / heaviest
  features.missingFromQuestion = other.missing / heaviest
  if (!isEdited(candidate)) return
  const withAnswer = coveredByEither(asked.codes, asked.weights, there.codes, candidate.answer)
  features.coveredWithAnswer = withAnswer - one.covered
}

/** Order, length and intent of two wordings. */
function setShape(
  features: FeatureValues,
  query: HeardQuery,
  wording: Wording,
  { subsequence, run }: Overlap,
): void {
  const [asked, there] = [query.codes.length, wording.codes.length]
  const [shorter, longer] = [Math.min(asked, there), Math.max(asked, there)]
  features.subsequence = ratio(subsequence, asked)
  features.subsequenceOfRow = ratio(subsequence, there)
  features.run = ratio(run, shorter)
  features.lengthLikeness = ratio(shorter, longer)
  features.isSame = Number(query.folded === wording.folded)
  features.sameEnd = Number(isSameUnit(query.codes[asked - 1], wording.codes[there - 1]))
  features.sameBegin = Number(isSameUnit(query.codes[0], wording.codes[0]))
  features.intents = bitLikeness(query.intents, wording.intents)
  const haveIntents = query.intents !== 0 && wording.intents !== 0
  features.intentsConflict = Number(haveIntents && (query.intents & wording.intents) === 0)
  features.negationDiffers = Number(query.isNegated !== wording.isNegated)
}

function setSounds(features: FeatureValues, asked: Uint32Array, there: Uint32Array): void {
  const { found, subsequence } = commonLengths(asked, there)
  features.soundsCovered = ratio(found, asked.length)
  features.soundSubsequence = ratio(subsequence, Math.max(asked.length, there.length))
}

/** How telling units are: how rare, and little for those that only shape the question. */
export function weighUnits(codes: Uint32Array, rarityOf: (code: number) => number): Float64Array {
  const weights = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    weights[i] = rarityOf(code) * (isFunctionCode(code) ? 0.3 : 1)
  }
  return weights
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

/** An unknown unit is the same as no other. */
const isSameUnit = (one: number | undefined, other: number | undefined) => one !== 0 && one === other

/** For crawled entries only: a maker's own figures are seldom those of a wording. */
function setNumbers(features: FeatureValues, asked: readonly string[], there: readonly string[]): void {
  const missing = asked.filter(number => !there.includes(number)).length
  const extra = there.filter(number => !asked.includes(number)).length
  features.numbersMissing = there.length > 0 ? ratio(missing, asked.length) : missing > 0 ? 0.5 : 0
  features.numbersExtra = asked.length > 0 ? ratio(extra, there.length) : extra > 0 ? 0.5 : 0
}

function setPlaces(features: FeatureValues, asked: readonly string[], there: readonly string[]): void {
  if (there.length === 0) return
  const agrees = asked.some(place => there.some(other => isAlongside(place, other)))
  features.placeAgrees = Number(agrees)
  features.placeConflicts = Number(!agrees)
}

import { isFunctionCode } from '../../../../text/intents.ts'
import { isAlongside } from '../../../../text/places.ts'
import type { EntryTexts } from '../library/entry-texts.ts'
import type { HeardQuery, Wording } from '../query/query.ts'
import { bitLikeness, coveredByEither } from './likeness.ts'
import { meaningFeatures } from './meaning-features.ts'
import { commonLengths, type Overlap, overlapOf, type Weighed } from './overlap.ts'
import type { Listener } from './programme-coverage.ts'
import { likelihoodFeatures, namedFeatures, programmeFeatures, spokenFeatures } from './programme-features.ts'

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
  listener: Listener
  /** Log odds of the likeliest entry and of what no entry answers, and of how many words. */
  likelihoods: { best: number; ofStrangers: number | undefined; words: number }
  /** The same of the words where something is asked. */
  askedLikelihoods: { best: number; words: number }
  /** How telling a unit is, by its code. */
  weigh(codes: Uint32Array): Float64Array
}

/** The parts of a score, in the order of the weights. */
export const featureNames = [
  'rowOfIdeal',
  'rowOfBest',
  'answerOfBest',
  'editedAnswerOfBest',
  'questionCovered',
  'rowCovered',
  'questionPairsCovered',
  'rowPairsCovered',
  'leastCovered',
  'coveredWithAnswer',
  'missingFromRow',
  'missingFromQuestion',
  'subsequence',
  'subsequenceOfRow',
  'run',
  'lengthLikeness',
  'isSame',
  'sameEnd',
  'sameBegin',
  'intents',
  'intentsConflict',
  'negationDiffers',
  'numbersMissing',
  'numbersExtra',
  'soundsCovered',
  'soundSubsequence',
  'placeAgrees',
  'placeConflicts',
  'programmeNamed',
  'programmeHeard',
  'programmeOther',
  'namedCovered',
  'namedPairsCovered',
  'spoken',
  'unspoken',
  'tellingUnspoken',
  'likelihood',
  'likelihoodGap',
  'askedLikelihood',
  'askedLikelihoodGap',
  'intentFit',
  'meantByRules',
  'meantByWordings',
] as const
export type FeatureName = (typeof featureNames)[number]

/** How much of a question is spoken of in the candidate's programme beside its name, 0 to 1. */
export function spokenBesideName({ query, listener }: CandidateSet, candidate: EntryCandidate): number {
  const { programme, wording, answer } = candidate
  return query.isOfEdited ? listener.spokenBy(programme, [wording.codes, answer]).shareBesideName : 1
}

/** The features of a candidate, each about 0 to 1. */
export function featuresOf(field: CandidateSet, candidate: EntryCandidate): Record<FeatureName, number> {
  const { query } = field
  const { wording } = candidate
  const asked = { codes: query.codes, weights: field.weights }
  const there = { codes: wording.codes, weights: field.weigh(wording.codes) }
  const overlap = overlapOf(asked, there)
  return {
    ...scoreFeatures(field, candidate),
    ...coverFeatures(overlap, { asked, there, candidate }),
    ...shapeFeatures(query, wording, overlap),
    ...(query.isOfEdited ? noNumbers : numberFeatures(query.numbers, wording.numbers)),
    ...soundFeatures(query, wording),
    ...placeFeatures(query.places, wording.places, candidate.regions),
    ...programmeFeatures(query, candidate.programme),
    ...namedFeatures(field, candidate),
    ...spokenFeatures(field, candidate),
    ...likelihoodFeatures(field, candidate),
    intentFit: candidate.intentFit,
    ...meaningFeatures(query, candidate),
  }
}

/** Entries of a programme are edited, word by word; crawled answers have every word somewhere. */
const isEdited = ({ programme }: EntryCandidate) => Number(programme !== undefined)

function scoreFeatures(field: CandidateSet, candidate: EntryCandidate) {
  const answerOfBest = ratio(candidate.answerScore, field.bestAnswerScore)
  return {
    rowOfIdeal: ratio(candidate.rowScore, field.idealScore),
    rowOfBest: ratio(candidate.rowScore, field.bestRowScore),
    answerOfBest,
    editedAnswerOfBest: answerOfBest * isEdited(candidate),
  }
}

type Compared = { asked: Weighed; there: Weighed; candidate: EntryCandidate }

/** How much of the question is in the wording, and of the wording in the question. */
function coverFeatures({ one, other }: Overlap, { asked, there, candidate }: Compared) {
  const heaviest = Math.max(1e-9, one.heaviest, other.heaviest)
  const withAnswer = coveredByEither(asked.codes, asked.weights, there.codes, candidate.answer)
  return {
    questionCovered: one.covered,
    rowCovered: other.covered,
    questionPairsCovered: one.pairsCovered,
    rowPairsCovered: other.pairsCovered,
    leastCovered: Math.min(one.covered, other.covered),
    coveredWithAnswer: (withAnswer - one.covered) * isEdited(candidate),
    missingFromRow: one.missing / heaviest,
    missingFromQuestion: other.missing / heaviest,
  }
}

/** Order, length and intent of two wordings. */
function shapeFeatures(query: HeardQuery, wording: Wording, { subsequence, run }: Overlap) {
  const [asked, there] = [query.codes.length, wording.codes.length]
  return {
    subsequence: ratio(subsequence, asked),
    subsequenceOfRow: ratio(subsequence, there),
    run: ratio(run, Math.min(asked, there)),
    lengthLikeness: ratio(Math.min(asked, there), Math.max(asked, there)),
    isSame: Number(query.folded === wording.folded),
    sameEnd: Number(sameAt(query.codes, wording.codes, -1)),
    sameBegin: Number(sameAt(query.codes, wording.codes, 0)),
    intents: bitLikeness(query.intents, wording.intents),
    intentsConflict: Number(
      query.intents !== 0 && wording.intents !== 0 && (query.intents & wording.intents) === 0,
    ),
    negationDiffers: Number(query.isNegated !== wording.isNegated),
  }
}

function soundFeatures({ sounds }: HeardQuery, wording: Wording) {
  return {
    soundsCovered: ratio(countIn(sounds, wording.sounds), sounds.length),
    soundSubsequence: ratio(
      commonLengths(sounds, wording.sounds).subsequence,
      Math.max(sounds.length, wording.sounds.length),
    ),
  }
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

function countIn(one: Uint32Array, other: Uint32Array): number {
  let count = 0
  for (let i = 0; i < one.length; i++) count += Number(other.includes(one[i] as number))
  return count
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

function sameAt(one: Uint32Array, other: Uint32Array, at: 0 | -1): boolean {
  return one.at(at) !== 0 && one.at(at) === other.at(at)
}

/** A maker's own figures are seldom those of a wording. */
const noNumbers = { numbersMissing: 0, numbersExtra: 0 }

function numberFeatures(asked: readonly string[], there: readonly string[]) {
  const missing = asked.filter(number => !there.includes(number)).length
  const extra = there.filter(number => !asked.includes(number)).length
  return {
    numbersMissing: there.length > 0 ? ratio(missing, asked.length) : missing > 0 ? 0.5 : 0,
    numbersExtra: asked.length > 0 ? ratio(extra, there.length) : extra > 0 ? 0.5 : 0,
  }
}

function placeFeatures(asked: readonly string[], named: readonly string[], regions: readonly string[]) {
  if (asked.length === 0 || named.length + regions.length === 0) return { placeAgrees: 0, placeConflicts: 0 }
  const there = [...named, ...regions]
  const agrees = asked.some(place => there.some(other => isAlongside(place, other)))
  return { placeAgrees: Number(agrees), placeConflicts: Number(!agrees) }
}

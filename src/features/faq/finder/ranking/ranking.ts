import { weights } from '#finder-weights'
import { smallTalkIn } from '../../../../text/intents.ts'
import { placesIn } from '../../../../text/places.ts'
import {
  type CandidateSet,
  type EntryCandidate,
  type FeatureName,
  type FeatureValues,
  featureNames,
  featuresOf,
  spokenBesideName,
  weighUnits,
} from '../features/features.ts'
import { createProgrammeCoverage } from '../features/programme-coverage.ts'
import type { Hit } from '../index/inverted-index.ts'
import { entryTextsOf } from '../library/entry-texts.ts'
import type { Findable, Library } from '../library/library.ts'
import type { HeardQuery, Query } from '../query/query.ts'
import { type SoundIndex, termsOf } from '../query/query-terms.ts'
import { questionKindOf } from '../query/question-kind.ts'
import { homeUnits } from './unknown-terms.ts'

/** One that could be meant: its score, and every part that the score is the weighted sum of. */
export type Ranked = {
  doc: number
  item: Findable
  /** The wording that fits best. */
  wording: string
  score: number
  /** Log odds of the question's words in it, and how far beyond what no entry answers; 0 where that is not known. */
  odds: { own: number; beyondStrangers: number; words: number }
  parts: FeatureValues
  /** Share of the question that its programme speaks of, beside the name of the programme. */
  spokenBesideName: number
  /** Weight of each part in the score. */
  weights: Readonly<Record<FeatureName, number>>
}

/** Most candidates looked at closely, fewer for a long question, so that none takes much longer than others. */
const closeStyles = (units: number) => Math.max(20, Math.min(50, Math.floor(1500 / Math.max(1, units))))
/** Where common words are left out of the search at first, more are taken and scored again with them. */
const taken = 200
/** Candidates from each named programme; more entries than any programme has. */
const mostOfProgramme = 80
/** Candidates from the entries likeliest by all their wordings. */
const mostLikely = 12

/**
 * Everything that the question could mean, best first; equal scores by id, so that the
 * order never depends on chance.
 */
export function rank(query: HeardQuery, library: Library, sounds: SoundIndex): Ranked[] {
  const { questions, answers, vocabulary } = library
  const terms = [...termsOf(query.codes, vocabulary), ...sounds.meant(query.sounds, query.codes)]
  const likelihoods = library.likelihood(query.codes)
  const asked = query.codes.filter((_, i) => query.isAsked[i])
  const isWhole = asked.length === query.codes.length
  const askedLikelihoods = isWhole ? likelihoods : library.likelihood(asked)
  const close = questions.search(terms, taken).slice(0, closeStyles(query.codes.length))
  const hits = withOthers(
    close,
    [...named(query, library), ...likeliest(likelihoods.sums), ...likeliest(askedLikelihoods.sums)],
    library,
    terms,
  )
  const answerRows = hits.map(({ doc }) => {
    const { first, count } = answers.rowsOf(doc)
    return count > 0 ? answers.row(first) : noCodes
  })
  const answerScores = hits.map(({ doc }, i) =>
    answerRows[i] === noCodes ? 0 : answers.score(terms, answers.rowsOf(doc).first),
  )
  const field = { ...fieldOf(query, library, hits, answerScores), likelihoods, askedLikelihoods }
  return hits
    .map((hit, i) =>
      score(
        {
          hit,
          answerScore: answerScores[i] ?? 0,
          answer: answerRows[i] ?? noCodes,
          likelihood: likelihoods.sums.get(hit.doc),
          askedLikelihood: askedLikelihoods.sums.get(hit.doc),
        },
        field,
        library,
      ),
    )
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
}

/** Entries of programmes that the question names: it may do so in words that they do not use. */
function named(query: Query, library: Library): number[] {
  const programmes = [
    ...query.mentions.map(({ programme }) => programme),
    ...query.ambiguities.flatMap(({ meanings }) => meanings.flatMap(({ programme }) => programme ?? [])),
  ]
  return [...new Set(programmes)].flatMap(programme => library.of(programme).slice(0, mostOfProgramme))
}

/** The entries whose wordings, all together, fit best: a situation may be like none of them by itself. */
function likeliest(sums: ReadonlyMap<number, number>): number[] {
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostLikely)
    .map(([doc]) => doc)
}

function withOthers(
  hits: Hit[],
  docs: readonly number[],
  library: Library,
  terms: ReturnType<typeof termsOf>,
): Hit[] {
  const there = new Set(hits.map(({ doc }) => doc))
  const added = [...new Set(docs)].filter(doc => !there.has(doc)).map(doc => bestRow(doc, library, terms))
  return [...hits, ...added]
}

function bestRow(doc: number, { questions }: Library, terms: ReturnType<typeof termsOf>): Hit {
  const { first, count } = questions.rowsOf(doc)
  let found = { doc, row: first, score: questions.score(terms, first) }
  for (let row = first + 1; row < first + count; row++) {
    const rowScore = questions.score(terms, row)
    if (rowScore > found.score) found = { doc, row, score: rowScore }
  }
  return found
}

/** With the weights of the features in the score for this kind of question, by name and in order. */
type Field = CandidateSet & { ownWeights: Ranked['weights']; weightList: Float64Array }

function fieldOf(
  query: HeardQuery,
  library: Library,
  hits: Hit[],
  answerScores: number[],
): Omit<Field, 'likelihoods' | 'askedLikelihoods'> {
  const { vocabulary, questions } = library
  const known = new Map<number, number>()
  const rarityOf = (code: number) => {
    const before = known.get(code)
    if (before !== undefined) return before
    const rarity = questions.rarityOf(code === 0 ? -1 : vocabulary.term(code, 0))
    known.set(code, rarity)
    return rarity
  }
  const ownWeights = weights.ranking[questionKindOf(query)]
  return {
    query,
    weights: withoutNeutral(query, weighUnits(query.codes, rarityOf)),
    idealScore: questions.idealScore(withoutFigures(query)),
    bestRowScore: Math.max(0, ...hits.map(hit => hit.score)),
    listener: createProgrammeCoverage(query, library),
    bestAnswerScore: Math.max(0, ...answerScores),
    weigh: codes => weighUnits(codes, rarityOf),
    ownWeights,
    weightList: Float64Array.from(featureNames, name => ownWeights[name]),
  }
}

/** How much small talk and the name of the place where we are tell: next to nothing. */
const idleWeight = 0.1

/** How much the words around a question say about it. */
const toldWeight = 0.4

function withoutNeutral(query: HeardQuery, weights: Float64Array): Float64Array {
  const isHome = homeUnits(query)
  const isSmallTalk = query.isOfEdited ? smallTalkIn(query.units) : []
  return weights.map((weight, i) => {
    if (isNeutral(query, i)) return 0
    if (isHome[i] || isSmallTalk[i]) return weight * idleWeight
    return query.isOfEdited && !query.isAsked[i] ? weight * toldWeight : weight
  })
}

const withoutFigures = (query: HeardQuery) => query.codes.filter((_, i) => !isNeutral(query, i))

/** A figure of the maker's own speaks against no entry; one that an entry has speaks for it. */
const isNeutral = ({ isOfEdited, isFigure, codes }: HeardQuery, i: number) =>
  isOfEdited && isFigure[i] === true && codes[i] === 0

const noCodes = new Uint32Array(0)

type Found = Pick<EntryCandidate, 'answerScore' | 'answer' | 'likelihood' | 'askedLikelihood'> & { hit: Hit }

function score({ hit, ...found }: Found, field: Field, library: Library): Ranked {
  const item = library.at(hit.doc)
  const wording = library.wording(hit.doc, hit.row)
  const candidate = {
    wording,
    regions: item.region ? placesIn(item.region) : [],
    programme: item.programme,
    rowScore: hit.score,
    ...found,
    intentFit: library.intentFit(hit.doc, field.query.intents),
    texts: () => entryTextsOf(item),
  }
  const parts = featuresOf(field, candidate)
  return {
    doc: hit.doc,
    item,
    wording: library.text(hit.doc, hit.row),
    score: weightedSum(parts, field.weightList),
    odds: oddsOf(field, found.likelihood),
    parts,
    spokenBesideName: spokenBesideName(field, candidate),
    weights: field.ownWeights,
  }
}

function weightedSum(features: FeatureValues, ownWeights: Float64Array): number {
  const values = Object.values(features)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (ownWeights[i] as number) * (values[i] as number)
  return sum
}

/** Lead of the first candidate where no strangers are known. */
const aheadOfNothing = 40

function oddsOf({ likelihoods }: CandidateSet, likelihood: number | undefined): Ranked['odds'] {
  if (likelihood === undefined) return { own: 0, beyondStrangers: 0, words: 0 }
  const { ofStrangers, words } = likelihoods
  const beyondStrangers = ofStrangers === undefined ? aheadOfNothing : likelihood - ofStrangers
  return { own: likelihood, beyondStrangers, words }
}

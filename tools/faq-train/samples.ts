import { type FeatureName, featureNames } from '../../src/features/faq/finder/features/features.ts'
import type { Findable } from '../../src/features/faq/finder/library/library.ts'
import { openAmbiguity } from '../../src/features/faq/finder/outcome/outcome.ts'
import type { AliasTable } from '../../src/features/faq/finder/query/aliases.ts'
import type { HeardQuery } from '../../src/features/faq/finder/query/query.ts'
import { type QuestionKind, questionKindOf } from '../../src/features/faq/finder/query/question-kind.ts'
import {
  createRanker,
  type Ranker,
  type RankerOptions,
} from '../../src/features/faq/finder/ranking/ranker.ts'
import type { Ranked } from '../../src/features/faq/finder/ranking/ranking.ts'
import { hashOf } from '../../src/features/faq/knowledge/situations.ts'
import type { WordsWithout } from '../faq-words/left-out.ts'
import type { TrainingGroup } from './learning.ts'

/** A question with what would answer it, asked of a ranker. */
export type Sample = {
  query: HeardQuery
  ranked: Ranked[]
  isRight(item: Findable): boolean
  /** 0 to {@link partCount} - 1; variants of one text share its part, so that none is judged by another. */
  part: number
}

/**
 * Asks a question and keeps what is needed to learn from it.
 * @param origin the text that it is a variant of. Default: itself
 */
export function sampleOf(ranker: Ranker, text: string, isRight: Sample['isRight'], origin = text): Sample {
  const query = ranker.read(text)
  return { query, ranked: ranker.rank(query), isRight, part: partOf(origin) }
}

/** Number of parts of all texts: each is judged by what was learnt from the others. */
export const partCount = 4
/** The part to which a text belongs. */
export const partOf = (text: string): number => hashOf(text) % partCount

/** Number of parts in which the wordings are left out in turn. */
const foldCount = 8

/** Results of all folds in order; a text is left out in one of them. */
export function inFolds<T>(askOf: (fold: { isLeft(text: string): boolean }) => T[]): T[] {
  return Array.from({ length: foldCount }, (_, fold) => fold).flatMap(fold =>
    askOf({ isLeft: text => hashOf(text) % foldCount === fold }),
  )
}

/** How a base is built, and its makers' words without what is asked. */
export type BaseOptions = RankerOptions & { wordsWithout: WordsWithout }

/** Which wordings are asked: those of the entries, or the situations beside them. */
export type Asked = 'wordings' | 'situations'

/** How a text is asked: as it is, in a letter, mistyped. */
export type Variation = (text: string) => string
export const asItIs: Variation = text => text

/**
 * Every wording of a base as a question to the same base without it and others of its fold: a test of the base by
 * itself, which knows nothing of how others ask.
 * @returns the samples of each variation; one base is built for all of them, since that takes longest
 */
export function leaveFoldsOut(
  items: readonly Findable[],
  options: BaseOptions,
  asked: Asked,
  variations: readonly Variation[] = [asItIs],
): Sample[][] {
  const folds = inFolds(({ isLeft }) => {
    const ranker = createRanker(
      items.map(item => without(item, asked, isLeft)),
      { ...options, makersWords: options.wordsWithout(isLeft) },
    )
    const samplesOf = (vary: Variation) =>
      items.flatMap(item =>
        textsOf(item, asked)
          .filter(isLeft)
          .map(text => sampleOf(ranker, vary(text), ({ id }) => id === item.id, text)),
      )
    return [variations.map(samplesOf)]
  })
  return variations.map((_, at) => folds.flatMap(fold => fold[at] ?? []))
}

export const textsOf = (
  { question, otherQuestions, situations = [] }: Findable,
  asked: Asked,
): readonly string[] => (asked === 'situations' ? situations : [question, ...otherQuestions])

/** An entry without some of its texts. Keeps at least one wording, since an entry without any cannot be found. */
export function without(item: Findable, asked: Asked, isLeft: (text: string) => boolean): Findable {
  const kept = textsOf(item, asked).filter(text => !isLeft(text))
  if (asked === 'situations') return { ...item, situations: kept }
  const [question = item.question, ...otherQuestions] = kept
  return { ...item, question, otherQuestions }
}

/**
 * The wordings of each programme as questions to a base that has never heard of it: they sound like ours, and
 * nothing answers them.
 * @returns the samples of each variation
 */
export function leaveProgrammeOut(
  items: readonly Findable[],
  options: BaseOptions,
  variations: readonly { everyNth: number; vary: Variation }[],
): Sample[][] {
  const programmes = new Set(items.flatMap(({ programme }) => programme ?? []))
  const all = [...programmes].map(left => {
    const texts = items
      .filter(({ programme }) => programme === left)
      .flatMap(item => [...textsOf(item, 'wordings'), ...textsOf(item, 'situations')])
    const own = new Set(texts)
    const ranker = createRanker(
      items.filter(({ programme }) => programme !== left),
      {
        ...options,
        aliases: withoutProgramme(options.aliases, left),
        makersWords: options.wordsWithout(text => own.has(text)),
      },
    )
    return variations.map(({ everyNth, vary }) =>
      texts.filter((_, i) => i % everyNth === 0).map(text => sampleOf(ranker, vary(text), () => false, text)),
    )
  })
  return variations.map((_, at) => all.flatMap(samples => samples[at] ?? []))
}

function withoutProgramme({ aliases, ambiguous }: AliasTable, left: string): AliasTable {
  const keep = Object.entries(aliases).filter(([, programme]) => programme !== left)
  return { aliases: Object.fromEntries(keep), ambiguous }
}

/** Training group of the ranking; in an order that does not depend on the weights of before. */
export function groupOf({ ranked, isRight }: Sample, weight: number): TrainingGroup {
  const all = [...ranked].sort((a, b) => a.doc - b.doc)
  return {
    candidates: all.map(({ parts }) => Float64Array.from(featureNames, name => parts[name])),
    right: all.map(({ item }) => isRight(item)),
    weight,
  }
}

/** Weights of the features for each kind of question, as they are kept. */
export type RankingWeights = Record<QuestionKind, Record<FeatureName, number>>

/** The same sample in the order that other weights give. */
export function reranked(sample: Sample, rankings: RankingWeights): Sample {
  const weights = rankings[questionKindOf(sample.query)]
  const scored = sample.ranked.map(each => ({
    ...each,
    score: featureNames.reduce((sum, name) => sum + weights[name] * each.parts[name], 0),
  }))
  return { ...sample, ranked: scored.sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1)) }
}

/** Where the outcome is open; a word that is always asked back teaches nothing, nor does another city. */
export function isOpen({ query, ranked }: Sample): boolean {
  return ranked.length > 0 && !query.isElsewhere && openAmbiguity(query) === undefined
}

/** Another entry of the right programme is half right: no wrong figure of another programme, but not what was asked. */
const halfRight = 0.3

/** How right it is to answer with the first. */
export function truthOfFirst({ ranked, isRight }: Sample): number {
  const first = ranked[0]
  if (!first) return 0
  if (isRight(first.item)) return 1
  return isOfRightProgramme(first.item, { ranked, isRight }) ? halfRight : 0
}

/** Whether the right one is among the first three. */
export function truthOfAny({ ranked, isRight }: Sample): number {
  return Number(ranked.slice(0, 3).some(({ item }) => isRight(item)))
}

export function isOfRightProgramme(
  item: Findable,
  { ranked, isRight }: Pick<Sample, 'ranked' | 'isRight'>,
): boolean {
  const right = ranked.find(each => isRight(each.item))?.item
  return (
    right !== undefined &&
    (item === right || (item.programme !== undefined && item.programme === right.programme))
  )
}

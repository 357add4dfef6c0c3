import { readQuestionSet } from '../../src/features/faq/editing/index.ts'
import type { Findable } from '../../src/features/faq/finder/library/library.ts'
import { type TermWeights, termWeightsOf } from '../../src/features/faq/finder/outcome/familiarity.ts'
import { type Signals, signalsOf } from '../../src/features/faq/finder/outcome/signals.ts'
import { type QuestionKind, questionKindOf } from '../../src/features/faq/finder/query/question-kind.ts'
import { createRanker } from '../../src/features/faq/finder/ranking/ranker.ts'
import type { Knowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { findableOf, ownDistrict, textsOf as strangersOf } from '../../src/features/faq/live-entries.ts'
import { createWordsWithout } from '../faq-words/left-out.ts'
import { learnFamiliarity } from './familiarity-training.ts'
import { letterOf } from './letters.ts'
import {
  asItIs,
  inFolds,
  isOpen,
  type RankingWeights,
  reranked,
  type Sample,
  sampleOf,
  textsOf,
  truthOfAny,
  type Variation,
  without,
} from './samples.ts'
import { questionsAbout } from './strangers.ts'

/** A question that nothing was learnt from where it was asked. */
export type OfferCase = {
  kind: QuestionKind
  /** `beside` names a programme and asks what no entry says, `outside` asks about other subjects. */
  list: 'inside' | 'beside' | 'outside'
  text: string
  signals: Signals
  /** The right entry is the first. */
  isFirst: boolean
  /** The right entry is among the first three. */
  isAmong: boolean
  /** An author other than that of the base wrote it. */
  isByOthers: boolean
  /** How much it counts. */
  weight: number
}

type Asked = Pick<OfferCase, 'list' | 'text' | 'weight' | 'isByOthers'> & {
  origin: string
  isRight(item: Findable): boolean
}

/** Questions by others than the base are few, and asked as makers ask. */
const othersWeight = 5

/** Every fifth text is asked in a letter too. */
const letterNth = 5
/** Every third question of an open domain is asked: hardly one comes near an offer. */
const chatterNth = 3

/**
 * All texts, each asked of a base, and judged by familiar words, that seven eighths of the others make: nearly what a
 * question by another author meets. The outcome is learnt from weaker words, of three quarters of the texts.
 * @param chatter questions of an open domain
 */
export function offerCases(
  knowledge: Knowledge,
  chatter: readonly string[],
  ranking: RankingWeights,
): OfferCase[] {
  const items = knowledge.entries.map(entry => findableOf(entry, knowledge.situations))
  const asked = askedOf(items, knowledge, chatter)
  const wordsWithout = createWordsWithout(knowledge)
  return inFolds(({ isLeft }) => {
    const ranker = createRanker(
      items.map(item => without(without(item, 'wordings', isLeft), 'situations', isLeft)),
      {
        aliases: knowledge.aliases,
        home: ownDistrict,
        strangers: strangersOf(knowledge.strangers).filter(text => !isLeft(text)),
        makersWords: wordsWithout(isLeft),
      },
    )
    const weightOf = termWeightsOf(learnFamiliarity(knowledge, origin => !isLeft(origin)))
    const left = asked.filter(({ origin }) => isLeft(origin))
    const caseOf = (each: Asked, vary: Variation) => {
      const text = vary(each.text)
      const sample = reranked(sampleOf(ranker, text, each.isRight), ranking)
      return caseFrom({ ...each, text }, sample, weightOf)
    }
    return left.flatMap((each, at) => [
      ...caseOf(each, asItIs),
      ...(at % letterNth === 0 ? caseOf(each, letterOf) : []),
    ])
  })
}

function askedOf(items: readonly Findable[], { strangers }: Knowledge, chatter: readonly string[]): Asked[] {
  const inside = items.flatMap(item =>
    (['wordings', 'situations'] as const).flatMap(asked =>
      textsOf(item, asked).map(text => ({
        list: 'inside' as const,
        text,
        origin: text,
        isRight: ({ id }: Findable) => id === item.id,
        weight: 1,
        isByOthers: false,
      })),
    ),
  )
  const nothing = (list: OfferCase['list'], text: string, origin = text): Asked => ({
    list,
    text,
    origin,
    isRight: () => false,
    weight: 1,
    isByOthers: false,
  })
  const others = readQuestionSet('data/faq-questions.yaml').map(({ question: text, expected }) => ({
    ...nothing(expected.length > 0 ? 'inside' : 'outside', text),
    isRight: ({ id }: Findable) => expected.includes(id),
    weight: expected.length > 0 ? othersWeight : 1,
    isByOthers: true,
  }))
  return [
    ...inside,
    ...others,
    ...strangers.beside.map(text => nothing('beside', text)),
    ...strangers.topics.flatMap((topic, at) =>
      questionsAbout(topic, at).map(text => nothing('outside', text, topic)),
    ),
    ...[...strangers.situations, ...chatter.filter((_, at) => at % chatterNth === 0)].map(text =>
      nothing('outside', text),
    ),
  ]
}

/** None where the outcome is not open. */
function caseFrom(
  { list, text, weight, isByOthers }: Asked,
  sample: Sample,
  weightOf: TermWeights,
): OfferCase[] {
  const { query, ranked, isRight } = sample
  const [first] = ranked
  if (!isOpen(sample) || first === undefined) return []
  return [
    {
      kind: questionKindOf(query),
      list,
      text,
      signals: signalsOf(query, ranked, weightOf),
      isFirst: isRight(first.item),
      isAmong: truthOfAny(sample) === 1,
      isByOthers,
      weight,
    },
  ]
}

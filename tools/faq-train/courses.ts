import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readQuestionSet } from '../../src/features/faq/editing/trials/trial.ts'
import type { Findable } from '../../src/features/faq/finder/library/library.ts'
import { createTypoMaker } from '../../src/features/faq/finder/query/typos.ts'
import { createRanker, type Ranker } from '../../src/features/faq/finder/ranking/ranker.ts'
import { type Knowledge, loadKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import {
  isSituationHeldBack,
  isVoiceFile,
  readSituations,
  type Strangers,
} from '../../src/features/faq/knowledge/situations.ts'
import { findableOf, ownDistrict, textsOf } from '../../src/features/faq/live-entries.ts'
import { createWordsWithout } from '../faq-words/left-out.ts'
import { letterOf } from './letters.ts'
import type { Course } from './outcome-training.ts'
import {
  asItIs,
  type BaseOptions,
  inFolds,
  leaveFoldsOut,
  leaveProgrammeOut,
  type Sample,
  sampleOf,
  type Variation,
} from './samples.ts'
import { questionsAbout } from './strangers.ts'

/** How much each set counts, whatever its size. */
const setWeights = { insurance: 600, epidemic: 1000, gov: 120 }
const ownWeights = { own: 600, letters: 400, situations: 500, voices: 300, others: 300, mistyped: 200 }
/** Every 50th of 152,980 open-domain questions is learnt from; evaluations may draw from the others. */
const chatterNth = 50
/** Every twelfth entry of the other sets serves as a question that this base does not answer. */
const foreignNth = 12

type QuestionSet = {
  name: string
  weight: number
  items: Findable[]
  queries: { text: string; answers: string[] }[]
}

/** Everything to learn from: the question sets in a folder, and the shipped base asked about itself. */
export function coursesIn(folder: string): Course[] {
  const sets = Object.entries(setWeights).map(([name, weight]) => readSet(folder, name, weight))
  const chatter = chatterIn(folder)
  const strangersTo = (name: string) => [
    ...chatter,
    ...sets
      .filter(set => set.name !== name)
      .flatMap(set => every(set.items, foreignNth).map(item => item.question)),
  ]
  return [
    ...sets.map(set => courseOf(set, every(strangersTo(set.name), 3))),
    ...ownCourses(strangersTo('own')),
  ]
}

/** Questions of an open domain, none of which our base answers. */
export const chatterIn = (folder: string): string[] =>
  every(linesOf<{ text: string }>(folder, 'scale.sentences'), chatterNth).map(({ text }) => text)

function courseOf({ name, weight, items, queries }: QuestionSet, strangers: string[]): Course {
  const ranker = createRanker(items, { aliases: { aliases: {}, ambiguous: {} } })
  const inside = queries.map(({ text, answers }) => sampleOf(ranker, text, ({ id }) => answers.includes(id)))
  return {
    name,
    isOurs: false,
    weight,
    inside,
    outside: unanswered(ranker, strangers),
    near: [],
    topics: [],
    beside: [],
  }
}

const nothing = { isOurs: true, outside: [], near: [], topics: [], beside: [] }
const ownCourse = { isOurs: true, name: 'own', weight: ownWeights.own }
const lettersCourse = { isOurs: true, name: 'letters', weight: ownWeights.letters }
const situationsCourse = { ...nothing, name: 'situations', weight: ownWeights.situations }
const mistypedCourse = { ...nothing, name: 'mistyped', weight: ownWeights.mistyped }

const baseOptionsOf = (knowledge: Knowledge): BaseOptions => ({
  aliases: knowledge.aliases,
  home: ownDistrict,
  strangers: textsOf(knowledge.strangers),
  makersWords: knowledge.makersWords,
  wordsWithout: createWordsWithout(knowledge),
})

/** The shipped base asked about itself, each part of it left out in turn. */
function ownCourses(foreign: string[]): Course[] {
  const knowledge = loadKnowledge('data')
  const items = knowledge.entries.map(entry => findableOf(entry, knowledge.situations))
  const options = baseOptionsOf(knowledge)
  const ranker = createRanker(items, options)
  const mistyped = createTypoMaker(items)
  const [own = [], letters = [], typos = []] = leaveFoldsOut(items, options, 'wordings', [
    asItIs,
    letterOf,
    mistyped,
  ])
  const [near = [], nearLetters = []] = leaveProgrammeOut(items, options, [
    { everyNth: 3, vary: asItIs },
    { everyNth: 9, vary: letterOf },
  ])
  const [topics = [], topicLetters = []] = strangersLeftOut(items, options, knowledge.strangers)
  return [
    {
      ...ownCourse,
      ...{ inside: own, near, topics },
      outside: unanswered(ranker, foreign),
      beside: unanswered(ranker, knowledge.strangers.beside),
    },
    { ...situationsCourse, inside: leaveFoldsOut(items, options, 'situations').flat() },
    {
      ...lettersCourse,
      ...{ inside: letters, near: nearLetters, topics: topicLetters },
      outside: unanswered(ranker, every(foreign, 4), letterOf),
      beside: unanswered(ranker, knowledge.strangers.beside, letterOf),
    },
    voicesLeftOut(knowledge, options),
    questionsOfOthers(ranker),
    { ...nothing, name: 'held back', weight: 0, inside: heldBack(ranker) },
    { ...mistypedCourse, inside: typos, outside: unanswered(ranker, every(foreign, 5)) },
  ]
}

/**
 * Samples of questions without an entry, asked of the base without them and others of their fold; as they are, and in
 * letters.
 */
function strangersLeftOut(
  items: readonly Findable[],
  options: BaseOptions,
  { topics, situations }: Strangers,
): Sample[][] {
  const asked = [
    ...topics.map((topic, at) => ({ text: topic, questions: questionsAbout(topic, at) })),
    ...situations.map(text => ({ text, questions: [text] })),
  ]
  const variations = [asItIs, letterOf]
  const folds = inFolds(({ isLeft }) => {
    const strangers = asked.map(({ text }) => text).filter(text => !isLeft(text))
    const ranker = createRanker(items, { ...options, strangers })
    const left = asked.filter(({ text }) => isLeft(text))
    const samplesOf = (vary: Variation) =>
      left.flatMap(({ text, questions }) =>
        questions.map(question => sampleOf(ranker, vary(question), () => false, text)),
      )
    return [variations.map(samplesOf)]
  })
  return variations.map((_, at) => folds.flatMap(fold => fold[at] ?? []))
}

/** Samples of the voices, asked of the base without them, since other people word a situation otherwise. */
function voicesLeftOut(knowledge: Knowledge, options: BaseOptions): Course {
  const readBy = (isVoice: boolean) =>
    readSituations('data/faq-situations', undefined, file => isVoiceFile(file) === isVoice).situations
  const [voices, others] = [readBy(true), readBy(false)]
  const own = new Set([...voices.values()].flat())
  const ranker = createRanker(
    knowledge.entries.map(entry => findableOf(entry, others)),
    { ...options, makersWords: options.wordsWithout(text => own.has(text)) },
  )
  return {
    name: 'voices',
    isOurs: true,
    weight: ownWeights.voices,
    inside: [...voices].flatMap(([id, texts]) =>
      texts.map(text => sampleOf(ranker, text, item => item.id === id)),
    ),
    outside: [],
    near: [],
    topics: [],
    beside: [],
  }
}

/** The questions by which edits are tried, written by others than the base and unlike its wordings. */
function questionsOfOthers(ranker: Ranker): Course {
  const samples = readQuestionSet('data/faq-questions.yaml').map(({ question, expected }) => ({
    isOurs: expected.length > 0,
    sample: sampleOf(ranker, question, ({ id }) => expected.includes(id)),
  }))
  const [inside = [], outside = []] = [true, false].map(isOurs =>
    samples.filter(each => each.isOurs === isOurs).map(({ sample }) => sample),
  )
  return {
    name: 'questions',
    isOurs: true,
    weight: ownWeights.others,
    setsThresholds: true,
    inside,
    outside,
    near: [],
    topics: [],
    beside: [],
  }
}

/** Situations that nothing was learnt from. */
function heldBack(ranker: Ranker): Sample[] {
  return [...readSituations('data/faq-situations', isSituationHeldBack).situations].flatMap(
    ([entry, texts]) => texts.map(text => sampleOf(ranker, text, ({ id }) => id === entry)),
  )
}

function readSet(folder: string, name: string, weight: number): QuestionSet {
  const entries = linesOf<{ id: string; question: string; answer?: string }>(folder, `${name}.entries`)
  const items = entries.map(({ answer = '', ...entry }) => ({ ...entry, answer, otherQuestions: [] }))
  return { name, weight, items, queries: linesOf(folder, `${name}.queries`) }
}

function linesOf<T>(folder: string, name: string): T[] {
  const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as T)
}

const unanswered = (ranker: Ranker, texts: readonly string[], vary: Variation = asItIs) =>
  texts.map(text => sampleOf(ranker, vary(text), () => false, text))
const every = <T>(list: readonly T[], nth: number) => list.filter((_, i) => i % nth === 0)

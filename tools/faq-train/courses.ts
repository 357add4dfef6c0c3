import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Findable } from '../../src/features/faq/finder/library.ts'
import { createMistyper } from '../../src/features/faq/finder/mistyping.ts'
import { createRanker, type Ranker } from '../../src/features/faq/finder/ranker.ts'
import { loadKnowledge } from '../../src/features/faq/knowledge.ts'
import { findableOf, home } from '../../src/features/faq/live-entries.ts'
import type { Course } from './outcome-training.ts'
import { leaveOneOut, leaveProgrammeOut, sampleOf } from './samples.ts'
import { strangers } from './strangers.ts'

/** How much each set counts, whatever its size. */
const setWeights = { insurance: 600, epidemic: 1000, gov: 120 }
const ownWeights = { own: 600, mistyped: 300 }
/** Of 152,980 open-domain questions every 50th is learnt from; evaluations may draw from the others. */
const chatterNth = 50
/** Of the other sets' entries every twelfth is a question that this base does not answer. */
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
  const chatter = every(linesOf<{ text: string }>(folder, 'scale.sentences'), chatterNth).map(
    ({ text }) => text,
  )
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

function courseOf({ name, weight, items, queries }: QuestionSet, strangers: string[]): Course {
  const ranker = createRanker(items, { aliases: { aliases: {}, ambiguous: {} } })
  const inside = queries.map(({ text, answers }) => sampleOf(ranker, text, ({ id }) => answers.includes(id)))
  return { name, isOurs: false, weight, inside, outside: unanswered(ranker, strangers), near: [], topics: [] }
}

function ownCourses(foreign: string[]): Course[] {
  const knowledge = loadKnowledge('data')
  const items = knowledge.entries.map(findableOf)
  const options = { aliases: knowledge.aliases, home }
  const ranker = createRanker(items, options)
  return [
    {
      name: 'own',
      isOurs: true,
      weight: ownWeights.own,
      inside: leaveOneOut(ranker, items, text => text),
      outside: unanswered(ranker, foreign),
      near: leaveProgrammeOut(items, options, 3),
      topics: unanswered(ranker, strangers),
    },
    {
      name: 'mistyped',
      isOurs: true,
      weight: ownWeights.mistyped,
      inside: leaveOneOut(ranker, items, createMistyper(items)),
      outside: unanswered(ranker, every(foreign, 5)),
      near: [],
      topics: [],
    },
  ]
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

const unanswered = (ranker: Ranker, texts: readonly string[]) =>
  texts.map(text => sampleOf(ranker, text, () => false))
const every = <T>(list: readonly T[], nth: number) => list.filter((_, i) => i % nth === 0)

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { featureNames } from '../features/faq/finder/features.ts'
import { type Example, learnRanking, learnTruth } from '../features/faq/finder/learning.ts'
import type { Findable } from '../features/faq/finder/library.ts'
import { type Signals, signalNames } from '../features/faq/finder/outcome.ts'
import { createRanker, type Ranker } from '../features/faq/finder/ranker.ts'
import {
  exampleOf,
  groupOf,
  isOfRightProgramme,
  isOpen,
  leaveOneOut,
  reranked,
  type Sample,
  sampleOf,
  sureness,
  truthOfAny,
  truthOfFirst,
} from '../features/faq/finder/training.ts'
import { loadKnowledge } from '../features/faq/knowledge.ts'
import { findableOf, home } from '../features/faq/shelf.ts'
import { fold } from '../text/fold.ts'
import { soundOf } from '../text/pinyin.ts'

const weightsFile = 'src/features/faq/finder/weights.json'
const setNames = ['insurance', 'epidemic', 'gov']
/** How much each set counts, whatever its size: our own base most, since that is what we answer from. */
const setWeights: Record<string, number> = {
  insurance: 300,
  epidemic: 1000,
  gov: 120,
  own: 600,
  mistyped: 300,
}
/** Of 152,980 open-domain questions every 50th is learnt from; evaluations draw from the others. */
const everyNth = 50

/** Of our own base's questions; the limits are 3% wrong and 95% none. */
const mostWrong = 0.015
const mostAnsweredOutside = 0.005
const mostNotNone = 0.025

/** One set's questions: those that its base answers, and others that it does not. */
type Outcome = { ofFirst: Signals; ofAny: Signals; answerFrom: number; choicesFrom: number }
type Course = { name: string; inside: Sample[]; outside: Sample[] }

/**
 * Learns `weights.json` from the question sets in a folder (`--sets`) and from the shipped base left one wording
 * out at a time, and prints how each set does. `--without NAME` leaves a set out of the learning, for an honest
 * figure on it; `--dry` writes nothing.
 */
export function runFaqTrain(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { sets: { type: 'string' }, without: { type: 'string' }, dry: { type: 'boolean' } },
  })
  if (!values.sets) throw new Error('请用 --sets 给出问题集所在的文件夹。')
  const all = coursesIn(values.sets)
  const learnt = all.filter(({ name }) => name !== values.without)
  const ranking = learnRanking(
    learnt.flatMap(({ name, inside }) =>
      inside.map(sample => groupOf(sample, (setWeights[name] ?? 0) / inside.length)),
    ),
    { rounds: 150, decay: 1e-3 },
  )
  const resort = (samples: Sample[]) => samples.map(sample => reranked(sample, ranking))
  const sorted = all.map(({ name, inside, outside }) => ({
    name,
    inside: resort(inside),
    outside: resort(outside),
  }))
  const outcome = learnOutcome(sorted.filter(({ name }) => name !== values.without))
  for (const course of sorted) process.stdout.write(`${reportOn(course, outcome)}\n`)
  const weights = { ranking: named(featureNames, ranking), outcome }
  if (!values.dry) writeFileSync(weightsFile, `${JSON.stringify(weights, null, 2)}\n`)
}

function learnOutcome(courses: readonly Course[]): Outcome {
  const examples = (truthOf: (sample: Sample) => number) =>
    courses.flatMap(({ name, inside, outside }) => [
      ...weighed(inside, setWeights[name] ?? 0, truthOf),
      ...weighed(outside, setWeights[name] ?? 0, () => 0),
    ])
  const fit = { rounds: 300, decay: 1e-4 }
  const ofFirst = named(signalNames, learnTruth(examples(truthOfFirst), fit))
  const ofAny = named(signalNames, learnTruth(examples(truthOfAny), fit))
  return { ofFirst, ofAny, ...thresholdsFor(courses, ofFirst, ofAny) }
}

function weighed(samples: readonly Sample[], total: number, truthOf: (sample: Sample) => number): Example[] {
  const open = samples.filter(isOpen)
  return open.map(sample => exampleOf(sample, truthOf(sample), total / open.length))
}

/** The lowest thresholds that keep to the limits on our own base, with half of each limit in reserve. */
function thresholdsFor(courses: readonly Course[], ofFirst: Signals, ofAny: Signals) {
  const own = courses.filter(({ name }) => name === 'own' || name === 'mistyped')
  const inside = own.flatMap(course => course.inside.filter(isOpen))
  const outside = own.flatMap(course => course.outside.filter(isOpen))
  const wrong = inside.filter(sample => {
    const first = sample.ranked[0]
    return first && !isOfRightProgramme(first.item, sample)
  })
  const highest = (samples: Sample[], weights: Signals, allowed: number) =>
    samples.map(sample => sureness(sample, weights)).sort((a, b) => b - a)[Math.floor(allowed)] ?? 0
  const answerFrom = Math.max(
    highest(wrong, ofFirst, mostWrong * inside.length),
    highest(outside, ofFirst, mostAnsweredOutside * outside.length),
  )
  return {
    answerFrom: round(answerFrom),
    choicesFrom: round(highest(outside, ofAny, mostNotNone * outside.length)),
  }
}

function reportOn({ name, inside, outside }: Course, outcome: Outcome): string {
  const kindOf = (sample: Sample) => {
    if (!isOpen(sample)) return 'closed'
    if (sureness(sample, outcome.ofFirst) >= outcome.answerFrom) return 'answer'
    return sureness(sample, outcome.ofAny) >= outcome.choicesFrom ? 'choices' : 'none'
  }
  const share = (samples: Sample[], holds: (sample: Sample) => boolean) =>
    `${((100 * samples.filter(holds).length) / Math.max(1, samples.length)).toFixed(1)}%`
  const isFirst = ({ ranked, isRight }: Sample) => ranked[0] !== undefined && isRight(ranked[0].item)
  const isWrong = (sample: Sample) =>
    sample.ranked[0] !== undefined && !isOfRightProgramme(sample.ranked[0].item, sample)
  return [
    name.padEnd(10),
    `first ${share(inside, isFirst)}`,
    `first five ${share(inside, ({ ranked, isRight }) => ranked.slice(0, 5).some(({ item }) => isRight(item)))}`,
    `answered ${share(inside, sample => kindOf(sample) === 'answer')}`,
    `wrong ${share(inside, sample => kindOf(sample) === 'answer' && isWrong(sample))}`,
    `choices ${share(inside, sample => kindOf(sample) === 'choices')}`,
    `none ${share(inside, sample => kindOf(sample) === 'none')}`,
    `none outside ${share(outside, sample => kindOf(sample) === 'none' || sample.query.isElsewhere)}`,
  ].join('  ')
}

function coursesIn(folder: string): Course[] {
  const read = <T>(name: string) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as T)
  const sets = setNames.map(name => ({
    name,
    entries: read<{ id: string; question: string; answer?: string }>(`${name}.entries.jsonl`),
    queries: read<{ text: string; answers: string[] }>(`${name}.queries.jsonl`),
  }))
  const chatter = read<{ text: string }>('scale.sentences.jsonl').filter((_, i) => i % everyNth === 0)
  const strangersTo = (name: string) => [
    ...chatter.map(({ text }) => text),
    ...sets
      .filter(set => set.name !== name)
      .flatMap(set => every(set.entries, 12).map(({ question }) => question)),
  ]
  const courses = sets.map(({ name, entries, queries }) => {
    const items = entries.map(({ answer = '', ...entry }) => ({ ...entry, answer, otherQuestions: [] }))
    const ranker = createRanker(items, { aliases: { aliases: {}, ambiguous: {} } })
    return {
      name,
      inside: queries.map(({ text, answers }) => sampleOf(ranker, text, ({ id }) => answers.includes(id))),
      outside: outsideOf(ranker, every(strangersTo(name), 3)),
    }
  })
  return [...courses, ...ownCourses(strangersTo('own'))]
}

function ownCourses(strangers: string[]): Course[] {
  const knowledge = loadKnowledge('data')
  const items = knowledge.entries.map(findableOf)
  const ranker = createRanker(items, { aliases: knowledge.aliases, home })
  const mistype = createMistyper(items)
  return [
    { name: 'own', inside: leaveOneOut(ranker, items, text => text), outside: outsideOf(ranker, strangers) },
    {
      name: 'mistyped',
      inside: leaveOneOut(ranker, items, mistype),
      outside: outsideOf(ranker, every(strangers, 5)),
    },
  ]
}

const outsideOf = (ranker: Ranker, texts: readonly string[]) =>
  texts.map(text => sampleOf(ranker, text, () => false))
const every = <T>(list: readonly T[], nth: number) => list.filter((_, i) => i % nth === 0)
const round = (value: number) => Math.round(value * 1e4) / 1e4

/** Puts one character of a text in the place of another that sounds the same, as input methods do. */
function createMistyper(items: readonly Findable[]): (text: string) => string {
  const alike = new Map<number, string[]>()
  for (const char of new Set(fold(items.map(({ answer, question }) => question + answer).join('')))) {
    const sound = soundOf(char.charCodeAt(0))
    if (sound > 0) alike.set(sound, [...(alike.get(sound) ?? []), char])
  }
  let turn = 0
  return text => {
    const chars = [...fold(text)]
    for (let tries = 0; tries < chars.length; tries++) {
      turn = (turn * 7919 + 101) % 1_000_003
      const at = turn % chars.length
      const others = (alike.get(soundOf(chars[at]?.charCodeAt(0) ?? 0)) ?? []).filter(
        char => char !== chars[at],
      )
      const other = others[turn % Math.max(1, others.length)]
      if (!other) continue
      chars[at] = other
      break
    }
    return chars.join('')
  }
}

function named<N extends string>(names: readonly N[], values: Float64Array): Record<N, number> {
  return Object.fromEntries(names.map((name, i) => [name, round(values[i] ?? 0)])) as Record<N, number>
}

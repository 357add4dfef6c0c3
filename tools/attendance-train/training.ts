import {
  likelyMatter,
  type NearWeights,
  nearMatters,
} from '../../src/features/attendance/check-ins/meanings/near-attendance.ts'
import { type Learning, learnSoftmax } from '../softmax.ts'
import { authors, type Sample, truths } from './samples.ts'

const fit = { rounds: 20, decay: 1e-3, rate: 0.07, dropped: 0.1 }
/** Features of a single message are left out. */
const leastMessages = 2
/** Features that are kept: those with the widest weights. */
const mostFeatures = 5000
/** Messages about other things that get a word, as a share of them. */
const mostInVain = 0.01

/** Zero for what rounds to zero from below, as JSON has no other. */
const inHundredths = (value: number) => Math.round(value * 100) / 100 || 0

/** Examples learnt last weigh more: the weights are the mean over orders, each by steps of a prime. */
const orders = [7919, 6007, 4691, 9433, 3571, 2741]
const orderModulus = 10_007

const inOrder = <T>(all: readonly T[], step: number): T[] =>
  all
    .map((one, at) => ({ one, key: (at * step) % orderModulus }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

function learnOver(samples: readonly Sample[], names: readonly string[]): Map<string, number[]> {
  const places = new Map(names.map((name, at) => [name, at]))
  const settings: Learning = { ...fit, classes: truths.length, features: names.length }
  const examples = samples.map(({ features, truth }) => ({
    features: features.flatMap(name => places.get(name) ?? []),
    label: truths.indexOf(truth),
    weight: 1,
  }))
  const learnt = orders.map(step => learnSoftmax(inOrder(examples, step), settings))
  const weightOf = (at: number, truth: number) =>
    learnt.reduce((sum, weights) => sum + (weights[at * truths.length + truth] ?? 0), 0) / orders.length
  return new Map(
    names.map((name, at) => [
      name,
      nearMatters.map((_, matter) => inHundredths(weightOf(at, matter + 1) - weightOf(at, 0))),
    ]),
  )
}

/** @returns the weights of the features that tell most, learnt once more without the others */
function learn(samples: readonly Sample[]): NearWeights {
  const counts = new Map<string, number>()
  for (const name of samples.flatMap(({ features }) => features))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  const common = [...counts].filter(([, count]) => count >= leastMessages).map(([name]) => name)
  const spread = (row: readonly number[]) => Math.max(0, ...row) - Math.min(0, ...row)
  const telling = [...learnOver(samples, common)]
    .toSorted(([, a], [, b]) => spread(b) - spread(a))
    .slice(0, mostFeatures)
    .map(([name]) => name)
  return new Map(
    [...learnOver(samples, telling)]
      .filter(([, row]) => row.some(weight => weight !== 0))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

type Decided = Sample & ReturnType<typeof likelyMatter>

/** Judges each author's messages by the weights that the others teach. */
function heldBack(samples: readonly Sample[]): Decided[] {
  return authors.flatMap(author => {
    const weights = learn(samples.filter(one => one.author !== author))
    return samples
      .filter(one => one.author === author)
      .map(one => ({ ...one, ...likelyMatter(one.text, weights) }))
  })
}

const isTalk = ({ truth }: Sample) => truth === 'none'
const share = (part: number, all: number) => (all === 0 ? 0 : Math.round((1000 * part) / all) / 10)

/** The lowest probability at which few enough messages about other things get a word. */
function leastProbability(decided: readonly Decided[]): number {
  const talk = decided.filter(isTalk)
  const rising = talk.filter(({ isTaken }) => !isTaken).map(({ probability }) => probability)
  const most = Math.floor(mostInVain * talk.length)
  const first = rising.toSorted((a, b) => b - a)[most] ?? 0
  return Math.ceil(first * 1000 + 0.01) / 1000
}

/** Figures of one author: shares in percent of the messages that no rule takes. */
function figuresOf(decided: readonly Decided[], least: number) {
  const free = decided.filter(({ isTaken }) => !isTaken)
  const matters = free.filter(one => !isTalk(one))
  const told = matters.filter(({ probability }) => probability >= least)
  const inVain = free.filter(one => isTalk(one) && one.probability >= least)
  const [talk, right] = [decided.filter(isTalk), told.filter(one => one.matter === one.truth)]
  return {
    matters: matters.length,
    toldPercent: share(told.length, matters.length),
    rightWordPercent: share(right.length, told.length),
    talk: talk.length,
    talkToldPercent: share(inVain.length, talk.length),
  }
}

/** Learns from all samples, and measures each author by what the others teach. The same samples, the same weights. */
export function train(samples: readonly Sample[]) {
  const decided = heldBack(samples)
  const least = leastProbability(decided)
  const of = (author: string) => decided.filter(one => one.author === author)
  const hundredths = [...learn(samples)].map(
    ([name, row]) => [name, row.map(weight => Math.round(weight * 100) || 0)] as const,
  )
  return {
    least,
    hundredths,
    measured: {
      byAuthor: Object.fromEntries(authors.map(author => [author, figuresOf(of(author), least)])),
      all: figuresOf(decided, least),
    },
  }
}

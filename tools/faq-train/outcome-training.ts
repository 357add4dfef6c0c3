import type { OutcomeWeights } from '../../src/features/faq/finder/outcome/outcome.ts'
import { type Signals, signalNames } from '../../src/features/faq/finder/outcome/signals.ts'
import { type Example, learnTruth, named } from './learning.ts'
import {
  exampleOf,
  isOfRightProgramme,
  isOpen,
  type Sample,
  sureness,
  truthOfAny,
  truthOfFirst,
} from './samples.ts'

/** One base's questions, and how much they count in learning, however many they are. */
export type Course = {
  name: string
  isOurs: boolean
  weight: number
  /** Nothing is learnt from it, and the thresholds keep to its limits too. Default false. */
  setsThresholds?: boolean
  inside: Sample[]
  /** Questions on other subjects, which no entry answers. */
  outside: Sample[]
  /** Questions on the same subject, which no entry answers. */
  near: Sample[]
  /** Questions of daily life in the wording of ours. */
  topics: Sample[]
}

/** Limits of a base, as shares of the samples of a kind. */
export type OutcomeLimits = {
  /** Told, and of a wrong programme: of all in-scope. */
  wrong: number
  /** Told, and another entry than asked for: of all that is told. */
  wrongEntry: number
  answeredOutside: number
  answeredTopics: number
  answeredNear: number
  /** Told or asked back. */
  metOutside: number
  metTopics: number
  metNear: number
}

/** Learns how sure a ranking is, and from where on that is enough. @param isOfSet which questions it is for */
export function learnOutcome(
  courses: readonly Course[],
  limits: OutcomeLimits,
  isOfSet: (sample: Sample) => boolean = () => true,
): OutcomeWeights {
  const own = courses.map(course => onlyOf(course, sample => isOpen(sample) && isOfSet(sample)))
  const examples = (truthOf: (sample: Sample) => number) =>
    own.flatMap(({ inside, outside, near, topics, weight }) => [
      ...weighed(inside, weight, truthOf),
      ...weighed(outside, weight / 2, () => 0),
      ...weighed(near, weight / 2, () => 0),
      ...weighed(topics, weight / 2, () => 0),
    ])
  const fit = { rounds: 300, decay: 1e-4 }
  const ofFirst = named(signalNames, learnTruth(examples(truthOfFirst), fit))
  const ofAny = named(signalNames, learnTruth(examples(truthOfAny), fit))
  return { ofFirst, ofAny, ...thresholdsFor(own, ofFirst, ofAny, limits) }
}

function onlyOf(course: Course, holds: (sample: Sample) => boolean): Course {
  return {
    ...course,
    inside: course.inside.filter(holds),
    outside: course.outside.filter(holds),
    near: course.near.filter(holds),
    topics: course.topics.filter(holds),
  }
}

function weighed(samples: readonly Sample[], total: number, truthOf: (sample: Sample) => number): Example[] {
  return samples.map(sample => exampleOf(sample, truthOf(sample), total / samples.length))
}

/** The lowest thresholds under which the courses keep to the limits. */
function thresholdsFor(courses: readonly Course[], ofFirst: Signals, ofAny: Signals, limits: OutcomeLimits) {
  const answerFrom = courses.flatMap(({ inside, outside, near, topics }) => [
    exceededBy(limits.wrong, inside, ofFirst, inside.filter(isWrong)),
    wrongEntryFrom(inside, ofFirst, limits.wrongEntry),
    exceededBy(limits.answeredOutside, outside, ofFirst),
    exceededBy(limits.answeredTopics, topics, ofFirst),
    exceededBy(limits.answeredNear, near, ofFirst),
  ])
  const choicesFrom = courses.flatMap(({ outside, near, topics }) => [
    exceededBy(limits.metOutside, outside, ofAny),
    exceededBy(limits.metTopics, topics, ofAny),
    exceededBy(limits.metNear, near, ofAny),
  ])
  return { answerFrom: rounded(Math.max(...answerFrom)), choicesFrom: rounded(Math.max(...choicesFrom)) }
}

const rounded = (sure: number) => Math.ceil(sure * 1e4) / 1e4

/** Least number of samples for a share to set a threshold. */
const leastSamples = 200

/** The sureness that no larger share of a kind's samples exceeds. @param counted those of the samples that count */
function exceededBy(
  share: number,
  all: readonly Sample[],
  weights: Signals,
  counted: readonly Sample[] = all,
): number {
  if (all.length < leastSamples) return 0
  return (
    counted.map(sample => sureness(sample, weights)).sort((a, b) => b - a)[Math.floor(share * all.length)] ??
    0
  )
}

/** The lowest sureness from which on no larger share of what is told is another entry than asked for. */
function wrongEntryFrom(inside: readonly Sample[], weights: Signals, most: number): number {
  if (inside.length < leastSamples) return 0
  const sure = inside
    .map(sample => ({ sure: sureness(sample, weights), isRight: truthOfFirst(sample) === 1 }))
    .sort((a, b) => b.sure - a.sure)
  let [wrong, from] = [0, 1]
  sure.forEach((each, at) => {
    wrong += Number(!each.isRight)
    if (wrong <= most * (at + 1)) from = each.sure
  })
  return from
}

/** Answered with the first, it would be of another programme. */
function isWrong(sample: Sample): boolean {
  const first = sample.ranked[0]
  return first !== undefined && !isOfRightProgramme(first.item, sample)
}

/** How a course does under these weights, in one line. */
export function reportOn(
  { name, inside, outside, near, topics }: Course,
  outcomeOf: (sample: Sample) => OutcomeWeights,
): string {
  const kindOf = (sample: Sample) => {
    const outcome = outcomeOf(sample)
    if (sample.query.isElsewhere) return 'none'
    if (!isOpen(sample)) return 'choices'
    if (sureness(sample, outcome.ofFirst) >= outcome.answerFrom) return 'answer'
    return sureness(sample, outcome.ofAny) >= outcome.choicesFrom ? 'choices' : 'none'
  }
  const share = (samples: readonly Sample[], holds: (sample: Sample) => boolean) =>
    `${((100 * samples.filter(holds).length) / Math.max(1, samples.length)).toFixed(1)}%`
  const isIn =
    (count: number) =>
    ({ ranked, isRight }: Sample) =>
      ranked.slice(0, count).some(({ item }) => isRight(item))
  const isTold = (sample: Sample) => kindOf(sample) === 'answer'
  const isNone = (sample: Sample) => kindOf(sample) === 'none'
  const isOffered = (sample: Sample) => kindOf(sample) === 'choices' && isIn(3)(sample)
  const strangers = Object.entries({ outside, near, topics }).map(
    ([kind, samples]) => `${kind} none ${share(samples, isNone)} told ${share(samples, isTold)}`,
  )
  return [
    `${name.padEnd(10)} (${inside.length})`,
    `first ${share(inside, isIn(1))}, among three ${share(inside, isIn(3))}`,
    `told ${share(inside, isTold)}, right entry ${share(inside, sample => isTold(sample) && isIn(1)(sample))}`,
    `wrong programme ${share(inside, sample => isTold(sample) && isWrong(sample))}`,
    `offered ${share(inside, isOffered)}, none ${share(inside, isNone)}`,
    ...(outside.length > 0 ? strangers : []),
  ].join('  ')
}

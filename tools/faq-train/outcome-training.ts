import { type OutcomeWeights, type Signals, signalNames } from '../../src/features/faq/finder/outcome.ts'
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
  inside: Sample[]
  /** Of other subjects: nothing here answers them. */
  outside: Sample[]
  /** Of the same subject, and still nothing here answers them. */
  near: Sample[]
  /** Of the life around us, asked in the words in which ours is asked. */
  topics: Sample[]
}

/**
 * What bases may do: 3% wrong, 95% none outside. Ours is kept to half of it, since people will ask otherwise
 * than its own wordings do.
 */
const mostWrong = 0.03
const mostAnsweredOutside = 0.01
const mostNotNoneOutside = 0.02
/** Topics that were learnt are easily known as strange; this many of them leave 95% of others none. */
const mostNotNoneTopics = 0.007
/** Of what sounds like ours, half must be known as strange. */
const mostNotNoneNear = 0.5

/** Learns how sure a ranking is, and from where on that is enough. */
export function learnOutcome(courses: readonly Course[]): OutcomeWeights {
  const examples = (truthOf: (sample: Sample) => number) =>
    courses.flatMap(({ inside, outside, near, topics, weight }) => [
      ...weighed(inside, weight, truthOf),
      ...weighed(outside, weight / 2, () => 0),
      ...weighed(near, weight / 2, () => 0),
      ...weighed(topics, weight / 2, () => 0),
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

/** The lowest thresholds under which every base keeps to its limits. */
function thresholdsFor(courses: readonly Course[], ofFirst: Signals, ofAny: Signals) {
  const each = courses.map(course => {
    const part = course.isOurs ? 0.5 : 1
    const inside = course.inside.filter(isOpen)
    const outside = course.outside.filter(isOpen)
    const near = course.near.filter(isOpen)
    const topics = course.topics.filter(isOpen)
    return {
      answerFrom: Math.max(
        exceededBy(part * mostWrong * inside.length, inside.filter(isWrong), ofFirst),
        exceededBy(part * mostAnsweredOutside * outside.length, outside, ofFirst),
        exceededBy(mostAnsweredOutside * topics.length, topics, ofFirst),
      ),
      choicesFrom: Math.max(
        exceededBy(part * mostNotNoneOutside * outside.length, outside, ofAny),
        exceededBy(mostNotNoneTopics * topics.length, topics, ofAny),
        exceededBy(mostNotNoneNear * near.length, near, ofAny),
      ),
    }
  })
  return {
    answerFrom: Math.max(...each.map(({ answerFrom }) => answerFrom)),
    choicesFrom: Math.max(...each.map(({ choicesFrom }) => choicesFrom)),
  }
}

/** The sureness that at most so many of the samples exceed. */
function exceededBy(count: number, samples: readonly Sample[], weights: Signals): number {
  return samples.map(sample => sureness(sample, weights)).sort((a, b) => b - a)[Math.floor(count)] ?? 0
}

/** Answered with the first, it would be of another programme. */
function isWrong(sample: Sample): boolean {
  const first = sample.ranked[0]
  return first !== undefined && !isOfRightProgramme(first.item, sample)
}

/** How a course does under these weights, in one line. */
export function reportOn({ name, inside, outside, near, topics }: Course, outcome: OutcomeWeights): string {
  const kindOf = (sample: Sample) => {
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
  const isNone = (sample: Sample) => kindOf(sample) === 'none'
  return [
    name.padEnd(10),
    `first ${share(inside, isIn(1))}, among five ${share(inside, isIn(5))}`,
    `answered ${share(inside, sample => kindOf(sample) === 'answer')}`,
    `wrong ${share(inside, sample => kindOf(sample) === 'answer' && isWrong(sample))}`,
    `choices ${share(inside, sample => kindOf(sample) === 'choices')}`,
    `none ${share(inside, isNone)}, outside ${share(outside, isNone)}, near ${share(near, isNone)}, topics ${share(topics, isNone)}`,
  ].join('  ')
}

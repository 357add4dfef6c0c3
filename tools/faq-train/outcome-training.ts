import type { TermWeights } from '../../src/features/faq/finder/outcome/familiarity.ts'
import {
  type Certainty,
  certaintyOf,
  inputsOf,
  type OutcomeWeights,
} from '../../src/features/faq/finder/outcome/outcome.ts'
import { signalsOf } from '../../src/features/faq/finder/outcome/signals.ts'
import { type Example, learnNetwork } from './network-training.ts'
import { isOfRightProgramme, isOpen, partCount, type Sample, truthOfAny, truthOfFirst } from './samples.ts'

/** The questions of one knowledge base, and how much they count in learning. */
export type Course = {
  name: string
  isOurs: boolean
  /** Weight of the questions inside, however many they are. */
  weight: number
  /** Nothing is learnt from it, and the thresholds keep to its limits too. Default false. */
  setsThresholds?: boolean
} & Record<SampleList, Sample[]>

/**
 * An entry answers the questions `inside`, and none the others: `outside` asks about other subjects, `near`
 * about the same subject, `topics` about daily life in the wording of our makers, `beside` names a
 * programme and asks for something else.
 */
const lists = ['inside', 'outside', 'near', 'topics', 'beside'] as const
type SampleList = (typeof lists)[number]

/** Limits of a base, as shares of the samples of a kind. */
export type OutcomeLimits = {
  /** Told, and of a wrong programme: of all in-scope. */
  wrong: number
  /** Told, and another entry than asked for: of all that is told. */
  wrongEntry: number
  told: Record<Exclude<SampleList, 'inside'>, number>
  /** Told, or asked back without reserve. */
  metPlainly: Record<Exclude<SampleList, 'inside'>, number>
  /** Told or asked back. */
  met: Record<Exclude<SampleList, 'inside'>, number>
}

/** A sample with what is learnt of it. */
export type Judged = Example & {
  course: string
  list: SampleList
  part: number
  /** Answered with the first, it would be of another programme. */
  isWrong: boolean
  /** The first is the right entry. */
  isRight: boolean
}

/** How much the samples of a list count, against those inside. */
const listWeights = { inside: 1, outside: 0.5, near: 0.5, topics: 0.5, beside: 1.5 }

/** The samples of a course whose outcome is open. @param weightOf how familiar a term is to one of this part */
export function judgedOf(
  course: Course,
  isOfSet: (sample: Sample) => boolean,
  weightOf: (part: number) => TermWeights,
): Judged[] {
  return lists.flatMap(list => {
    const samples = course[list].filter(sample => isOpen(sample) && isOfSet(sample))
    const weight = (course.weight * listWeights[list]) / samples.length
    return samples.map(sample => ({
      course: course.name,
      list,
      part: sample.part,
      inputs: inputsOf(signalsOf(sample.query, sample.ranked, weightOf(sample.part))),
      truths: [truthOfFirst(sample), truthOfAny(sample)],
      weight,
      isWrong: sample.ranked[0] !== undefined && !isOfRightProgramme(sample.ranked[0].item, sample),
      isRight: truthOfFirst(sample) === 1,
    }))
  })
}

/**
 * Learns how sure a ranking is, and from where on that is enough: the lowest thresholds under which all courses keep to
 * the limits, each part of the samples judged by what was learnt from the others.
 */
export function learnOutcome(judged: readonly Judged[], limits: OutcomeLimits): OutcomeWeights {
  const learnt = judged.filter(({ weight }) => weight > 0)
  const networks = Array.from({ length: partCount }, (_, part) =>
    learnNetwork(learnt.filter(each => each.part !== part)),
  )
  const seen = judged.flatMap(each => {
    const network = networks[each.part]
    return network ? [{ ...each, sure: certaintyOf(network, each.inputs) }] : []
  })
  return { network: learnNetwork(learnt), ...thresholdsFor(seen, limits) }
}

type Seen = Judged & { sure: Certainty }

function thresholdsFor(seen: readonly Seen[], limits: OutcomeLimits) {
  const courses = [...new Set(seen.map(({ course }) => course))]
  const samplesOf = (course: string, list: SampleList) =>
    seen.filter(each => each.course === course && each.list === list)
  const strangers = courses.flatMap(course =>
    (['outside', 'near', 'topics', 'beside'] as const).map(list => ({ list, all: samplesOf(course, list) })),
  )
  const answerFrom = courses.flatMap(course => {
    const inside = samplesOf(course, 'inside')
    return [
      exceededBy(limits.wrong, inside, each => (each.isWrong ? each.sure.ofFirst : 0)),
      wrongEntryFrom(inside, limits.wrongEntry),
    ]
  })
  const metUpTo = (most: OutcomeLimits['met']) =>
    rounded(
      Math.max(...strangers.map(({ list, all }) => exceededBy(most[list], all, ({ sure }) => sure.ofAny))),
    )
  return {
    answerFrom: rounded(
      Math.max(
        ...answerFrom,
        ...strangers.map(({ list, all }) => exceededBy(limits.told[list], all, ({ sure }) => sure.ofFirst)),
      ),
    ),
    plainChoicesFrom: metUpTo(limits.metPlainly),
    choicesFrom: metUpTo(limits.met),
  }
}

const rounded = (sure: number) => Math.ceil(sure * 1e4) / 1e4

/** Least number of samples for a share to set a threshold. */
const leastSamples = 200

/** The sureness that no larger share of a kind's samples exceeds. */
function exceededBy(share: number, all: readonly Seen[], surenessOf: (each: Seen) => number): number {
  if (all.length < leastSamples) return 0
  return all.map(surenessOf).sort((a, b) => b - a)[Math.floor(share * all.length)] ?? 0
}

/** The lowest sureness from which on no larger share of what is told is another entry than asked for. */
function wrongEntryFrom(inside: readonly Seen[], most: number): number {
  if (inside.length < leastSamples) return 0
  const inOrder = [...inside].sort((a, b) => b.sure.ofFirst - a.sure.ofFirst)
  let [wrong, from] = [0, 1]
  inOrder.forEach(({ isRight, sure }, at) => {
    wrong += Number(!isRight)
    if (wrong <= most * (at + 1)) from = sure.ofFirst
  })
  return from
}

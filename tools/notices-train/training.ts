import { candidatesOf } from '../../src/text/notices/dates/date-features.ts'
import {
  dateRoles,
  type FeatureWeights,
  featureWeights,
  readDates,
} from '../../src/text/notices/dates/roles.ts'
import {
  type ChoiceWeights,
  type DeadlineOption,
  deadlineOptions,
  isShort,
  type NoticeWeights,
  readCall,
} from '../../src/text/notices/deadline.ts'
import { type Example, type Learning, learnSoftmax } from '../softmax.ts'
import type { Sample } from './examples.ts'

type Labelled = { features: readonly string[]; label: number; weight: number }
type Settings = Omit<Learning, 'features'> & { least: number }

const dropped = 0.4
const forRoles = { classes: dateRoles.length, least: 4, rounds: 24, decay: 3e-4, rate: 0.05, dropped }
const forLast = { classes: 2, least: 4, rounds: 16, decay: 1e-3, rate: 0.03, dropped }
const forCall = { classes: 2, least: 6, rounds: 24, decay: 2e-3, rate: 0.02, dropped }
const forAmounts = { classes: 2, least: 2, rounds: 20, decay: 1e-3, rate: 0.05, dropped: 0 }

/** Features whose weights are all smaller are left out, hundredths. */
const leastWeight = 3

/** Roles that are weakly labelled count less than those that a person labelled. */
const weakWeight = 0.5

/**
 * Learns the models of roles, of last days and of calls from all samples, and once more without each author. The choice
 * is learnt from what these models say of an author that they do not know; otherwise it would trust them
 * more than a new author deserves.
 * @param corrections single dates with roles; nothing else of their notices is learnt from
 */
export function createTrainer(samples: readonly Sample[], corrections: readonly Sample[] = []): Trainer {
  const corrected = correctedRoles(corrections)
  const parts = [...new Set(samples.map(({ author }) => author))].map(author => {
    const own = samples.filter(sample => sample.author === author)
    const others = samples.filter(sample => sample.author !== author)
    const first = learnFirst(others, corrected)
    return { author, own, first, choices: own.map(sample => choiceOf(sample, first)) }
  })
  const learnt = (first: First, some: typeof parts): NoticeWeights => ({
    ...first,
    choice: learnChoices(some.flatMap(({ choices }) => choices)),
    amounts: learnAmounts(some.flatMap(({ own }) => own)),
  })
  return {
    all: () => learnt(learnFirst(samples, corrected), parts),
    without: author => {
      const others = parts.filter(part => part.author !== author)
      const first = parts.find(part => part.author === author)?.first
      return learnt(first ?? learnFirst(samples, corrected), others)
    },
  }
}

export type Trainer = {
  all(): NoticeWeights
  /** Weights of all models that were learnt without the notices of this author. */
  without(author: string): NoticeWeights
}

type First = Omit<NoticeWeights, 'choice' | 'amounts'>

function learnFirst(samples: readonly Sample[], corrected: readonly Labelled[]): First {
  const call = samples.map(({ call: features, deadline }) => ({
    features,
    label: deadline ? 1 : 0,
    weight: 1,
  }))
  const labelled = [...rolesOf(samples), ...corrected]
  return {
    roles: learnNamed(labelled, forRoles),
    last: learnNamed(samples.flatMap(lastDaysOf), forLast),
    call: learnNamed(call, forCall),
  }
}

/** Learns from the sums in prose; those in tables are taken as they are. */
function learnAmounts(samples: readonly Sample[]): FeatureWeights {
  const money = samples.flatMap(sample => sample.money)
  return learnNamed(
    money.map(({ features, isOfRule }) => ({ features, label: isOfRule ? 1 : 0, weight: 1 })),
    forAmounts,
  )
}

/** Each date of a notice: whether it names the last day to apply. */
function lastDaysOf({ dates, whole, deadline }: Sample): Labelled[] {
  const candidates = candidatesOf(whole.days)
  return dates.map(({ features, role }, at) => {
    const isDay = candidates[at]?.mention.day.toString() === deadline
    const isApplying = role === undefined || role === 'apply' || role === 'paper'
    return { features, label: isDay && isApplying ? 1 : 0, weight: 1 }
  })
}

function rolesOf(samples: readonly Sample[]): Labelled[] {
  return samples.flatMap(({ dates }) => {
    const isWhole = dates.every(({ role }) => role !== undefined)
    return dates.flatMap(({ features, role }) =>
      role ? [{ features, label: dateRoles.indexOf(role), weight: isWhole ? 1 : weakWeight }] : [],
    )
  })
}

const correctedRoles = (corrections: readonly Sample[]): Labelled[] =>
  corrections.flatMap(({ dates }) =>
    dates.flatMap(({ features, role }) =>
      role ? [{ features, label: dateRoles.indexOf(role), weight: 1 }] : [],
    ),
  )

/** A weight as it is committed: a whole number of hundredths, never -0. */
export const inHundredths = (weight: number) => Math.round(weight * 100) + 0

/** Learns by name; features that few examples have are left out, weights are rounded to hundredths. */
function learnNamed(labelled: readonly Labelled[], settings: Settings): FeatureWeights {
  const numbered = labelled.map(({ features, ...rest }) => ({ ...rest, features: numbersOf(features) }))
  const counts = new Uint32Array(known.size)
  for (const { features } of numbered)
    for (const feature of features) counts[feature] = (counts[feature] as number) + 1
  const names = [...known.keys()].filter((_, at) => (counts[at] as number) >= settings.least)
  const places = new Int32Array(known.size).fill(-1)
  for (const [at, name] of names.entries()) places[known.get(name) as number] = at
  const examples: Example[] = numbered.map(({ features, ...rest }) => ({
    ...rest,
    features: features.map(feature => places[feature] as number).filter(place => place >= 0),
  }))
  const weights = learnSoftmax(examples, { ...settings, features: names.length })
  const { classes } = settings
  const rows = names.map((name, at) => {
    const row = [...weights.slice(at * classes, (at + 1) * classes)].map(inHundredths)
    return [name, row] as const
  })
  const kept = rows.filter(([, row]) => row.some(weight => Math.abs(weight) >= leastWeight))
  return featureWeights(Object.fromEntries(kept))
}

/** Number of each feature's name, in the order of their first use. */
const known = new Map<string, number>()
/** Numbers of the features of each example, since every model asks for them. */
const numbersOfExamples = new WeakMap<readonly string[], readonly number[]>()

function numbersOf(features: readonly string[]): readonly number[] {
  const numbers = numbersOfExamples.get(features) ?? features.map(numberOf)
  numbersOfExamples.set(features, numbers)
  return numbers
}

function numberOf(feature: string): number {
  const number = known.get(feature) ?? known.size
  known.set(feature, number)
  return number
}

type Choice = { options: readonly DeadlineOption[]; deadline: string | null; isShort: boolean }
function choiceOf({ whole, deadline }: Sample, weights: First): Choice {
  const readings = readDates(whole, candidatesOf(whole.days), weights)
  const isCall = readCall(whole, weights.call)
  return { options: deadlineOptions(readings, { text: whole, isCall }), deadline, isShort: isShort(whole) }
}

/** Learns the choice of full notices from these alone, that of messages from all. */
function learnChoices(choices: readonly Choice[]): ChoiceWeights {
  return { full: learnChoice(choices.filter(choice => !choice.isShort)), short: learnChoice(choices) }
}

function learnChoice(choices: readonly Choice[]): number[] {
  const teaching = choices.flatMap(teachingOf)
  const size = teaching[0]?.options[0]?.length ?? 0
  const learnt = new Float64Array(size)
  const squares = new Float64Array(size).fill(1e-2)
  for (let round = 0; round < 200; round++) {
    const gradient = gradientOf(teaching, learnt)
    for (let at = 0; at < size; at++) {
      const slope = gradient[at] as number
      squares[at] = (squares[at] as number) + slope * slope
      learnt[at] = (learnt[at] as number) - (0.3 * slope) / Math.sqrt(squares[at] as number)
    }
  }
  return [...learnt].map(weight => Math.round(weight * 1000) / 1000)
}

/** Options as rows of numbers, and for each whether it is right; none is right where there is no deadline. */
type Teaching = { options: readonly Float64Array[]; right: readonly boolean[] }

/** A choice that has a deadline and no option for it teaches nothing. */
function teachingOf({ options, deadline }: Choice): Teaching[] {
  const right = options.map(({ day }) => day.toString() === deadline)
  if (options.length === 0 || (deadline && !right.includes(true))) return []
  return [{ options: options.map(({ features }) => Float64Array.from(features)), right }]
}

/** Gradient of the mean negative logarithm of the probability of the right day, or of none. */
function gradientOf(teaching: readonly Teaching[], learnt: Float64Array): Float64Array {
  const gradient = learnt.map(weight => weight * 1e-3)
  for (const { options, right } of teaching) {
    const raised = options.map(row => Math.exp(product(row, learnt)))
    const all = 1 + raised.reduce((a, b) => a + b, 0)
    const isAny = right.includes(true)
    const ofRight = raised.reduce((sum, value, at) => sum + (right[at] ? value : 0), 0)
    for (let at = 0; at < options.length; at++) {
      const row = options[at] as Float64Array
      const value = raised[at] as number
      const slope = (value / all - (isAny && right[at] ? value / ofRight : 0)) / teaching.length
      for (let place = 0; place < row.length; place++)
        gradient[place] = (gradient[place] as number) + slope * (row[place] as number)
    }
  }
  return gradient
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number)
  return sum
}

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
import type { Sample } from './examples.ts'
import { type Example, learnSoftmax } from './learning.ts'

type Labelled = { features: readonly string[]; label: number; weight: number }
type Settings = { classes: number; least: number; rounds: number; decay: number; rate: number }

const forRoles = { classes: dateRoles.length, least: 4, rounds: 12, decay: 3e-4, rate: 0.05 }
const forLast = { classes: 2, least: 4, rounds: 8, decay: 1e-3, rate: 0.03 }
const forCall = { classes: 2, least: 6, rounds: 12, decay: 2e-3, rate: 0.02 }
const forAmounts = { classes: 2, least: 2, rounds: 20, decay: 1e-3, rate: 0.05 }

/** Smaller ones, in hundredths, are left out. */
const leastWeight = 3

/** Roles that are weakly labelled count less than those that a person labelled. */
const weakWeight = 0.5

/**
 * Learns everything from samples: first roles and gate, then the choice, on what roles and gate that were learnt
 * without an author say of that author's notices. Otherwise it would trust them more than a new author deserves.
 * @param corrections single dates with roles; nothing else of their notices is learnt from
 * @returns learns from samples, of each author all or none: the same authors are learnt from only once
 */
export function createTrainer(
  corrections: readonly Sample[] = [],
): (samples: readonly Sample[]) => NoticeWeights {
  const corrected = correctedRoles(corrections)
  const known = new Map<string, First>()
  function first(samples: readonly Sample[]): First {
    const key = authorsOf(samples).join(' ')
    const weights = known.get(key) ?? learnFirst(samples, corrected)
    known.set(key, weights)
    return weights
  }
  return samples => {
    const left = authorsOf(samples).flatMap(one => {
      const weights = first(samples.filter(({ author }) => author !== one))
      return samples.filter(({ author }) => author === one).map(sample => ({ sample, weights }))
    })
    return { ...first(samples), choice: learnChoices(left), amounts: learnAmounts(samples) }
  }
}

const authorsOf = (samples: readonly Sample[]) => [...new Set(samples.map(({ author }) => author))]

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

/** As it is committed: a whole number, never -0. */
export const inHundredths = (weight: number) => Math.round(weight * 100) + 0

/** Learns by name; features that few examples have are left out, weights are rounded to hundredths. */
function learnNamed(labelled: readonly Labelled[], settings: Settings): FeatureWeights {
  const counts = new Map<string, number>()
  for (const { features } of labelled)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const names = [...counts].filter(([, count]) => count >= settings.least).map(([name]) => name)
  const places = new Map(names.map((name, at) => [name, at]))
  const examples: Example[] = labelled.map(({ features, ...rest }) => ({
    ...rest,
    features: features.flatMap(feature => places.get(feature) ?? []),
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

type Choice = { options: readonly DeadlineOption[]; deadline: string | null; isShort: boolean }
type Left = { sample: Sample; weights: First }

/** Learns the choice of full notices from these alone, that of messages from all. */
function learnChoices(left: readonly Left[]): ChoiceWeights {
  const choices = left.map(({ sample, weights }) => {
    const { whole, deadline } = sample
    const readings = readDates(whole, candidatesOf(whole.days), weights)
    const isCall = readCall(whole, weights.call)
    return { options: deadlineOptions(readings, { text: whole, isCall }), deadline, isShort: isShort(whole) }
  })
  return { full: learnChoice(choices.filter(choice => !choice.isShort)), short: learnChoice(choices) }
}

function learnChoice(choices: readonly Choice[]): number[] {
  const size = choices.find(({ options }) => options.length > 0)?.options[0]?.features.length ?? 0
  const learnt = new Array<number>(size).fill(0)
  const squares = new Array<number>(size).fill(1e-2)
  for (let round = 0; round < 200; round++) {
    const gradient = gradientOf(choices, learnt)
    for (const [at, slope] of gradient.entries()) {
      squares[at] = (squares[at] ?? 0) + slope * slope
      learnt[at] = (learnt[at] ?? 0) - (0.3 * slope) / Math.sqrt(squares[at] ?? 1)
    }
  }
  return learnt.map(weight => Math.round(weight * 1000) / 1000)
}

/** Gradient of the mean negative logarithm of the probability of the right day, or of none. */
function gradientOf(choices: readonly Choice[], learnt: readonly number[]): number[] {
  const gradient = learnt.map(weight => weight * 1e-3)
  for (const { options, deadline } of choices) {
    const raised = options.map(({ features }) =>
      Math.exp(features.reduce((sum, value, at) => sum + value * (learnt[at] ?? 0), 0)),
    )
    const right = options.map(({ day }) => day.toString() === deadline)
    if (deadline && !right.includes(true)) continue
    const all = 1 + raised.reduce((a, b) => a + b, 0)
    const ofRight = deadline ? raised.reduce((sum, value, at) => sum + (right[at] ? value : 0), 0) : 1
    for (const [at, { features }] of options.entries()) {
      const value = raised[at] ?? 0
      const slope = value / all - (right[at] ? value / ofRight : 0)
      for (const [place, feature] of features.entries())
        gradient[place] = (gradient[place] ?? 0) + (slope * feature) / choices.length
    }
  }
  return gradient
}

import { type DateCandidate, type DatedText, dateFeatures } from './date-features.ts'

/**
 * Roles of a date in a notice. `old`: an end to apply that the notice replaces; `paper`: the end for papers only;
 * `start`: the first day to apply; `duty`: something due afterwards.
 */
export const dateRoles = [
  'apply',
  'paper',
  'old',
  'start',
  'forward',
  'review',
  'publicise',
  'pay',
  'duty',
  'validity',
  'condition',
  'event',
  'feedback',
  'issued',
  'outage',
  'other',
] as const
export type DateRole = (typeof dateRoles)[number]

/** Weights by feature: one number for each class. */
export type FeatureWeights = ReadonlyMap<string, readonly number[]>

/** @param hundredths as they are committed: whole numbers, in hundredths */
export const featureWeights = (hundredths: Readonly<Record<string, readonly number[]>>): FeatureWeights =>
  new Map(Object.entries(hundredths).map(([name, row]) => [name, row.map(weight => weight / 100)]))

export type DateReading = {
  candidate: DateCandidate
  /** Probability of each role, in the order of {@link dateRoles}. */
  probabilities: readonly number[]
  /** 0 to 1: that it is the last day to apply, by its own words alone. */
  isLast: number
  /** 0 to 1: the share of its features that were learnt; low where a notice is unlike all that were. */
  familiarity: number
}

/** Learnt weights of a date: one set a role, and one for being the last day to apply. */
export type DateWeights = { roles: FeatureWeights; last: FeatureWeights }

/** Reads every candidate by the learnt weights. */
export function readDates(
  whole: DatedText,
  candidates: readonly DateCandidate[],
  weights: DateWeights,
): DateReading[] {
  const features = dateFeatures(whole, candidates)
  return candidates.map((candidate, at) => {
    const names = features[at] ?? []
    return {
      candidate,
      probabilities: softmax(scoresOf(names, weights.roles, dateRoles.length)),
      isLast: softmax(scoresOf(names, weights.last, 2))[1] ?? 0,
      familiarity: names.filter(name => weights.roles.has(name)).length / Math.max(1, names.length),
    }
  })
}

export const probabilityOf = ({ probabilities }: DateReading, role: DateRole) =>
  probabilities[dateRoles.indexOf(role)] ?? 0

/** The sum of the weights of some features, for each class. */
export function scoresOf(features: readonly string[], weights: FeatureWeights, classes: number): number[] {
  const scores = new Array<number>(classes).fill(0)
  for (const feature of features) {
    const row = weights.get(feature)
    if (row) for (let at = 0; at < classes; at++) scores[at] = (scores[at] as number) + (row[at] as number)
  }
  return scores
}

/** Scores as probabilities that add up to 1. */
export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const raised = scores.map(score => Math.exp(score - top))
  const sum = raised.reduce((a, b) => a + b, 0)
  return raised.map(value => value / sum)
}

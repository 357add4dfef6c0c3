/** Candidates of one question; `right` marks those that answer it. */
export type TrainingGroup = { candidates: Float64Array[]; right: boolean[]; weight: number }
/** One yes-or-no case; `truth` may lie between 0 and 1. */
export type Example = { signals: Float64Array; truth: number; weight: number }

type Fit = { rounds: number; decay: number }

/** Gradient descent with step sizes of its own for each weight (Adam, Kingma and Ba 2014, usual constants). */
function descend(size: number, { rounds, decay }: Fit, slopeAt: (weights: Float64Array) => Float64Array) {
  const weights = new Float64Array(size)
  const mean = new Float64Array(size)
  const spread = new Float64Array(size)
  for (let round = 1; round <= rounds; round++) {
    const slope = slopeAt(weights)
    const step = 0.3 * (1 - 0.9 * (round / rounds))
    for (let i = 0; i < size; i++) {
      const pull = (slope[i] as number) + decay * (weights[i] as number)
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * pull
      spread[i] = 0.999 * (spread[i] as number) + 0.001 * pull * pull
      const unbiased = (mean[i] as number) / (1 - 0.9 ** round)
      weights[i] =
        (weights[i] as number) -
        (step * unbiased) / (Math.sqrt((spread[i] as number) / (1 - 0.999 ** round)) + 1e-8)
    }
  }
  return weights
}

/** Weights under which the right candidates of each group get as much of the softmax as can be. */
export function learnRanking(groups: readonly TrainingGroup[], fit: Fit): Float64Array {
  const usable = groups.filter(({ right }) => right.includes(true) && right.length > 1)
  const total = usable.reduce((sum, { weight }) => sum + weight, 0)
  const size = usable[0]?.candidates[0]?.length ?? 0
  return descend(size, fit, weights => {
    const slope = new Float64Array(size)
    for (const { candidates, right, weight } of usable) {
      const scores = candidates.map(candidate => dot(weights, candidate))
      const highest = Math.max(...scores)
      const powers = scores.map(score => Math.exp(score - highest))
      const all = powers.reduce((sum, power) => sum + power, 0)
      const good = powers.reduce((sum, power, i) => sum + (right[i] ? power : 0), 0)
      candidates.forEach((candidate, i) => {
        const power = powers[i] as number
        addTo(slope, candidate, ((power / all - (right[i] ? power / good : 0)) * weight) / total)
      })
    }
    return slope
  })
}

/**
 * The group with only the `most` candidates that weights put first, and the right ones: those far down are told
 * from the right ones by what says nothing of the close ones.
 */
export function closestOf(group: TrainingGroup, weights: Float64Array, most: number): TrainingGroup {
  const scores = group.candidates.map(candidate => dot(weights, candidate))
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
  const first = new Set(order.slice(0, most))
  const isKept = (_: unknown, at: number) => first.has(at) || group.right[at] === true
  return { ...group, candidates: group.candidates.filter(isKept), right: group.right.filter(isKept) }
}

/** Weights under which the logistic function of the signals comes nearest to the truth. */
export function learnTruth(examples: readonly Example[], fit: Fit): Float64Array {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  const size = examples[0]?.signals.length ?? 0
  return descend(size, fit, weights => {
    const slope = new Float64Array(size)
    for (const { signals, truth, weight } of examples) {
      addTo(slope, signals, ((1 / (1 + Math.exp(-dot(weights, signals))) - truth) * weight) / total)
    }
    return slope
  })
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number)
  return sum
}

function addTo(sum: Float64Array, vector: Float64Array, times: number) {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + times * (vector[i] as number)
}

/** Weights by name, as they are kept. */
export function named<N extends string>(names: readonly N[], values: Float64Array): Record<N, number> {
  return Object.fromEntries(
    names.map((name, i) => [name, Math.round((values[i] ?? 0) * 1e4) / 1e4]),
  ) as Record<N, number>
}

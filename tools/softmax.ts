/** An example: the indexes of its features, and the index of its class. */
export type Example = { features: readonly number[]; label: number; weight: number }
export type Learning = {
  classes: number
  features: number
  rounds: number
  decay: number
  rate: number
  /** Share of the features that each step leaves out, 0 to 1, so that no weight rests on the ones beside it. */
  dropped: number
}

/** An example whose class is as sure as this teaches nothing more. */
const leastError = 0.003

/**
 * Learns a softmax over sparse features by Adagrad, example by example in their order; the same examples give the same
 * weights.
 * @returns weights[feature * classes + class], the mean of those after each round of the second half
 */
export function learnSoftmax(examples: readonly Example[], settings: Learning): Float64Array {
  const { classes, features, rounds, dropped } = settings
  const step = createStep(settings)
  const sum = new Float64Array(features * classes)
  const from = Math.floor(rounds / 2)
  for (let round = 0; round < rounds; round++) {
    let weights: Float64Array = sum
    for (const example of examples) weights = step(example)
    if (round < from) continue
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (weights[at] as number)
  }
  return sum.map(value => (value / (rounds - from)) * (1 - dropped))
}

/** @returns learns from one example, and returns the weights so far */
function createStep({ classes, features, decay, rate, dropped }: Learning) {
  const weights = new Float64Array(features * classes)
  const squares = new Float64Array(features * classes).fill(1e-2)
  const isDropped = createDropping(dropped)
  const errors = new Float64Array(classes)
  return (example: Example): Float64Array => {
    const kept = example.features.filter(() => !isDropped())
    setProbabilities(errors, weights, kept)
    errors[example.label] = (errors[example.label] as number) - 1
    for (let at = 0; at < classes; at++) {
      const error = errors[at] as number
      if (Math.abs(error) < leastError) continue
      for (const feature of kept) {
        const place = feature * classes + at
        const weight = weights[place] as number
        const gradient = error * example.weight + decay * weight
        const square = (squares[place] as number) + gradient * gradient
        squares[place] = square
        weights[place] = weight - (rate * gradient) / Math.sqrt(square)
      }
    }
    return weights
  }
}

/** @returns is true for the share of its calls; by a generator of its own, the same on every run */
function createDropping(share: number): () => boolean {
  const from = share * 2 ** 32
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state < from
  }
}

/** Sets the probability of each class. */
function setProbabilities(scores: Float64Array, weights: Float64Array, features: readonly number[]): void {
  const classes = scores.length
  scores.fill(0)
  for (const feature of features)
    for (let at = 0, place = feature * classes; at < classes; at++, place++)
      scores[at] = (scores[at] as number) + (weights[place] as number)
  const top = scores.reduce((a, b) => Math.max(a, b))
  let sum = 0
  for (let at = 0; at < classes; at++) {
    scores[at] = Math.exp((scores[at] as number) - top)
    sum += scores[at] as number
  }
  for (let at = 0; at < classes; at++) scores[at] = (scores[at] as number) / sum
}

/** An example: the indexes of its features, and the index of its class. */
export type Example = { features: readonly number[]; label: number; weight: number }
export type Learning = { classes: number; features: number; rounds: number; decay: number; rate: number }

/** An example whose class is as sure as this teaches nothing more. */
const leastError = 0.005

/**
 * Learns a softmax over sparse features by Adagrad, example by example in their order: no randomness, so the same
 * examples give the same weights.
 * @returns weights[feature * classes + class]
 */
export function learnSoftmax(examples: readonly Example[], settings: Learning): Float64Array {
  const { classes, features, rounds, decay, rate } = settings
  const weights = new Float64Array(features * classes)
  const squares = new Float64Array(features * classes).fill(1e-2)
  for (let round = 0; round < rounds; round++) {
    for (const example of examples) {
      const errors = probabilities(weights, example.features, classes)
      errors[example.label] = (errors[example.label] ?? 0) - 1
      if (Math.abs(errors[example.label] ?? 0) < leastError) continue
      for (const feature of example.features) {
        for (let at = 0; at < classes; at++) {
          const place = feature * classes + at
          const weight = weights[place] as number
          const gradient = (errors[at] as number) * example.weight + decay * weight
          squares[place] = (squares[place] as number) + gradient * gradient
          weights[place] = weight - (rate * gradient) / Math.sqrt(squares[place] as number)
        }
      }
    }
  }
  return weights
}

/** The probability of each class. */
function probabilities(weights: Float64Array, features: readonly number[], classes: number): number[] {
  const scores = new Array<number>(classes).fill(0)
  for (const feature of features)
    for (let at = 0; at < classes; at++)
      scores[at] = (scores[at] as number) + (weights[feature * classes + at] as number)
  const top = Math.max(...scores)
  const raised = scores.map(score => Math.exp(score - top))
  const sum = raised.reduce((a, b) => a + b, 0)
  return raised.map(value => value / sum)
}

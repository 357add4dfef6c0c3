/**
 * A network with one hidden layer (tanh) and logistic outputs. The first of its inputs is always 1, so that no unit
 * needs a bias of its own.
 */
export type Network = {
  /** For each hidden unit the weights of the inputs. */
  hidden: readonly (readonly number[])[]
  /** For each output the weights of the inputs, then those of the hidden units. */
  outputs: readonly (readonly number[])[]
}

/** The outputs for these inputs, each 0 to 1. */
export function outputsOf({ hidden, outputs }: Network, inputs: Readonly<Float64Array>): number[] {
  const units = hidden.map(weights => Math.tanh(sumOf(weights, inputs)))
  return outputs.map(weights => {
    const sum = sumOf(weights, inputs) + sumOf(weights.slice(inputs.length), units)
    return 1 / (1 + Math.exp(-sum))
  })
}

function sumOf(weights: readonly number[], values: Readonly<ArrayLike<number>>): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += (weights[at] ?? 0) * (values[at] as number)
  return sum
}

import type { Network } from '../../src/features/faq/finder/outcome/network.ts'

/** Inputs with what is true of them, each 0 to 1; the first input is always 1. */
export type Example = { inputs: Float64Array; truths: readonly number[]; weight: number }

const hiddenUnits = 16
const rounds = 150
const rate = 0.03
const decay = 0.003
/** Digits of a weight that are kept. */
const digits = 4

/**
 * A network whose outputs come nearest to the truths: gradient descent over all examples at once (Adam, Kingma and Ba
 * 2014, usual constants), on inputs of mean 0 and spread 1. The same examples give the same network.
 */
export function learnNetwork(examples: readonly Example[]): Network {
  const size = examples[0]?.inputs.length ?? 0
  const scale = scaleOf(examples, size)
  const data = examples.map(({ inputs }) =>
    Float64Array.from(scale, ({ mean, spread }, i) => ((inputs[i] ?? 0) - mean) / spread),
  )
  const shape = { size, outputs: examples[0]?.truths.length ?? 0 }
  const weights = startingWeights(shape)
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  const step = createAdam(weights)
  for (let round = 1; round <= rounds; round++) {
    const slope = weights.map(weight => decay * weight)
    leaveBiases(slope, shape)
    examples.forEach(({ truths, weight }, at) => {
      addSlope(slope, weights, { shape, inputs: data[at] as Float64Array, truths, weight: weight / total })
    })
    step(slope, round)
  }
  return networkOf(weights, shape, scale)
}

type Shape = { size: number; outputs: number }
type Scale = { mean: number; spread: number }

/** The first input stays as it is. */
function scaleOf(examples: readonly Example[], size: number): Scale[] {
  return Array.from({ length: size }, (_, i) => {
    if (i === 0) return { mean: 0, spread: 1 }
    const values = examples.map(({ inputs }) => inputs[i] ?? 0)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    return { mean, spread: variance > 1e-9 ? Math.sqrt(variance) : 1 }
  })
}

/** Where the weights of a hidden unit begin, and those of an output. */
const hiddenAt = ({ size }: Shape, unit: number) => unit * size
const outputAt = ({ size }: Shape, output: number) => hiddenUnits * size + output * (size + hiddenUnits)

/** Small numbers of both signs that look like chance and are always the same. */
function startingWeights(shape: Shape): Float64Array {
  let state = 1
  const weights = new Float64Array(outputAt(shape, shape.outputs))
  for (let i = 0; i < weights.length; i++) {
    state = (state * 48271) % 2147483647
    const isHidden = i < outputAt(shape, 0)
    weights[i] = ((state / 2147483647 - 0.5) * 3.4) / Math.sqrt(isHidden ? shape.size : hiddenUnits)
  }
  for (let output = 0; output < shape.outputs; output++) {
    const from = outputAt(shape, output)
    weights.fill(0, from, from + shape.size)
  }
  return weights
}

/** Decay pulls no bias. */
function leaveBiases(slope: Float64Array, shape: Shape) {
  for (let unit = 0; unit < hiddenUnits; unit++) slope[hiddenAt(shape, unit)] = 0
  for (let output = 0; output < shape.outputs; output++) slope[outputAt(shape, output)] = 0
}

type Case = { shape: Shape; inputs: Float64Array; truths: readonly number[]; weight: number }

const units = new Float64Array(hiddenUnits)
const pulls = new Float64Array(hiddenUnits)

function addSlope(slope: Float64Array, weights: Float64Array, { shape, inputs, truths, weight }: Case) {
  const { size } = shape
  for (let unit = 0; unit < hiddenUnits; unit++)
    units[unit] = Math.tanh(dot(weights, hiddenAt(shape, unit), inputs))
  pulls.fill(0)
  truths.forEach((truth, output) => {
    const from = outputAt(shape, output)
    const sum = dot(weights, from, inputs) + dot(weights, from + size, units)
    const error = (1 / (1 + Math.exp(-sum)) - truth) * weight
    add(slope, from, inputs, error)
    add(slope, from + size, units, error)
    for (let unit = 0; unit < hiddenUnits; unit++)
      pulls[unit] = (pulls[unit] as number) + error * (weights[from + size + unit] as number)
  })
  for (let unit = 0; unit < hiddenUnits; unit++)
    add(slope, hiddenAt(shape, unit), inputs, (pulls[unit] as number) * (1 - (units[unit] as number) ** 2))
}

function dot(weights: Float64Array, from: number, values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (weights[from + i] as number) * (values[i] as number)
  return sum
}

function add(sum: Float64Array, from: number, values: Float64Array, times: number) {
  for (let i = 0; i < values.length; i++)
    sum[from + i] = (sum[from + i] as number) + times * (values[i] as number)
}

function createAdam(weights: Float64Array): (slope: Float64Array, round: number) => void {
  const mean = new Float64Array(weights.length)
  const square = new Float64Array(weights.length)
  return (slope, round) => {
    const now = rate * (1 - 0.9 * (round / rounds))
    for (let i = 0; i < weights.length; i++) {
      const pull = slope[i] as number
      mean[i] = 0.9 * (mean[i] as number) + 0.1 * pull
      square[i] = 0.999 * (square[i] as number) + 0.001 * pull * pull
      const unbiased = (mean[i] as number) / (1 - 0.9 ** round)
      weights[i] =
        (weights[i] as number) -
        (now * unbiased) / (Math.sqrt((square[i] as number) / (1 - 0.999 ** round)) + 1e-8)
    }
  }
}

/** The same network for inputs as they are. */
function networkOf(weights: Float64Array, shape: Shape, scale: readonly Scale[]): Network {
  const unscaled = (from: number) => {
    const own = scale.map(({ spread }, i) => (weights[from + i] as number) / spread)
    const shift = scale.reduce((sum, { mean }, i) => sum + mean * (own[i] as number), 0)
    return own.map((weight, i) => rounded(i === 0 ? weight - shift : weight))
  }
  const behind = (from: number) => [...weights.slice(from, from + hiddenUnits)].map(rounded)
  return {
    hidden: Array.from({ length: hiddenUnits }, (_, unit) => unscaled(hiddenAt(shape, unit))),
    outputs: Array.from({ length: shape.outputs }, (_, output) => {
      const from = outputAt(shape, output)
      return [...unscaled(from), ...behind(from + shape.size)]
    }),
  }
}

const rounded = (weight: number) => Number(weight.toPrecision(digits))

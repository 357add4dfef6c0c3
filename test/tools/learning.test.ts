import { expect, test } from 'vitest'
import { outputsOf } from '../../src/features/faq/finder/outcome/network.ts'
import { closestOf, learnRanking, learnTruth } from '../../tools/faq-train/learning.ts'
import { learnNetwork } from '../../tools/faq-train/network-training.ts'

const fit = { rounds: 200, decay: 1e-3 }

test('what the right ones have more of gets a weight above nothing, what misleads one below', () => {
  const groups = Array.from({ length: 20 }, (_, i) => ({
    candidates: [Float64Array.of(1, 0, (i % 5) / 5), Float64Array.of(0, 1, ((i + 2) % 5) / 5)],
    right: [true, false],
    weight: 1,
  }))
  const [good = 0, bad = 0, noise = 0] = learnRanking(groups, fit)
  expect(good).toBeGreaterThan(0.5)
  expect(bad).toBeLessThan(-0.5)
  expect(Math.abs(noise)).toBeLessThan(good)
})

test('the closest candidates of a group are those that the weights put first, and the right ones', () => {
  const group = {
    candidates: [0.1, 0.9, 0.4, 0.8, 0.2].map(value => Float64Array.of(value)),
    right: [true, false, false, false, false],
    weight: 3,
  }
  const { candidates, right, weight } = closestOf(group, Float64Array.of(2), 2)
  expect(candidates.map(([value]) => value)).toEqual([0.1, 0.9, 0.8])
  expect(right).toEqual([true, false, false])
  expect(weight).toBe(3)
})

test('the logistic regression learns the odds of a truth by signals, heavier examples more', () => {
  const examples = Array.from({ length: 40 }, (_, i) => {
    const isHigh = i % 2 === 0
    const isTrue = isHigh ? i % 10 !== 0 : i % 10 === 1
    return { signals: Float64Array.of(Number(isHigh), 1), truth: Number(isTrue), weight: 1 }
  })
  const sureness = ([slope = 0, bias = 0]: Iterable<number>) =>
    [bias, slope + bias].map(odds => 1 / (1 + Math.exp(-odds)))
  const [low = 0, high = 0] = sureness(learnTruth(examples, { rounds: 600, decay: 1e-4 }))
  expect(low).toBeCloseTo(0.2, 1)
  expect(high).toBeCloseTo(0.8, 1)
  const doubled = examples.map(each => ({ ...each, weight: each.truth === 1 ? 3 : 1 }))
  const [heavier = 0] = sureness(learnTruth(doubled, { rounds: 600, decay: 1e-4 }))
  expect(heavier).toBeGreaterThan(low)
  expect(learnTruth(examples, fit)).toEqual(learnTruth(examples, fit))
})

test('the truth is learnt as a share', () => {
  const examples = Array.from({ length: 10 }, (_, i) => ({
    inputs: Float64Array.of(1),
    truths: [Number(i < 8)],
    weight: 1,
  }))
  const [share = 0] = outputsOf(learnNetwork(examples), Float64Array.of(1))
  expect(share).toBeCloseTo(0.8, 1)
})

test('what holds only where one of two inputs is high is learnt, and the same every time', () => {
  const examples = Array.from({ length: 200 }, (_, i) => {
    const [one, other] = [i % 2, (i >> 1) % 2]
    const noise = ((i * 7) % 11) / 11
    return { inputs: Float64Array.of(1, 3 + one, 10 * other, noise), truths: [one ^ other, one], weight: 1 }
  })
  const network = learnNetwork(examples)
  for (const { inputs, truths } of examples) {
    const outputs = outputsOf(network, inputs)
    expect(outputs.map(Math.round)).toEqual(truths)
  }
  expect(learnNetwork(examples)).toEqual(network)
})

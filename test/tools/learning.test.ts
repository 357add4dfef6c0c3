import { expect, test } from 'vitest'
import { learnRanking, learnTruth } from '../../tools/faq-train/learning.ts'

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

test('the truth is learnt as a share', () => {
  const examples = Array.from({ length: 10 }, (_, i) => ({
    signals: Float64Array.of(1),
    truth: Number(i < 8),
    weight: 1,
  }))
  const [weight = 0] = learnTruth(examples, { rounds: 500, decay: 0 })
  expect(1 / (1 + Math.exp(-weight))).toBeCloseTo(0.8, 1)
})

import { expect, test } from 'vitest'
import learnt from '../../src/features/faq/quotes/certainty.json' with { type: 'json' }
import { readSamples } from '../../tools/clauses-train/samples.ts'
import { trainCertainty } from '../../tools/clauses-train/training.ts'

test('the weights of clauses are what their trainer learns from the samples of today', {
  timeout: 120_000,
}, () => {
  expect(trainCertainty(readSamples()).weights, 'run npm run -s clauses:train').toEqual(learnt)
})

import { expect, test } from 'vitest'
import { measureVerdicts } from '../../tools/faq-verdicts.ts'
import { answerer } from '../shipped-knowledge.ts'

test('questions at a threshold are answered with the right verdict first', async () => {
  const { questions, answered, withVerdict, wrong } = await measureVerdicts(
    'test/data/faq-verdicts.jsonl',
    answerer,
  )
  expect(wrong).toEqual([])
  expect(answered / questions).toBeGreaterThanOrEqual(0.85)
  expect(withVerdict / answered).toBeGreaterThanOrEqual(0.9)
})

import { expect, test } from 'vitest'
import { createAnswerer } from '../../src/features/faq/answers.ts'
import { loadKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../../src/features/faq/live-entries.ts'
import { searching } from '../../src/features/faq/search.ts'
import { measureVerdicts } from '../../tools/faq-verdicts.ts'

test('questions at a threshold are answered with the right verdict first', async () => {
  const knowledge = loadKnowledge('data')
  const answerer = createAnswerer(liveEntriesOf(knowledge), searching(finderOver(knowledge), undefined))
  const { questions, answered, withVerdict, wrong } = await measureVerdicts(
    'test/data/faq-verdicts.jsonl',
    answerer,
  )
  expect(wrong).toEqual([])
  expect(answered / questions).toBeGreaterThanOrEqual(0.85)
  expect(withVerdict / answered).toBeGreaterThanOrEqual(0.9)
})

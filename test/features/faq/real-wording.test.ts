import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evaluateMessages } from '../../../src/cli/faq/faq-messages.ts'
import { evaluate } from '../../../src/features/faq/finder/evaluation.ts'
import { loadKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import { finderOver } from '../../../src/features/faq/live-entries.ts'

const knowledge = loadKnowledge('data')
const programmeOf = new Map(knowledge.entries.map(({ id, programme }) => [id, programme]))

test('letters, legal consultations and searches are told the right entry, and others refused', () => {
  const lines = readFileSync('test/data/faq-letters.jsonl', 'utf8').trim().split('\n')
  const cases = lines
    .map(line => JSON.parse(line) as { text: string; entries: string[] })
    .map(({ text, entries }) => ({ text, entries, answers: entries.map(id => programmeOf.get(id) ?? '') }))
  const met = evaluate(finderOver(knowledge), cases, ({ programme = '' }) => programme)
  expect(met.entryAnswered).toBeGreaterThanOrEqual(0.65)
  expect((met.entryAnswered ?? 0) + (met.entryOffered ?? 0)).toBeGreaterThanOrEqual(0.9)
  expect(met.answeredWrong).toBeLessThanOrEqual(0.01)
  expect(met.noneWhenOutOfScope).toBeGreaterThanOrEqual(0.9)
})

test('of several questions in one message most are told', async () => {
  const { partsTold } = await evaluateMessages('test/data/faq-messages.jsonl')
  expect(partsTold).toBeGreaterThanOrEqual(0.78)
})

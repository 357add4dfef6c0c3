import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureFirstLines, measureVerdicts } from '../../tools/faq-verdicts.ts'
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

test('yes-or-no questions by other hands get a verdict in the first line', async () => {
  const questions = readFileSync('test/data/faq-others.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { text: string; entries: string[] })
    .filter(({ entries }) => entries.length > 0)
    .map(({ text }) => text)
  const { yesOrNo, without } = await measureFirstLines(questions, answerer)
  expect(yesOrNo).toBeGreaterThan(50)
  expect(without.length / yesOrNo, without.join('\n')).toBeLessThanOrEqual(0.05)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variantOf } from '../../../src/cli/faq/faq-variants.ts'
import { evaluate } from '../../../src/features/faq/finder/evaluation.ts'
import { findableOf } from '../../../src/features/faq/live-entries.ts'
import { finder, knowledge } from '../../shipped-knowledge.ts'

const items = knowledge.entries.map(entry => findableOf(entry, knowledge.situations))

/** Written as makers talk, after the base was; nothing is learnt or tuned on them. */
const asked = readFileSync('test/data/faq-held-out.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { text: string; programmes: string[] })

const measured = (vary: (text: string) => string = text => text) =>
  evaluate(
    finder,
    asked.map(({ text, programmes }) => ({ text: vary(text), answers: programmes })),
    ({ programme = '' }) => programme,
  )
const plain = measured()

test('questions that nothing was fitted to: seldom wrong, and silent on what is not ours', () => {
  expect(plain.recallAt1).toBeGreaterThanOrEqual(0.93)
  expect(plain.recallAt5).toBeGreaterThanOrEqual(0.98)
  expect(plain.answeredWrong).toBeLessThanOrEqual(0.03)
  expect(plain.noneWhenOutOfScope).toBeGreaterThanOrEqual(0.95)
})

test('Traditional characters are understood as well', () => {
  expect(plain.recallAt1 - measured(variantOf('traditional', items)).recallAt1).toBeLessThanOrEqual(0.01)
})

test('one slip of the finger costs little, whichever it is, and makes no answer wrong', () => {
  const slips = (['homophone', 'swapped', 'dropped', 'doubled'] as const).map(name =>
    measured(variantOf(name, items)),
  )
  const recall = slips.reduce((sum, { recallAt1 }) => sum + recallAt1 / slips.length, 0)
  expect(plain.recallAt1 - recall).toBeLessThanOrEqual(0.06)
  for (const { answeredWrong } of slips) expect(answeredWrong).toBeLessThanOrEqual(0.03)
})

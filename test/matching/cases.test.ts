import { expect, test } from 'vitest'
import { readJsonLines } from '../../src/cli/json-lines.ts'
import { measureMatching } from '../../src/matching/evaluation/accuracy.ts'
import { areFieldsExact, isVerdictRight, judgeCases, MatchCase } from '../../src/matching/evaluation/cases.ts'
import { readMatching } from '../../src/matching/load.ts'

const { rules } = readMatching('data')
const cases = readJsonLines('data/matching-samples.jsonl', MatchCase)

test('every labelled verdict, failing condition and open field is exactly right', () => {
  const judged = judgeCases(rules, cases)
  expect(judged.length).toBe(324)
  expect(judged.filter(one => !isVerdictRight(one) || !areFieldsExact(one))).toEqual([])
})

test('six answers decide most of what the stories want to know', () => {
  expect(measureMatching(rules, cases).decidedAfterSix).toBeGreaterThanOrEqual(0.6)
})

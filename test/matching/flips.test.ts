import { expect, test } from 'vitest'
import { readJsonLines } from '../../src/cli/json-lines.ts'
import { MatchCase } from '../../src/matching/evaluation/cases.ts'
import { describeFlips, findFlips } from '../../src/matching/evaluation/flips.ts'
import type { MatchingRules } from '../../src/matching/verdicts.ts'
import { rules } from './random-profiles.ts'

const samples = readJsonLines('data/matching-samples.jsonl', MatchCase)

test('a change of a rule shows whose verdicts it flips, and by which condition', () => {
  const changed: MatchingRules = JSON.parse(JSON.stringify(rules.tracks), (key, value) =>
    key === 'test' && value.field === 'techStaffShare' && value.atLeast === 10
      ? { ...value, atLeast: 20 }
      : value,
  )
  const after = { ...rules, tracks: changed as unknown as MatchingRules['tracks'] }
  const lines = describeFlips(findFlips(rules, after, samples))
  expect(lines.join('\n')).toMatch(
    /国家高新技术企业认定：\d+ 个样本从对得上变成还差，原因：科技人员占当年职工总数/,
  )
  expect(findFlips(rules, rules, samples)).toEqual([])
})

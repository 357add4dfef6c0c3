import { expect, test } from 'vitest'
import { checkConditions } from '../../src/matching/evaluation/check.ts'
import type { ConditionSheet } from '../../src/matching/load.ts'
import { rules, sheets } from './random-profiles.ts'

test('sentence, threshold and fact of every shipped condition have the same figures', () => {
  expect(checkConditions(rules, sheets)).toEqual([])
})

/** The faults of one file after a change to its text; the facts come from the changed file. */
function faultsAfter(programme: string, change: (text: string) => string): string[] {
  const sheet = sheets.find(({ value }) => value.programme === programme) as ConditionSheet
  const value = JSON.parse(change(JSON.stringify(sheet.value)))
  const facts = new Map([...rules.facts, ...Object.entries(value.facts)]) as typeof rules.facts
  return checkConditions({ ...rules, facts }, [{ ...sheet, value }]).map(({ message }) => message)
}

test.each([
  ['sts_sme', '"atMost":500', '"atMost":600', '600'],
  ['sts_sme', '"says":"职工总数不超过500人"', '"says":"职工总数不超过300人"', '300'],
  ['sts_sme', '职工总数≤500人', '职工总数≤400人', '500'],
  ['slpe', '"atMost":5000', '"atMost":500', '500'],
  ['hnte', '"upTo":5000,"atLeast":5', '"upTo":5000,"atLeast":6', '6'],
  ['srdi', '"atLeast":1200', '"atLeast":1000', '1000'],
  ['rd_subsidy', '"above":200', '"above":100', '100'],
])('a wrong figure in %s is found: %s → %s', (programme, from, to, named) => {
  const faults = faultsAfter(programme, text => text.replace(from, to))
  expect(faults.join('\n')).toContain(named)
})

test('a fact that may only refer to an office must not carry conditions', () => {
  const faults = faultsAfter('vat_small', text => text.replace('"policy":"state"', '"policy":"refer_only"'))
  expect(faults).toContain('「vat.small」只能转介或只作历史口径，不能写条件')
})

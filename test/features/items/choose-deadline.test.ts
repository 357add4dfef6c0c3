import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { KeptItem } from '../../../src/features/items/catalogue/records.ts'
import { chooseDeadline } from '../../../src/features/items/catalogue/rules.ts'
import { draft } from './drafts.ts'

const day = (value: string, role: KeptItem['dates'][number]['role']) => ({
  value,
  said: value.slice(5),
  sentence: value,
  role,
})
const item = {
  ...draft({ dates: [day('2025-12-15', 'publicise'), day('2026-12-15', 'apply'), day('2026-12-20', 'pay')] }),
  number: 3,
  revision: 1,
  readers: [],
} as unknown as KeptItem
const deed = { by: { id: 'org', name: '陈姐' }, at: Temporal.Instant.from('2026-11-30T02:00:00Z') }

test('a day without its year that the text writes for two years is asked for with the year', () => {
  expect(() => chooseDeadline(item, '12月15日', deed)).toThrow(
    '2025年12月15日、2026年12月15日，请连年份一起写',
  )
  expect(chooseDeadline(item, '2026年12月15日', deed).deadline?.value).toBe('2026-12-15')
  expect(chooseDeadline(item, '12月20日', deed).deadline?.value).toBe('2026-12-20')
  const choices = { ...item, deadlineChoices: [{ value: '2026-12-15', sentence: '' }] }
  expect(chooseDeadline(choices, '12月15日', deed).deadline?.value).toBe('2026-12-15')
})

import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { publicationDay } from '../../../src/features/items/catalogue/publication-day.ts'

test.each([
  ['12-20', '2025-12-20'],
  ['[12-02]', '2025-12-02'],
  ['12月20日', '2025-12-20'],
  ['12-01', '2026-12-01'],
  ['11-29', '2026-11-29'],
  ['2026-12-20', '2026-12-20'],
  ['二〇二六年十二月二十日', '2026-12-20'],
  ['昨天', '2026-11-29'],
])('%s on a page of 2026-11-30 is %s', (text, day) => {
  expect(publicationDay(text, Temporal.PlainDate.from('2026-11-30'))?.toString()).toBe(day)
})

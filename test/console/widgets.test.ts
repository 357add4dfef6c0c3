import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { timeOf } from '../../src/console/widgets.ts'

test.each([
  ['2026-12-04T16:30:00+08:00', '12月4日 周五 16:30'],
  ['2027-01-08T09:00:00+08:00', '2027年1月8日 周五 09:00'],
  ['2026-12-01T09:00:00+08:00', '明天 09:00'],
  ['2026-11-20T16:30:00+08:00', '11月20日 16:30'],
])('a time that is to come is shown with its weekday, unless the day is near', (at, said) => {
  const now = Temporal.Instant.from('2026-11-30T12:00:00+08:00')
  expect(String(timeOf(Temporal.Instant.from(at), now))).toContain(`>${said}</time>`)
})

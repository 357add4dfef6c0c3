import { expect, test } from 'vitest'
import { sayKeptDay } from '../../../src/text/dates/kept-day.ts'

test.each([
  ['2016-01-29', '2016年1月29日'],
  ['2018-11', '2018年11月'],
  ['2025', '2025年'],
  ['2019前', '2019年前'],
  ['2019-03前', '2019年3月前'],
  ['', ''],
  ['长期', '长期'],
])('%s is said as %s', (day, said) => {
  expect(sayKeptDay(day)).toBe(said)
})

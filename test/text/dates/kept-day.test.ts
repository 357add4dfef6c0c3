import { expect, test } from 'vitest'
import { sayKeptDay, sayKeptDays } from '../../../src/text/dates/kept-day.ts'

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

test.each([
  ['2023-01-01至2027-12-31，共3年', '2023年1月1日至2027年12月31日，共3年'],
  ['自2024-01起', '自2024年1月起'],
  ['2015-2016年报', '2015-2016年报'],
  ['https://example.cn/2024-01-02/t2024-01.htm', 'https://example.cn/2024-01-02/t2024-01.htm'],
  ['编号 2024-13，电话 0591-2024-01', '编号 2024-13，电话 0591-2024-01'],
])('in 「%s」 days are said', (text, said) => {
  expect(sayKeptDays(text)).toBe(said)
})

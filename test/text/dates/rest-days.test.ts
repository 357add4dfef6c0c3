import { spawnSync } from 'node:child_process'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { lunarHoliday } from '../../../src/text/dates/lunar-holidays.ts'
import { isRestDay, unusualDay } from '../../../src/text/dates/rest-days.ts'

const days = [
  ['2026-11-27', false, 'a Friday'],
  ['2026-11-28', true, 'a Saturday'],
  ['2026-10-01', true, 'the National Day'],
  ['2026-10-08', false, 'after it'],
  ['2026-10-10', false, 'a Saturday that is worked for 调休'],
  ['2026-02-18', true, 'in the Spring Festival'],
  ['2027-05-01', true, 'of a year not announced yet: fixed by law'],
  ['2028-01-03', false, 'of a year not announced yet: a Monday'],
] as const

describe('who is off work', () => {
  test.each(days)('%s: %s, %s', (day, isFree) => {
    expect(isRestDay(Temporal.PlainDate.from(day))).toBe(isFree)
  })

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati'])('is the same for a machine in %s', TZ => {
    const script = `
      import { Temporal } from 'temporal-polyfill'
      import { isRestDay } from './src/text/dates/rest-days.ts'
      const days = ${JSON.stringify(days.map(([day]) => day))}
      process.stdout.write(JSON.stringify(days.map(day => isRestDay(Temporal.PlainDate.from(day)))))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect(JSON.parse(stdout)).toEqual(days.map(([, isFree]) => isFree))
  })
})

test.each([
  ['2026-10-03', '国庆节放假'],
  ['2026-10-10', '国庆节调休上班'],
  ['2027-01-01', '元旦放假'],
  ['2027-02-04', undefined],
  ['2027-02-05', '春节放假'],
  ['2027-02-08', '春节放假'],
  ['2027-02-09', undefined],
  ['2027-04-05', '清明节放假'],
  ['2028-04-04', '清明节放假'],
  ['2027-06-09', '端午节放假'],
  ['2027-09-15', '中秋节放假'],
  ['2028-01-26', '春节放假'],
  ['2026-09-24', undefined],
  ['2026-11-28', undefined],
])('%s is an odd day: %s', (day, expected) => {
  expect(unusualDay(Temporal.PlainDate.from(day))).toBe(expected)
})

test('清明 by the formula is a holiday of every announced year', () => {
  for (let year = 2009; year < 2027; year++) {
    const named = [4, 5, 6].map(day => Temporal.PlainDate.from({ year, month: 4, day })).filter(lunarHoliday)
    expect(named.map(isRestDay)).toEqual([true])
  }
})

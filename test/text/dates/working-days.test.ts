import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { inShanghai } from '../../../src/text/dates/time.ts'
import { afterWorkingDays, isWorkingDay } from '../../../src/text/dates/working-days.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const later = (at: string, count = 1) =>
  inShanghai(afterWorkingDays(Temporal.Instant.from(`${at}:00+08:00`), count))
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

describe('a working day', () => {
  test.each([
    ['2026-11-27', true, 'a Friday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday that is worked for it'],
    ['2026-02-14', true, 'a Saturday before Spring Festival that is worked'],
    ['2026-02-16', false, 'the eve of Spring Festival'],
    ['2031-01-02', true, 'a Thursday of a year that is not announced'],
  ])('%s: %s, %s', (date, expected) => {
    expect(isWorkingDay(day(date))).toBe(expected)
  })
})

describe('a working day later', () => {
  test.each([
    ['2026-11-26T14:05', '2026-11-27T14:05', 'the next day'],
    ['2026-11-27T14:05', '2026-11-30T14:05', 'from Friday to Monday'],
    ['2026-11-27T20:00', '2026-12-01T09:00', 'Friday night counts from Monday morning'],
    ['2026-11-28T14:05', '2026-12-01T09:00', 'Saturday counts from Monday morning'],
    ['2026-11-30T03:00', '2026-12-01T09:00', 'before opening counts from the opening'],
    ['2026-09-30T10:00', '2026-10-08T10:00', 'over the long holiday'],
  ])('%s → %s: %s', (at, expected) => {
    expect(later(at)).toBe(expected)
  })
  test('none later is the next opening', () => {
    expect(later('2026-11-28T14:05', 0)).toBe('2026-11-30T09:00')
  })
})

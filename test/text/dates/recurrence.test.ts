import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  findRecurrence,
  holidayPolicies,
  occurrences,
  type Recurrence,
  sayRecurrence,
} from '../../../src/text/dates/recurrence/recurrence.ts'
import type { RecurringDays } from '../../../src/text/dates/recurrence/recurring-days.ts'
import { inShanghai } from '../../../src/text/dates/time.ts'
import { isWorkingDay } from '../../../src/text/dates/working-days.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+08:00`)
const runs = (text: string, after: string, until: string) => {
  const found = findRecurrence(text)
  if (!found || 'reason' in found) throw new Error(`not read: ${text}`)
  return occurrences(found, at(after), at(until)).map(run =>
    inShanghai(run).toPlainDateTime().toString().slice(0, 16),
  )
}

describe('as people write it', () => {
  test.each([
    ['每周五16:30', '每周五 16:30'],
    ['每周五下午4点半', '每周五 16:30'],
    ['每星期五 16：30', '每周五 16:30'],
    ['每个礼拜一、三、五上午9点', '每周一、三、五 09:00'],
    ['每周一到周五 8:30', '每周一、二、三、四、五 08:30'],
    ['每个工作日8:30', '每个工作日 08:30'],
    ['每月1日9:00', '每月1日 09:00'],
    ['每月1号和15号上午10点，遇节假日顺延', '每月1日、15日 10:00，遇节假日顺延'],
    ['每月最后一天 17:00', '每月最后一天 17:00'],
    ['每个月第一个工作日9点', '每月第一个工作日 09:00'],
    ['每天 9:00、17:00', '每天 09:00、17:00'],
    ['每周末10点', '每周六、日 10:00'],
    ['每周五16:30（节假日不发）', '每周五 16:30，节假日不发'],
    ['隔周五 16:30', '隔周五 16:30'],
    ['从2026年12月4日起 隔周五16:30', '从2026年12月4日起 隔周五 16:30'],
    ['每两周周三 9:00', '隔周三 09:00'],
    ['每月最后一个周五下午2点', '每月最后一个周五 14:00'],
    ['每月第二个星期二 9:00', '每月第二个周二 09:00'],
    ['工作日 8:30', '每个工作日 08:30'],
    ['周一到周五8:30', '每周一、二、三、四、五 08:30'],
    ['每週三 9:00', '每周三 09:00'],
  ])('「%s」', (text, said) => {
    const found = findRecurrence(text)
    expect(found && !('reason' in found) ? sayRecurrence(found) : found).toBe(said)
  })

  test('a time that is missing, or a day that no month has, is said so', () => {
    expect(findRecurrence('每周五')).toMatchObject({ reason: expect.stringContaining('没有写清楚几点') })
    expect(findRecurrence('每周五 25:00')).toMatchObject({ reason: expect.stringContaining('几点') })
    expect(findRecurrence('每月32日9:00')).toMatchObject({
      reason: expect.stringContaining('没有哪个月有 32 日'),
    })
    expect(findRecurrence('每周五到周一 9:00')).toMatchObject({ reason: expect.stringContaining('先后反了') })
    expect(findRecurrence('明天上午9点')).toBeUndefined()
  })
})

test('every other week counts from the day that is named', () => {
  const days = runs('从2026年12月4日起 隔周五9:00', '2026-11-20T00:00', '2027-01-10T00:00')
  expect(days).toEqual(['2026-12-04T09:00', '2026-12-18T09:00', '2027-01-01T09:00'])
})

describe('the calendar of the State Council', () => {
  test('working days leave out the National Day and count the weekend that is worked for it', () => {
    const days = runs('每个工作日8:30', '2026-09-30T12:00', '2026-10-11T12:00')
    expect(days).toEqual(['2026-10-08T08:30', '2026-10-09T08:30', '2026-10-10T08:30'])
  })
  test('a day in the holidays moves, or is left out, as asked', () => {
    expect(runs('每月1日9:00', '2026-09-30T12:00', '2026-10-20T00:00')).toEqual(['2026-10-01T09:00'])
    expect(runs('每月1日9:00，遇节假日顺延', '2026-09-30T12:00', '2026-10-20T00:00')).toEqual([
      '2026-10-08T09:00',
    ])
    expect(runs('每月1日9:00，遇节假日提前', '2026-09-25T12:00', '2026-10-20T00:00')).toEqual([
      '2026-09-30T09:00',
    ])
    expect(runs('每月1日9:00，节假日不发', '2026-09-30T12:00', '2026-10-20T00:00')).toEqual([])
  })
  test('a month without a 31st has none', () => {
    expect(runs('每月31日9:00', '2026-11-01T00:00', '2027-02-01T00:00')).toEqual([
      '2026-12-31T09:00',
      '2027-01-31T09:00',
    ])
  })
})

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const distinct = <T>(values: T[]) => [...new Set(values)].sort((a, b) => Number(a) - Number(b))
const days: fc.Arbitrary<RecurringDays> = fc.oneof(
  fc.constantFrom<RecurringDays>({ kind: 'every-day' }, { kind: 'working-days' }, { kind: 'rest-days' }),
  fc
    .array(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    .map(all => ({ kind: 'weekdays' as const, days: distinct(all) })),
  fc
    .array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 })
    .map(all => ({ kind: 'month-days' as const, days: distinct(all) })),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 2, max: 4 }))
    .map(([day, everyWeeks]) => ({ kind: 'weekdays' as const, days: [day], everyWeeks })),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom(-1, 1, 2, 3, 4, 5))
    .map(([day, nth]) => ({ kind: 'month-weekdays' as const, days: [day], nth })),
  fc.constantFrom<RecurringDays>(
    { kind: 'month-working-day', which: 'first' },
    { kind: 'month-working-day', which: 'last' },
  ),
)
const recurrence: fc.Arbitrary<Recurrence> = fc.record({
  on: days,
  times: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }).map(all => all.sort()),
  holidays: fc.constantFrom(...holidayPolicies),
})
const start = fc.integer({ min: 0, max: 700 }).map(days => at('2025-06-01T00:00').add({ hours: 24 * days }))

test('what is said is read back as it was', () => {
  fc.assert(
    fc.property(recurrence, rule => {
      expect(findRecurrence(sayRecurrence(rule))).toEqual(rule)
    }),
  )
})

test('whatever is written: no fault, and what is read has a time', () => {
  const words = fc.array(
    fc.constantFrom(
      '每',
      '个',
      '周',
      '五',
      '月',
      '1日',
      '31号',
      '工作日',
      '9:00',
      '上午',
      '25:00',
      '、',
      '遇节假日顺延',
      '天',
      ' ',
    ),
    { maxLength: 9 },
  )
  fc.assert(
    fc.property(words, parts => {
      const found = findRecurrence(parts.join(''))
      if (found && !('reason' in found)) expect(found.times.length).toBeGreaterThan(0)
    }),
  )
})

test('runs are in order, none twice, at the times written, and parts of a span add up to the whole', () => {
  fc.assert(
    fc.property(recurrence, start, fc.nat(40), fc.nat(40), (rule, from, first, second) => {
      const middle = from.add({ hours: 24 * first })
      const end = middle.add({ hours: 24 * second })
      const whole = occurrences(rule, from, end).map(String)
      expect([...occurrences(rule, from, middle), ...occurrences(rule, middle, end)].map(String)).toEqual(
        whole,
      )
      expect([...new Set(whole)].sort()).toEqual(whole)
      for (const run of whole) {
        const local = inShanghai(Temporal.Instant.from(run))
        expect(rule.times).toContain(local.toPlainTime().toString().slice(0, 5))
        if (rule.on.kind === 'working-days' || rule.holidays !== 'as-written')
          expect(isWorkingDay(local.toPlainDate())).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['每周一到周五8:30', [1, 2, 3, 4, 5]],
  ['每周一至五 8:30', [1, 2, 3, 4, 5]],
  ['每周一～周五 8:30', [1, 2, 3, 4, 5]],
  ['每星期二—星期四 8:30', [2, 3, 4]],
  ['每逢周六 8:30', [6]],
])('%s names its weekdays', (text, days) => {
  expect(findRecurrence(text)).toMatchObject({ on: { kind: 'weekdays', days } })
})

test.each([
  ['顺延', '2027-01-04T08:30'],
  ['提前', '2026-12-31T08:30'],
  ['不发', undefined],
])('a New Year that is not announced is a holiday: %s', (words, expected) => {
  const told = runs(`每月1日8:30，遇节假日${words}`, '2026-12-15T00:00', '2027-01-15T00:00')
  expect(told[0]).toBe(expected)
})

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { offeredPeriods, periodOf, readPeriod } from '../../../src/features/tally/periods.ts'

const today = Temporal.PlainDate.from('2026-11-25')

describe('a period as people write it', () => {
  test.each([
    ['', '2026-11', '2026年11月'],
    ['本月', '2026-11', '2026年11月'],
    ['这个月', '2026-11', '2026年11月'],
    ['上月', '2026-10', '2026年10月'],
    ['上个月', '2026-10', '2026年10月'],
    ['本季度', '2026-Q4', '2026年第四季度'],
    ['本季', '2026-Q4', '2026年第四季度'],
    ['上季度', '2026-Q3', '2026年第三季度'],
    ['今年', '2026', '2026年'],
    ['本年度', '2026', '2026年'],
    ['去年', '2025', '2025年'],
    ['前年', '2024', '2024年'],
    ['2025年', '2025', '2025年'],
    ['2025', '2025', '2025年'],
    ['2026年10月', '2026-10', '2026年10月'],
    ['2026年 10月', '2026-10', '2026年10月'],
    ['2025 第二季度', '2025-Q2', '2025年第二季度'],
    ['2026-10', '2026-10', '2026年10月'],
    ['2026/3', '2026-03', '2026年3月'],
    ['2026.03', '2026-03', '2026年3月'],
    ['10月', '2026-10', '2026年10月'],
    ['12月', '2025-12', '2025年12月'],
    ['十月份', '2026-10', '2026年10月'],
    ['二〇二五年十一月', '2025-11', '2025年11月'],
    ['二〇二五年', '2025', '2025年'],
    ['元月', '2026-01', '2026年1月'],
    ['十二月', '2025-12', '2025年12月'],
    ['第三季度', '2026-Q3', '2026年第三季度'],
    ['三季度', '2026-Q3', '2026年第三季度'],
    ['3季度', '2026-Q3', '2026年第三季度'],
    ['Q3', '2026-Q3', '2026年第三季度'],
    ['2025年第二季度', '2025-Q2', '2025年第二季度'],
    ['２０２５年Ｑ２', '2025-Q2', '2025年第二季度'],
    ['上半年', '2026-H1', '2026年上半年'],
    ['2025年下半年', '2025-H2', '2025年下半年'],
  ])('%s is %s', (typed, id, title) => {
    expect(readPeriod(typed, today).period).toMatchObject({ id, title })
  })
  test('the rest of the text is left for the caller', () => {
    expect(readPeriod('本季度 优空间支部', today)).toMatchObject({
      period: { id: '2026-Q4' },
      rest: '优空间支部',
    })
  })
  test.each([
    ['优空间', '没看懂「优空间」'],
    ['13月', '没看懂'],
    ['2026年13月', '没看懂'],
    ['第五季度', '没看懂'],
    ['2026年12月', '还没到'],
    ['2027年', '还没到'],
    ['0000', '没看懂'],
    ['=cmd', '没看懂'],
  ])('%s is refused, with what can be written', (typed, words) => {
    expect(() => readPeriod(typed, today)).toThrow(words)
    expect(() => readPeriod(typed, today)).toThrow('本季度')
  })
  test('whatever is written, it is a period that has begun or a polite no', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 2000 }), (typed, days) => {
        const day = today.subtract({ days })
        try {
          const { period } = readPeriod(typed, day)
          expect(Temporal.PlainDate.compare(period.firstDay, day)).toBeLessThanOrEqual(0)
          expect(Temporal.PlainDate.compare(period.firstDay, period.lastDay)).toBeLessThan(0)
        } catch (cause) {
          expect((cause as Error).name).toBe('Refusal')
        }
      }),
    )
  })
})

test('quarters and halves end where the next begins, in leap years too', () => {
  for (const ids of [
    ['2028-Q1', '2028-Q2', '2028-Q3', '2028-Q4', '2029-Q1'],
    ['2028-H1', '2028-H2', '2029-H1'],
    ['2028-01', '2028-02', '2028-03', '2028-04'],
    ['2027', '2028', '2029'],
  ]) {
    const periods = ids.flatMap(id => periodOf(id) ?? [])
    expect(periods).toHaveLength(ids.length)
    for (const [index, period] of periods.slice(1).entries()) {
      expect(periods[index]?.lastDay.add({ days: 1 }).toString()).toBe(period.firstDay.toString())
    }
  }
})

test('every period that a page offers has begun and reads back from its id', () => {
  for (const { id } of offeredPeriods(today).flatMap(({ periods }) => periods)) {
    expect(readPeriod(id, today).period.id).toBe(id)
  }
})

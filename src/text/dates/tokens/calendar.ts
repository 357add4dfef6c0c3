import { Temporal } from 'temporal-polyfill'
import { isRestDay } from '../rest-days.ts'
import { type DayToken, type DayWords, dateNumber } from './day-tokens.ts'

type Day = Temporal.PlainDate

/** How far a day without a year may lie from today, in days, before it is one of the next or the last year. */
export type YearPolicy = { pastDays: number; aheadDays?: number }

/** 「1月3日」, written in December, is next year's; one that is this long past was meant for next year. */
const comingPolicy: YearPolicy = { pastDays: 90 }

/**
 * The day that a message means, which is to come or was shortly before.
 * @param on `from` is the first day that 「周六」 and 「5号」 may be
 * @throws RangeError where no calendar has it
 */
export function comingDay({ kind, words }: DayToken, on: { today: Day; from: Day }): Day {
  if (kind === 'nearDay') return on.today.add({ days: words.daysAhead ?? 0 })
  if (kind === 'weekday') return onWeekday(words, words.weeksAhead === undefined ? on.from : on.today)
  if (kind === 'dayOnly') return nextDayOfMonth(words.day ?? Number.NaN, on.from)
  if (kind === 'nearMonth') return inNearMonth(words, on.today)
  return inYear(words, on.today, comingPolicy)
}

/**
 * A day of a month, in the written year or the one that the policy chooses.
 * @throws RangeError where no calendar has it
 */
export function inYear(words: DayWords, today: Day, { pastDays, aheadDays = Infinity }: YearPolicy): Day {
  if (words.year !== undefined) return dayIn(words, words.year)
  if (words.yearsAhead !== undefined) return dayIn(words, today.year + words.yearsAhead)
  const day = dayIn(words, today.year)
  const ahead = today.until(day).days
  if (ahead < -pastDays) return dayIn(words, today.year + 1)
  return ahead > aheadDays ? dayIn(words, today.year - 1) : day
}

/** @throws RangeError */
export function dayIn({ month = Number.NaN, day, part }: DayWords, year: number): Day {
  const ofMonth = day ?? (part === undefined ? Number.NaN : lastDayOf(part, { year, month }))
  return Temporal.PlainDate.from({ year, month, day: ofMonth }, { overflow: 'reject' })
}

/** 「下个月5号」, 「本月底」. @throws RangeError */
export function inNearMonth({ monthsAhead = 0, day, part = '底' }: DayWords, today: Day): Day {
  const first = today.with({ day: 1 }).add({ months: monthsAhead })
  return first.with({ day: day ?? lastDayOf(part, first) }, { overflow: 'reject' })
}

/** 「本周六」 and 「下周六」 by the week; 「周六」 is today or the next one. */
export function onWeekday({ weekday = Number.NaN, weeksAhead }: DayWords, today: Day): Day {
  const ahead = weekday - today.dayOfWeek
  return today.add({ days: weeksAhead === undefined ? (ahead + 7) % 7 : ahead + 7 * weeksAhead })
}

/** 「11月最后一个星期五」, in the year of the month's end. @throws RangeError where no calendar has the month */
export function nthWeekday(words: DayWords, today: Day, policy: YearPolicy): Day {
  const { weekday = 1, nth = 1 } = words
  const first = inYear({ ...words, part: '底' }, today, policy).with({ day: 1 })
  const day = 1 + ((weekday - first.dayOfWeek + 7) % 7) + (nth - 1) * 7
  return first.with({ day: day > first.daysInMonth ? day - 7 : day })
}

/** The next such day of a month from a day on; months without it are passed over. @throws RangeError */
function nextDayOfMonth(day: number, from: Day): Day {
  for (const months of [0, 1, 2]) {
    const month = from.toPlainYearMonth().add({ months })
    const isOver = months === 0 && day < from.day
    if (day >= 1 && day <= month.daysInMonth && !isOver) return month.toPlainDate({ day })
  }
  throw new RangeError(`no month has a day ${day}`)
}

/** The last day of a part of a month: 「底」 is its end, 「中旬」 the 20th. */
function lastDayOf(part: string, month: { year: number; month: number }): number {
  if (part === '初' || part === '上旬') return 10
  if (part === '中旬') return 20
  return Temporal.PlainYearMonth.from({ year: month.year, month: month.month }, { overflow: 'reject' })
    .daysInMonth
}

/**
 * The last day of a period: the day it begins with does not count (民法典第二百零一条), and a month ends on the
 * same day of the next, or the last one.
 */
export function endOfPeriod(from: Day, { count = '', unit = '' }: DayWords): Day {
  if (count === '半') return from.add({ days: 15 })
  const many = dateNumber(count)
  if (unit.includes('工作日')) return afterWorkdays(from, many)
  if (unit.includes('月')) return from.add({ months: many })
  if (/周|星期/u.test(unit)) return from.add({ weeks: many })
  return from.add({ days: many })
}

function afterWorkdays(from: Day, count: number): Day {
  let day = from
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 })
    if (!isRestDay(day)) left--
  }
  return day
}

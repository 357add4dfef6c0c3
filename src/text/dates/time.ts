import { Temporal } from 'temporal-polyfill'

/** The one time zone of the whole bot, whatever the machine's. China has had no summer time since 1991. */
export const timeZone = 'Asia/Shanghai'

export function inShanghai(at: Temporal.Instant): Temporal.ZonedDateTime {
  return at.toZonedDateTimeISO(timeZone)
}

let last = Temporal.Instant.fromEpochMilliseconds(0)
let lastMs = 0

/**
 * The same as Temporal's own, one object for each millisecond: the polyfill keeps what is in an instant in a weak map,
 * and a dozen of them for each message are a burden on the garbage collector.
 */
export function instantAt(epochMs: number): Temporal.Instant {
  if (epochMs !== lastMs) {
    last = Temporal.Instant.fromEpochMilliseconds(epochMs)
    lastMs = epochMs
  }
  return last
}

/** A time as records keep it. */
export const instantOf = (kept: string): Temporal.Instant => Temporal.Instant.from(kept)

/**
 * 「今天 14:05」「昨天 09:00」「11月20日 14:05」「2025年1月3日 08:00」, as seen at `now`; with the weekday where people plan
 * ahead: 「12月5日 周六 14:00」.
 */
export function sayTime(at: Temporal.Instant, now: Temporal.Instant): string {
  const time = inShanghai(at)
  return `${sayDay(time.toPlainDate(), inShanghai(now).toPlainDate())} ${time.toPlainTime().toString().slice(0, 5)}`
}

/** A day that is neither yesterday, today nor tomorrow has its weekday if it is to come. */
function sayDay(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const days = today.until(day, { largestUnit: 'day' }).days
  const near = new Map([
    [-1, '昨天'],
    [0, '今天'],
    [1, '明天'],
  ]).get(days)
  if (near) return near
  const weekday = days > 0 ? ` 周${weekdayName(day)}` : ''
  return `${day.year === today.year ? '' : `${day.year}年`}${sayMonthDay(day)}${weekday}`
}

/** 「2026年11月27日」. */
export function sayDate({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year}年${month}月${day}日`
}

/** 「12月5日」. */
export const sayMonthDay = ({ month, day }: Temporal.PlainDate): string => `${month}月${day}日`

/** 「五」 of a Friday. */
export function weekdayName({ dayOfWeek }: { dayOfWeek: number }): string {
  return '一二三四五六日'.charAt(dayOfWeek - 1)
}

/** 「2026年11月28日 14:05」, for what is kept. */
export function sayFullTime(at: Temporal.Instant): string {
  const time = inShanghai(at)
  return `${sayDate(time)} ${pad(time.hour)}:${pad(time.minute)}`
}

/** Shanghai's wall clock is ahead of UTC. */
const aheadMs = 8 * 3_600_000

/**
 * Spreadsheets know no zones, and their libraries write a date's UTC fields: here these are Shanghai's wall clock. By
 * its fixed offset, since a year's sheet holds a hundred thousand times; right for all times after 1991.
 */
export function asWallClock(epochMilliseconds: number): Date {
  return new Date(epochMilliseconds + aheadMs)
}

const msPerDay = 24 * 3_600_000
let lastDay = { number: Number.NaN, name: '' }

/** 「2026-11-28」, the day of Shanghai's calendar; cheaper than {@link inShanghai}, and as right after 1991. */
export function dayInShanghai(at: Temporal.Instant): string {
  const number = Math.floor((at.epochMilliseconds + aheadMs) / msPerDay)
  if (number !== lastDay.number)
    lastDay = { number, name: new Date(number * msPerDay).toISOString().slice(0, 10) }
  return lastDay.name
}

const pad = (n: number) => String(n).padStart(2, '0')

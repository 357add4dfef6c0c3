/** Days since 1970-01-01 by the calendar, as numbers; no clock and no time zone. */
export type DayNumber = number

const msInDay = 86_400_000

/** @param day ISO 8601, `2026-11-20` */
export function dayNumber(day: string): DayNumber {
  return Date.parse(`${day}T00:00:00Z`) / msInDay
}

/** @returns ISO 8601 */
export function isoDay(day: DayNumber): string {
  return new Date(day * msInDay).toISOString().slice(0, 10)
}

/** Infinite days have an infinite year. */
export function calendarYearOf(day: DayNumber): number {
  return Number.isFinite(day) ? new Date(day * msInDay).getUTCFullYear() : day
}

/** The first day of a month. @param month 1 to 12; beyond, it runs into the years before or after */
export function firstOfMonth(year: number, month: number): DayNumber {
  return Date.UTC(year, month - 1, 1) / msInDay
}

/** The first day of the month that is `months` months after `day`. */
export function monthStart(day: DayNumber, monthsLater = 0): DayNumber {
  const date = new Date(day * msInDay)
  return firstOfMonth(date.getUTCFullYear(), date.getUTCMonth() + 1 + monthsLater)
}

/** The same day `months` months later; the month's last day where it has no such day. */
function addMonths(day: DayNumber, months: number): DayNumber {
  const start = monthStart(day, months)
  const length = monthStart(day, months + 1) - start
  return start + Math.min(new Date(day * msInDay).getUTCDate(), length) - 1
}

/** The latest day that is `on` or earlier after a multiple of these months is added. */
export function latestDayPlus(on: DayNumber, months: number): DayNumber {
  let day = addMonths(on, -months) + 4
  while (addMonths(day, months) > on) day -= 1
  return day
}

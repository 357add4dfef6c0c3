import chineseDays from 'chinese-days'
import type { Temporal } from 'temporal-polyfill'

/** Holidays with a fixed date, which hold before the State Council announces a year (国务院令第 795 号). */
const fixedHolidays = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])

/**
 * Whether people are off work on that day: weekends and 法定节假日, but no weekend that is worked for 调休.
 * For a year that the installed `chinese-days` does not know yet only weekends and fixed holidays count.
 */
export function isRestDay(day: Temporal.PlainDate): boolean {
  if (fixedHolidays.has(day.toString().slice(5))) return true
  // The package reads days by the machine's zone: noon there is the same date in any of them.
  return chineseDays.isHoliday(new Date(day.year, day.month - 1, day.day, 12))
}

// Its functions read days by the machine's zone and are a day off in some; its tables are not.
import known from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Temporal } from 'temporal-polyfill'

/** Holidays with a fixed date, which hold before the State Council announces a year (国务院令第 795 号). */
const fixedHolidays = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])

const holidays = new Set(Object.keys(known.holidays))
const workedWeekends = new Set(Object.keys(known.workdays))

/**
 * Whether people are off work on that day: weekends and 法定节假日, but no weekend that is worked for 调休.
 * For a year that the installed `chinese-days` does not know yet only weekends and fixed holidays count.
 */
export function isRestDay(day: Temporal.PlainDate): boolean {
  const date = day.toString()
  if (holidays.has(date) || fixedHolidays.has(date.slice(5))) return true
  return day.dayOfWeek > 5 && !workedWeekends.has(date)
}

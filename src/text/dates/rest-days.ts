// Its functions read days by the machine's zone and are a day off in some; its tables are not.
import known from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Temporal } from 'temporal-polyfill'
import { lunarHoliday } from './lunar-holidays.ts'

/** Holidays with a fixed date, which hold before the State Council announces a year (国务院令第 795 号). */
const fixedHolidays = new Map([
  ['01-01', '元旦'],
  ['05-01', '劳动节'],
  ['05-02', '劳动节'],
  ['10-01', '国庆节'],
  ['10-02', '国庆节'],
  ['10-03', '国庆节'],
])

/** Each with its name in Chinese. */
const holidays = namesByDay(known.holidays)
const workedWeekends = namesByDay(known.workdays)

const announcedYears = new Set([...holidays.keys()].map(date => date.slice(0, 4)))

/** The name of the 法定节假日 on a day; in a year that is not announced the days that the law itself names. */
function holidayOn(day: Temporal.PlainDate): string | undefined {
  const date = day.toString()
  const known = holidays.get(date) ?? fixedHolidays.get(date.slice(5))
  return known ?? (announcedYears.has(date.slice(0, 4)) ? undefined : lunarHoliday(day))
}

/**
 * Whether people are off work on that day: weekends and 法定节假日, but no weekend that is worked for 调休.
 * For a year that the installed `chinese-days` does not know yet only weekends and the days that the law names count.
 */
export function isRestDay(day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek <= 5) return holidayOn(day) !== undefined
  return !workedWeekends.has(day.toString()) || holidayOn(day) !== undefined
}

/**
 * The reason why a day is off or worked against its weekday: 「国庆节放假」, or 「国庆节调休上班」 for a weekend that is worked.
 * @returns undefined for a day like any other
 */
export function unusualDay(day: Temporal.PlainDate): string | undefined {
  const holiday = holidayOn(day)
  if (holiday !== undefined) return `${holiday}放假`
  const worked = workedWeekends.get(day.toString())
  return worked === undefined ? undefined : `${worked}调休上班`
}

/** The table says 「National Day,国庆节,3」. */
function namesByDay(table: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(table).map(([day, names]) => [day, names.split(',')[1] ?? '']))
}

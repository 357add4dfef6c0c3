import type { Temporal } from 'temporal-polyfill'

/**
 * First day of the lunar year, 端午 and 中秋 by year, as in the tables of the Purple Mountain Observatory. The calendar of
 * ICU is a day off in 2027.
 */
const lunarDays: Record<number, readonly [newYear: string, dragonBoat: string, midAutumn: string]> = {
  2027: ['02-06', '06-09', '09-15'],
  2028: ['01-26', '05-28', '10-03'],
  2029: ['02-13', '06-16', '09-22'],
  2030: ['02-03', '06-05', '09-12'],
  2031: ['01-23', '06-24', '10-01'],
  2032: ['02-11', '06-12', '09-19'],
}

/** The day of 清明 in April, from 2001 to 2099. */
const clearBrightness = (year: number) =>
  Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)

/**
 * Holidays by law whose day follows the moon or the sun, in years that no announcement covers yet (国务院令第 795 号):
 * the eve and three days of the Spring Festival, 清明, 端午 and 中秋.
 * @returns undefined for any other day, and for festivals of the moon after 2032
 */
export function lunarHoliday(day: Temporal.PlainDate): string | undefined {
  if (day.month === 4) return day.day === clearBrightness(day.year) ? '清明节' : undefined
  const [newYear, dragonBoat, midAutumn] = lunarDays[day.year] ?? []
  if (newYear === undefined) return undefined
  const date = day.toString().slice(5)
  if (date === dragonBoat) return '端午节'
  if (date === midAutumn) return '中秋节'
  const sinceNewYear = day.since(
    day.with({ month: Number(newYear.slice(0, 2)), day: Number(newYear.slice(3)) }),
  ).days
  return sinceNewYear >= -1 && sinceNewYear <= 2 ? '春节' : undefined
}

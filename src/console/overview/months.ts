import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../text/dates/time.ts'

/** The first moment of a month in Shanghai. */
export const startOf = (month: Temporal.PlainYearMonth): Temporal.Instant =>
  month.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone }).toInstant()

/** @returns undefined for what is no month */
export function monthOf(asked: string | undefined): Temporal.PlainYearMonth | undefined {
  return asked !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(asked)
    ? Temporal.PlainYearMonth.from(asked)
    : undefined
}

import { Temporal } from 'temporal-polyfill'
import { inShanghai, timeZone } from '../../text/dates/time.ts'

/** The first moment of a month in Shanghai. */
export const startOf = (month: Temporal.PlainYearMonth): Temporal.Instant =>
  month.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone }).toInstant()

/** The month of a query, `2026-11`; the present one in Shanghai for anything else. */
export const monthAsked = (asked: string | undefined, now: Temporal.Instant): Temporal.PlainYearMonth =>
  asked !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(asked)
    ? Temporal.PlainYearMonth.from(asked)
    : inShanghai(now).toPlainDate().toPlainYearMonth()

import { Temporal } from 'temporal-polyfill'
import { writtenDay } from '../../../text/dates/written-day.ts'

/**
 * The day on which a page says that it was published. A day without a year that is to come by more than a day is of
 * last year: a list shows 「12-20」 all the year round.
 * @param text as the page writes it
 * @returns undefined where no day is written
 */
export function publicationDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const day = writtenDay(text, today)
  const isToCome = day !== undefined && Temporal.PlainDate.compare(day, today.add({ days: 1 })) > 0
  return isToCome && !/\d{4}|[二两][〇零○]/u.test(text) ? day.subtract({ years: 1 }) : day
}

import { Temporal } from 'temporal-polyfill'
import { timeZone } from './time.ts'

const ymd = /(20\d{2}|19\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/u
const md = /(?<!\d)(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/u
/** 「11-20」 on a list is of the last twelve months. */
const aheadDays = 31

/**
 * The day on which something was published, as a feed or a list page writes it: an instant counts in Shanghai, and a day
 * without a year is the latest one that is not to come.
 * @returns undefined where no day is written
 */
export function writtenDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  return instantDay(text.trim()) ?? namedDay(text, today)
}

function instantDay(text: string): Temporal.PlainDate | undefined {
  if (!/T\d|\d:\d\d.*(?:GMT|UTC|[+-]\d{4}|Z)/u.test(text)) return undefined
  const ms = Date.parse(/T[\d:.]+$/u.test(text) ? `${text}+08:00` : text)
  if (Number.isNaN(ms)) return undefined
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
}

function namedDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  try {
    const full = ymd.exec(text)
    if (full) return on(Number(full[1]), full)
    const short = md.exec(text)
    if (!short) return undefined
    const day = on(today.year, ['', '', ...short.slice(1)])
    return Temporal.PlainDate.compare(day, today.add({ days: aheadDays })) > 0
      ? day.subtract({ years: 1 })
      : day
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

/** @throws RangeError for a day that no calendar has */
const on = (year: number, parts: readonly (string | undefined)[]) =>
  Temporal.PlainDate.from({ year, month: Number(parts[2]), day: Number(parts[3]) }, { overflow: 'reject' })

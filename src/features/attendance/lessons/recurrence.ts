import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { describeRecurringDays, findRecurringDays } from '../../../text/dates/recurrence/recurrence-words.ts'
import { datesOf } from '../../../text/dates/recurrence/recurring-days.ts'
import { oddDay } from '../../../text/dates/rest-days.ts'
import type { LessonRecurrence } from './records/series-records.ts'

/** A day on which a series would have a lesson; `skipped` says why it has none: 「国庆节放假」. */
export type Occasion = { date: Temporal.PlainDate; skipped?: string }

/** A recurrence as written, and the words around it. */
type WrittenRecurrence = { recurrence: LessonRecurrence; count?: number; rest: string }

const dayPattern = '(?:\\d{4}[年/.-])?\\d{1,2}[月/.-]\\d{1,2}[日号號]?'
const untilPattern = new RegExp(`(?:直到|截至|截止到?|到|至)\\s*(?<day>${dayPattern})(?:为止|止)?`, 'u')
const fromPattern = new RegExp(`从?\\s*(?<day>${dayPattern})\\s*(?:起|开始)`, 'u')
const countPattern = /共\s*(?<count>\d{1,2})\s*(?:次|节|期)/u
const restDaysPattern = /(?:含|包括|不跳过?)(?:节假日|假期|放假|调休)|(?:节假日|假期)(?:也上|照常|不停)/u

/**
 * Finds how a lesson recurs: 「每周六」「每周三、周六」「隔周六」「每月第一个周六」「每个工作日」, with 「从12月5日起」「到12月31日」
 * 「共8次」 and 「含节假日」 where they are written.
 * @param today what dates without a year are near to, and the first day where none was written
 * @returns undefined where nothing recurs
 * @throws {@link Refusal} for days that cannot be
 */
export function findRecurrence(text: string, today: Temporal.PlainDate): WrittenRecurrence | undefined {
  const found = findRecurringDays(text)
  if (!found) return undefined
  if ('reason' in found) throw new Refusal(found.reason)
  const { rest } = found
  const from = rest.match(fromPattern)
  const until = rest.replace(from?.[0] ?? '', ' ').match(untilPattern)
  const count = rest.match(countPattern)
  const restDays = rest.match(restDaysPattern)
  const fromDay = from ? dateOf(from.groups?.day ?? '', today) : today
  return {
    recurrence: {
      on: found.on,
      from: fromDay.toString(),
      ...(until ? { until: dateOf(until.groups?.day ?? '', fromDay).toString() } : {}),
      includesRestDays: restDays !== null,
    },
    ...(count ? { count: Number(count.groups?.count) } : {}),
    rest: [from, until, count, restDays].reduce((left, one) => left.replace(one?.[0] ?? '', ' '), rest),
  }
}

/** The days of a series in [from, to], those that fall out too. */
export function occasionsOf(
  recurrence: LessonRecurrence,
  { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): Occasion[] {
  const start = Temporal.PlainDate.from(recurrence.from)
  const last = recurrence.until === undefined ? to : earlier(to, Temporal.PlainDate.from(recurrence.until))
  return datesOf(recurrence.on, { from: later(from, start), to: last }, start).map(date => {
    const skipped = takesEveryDay(recurrence) ? undefined : oddDay(date)
    return skipped === undefined ? { date } : { date, skipped }
  })
}

/** 「每周六」「每月第一个周六，到 12月31日 为止」. */
export function sayRecurrence({ on, until, includesRestDays }: LessonRecurrence): string {
  const end = until === undefined ? '' : `，到 ${sayDay(Temporal.PlainDate.from(until))} 为止`
  return `${describeRecurringDays(on)}${end}${includesRestDays ? '，节假日照常' : ''}`
}

/** 「12月5日」. */
export const sayDay = ({ month, day }: Temporal.PlainDate) => `${month}月${day}日`

/** Working days and days off are chosen by the calendar: nothing of them falls out. */
const takesEveryDay = ({ on, includesRestDays }: LessonRecurrence) =>
  includesRestDays || ['working-days', 'rest-days', 'month-working-day'].includes(on.kind)

/** Of a year near `near`: 「1月9日」, written in December, is next year's. @throws RangeError where there is no such day */
function dateOf(written: string, near: Temporal.PlainDate): Temporal.PlainDate {
  const [, year, month, day] = /(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})/u.exec(written) ?? []
  const fields = { year: Number(year ?? near.year), month: Number(month), day: Number(day) }
  const date = Temporal.PlainDate.from(fields, { overflow: 'reject' })
  return year === undefined && Temporal.PlainDate.compare(date, near) < 0 ? date.add({ years: 1 }) : date
}

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)
const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b

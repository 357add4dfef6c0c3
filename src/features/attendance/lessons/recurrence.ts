import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { sayRecurrence } from '../../../text/dates/recurrence/recurrence.ts'
import { findRecurringDays } from '../../../text/dates/recurrence/recurrence-words.ts'
import { datesOf } from '../../../text/dates/recurrence/recurring-days.ts'
import { unusualDay } from '../../../text/dates/rest-days.ts'
import { findBound } from '../../../text/dates/tokens/bounds.ts'
import type { LessonRecurrence } from './records/series-records.ts'

/**
 * A day on which a series would have a lesson. `skipped` says in Chinese why it has
 * none, 「国庆节放假」; undefined: it has.
 */
export type Occasion = { date: Temporal.PlainDate; skipped?: string }

/** A recurrence as written, and the words around it. */
type WrittenRecurrence = { recurrence: LessonRecurrence; count?: number; rest: string }

const countPattern = /共\s*(?<count>\d{1,2})\s*(?:次|节|期)/u
const restDaysPattern = /(?:含|包括|不跳过?)(?:节假日|假期|放假|调休)|(?:节假日|假期)(?:也上|照常|不停)/u
/** These words change nothing: days off fall out unless a text includes them. */
const withoutRestDays =
  /[，,、]?\s*(?:遇|逢|法定)?(?:法定)?(?:节假日|假期|放假)(?:期间)?(?:不上课?|不开课?|停课?|停一次|除外|休息|暂停|取消|跳过|顺停)/u
const movesFromRestDays = /(?:节假日|假期|放假|节日)[^，,。]{0,4}(?:顺延|延后|推迟|提前)/u

/**
 * Finds how a lesson recurs: 「每周六」「每周三、周六」「隔周六」「每月第一个周六」「每个工作日」, with 「从12月5日起」「到12月31日」
 * 「共8次」 and 「含节假日」 where they are written.
 * @param today dates without a year are read as the nearest from this day on; also the first day where none is written
 * @returns undefined where nothing recurs
 * @throws {@link Refusal} for days that cannot be
 */
export function findRecurrence(text: string, today: Temporal.PlainDate): WrittenRecurrence | undefined {
  const found = findRecurringDays(text)
  if (!found) return undefined
  if ('reason' in found) throw new Refusal(found.reason)
  if (movesFromRestDays.test(found.rest))
    throw new Refusal(
      '每周的课遇到节假日那次就不上，不会顺延。请先不写「顺延」开课，要挪到哪天，到时发「改课 时间 …」改那一次。',
    )
  const from = findBound(found.rest, 'from', today)
  const fromDay = from?.day ?? today
  const afterFrom = without(found.rest, from)
  const until = findBound(afterFrom, 'until', fromDay)
  const rest = without(afterFrom, until)
  const count = rest.match(countPattern)
  const restDays = rest.match(restDaysPattern)
  return {
    recurrence: {
      on: found.on,
      from: fromDay.toString(),
      ...(until ? { until: until.day.toString() } : {}),
      includesRestDays: restDays !== null,
    },
    ...(count ? { count: Number(count.groups?.count) } : {}),
    rest: [count, restDays, rest.match(withoutRestDays)].reduce(
      (left, one) => left.replace(one?.[0] ?? '', ' '),
      rest,
    ),
  }
}

const without = (text: string, span: { start: number; end: number } | undefined) =>
  span ? `${text.slice(0, span.start)} ${text.slice(span.end)}` : text

/** The days of a series in [from, to], in order, also those that fall out. */
export function occasionsOf(
  recurrence: LessonRecurrence,
  { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): Occasion[] {
  const start = Temporal.PlainDate.from(recurrence.from)
  const last = recurrence.until === undefined ? to : earlier(to, Temporal.PlainDate.from(recurrence.until))
  return datesOf(recurrence.on, { from: later(from, start), to: last }, start).map(date => {
    const skipped = takesEveryDay(recurrence) ? undefined : unusualDay(date)
    return skipped === undefined ? { date } : { date, skipped }
  })
}

/** The recurrence of a series in Chinese; its first day is not said. */
export const sayLessonRecurrence = ({ on, until, includesRestDays }: LessonRecurrence): string =>
  sayRecurrence({ on, until, holidays: includesRestDays ? 'included' : 'as-written' })

/** Whether no day falls out: days off are included, or the calendar chose the days already. */
const takesEveryDay = ({ on, includesRestDays }: LessonRecurrence) =>
  includesRestDays || ['working-days', 'rest-days', 'month-working-day'].includes(on.kind)

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)
const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b

import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import {
  findRecurringDays,
  isRecurringDay,
  type RecurringDays,
  sayRecurringDays,
} from '../../../text/dates/recurrence.ts'
import { oddDay } from '../../../text/dates/rest-days.ts'
import type { LessonRecurrence } from './series-records.ts'

/** A day on which a series would have a lesson; `skipped` says why it has none: 「国庆节放假」. */
export type Occasion = { date: Temporal.PlainDate; skipped?: string }

/** What was written about coming again, and the words around it. */
export type Written = { recurrence: LessonRecurrence; count?: number; rest: string }

const weekday = '(?:周|週|星期|礼拜)?[一二三四五六日天]'
// 「每周日常例会」 is no Sunday.
const list = `(?<days>[一二三四五六日天](?!常|报|程)(?:\\s*(?:[、,，和及]|到|至|-|~)?\\s*${weekday})*)`
const weekly = new RegExp(
  `(?:每(?<every>[两二三四234])?个?|(?<other>隔))(?:周|週|星期|礼拜)的?(?:周|週|星期|礼拜)?${list}`,
  'u',
)
const monthly =
  /每个?月的?(?:第?(?<nth>[一二三四五1-5])|(?<last>最后(?:一)?))个?的?(?:周|週|星期|礼拜)(?<day>[一二三四五六日天])/u
const dayPattern = '(?:\\d{4}[年/.-])?\\d{1,2}[月/.-]\\d{1,2}[日号號]?'
const untilPattern = new RegExp(`(?:直到|截至|截止到?|到|至)\\s*(?<day>${dayPattern})(?:为止|止)?`, 'u')
const fromPattern = new RegExp(`从?\\s*(?<day>${dayPattern})\\s*(?:起|开始)`, 'u')
const countPattern = /共\s*(?<count>\d{1,2})\s*(?:次|节|期)/u
const restDaysPattern = /(?:含|包括|不跳过?)(?:节假日|假期|放假|调休)|(?:节假日|假期)(?:也上|照常|不停)/u
const numerals = '一二三四五'

/**
 * Finds how something comes again: 「每周六」「每周三、周六」「隔周六」「每月第一个周六」, with 「从12月5日起」「到12月31日」「共8次」
 * and 「含节假日」 where somebody wrote them.
 * @param today what dates without a year are near to, and the first day where none was written
 * @returns undefined where nothing comes again
 */
export function findRecurrence(text: string, today: Temporal.PlainDate): Written | undefined {
  const month = text.match(monthly)
  const found = month ?? text.match(weekly)
  const other = found ? undefined : findRecurringDays(text)
  if (other && 'reason' in other) throw new Refusal(other.reason)
  if (!found && !other) return undefined
  const { days = '', day = '', every = '', other: everyOther, nth, last } = found?.groups ?? {}
  const rest = other ? other.rest : text.replace(found?.[0] ?? '', ' ')
  const from = rest.match(fromPattern)
  const until = rest.replace(from?.[0] ?? '', ' ').match(untilPattern)
  const count = rest.match(countPattern)
  const restDays = rest.match(restDaysPattern)
  const fromDay = from ? dateOf(from.groups?.day ?? '', today) : today
  return {
    recurrence: {
      ...(other ? { on: writable(other.on) } : {}),
      weekdays: month ? [weekdayOf(day)] : weekdaysIn(days),
      everyWeeks: everyOther ? 2 : numberOf(every),
      ...(nth ? { nthOfMonth: numerals.indexOf(nth) + 1 || Number(nth) } : {}),
      ...(last ? { nthOfMonth: -1 } : {}),
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
  const first = later(from, Temporal.PlainDate.from(recurrence.from))
  const last = recurrence.until === undefined ? to : earlier(to, Temporal.PlainDate.from(recurrence.until))
  const found: Occasion[] = []
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!isOn(recurrence, date)) continue
    const skipped = takesEveryDay(recurrence) ? undefined : oddDay(date)
    found.push(skipped === undefined ? { date } : { date, skipped })
  }
  return found
}

/** 「每周六」「每月第一个周六」, for people to read. */
export function sayRecurrence({
  on,
  weekdays,
  everyWeeks,
  nthOfMonth,
  until,
  includesRestDays,
}: LessonRecurrence): string {
  const days = weekdays.map(day => `周${weekdayNames[day - 1]}`).join('、')
  const weeks = ['每', '隔'][everyWeeks - 1] ?? `每 ${everyWeeks} 个`
  const nth = nthOfMonth === -1 ? '最后一' : `第${numerals[(nthOfMonth ?? 0) - 1]}`
  const base = on ? sayRecurringDays(on) : nthOfMonth ? `每月${nth}个${days}` : `${weeks}${days}`
  const end = until === undefined ? '' : `，到 ${sayDay(Temporal.PlainDate.from(until))} 为止`
  return `${base}${end}${includesRestDays ? '，节假日照常' : ''}`
}

/** 「12月5日」. */
export const sayDay = ({ month, day }: Temporal.PlainDate) => `${month}月${day}日`

/** Working days and days off are chosen by the calendar: nothing of them falls out. */
const takesEveryDay = ({ on, includesRestDays }: LessonRecurrence) =>
  includesRestDays || ['working-days', 'rest-days', 'month-working-day'].includes(on?.kind ?? '')

function isOn(
  { on, weekdays, everyWeeks, nthOfMonth, from }: LessonRecurrence,
  date: Temporal.PlainDate,
): boolean {
  if (on) return isRecurringDay(on, date)
  if (!weekdays.includes(date.dayOfWeek)) return false
  if (nthOfMonth === -1) return date.day + 7 > date.daysInMonth
  if (nthOfMonth !== undefined) return Math.ceil(date.day / 7) === nthOfMonth
  const weeks = mondayOf(Temporal.PlainDate.from(from)).until(mondayOf(date)).days / 7
  return weeks % everyWeeks === 0
}

/** Of a year near `near`: 「1月9日」, written in December, is next year's. @throws RangeError where there is no such day */
function dateOf(written: string, near: Temporal.PlainDate): Temporal.PlainDate {
  const [, year, month, day] = /(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})/u.exec(written) ?? []
  const fields = { year: Number(year ?? near.year), month: Number(month), day: Number(day) }
  const date = Temporal.PlainDate.from(fields, { overflow: 'reject' })
  return year === undefined && Temporal.PlainDate.compare(date, near) < 0 ? date.add({ years: 1 }) : date
}

const weekdayNames = '一二三四五六日'
const weekdayOf = (name: string) => '一二三四五六日'.indexOf(name.replace('天', '日')) + 1
/** A range's days too: 「一到周五」. @throws {@link Refusal} where it runs backwards */
function weekdaysIn(days: string): number[] {
  const plain = days.replaceAll(/[周週星期礼拜\s]/gu, '')
  const ranges = [...plain.matchAll(/([一二三四五六日天])(?:到|至|-|~)([一二三四五六日天])/gu)]
  const spans = ranges.flatMap(([said, first = '', last = '']) => {
    const [from, to] = [weekdayOf(first), weekdayOf(last)]
    if (from >= to) throw new Refusal(`「周${said}」的先后反了，请从前一天写到后一天。`)
    return Array.from({ length: to - from + 1 }, (_, n) => from + n)
  })
  const single = [...plain.replaceAll(/[、,，和及到至\-~]/gu, '')].map(weekdayOf)
  return [...new Set([...single, ...spans])].sort()
}
/** Stored records are plain data: lists are copied. */
const writable = (on: RecurringDays): NonNullable<LessonRecurrence['on']> =>
  'days' in on ? { ...on, days: [...on.days] } : on
const numberOf = (every: string) =>
  every === '' ? 1 : ({ 两: 2, 二: 2, 三: 3, 四: 4 }[every] ?? Number(every))
const mondayOf = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 })
const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)
const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b

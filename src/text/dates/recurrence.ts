import { Temporal } from 'temporal-polyfill'
import { inShanghai, timeZone } from './time.ts'
import { findWhen } from './when.ts'
import { isWorkingDay } from './working-days.ts'

/** What happens to a run whose day is a public holiday or a weekend off. */
export const holidayHabits = ['as-written', 'skip', 'after', 'before'] as const
type HolidayHabit = (typeof holidayHabits)[number]

/** The days of a recurrence. Weekdays are 1 (Monday) to 7; days of a month 1 to 31, and -1 is the last one. */
export type RecurringDays =
  | { kind: 'every-day' }
  | { kind: 'working-days' }
  | { kind: 'rest-days' }
  | { kind: 'weekdays'; days: readonly number[] }
  | { kind: 'month-days'; days: readonly number[] }
  /** The first or the last working day of a month. */
  | { kind: 'month-working-day'; which: 'first' | 'last' }

/** A time that comes again: which days, at which times of day (`HH:MM`, Asia/Shanghai, at least one). */
export type Recurrence = { on: RecurringDays; times: readonly string[]; holidays: HolidayHabit }

/** A recurrence that cannot be: the reason is a Chinese sentence to be said as it is. */
export type ImpossibleRecurrence = { kind: 'impossible'; reason: string }

const digits = '一二三四五六日'
/** The longest stretch of days off, by far: a run is moved over none longer. */
const longestHolidayDays = 14

/**
 * Reads 「每周五16:30」「每个工作日8:30」「每周一、三、五 上午9点」「每月1日9:00，遇节假日顺延」「每月最后一天 17:00」
 * 「每天 9:00、17:00」. Working days are those of the State Council, 调休 included.
 * @returns undefined where nothing recurring is written
 */
export function findRecurrence(text: string): Recurrence | ImpossibleRecurrence | undefined {
  const plain = plainly(text)
  const days = daysIn(plain)
  if (!days) return undefined
  if ('reason' in days) return days
  const [rest, holidays] = holidaysIn(days.rest)
  const times = timesIn(rest)
  if (times.length === 0) {
    return impossible(`「${text.trim()}」没有写清楚几点，请写成「每周五16:30」「每个工作日8:30」这样。`)
  }
  return { on: days.on, times, holidays }
}

const impossible = (reason: string): ImpossibleRecurrence => ({ kind: 'impossible', reason })

function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/星期|週|禮拜|礼拜/gu, '周')
    .replaceAll('號', '号')
    .replaceAll('個', '个')
    .replaceAll('遇節', '遇节')
    .replaceAll('每逢', '每')
    .replaceAll(/(?<=[一二三四五六日天])\s*[~—–-]+\s*(?=周)/gu, '-')
    .trim()
}

type FoundDays = { on: RecurringDays; rest: string } | ImpossibleRecurrence

const startsTime =
  /^(?:$|[\s\d:,，(（]|的?(?:上午|下午|早|晚|中午|凌晨|傍晚)|遇|从|到|至|共|[一二两三四五六七八九十]{1,2}点)/u

/**
 * Reads the days only, wherever they stand: 「晨读 每个工作日8:30」.
 * @returns undefined where nothing recurring is written; `rest`: the words around it
 */
export function findRecurringDays(text: string): FoundDays | undefined {
  const plain = plainly(text)
  for (const { index } of plain.matchAll(/每|天天/gu)) {
    const found = daysIn(plain.slice(index))
    if (found && 'reason' in found) return found
    // 「每天进步一点点」 is a title.
    if (found && startsTime.test(found.rest))
      return { on: found.on, rest: `${plain.slice(0, index)} ${found.rest}` }
  }
  return undefined
}

function daysIn(text: string): FoundDays | undefined {
  const simple: [RegExp, RecurringDays][] = [
    [/^每个?(?:工作日|上班日|上班天)/u, { kind: 'working-days' }],
    [/^每个?(?:周末和节假日|休息日|节假日和周末)/u, { kind: 'rest-days' }],
    [/^每个?周末/u, { kind: 'weekdays', days: [6, 7] }],
    [/^(?:每个?[天日]|天天)/u, { kind: 'every-day' }],
    [/^每个?月的?(?:第一个|首个)工作日/u, { kind: 'month-working-day', which: 'first' }],
    [/^每个?月的?最后一个工作日/u, { kind: 'month-working-day', which: 'last' }],
    [/^每个?月的?(?:最后一[天日]|月底|底)/u, { kind: 'month-days', days: [-1] }],
  ]
  for (const [pattern, on] of simple) {
    const found = pattern.exec(text)
    if (found) return { on, rest: text.slice(found[0].length) }
  }
  return weekdaysIn(text) ?? monthDaysIn(text)
}

function weekdaysIn(text: string): FoundDays | undefined {
  const range = /^每个?周([一二三四五六日天])[到至-]周?([一二三四五六日天])/u.exec(text)
  if (range) {
    const [first, last] = [weekday(range[1]), weekday(range[2])]
    if (first >= last) return impossible(`「${range[0]}」的先后反了，请从前一天写到后一天。`)
    const days = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    return { on: { kind: 'weekdays', days }, rest: text.slice(range[0].length) }
  }
  const list = /^每个?周((?:[、,和及]?周?[一二三四五六日天])+)/u.exec(text)
  if (!list?.[1]) return undefined
  const days = [...new Set([...list[1].matchAll(/[一二三四五六日天]/gu)].map(([day]) => weekday(day)))]
  return { on: { kind: 'weekdays', days: days.sort((a, b) => a - b) }, rest: text.slice(list[0].length) }
}

const weekday = (said = '') => digits.indexOf(said === '天' ? '日' : said) + 1

function monthDaysIn(text: string): FoundDays | undefined {
  const list = /^每个?月的?((?:[、,和及]?\d{1,2}[日号])+)/u.exec(text)
  if (!list?.[1]) return undefined
  const days = [...new Set([...list[1].matchAll(/\d+/gu)].map(([day]) => Number(day)))].sort((a, b) => a - b)
  const wrong = days.find(day => day < 1 || day > 31)
  if (wrong !== undefined) return impossible(`没有哪个月有 ${wrong} 日，请改一下再发。`)
  return { on: { kind: 'month-days', days }, rest: text.slice(list[0].length) }
}

const holidayWords: [RegExp, HolidayHabit][] = [
  [/[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?(?:顺延|延后|推后)[)） ]*/u, 'after'],
  [/[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?提前[)） ]*/u, 'before'],
  [
    /[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?(?:不发|不推|除外|跳过)[)） ]*/u,
    'skip',
  ],
]

function holidaysIn(text: string): [rest: string, HolidayHabit] {
  for (const [pattern, habit] of holidayWords) {
    if (pattern.test(text)) return [text.replace(pattern, ' '), habit]
  }
  return [text, 'as-written']
}

/** Any day will do to read a time of day. */
const someDay = Temporal.Instant.from('2026-01-01T00:00:00+08:00')

/** Every time of day; none where anything else is written besides. */
function timesIn(text: string): string[] {
  const said = text
    .split(/[、,，;；和]/u)
    .map(part => part.replace(/^的/u, '').trim())
    .filter(part => part !== '')
  const times = said.map(part => {
    const when = findWhen(part, someDay)
    const isTimeOnly = when?.kind === 'when' && when.rest === '' && !when.endsAt
    return isTimeOnly ? inShanghai(when.startsAt).toPlainTime().toString().slice(0, 5) : undefined
  })
  return times.includes(undefined) ? [] : [...new Set(times.filter(time => time !== undefined))].sort()
}

/**
 * The runs in (after, until], oldest first.
 * @param recurrence a day that a month does not have is left out in that month
 */
export function occurrences(
  { on, times, holidays }: Recurrence,
  after: Temporal.Instant,
  until: Temporal.Instant,
): Temporal.Instant[] {
  const isMoved = holidays === 'after' || holidays === 'before'
  const margin = isMoved ? { days: longestHolidayDays } : { days: 0 }
  const last = inShanghai(until).toPlainDate().add(margin)
  const days = new Map<string, Temporal.PlainDate>()
  let day = inShanghai(after).toPlainDate().subtract(margin)
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const run = isRecurringDay(on, day) ? moved(day, holidays) : undefined
    if (run) days.set(run.toString(), run)
  }
  return [...days.values()]
    .flatMap(run => times.map(time => instantOf(run, time)))
    .filter(at => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0)
    .sort(Temporal.Instant.compare)
}

/** Whether a recurrence has a run on this day, holidays left aside. */
export function isRecurringDay(on: RecurringDays, day: Temporal.PlainDate): boolean {
  switch (on.kind) {
    case 'every-day':
      return true
    case 'working-days':
      return isWorkingDay(day)
    case 'rest-days':
      return !isWorkingDay(day)
    case 'weekdays':
      return on.days.includes(day.dayOfWeek)
    case 'month-days':
      return on.days.includes(day.day) || (on.days.includes(-1) && day.day === day.daysInMonth)
    case 'month-working-day':
      return isWorkingDay(day) && !hasWorkingDay(day, on.which)
  }
}

/** Whether a working day of the month lies before it, or after it. */
function hasWorkingDay(day: Temporal.PlainDate, which: 'first' | 'last'): boolean {
  const step = which === 'first' ? -1 : 1
  for (let other = day.add({ days: step }); other.month === day.month; other = other.add({ days: step })) {
    if (isWorkingDay(other)) return true
  }
  return false
}

function moved(day: Temporal.PlainDate, holidays: HolidayHabit): Temporal.PlainDate | undefined {
  if (holidays === 'as-written' || isWorkingDay(day)) return day
  if (holidays === 'skip') return undefined
  const step = holidays === 'after' ? 1 : -1
  let other = day
  while (!isWorkingDay(other)) other = other.add({ days: step })
  return other
}

const instantOf = (day: Temporal.PlainDate, time: string) =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()

const holidaySayings: Record<HolidayHabit, string> = {
  'as-written': '',
  skip: '，节假日不发',
  after: '，遇节假日顺延',
  before: '，遇节假日提前',
}

/** 「每周五 16:30」「每月1日、15日 09:00，遇节假日顺延」; {@link findRecurrence} reads it back. */
export function sayRecurrence({ on, times, holidays }: Recurrence): string {
  return `${sayRecurringDays(on)} ${times.join('、')}${holidaySayings[holidays]}`
}

/** 「每个工作日」「每月1日、15日」. */
export function sayRecurringDays(on: RecurringDays): string {
  switch (on.kind) {
    case 'every-day':
      return '每天'
    case 'working-days':
      return '每个工作日'
    case 'rest-days':
      return '每个休息日'
    case 'weekdays':
      return `每周${on.days.map(day => digits.charAt(day - 1)).join('、')}`
    case 'month-days':
      return `每月${on.days.map(day => (day === -1 ? '最后一天' : `${day}日`)).join('、')}`
    case 'month-working-day':
      return on.which === 'first' ? '每月第一个工作日' : '每月最后一个工作日'
  }
}

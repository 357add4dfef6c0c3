import { Temporal } from 'temporal-polyfill'
import { memoize } from '../../../lib/memoize.ts'
import { inShanghai, sayMonthDay, timeZone } from '../time.ts'
import { findBound } from '../tokens/bounds.ts'
import { findWhen } from '../when.ts'
import { isWorkingDay } from '../working-days.ts'
import {
  describeRecurringDays,
  findRecurringDays,
  type ImpossibleRecurrence,
  impossibleRecurrence,
} from './recurrence-words.ts'
import { datesOf, type RecurringDays } from './recurring-days.ts'

/** Policies for a run whose day is a public holiday or a weekend off. */
export const holidayPolicies = ['as-written', 'skip', 'after', 'before'] as const
type HolidayPolicy = (typeof holidayPolicies)[number]

/**
 * A time that recurs: which days, at which times of day (`HH:MM`, Asia/Shanghai, at least one), from which day on
 * (ISO 8601).
 */
export type Recurrence = {
  on: RecurringDays
  times: readonly string[]
  holidays: HolidayPolicy
  from?: string | undefined
}

/** The longest stretch of days off, by far: a run is moved over none longer. */
const longestHolidayDays = 14

/**
 * Reads 「每周五16:30」「每个工作日8:30」「隔周五 16:30」「每月最后一个周五 14:00」「每月1日9:00，遇节假日顺延」「每天 9:00、17:00」.
 * Working days are those of the State Council, 调休 included. 「从2026年12月4日起 隔周五16:30」 says which weeks.
 * A schedule is read at each tick of the jobs: the latest hundred are kept.
 * @returns undefined where nothing recurring is written; not to be changed
 */
export const findRecurrence = memoize(readRecurrence, { most: 100, longest: 200 })

function readRecurrence(text: string): Recurrence | ImpossibleRecurrence | undefined {
  const plain = text.normalize('NFKC').replaceAll('遇節', '遇节').trim()
  const start = startIn(plain)
  if (start && 'reason' in start) return start
  const days = findRecurringDays(start?.rest ?? plain, false)
  if (!days) return undefined
  if ('reason' in days) return days
  const [rest, holidays] = holidaysIn(days.rest)
  const times = timesIn(rest)
  if (times.length === 0) {
    return impossibleRecurrence(
      `「${text.trim()}」没有写清楚几点，请写成「每周五16:30」「每个工作日8:30」这样。`,
    )
  }
  return { on: days.on, times, holidays, ...(start ? { from: start.from } : {}) }
}

const holidayWords: [RegExp, HolidayPolicy][] = [
  [/[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?(?:顺延|延后|推后)[)） ]*/u, 'after'],
  [/[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?提前[)） ]*/u, 'before'],
  [
    /[,，(（ ]*(?:遇|逢)?(?:到)?(?:法定)?(?:节假日|假期|休息日)(?:就)?(?:不发|不推|除外|跳过)[)） ]*/u,
    'skip',
  ],
]

function holidaysIn(text: string): [rest: string, HolidayPolicy] {
  for (const [pattern, policy] of holidayWords) {
    if (pattern.test(text)) return [text.replace(pattern, ' '), policy]
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
  { on, times, holidays, from }: Recurrence,
  after: Temporal.Instant,
  until: Temporal.Instant,
): Temporal.Instant[] {
  const isMoved = holidays === 'after' || holidays === 'before'
  const margin = isMoved ? { days: longestHolidayDays } : { days: 0 }
  const first = from === undefined ? undefined : Temporal.PlainDate.from(from)
  const earliest = inShanghai(after).toPlainDate().subtract(margin)
  const span = {
    from: first && Temporal.PlainDate.compare(first, earliest) > 0 ? first : earliest,
    to: inShanghai(until).toPlainDate().add(margin),
  }
  const days = new Map<string, Temporal.PlainDate>()
  for (const day of datesOf(on, span, first)) {
    const run = moved(day, holidays)
    if (run) days.set(run.toString(), run)
  }
  return [...days.values()]
    .flatMap(run => times.map(time => instantOf(run, time)))
    .filter(at => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0)
    .sort(Temporal.Instant.compare)
}

function moved(day: Temporal.PlainDate, holidays: HolidayPolicy): Temporal.PlainDate | undefined {
  if (holidays === 'as-written' || isWorkingDay(day)) return day
  if (holidays === 'skip') return undefined
  const step = holidays === 'after' ? 1 : -1
  let other = day
  while (!isWorkingDay(other)) other = other.add({ days: step })
  return other
}

const instantOf = (day: Temporal.PlainDate, time: string) =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()

const holidaySayings: Record<HolidayPolicy | 'included', string> = {
  'as-written': '',
  included: '，节假日照常',
  skip: '，节假日不发',
  after: '，遇节假日顺延',
  before: '，遇节假日提前',
}

/** A recurrence of digests or lessons. `until` is the last day, ISO 8601. `included`: holidays change nothing. */
type SaidRecurrence = Pick<Recurrence, 'on' | 'from'> & {
  times?: readonly string[]
  until?: string | undefined
  holidays?: keyof typeof holidaySayings
}

/**
 * 「每周五 16:30」「每月1日、15日 09:00，遇节假日顺延」「每月第一个周六，到 12月31日 为止」; {@link findRecurrence} reads back
 * those of digests.
 */
export function sayRecurrence(said: SaidRecurrence): string {
  const { on, from, times = [], until, holidays = 'as-written' } = said
  const start =
    from === undefined
      ? ''
      : `从${Temporal.PlainDate.from(from).toLocaleString('zh-CN', { dateStyle: 'long' })}起 `
  const end = until === undefined ? '' : `，到 ${sayMonthDay(Temporal.PlainDate.from(until))} 为止`
  const days = [describeRecurringDays(on), ...(times.length > 0 ? [times.join('、')] : [])].join(' ')
  return `${start}${days}${end}${holidaySayings[holidays]}`
}

/** 「从2026年12月4日起」, of every second week the first; only with its year. `from` is ISO 8601. */
function startIn(text: string): { from: string; rest: string } | ImpossibleRecurrence | undefined {
  try {
    const found = findBound(text, 'from', inShanghai(someDay).toPlainDate())
    if (!found?.hasYear || found.start > 0) return undefined
    return { from: found.day.toString(), rest: text.slice(found.end).replace(/^[,，\s]+/u, '') }
  } catch (cause) {
    if (cause instanceof RangeError) return impossibleRecurrence('起始的那一天不存在，请改一下再发。')
    throw cause
  }
}

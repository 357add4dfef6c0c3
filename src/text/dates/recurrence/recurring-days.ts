import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import { timeZone } from '../time.ts'
import { isWorkingDay } from '../working-days.ts'

/** Days that recur. Weekdays are 1 (Monday) to 7; days of a month 1 to 31, and -1 is the last one. */
export type RecurringDays =
  | { kind: 'every-day' }
  | { kind: 'working-days' }
  | { kind: 'rest-days' }
  /** `everyWeeks` 2 is every other week, counted from the week of the first day. Default 1. */
  | { kind: 'weekdays'; days: readonly number[]; everyWeeks?: number | undefined }
  | { kind: 'month-days'; days: readonly number[] }
  /** The nth of these weekdays in each month: 1 to 5, or -1 for the last. */
  | { kind: 'month-weekdays'; days: readonly number[]; nth: number }
  /** The first or the last working day of a month. */
  | { kind: 'month-working-day'; which: 'first' | 'last' }

type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate }

const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** A Monday from which weeks are counted where no first day is given. */
const someMonday = Temporal.PlainDate.from('2024-01-01')

/** The job runner asks for the same days every second of a day. */
const expanded = recentlyUsed<readonly Temporal.PlainDate[]>(100)

/**
 * The days of a recurrence in [from, to], in order.
 * @param first the day from whose week every second or third week is counted; default 2024-01-01
 */
export function datesOf(
  on: RecurringDays,
  { from, to }: Span,
  first = someMonday,
): readonly Temporal.PlainDate[] {
  const key = JSON.stringify([on, from, to, first])
  const known = expanded.get(key)
  if (known) return known
  const dates = expand(on, { from, to }, first)
  expanded.set(key, dates)
  return dates
}

function expand(on: RecurringDays, { from, to }: Span, first: Temporal.PlainDate): Temporal.PlainDate[] {
  if (Temporal.PlainDate.compare(from, to) > 0) return []
  const rule = new RRuleTemporal({ rruleString: ruleOf(on), dtstart: midnight(startOf(on, from, first)) })
  return rule
    .between(midnight(from), midnight(to), true)
    .map(day => Temporal.PlainDate.from(day.toPlainDate().toString()))
    .filter(day => isChosen(on, day))
}

/** The recurrence rule of RFC 5545; days that the calendar of working days chooses are filtered from every day. */
function ruleOf(on: RecurringDays): string {
  const coded = (days: readonly number[], nth = '') => days.map(day => `${nth}${dayCodes[day - 1]}`).join(',')
  switch (on.kind) {
    case 'weekdays':
      return `FREQ=WEEKLY;INTERVAL=${on.everyWeeks ?? 1};WKST=MO;BYDAY=${coded(on.days)}`
    case 'month-days':
      return `FREQ=MONTHLY;BYMONTHDAY=${on.days.join(',')}`
    case 'month-weekdays':
      return `FREQ=MONTHLY;BYDAY=${coded(on.days, String(on.nth))}`
    default:
      return 'FREQ=DAILY'
  }
}

/** A rule counts from its start: the last Monday of the rhythm, at or before `from`. */
function startOf(on: RecurringDays, from: Temporal.PlainDate, first: Temporal.PlainDate): Temporal.PlainDate {
  if (on.kind !== 'weekdays' || !on.everyWeeks) return from
  const monday = mondayOf(from)
  const weeks = mondayOf(first).until(monday).days / 7
  return monday.subtract({ weeks: ((weeks % on.everyWeeks) + on.everyWeeks) % on.everyWeeks })
}

const mondayOf = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 })
const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone })

function isChosen(on: RecurringDays, day: Temporal.PlainDate): boolean {
  if (on.kind === 'working-days') return isWorkingDay(day)
  if (on.kind === 'rest-days') return !isWorkingDay(day)
  if (on.kind === 'month-working-day') return isWorkingDay(day) && !hasWorkingDay(day, on.which)
  return true
}

/** Whether a working day of the month lies before it, or after it. */
function hasWorkingDay(day: Temporal.PlainDate, which: 'first' | 'last'): boolean {
  const step = which === 'first' ? -1 : 1
  for (let other = day.add({ days: step }); other.month === day.month; other = other.add({ days: step })) {
    if (isWorkingDay(other)) return true
  }
  return false
}

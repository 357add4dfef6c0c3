import { Temporal } from 'temporal-polyfill'
import { dayInShanghai, inShanghai } from '../../text/dates/time.ts'
import type { Entry } from './records.ts'

/** How many days before the end of an entry its owner is told. */
export const remindBeforeDays = 14
/** After this an entry counts as unverified. */
export const verifiedForDays = 180

type Dated = Pick<Entry, 'effectiveFrom' | 'effectiveUntil'>

/** Whether an entry holds at a time. Its last day counts whole, in Shanghai, whatever the machine's zone. */
export function validity(entry: Dated, at: Temporal.Instant): 'upcoming' | 'current' | 'ended' {
  const today = dayInShanghai(at)
  if (entry.effectiveUntil && entry.effectiveUntil < today) return 'ended'
  if (entry.effectiveFrom && today < firstDay(entry.effectiveFrom)) return 'upcoming'
  return 'current'
}

/** Entries that end within {@link remindBeforeDays} days, soonest first, with the days that are left (0: today). */
export function endingSoon(
  entries: readonly Entry[],
  at: Temporal.Instant,
): { entry: Entry; daysLeft: number }[] {
  const today = inShanghai(at).toPlainDate()
  return entries
    .flatMap(entry => {
      if (!entry.effectiveUntil || entry.status !== 'live') return []
      const daysLeft = daysBetween(today, Temporal.PlainDate.from(entry.effectiveUntil))
      return daysLeft >= 0 && daysLeft <= remindBeforeDays ? [{ entry, daysLeft }] : []
    })
    .sort((a, b) => a.daysLeft - b.daysLeft)
}

/**
 * Days since an entry was last checked; undefined where that is not known. A month or a year counts to its
 * last day, since the check may have been on it.
 */
export function daysUnverified(entry: Pick<Entry, 'verifiedOn'>, on: Temporal.PlainDate): number | undefined {
  return entry.verifiedOn === null ? undefined : daysBetween(lastDay(entry.verifiedOn), on)
}

/** Whether an entry was checked on a day or later; a month or a year may mean its first day. */
export function isVerifiedSince({ verifiedOn }: Pick<Entry, 'verifiedOn'>, day: Temporal.PlainDate): boolean {
  return verifiedOn !== null && firstDay(verifiedOn) >= day.toString()
}

/** The first day of a day, month or year. */
function firstDay(partial: string): string {
  return `${partial}-01-01`.slice(0, 10)
}

function lastDay(partial: string): Temporal.PlainDate {
  const first = Temporal.PlainDate.from(firstDay(partial))
  if (partial.length === 10) return first
  return first.add(partial.length === 7 ? { months: 1 } : { years: 1 }).subtract({ days: 1 })
}

const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  from.until(to, { largestUnit: 'day' }).days

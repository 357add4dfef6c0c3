import { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { inShanghai, timeZone } from '../../text/dates/time.ts'

/** Why an item must not be told on that day; undefined where it may. `cited` is the revision that was composed. */
export function faultOf(
  item: Item | undefined,
  cited: { id: string; revision: number },
  day: Temporal.PlainDate,
): string | undefined {
  if (!item) return `条目「${cited.id}」已经没有了`
  if (item.state === 'withdrawn') return `「${item.title}」已经撤回`
  if (!isCurrent(item, day)) return `「${item.title}」已经过期`
  if (item.revision !== cited.revision) return `「${item.title}」后来改过`
  return undefined
}

/** Whether the item may be told on that day (Asia/Shanghai); the last day counts. */
export function isCurrent(item: Item, day: Temporal.PlainDate): boolean {
  const end = lastDayOf(item)
  return !end || Temporal.PlainDate.compare(day, end) <= 0
}

/** The last day on which the item is of use: its deadline, else when it ceases to be in force. */
export function lastDayOf({ deadline, effectiveUntil }: Item): Temporal.PlainDate | undefined {
  return deadline?.value ?? effectiveUntil?.value
}

/** When the first of these items is over; undefined where none ever is. */
export function goodUntil(items: readonly Item[]): Temporal.Instant | undefined {
  const ends = items.map(lastDayOf).filter(day => day !== undefined)
  return ends.length > 0 ? earliest(ends.map(endOf)) : undefined
}

/**
 * Until when a broadcast may be sent: so long after `at`, and not past any item's last day.
 * @returns undefined when an item of it is over at `at` already
 */
export function sendableUntil(
  at: Temporal.Instant,
  minutes: number,
  itemsEnd: string | undefined,
): Temporal.Instant | undefined {
  const until = earliest([at.add({ minutes }), ...(itemsEnd ? [Temporal.Instant.from(itemsEnd)] : [])])
  return Temporal.Instant.compare(at, until) <= 0 ? until : undefined
}

const earliest = (instants: Temporal.Instant[]) =>
  instants.reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))

function endOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant().subtract({ milliseconds: 1 })
}

/** The calendar day in Shanghai. */
export function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  return inShanghai(at).toPlainDate()
}

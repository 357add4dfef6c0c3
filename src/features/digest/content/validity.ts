import { Temporal } from 'temporal-polyfill'
import type { Item } from '../../../ports/items.ts'
import { inShanghai, timeZone } from '../../../text/dates/time.ts'

/** Why an item must not be published on that day; undefined if it may. `cited` is the composed revision. */
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

/** Whether the item is valid on that day (Asia/Shanghai), the last day included. */
export function isCurrent(item: Item, day: Temporal.PlainDate): boolean {
  const end = lastDayOf(item)
  return !end || Temporal.PlainDate.compare(day, end) <= 0
}

/** The last valid day: the deadline, else the end of force. */
export function lastDayOf({ deadline, effectiveUntil }: Item): Temporal.PlainDate | undefined {
  return deadline?.value ?? effectiveUntil?.value
}

/** When the first of these items expires; undefined if none does. */
export function goodUntil(items: readonly Item[]): Temporal.Instant | undefined {
  const ends = items.map(lastDayOf).filter(day => day !== undefined)
  return ends.length > 0 ? earliest(ends.map(endOf)) : undefined
}

/**
 * The deadline for sending: `minutes` after `at`, but not past any item's last day.
 * @returns undefined if an item has expired at `at`
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

/** The items for a digest: valid on that day, not published yet; by deadline, then newest first; at most `most`. */
export function chooseItems(
  items: readonly Item[],
  { day, publishedIds, most }: { day: Temporal.PlainDate; publishedIds: ReadonlySet<string>; most: number },
): Item[] {
  return items
    .filter(item => isCurrent(item, day) && !publishedIds.has(item.id))
    .sort(byUrgency)
    .slice(0, most)
}

const never = '9999-12-31'
const lastDayText = (item: Item) => lastDayOf(item)?.toString() ?? never

function byUrgency(a: Item, b: Item): number {
  return (
    lastDayText(a).localeCompare(lastDayText(b)) ||
    b.publishedOn.toString().localeCompare(a.publishedOn.toString()) ||
    a.id.localeCompare(b.id)
  )
}

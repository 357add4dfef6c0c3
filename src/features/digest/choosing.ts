import type { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { isCurrent, lastDayOf } from './validity.ts'

/**
 * What a digest tells: what is of use on that day and was not told yet, the most urgent deadline first, then the
 * newest; at most so many.
 */
export function chooseItems(
  items: readonly Item[],
  { day, toldIds, most }: { day: Temporal.PlainDate; toldIds: ReadonlySet<string>; most: number },
): Item[] {
  return items
    .filter(item => isCurrent(item, day) && !toldIds.has(item.id))
    .sort(byUrgency)
    .slice(0, most)
}

const never = '9999-12-31'
const endOf = (item: Item) => lastDayOf(item)?.toString() ?? never

function byUrgency(a: Item, b: Item): number {
  return (
    endOf(a).localeCompare(endOf(b)) ||
    b.publishedOn.toString().localeCompare(a.publishedOn.toString()) ||
    a.id.localeCompare(b.id)
  )
}

import { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { sayDeadline } from './words.ts'

/** Something that may be applied for or used today. */
export type OpenItem = Pick<Item, 'id' | 'title' | 'link' | 'from'> & {
  /** The last day; undefined where none is set. */
  lastDay: Temporal.PlainDate | undefined
}

/** Items that are open on a day, the most urgent first; those without a last day come after, newest first. */
export function openOn(items: readonly Item[], today: Temporal.PlainDate): OpenItem[] {
  const isPast = (day: Temporal.PlainDate | undefined) =>
    day !== undefined && Temporal.PlainDate.compare(day, today) < 0
  const isYetToCome = (day: Temporal.PlainDate | undefined) =>
    day !== undefined && Temporal.PlainDate.compare(day, today) > 0
  return items
    .filter(({ state }) => state === 'approved')
    .filter(({ deadline, effectiveUntil }) => !isPast(deadline?.value ?? effectiveUntil?.value))
    .filter(({ effectiveFrom }) => !isYetToCome(effectiveFrom?.value))
    .sort(
      (a, b) =>
        urgencyOf(a).localeCompare(urgencyOf(b)) ||
        (a.publishedOn.toString() < b.publishedOn.toString() ? 1 : -1),
    )
    .map(({ id, title, link, from, deadline }) => ({ id, title, link, from, lastDay: deadline?.value }))
}

const urgencyOf = ({ deadline }: Item) => deadline?.value.toString() ?? '9999'

/** Only those that end within so many days from today. */
export function endingWithin(open: readonly OpenItem[], today: Temporal.PlainDate, days: number): OpenItem[] {
  const last = today.add({ days })
  return open.filter(({ lastDay }) => lastDay && Temporal.PlainDate.compare(lastDay, last) <= 0)
}

/** How many days from today a question reaches: 「这周」 to Sunday, 「这个月」 to its end, 「下个月」 to the end of the next. */
export function reachOf(folded: string, today: Temporal.PlainDate): number {
  if (/下个?月/u.test(folded)) return lastOfMonth(today.add({ months: 1 })).since(today).days
  if (/[这本]个?月|月底/u.test(folded)) return lastOfMonth(today).since(today).days
  if (/下(?:个)?(?:周|星期|礼拜)/u.test(folded)) return 14 - today.dayOfWeek
  if (/[这本](?:个)?(?:周|星期|礼拜)/u.test(folded)) return 7 - today.dayOfWeek
  return soonDays
}

/** What ends within these days ends soon. */
const soonDays = 45

const lastOfMonth = (day: Temporal.PlainDate) => day.with({ day: day.daysInMonth })

/** One line of a list: 「1. 标题 —— 12月5日（周六）截止，还有 6 天 链接」. */
export function lineOf(
  { title, link, from, lastDay }: OpenItem,
  at: { number: number; today: Temporal.PlainDate },
) {
  const source = link ?? `来源：${from}`
  return `${at.number}. ${title}（${sayDeadline(lastDay, at.today)}）${source}`
}

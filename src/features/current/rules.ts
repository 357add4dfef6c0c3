import { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { calendarSpan } from '../../text/dates/tokens/calendar-spans.ts'
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
    .filter(item => item.state === 'approved' && isOffer(item))
    .filter(({ deadline, effectiveUntil }) => !isPast(deadline?.value ?? effectiveUntil?.value))
    .filter(({ effectiveFrom }) => !isYetToCome(effectiveFrom?.value))
    .sort(
      (a, b) =>
        urgencyOf(a).localeCompare(urgencyOf(b)) ||
        (a.publishedOn.toString() < b.publishedOn.toString() ? 1 : -1),
    )
    .map(({ id, title, link, from, deadline }) => ({ id, title, link, from, lastDay: deadline?.value }))
}

/** Results, opinions on drafts, courses: nothing to apply for, whatever day they name. */
const otherNotice =
  /公示|名单|结果|征求意见|意见征集|解读|问答|培训班|宣讲|讲座|论坛|沙龙|座谈|简报|拟(?:认定|入库|推荐|支持|立项)|(?:更名|变更)的?(?:公告|通知)|废止|停止/u
const applying =
  /申报|申请(?![日人号])|申领|征集|遴选|推荐|报名|评选|认定|评价|入库|备案|揭榜|兑现|免申即享|补贴|补助|奖补|资助|贷款|贴息|创新券/u
const enjoying = /享受|减按|减半|减免|免税|免征|扣除|抵扣|起征点|征收率|税负|结转/u

/** Whether an item is something to apply for or to use, and not other news. */
function isOffer({ title, lines, text, deadline }: Item): boolean {
  if (otherNotice.test(title)) return false
  if (deadline || applying.test(title) || enjoying.test(title)) return true
  return /可(?:以)?(?:申报|申请|申领|享受)|开始(?:申报|受理)|组织申报/u.test(lines?.who ?? text)
}

const urgencyOf = ({ deadline }: Item) => deadline?.value.toString() ?? '9999'

/** Keeps the items that end within this many days from today. */
export function endingWithin(open: readonly OpenItem[], today: Temporal.PlainDate, days: number): OpenItem[] {
  const last = today.add({ days })
  return open.filter(({ lastDay }) => lastDay && Temporal.PlainDate.compare(lastDay, last) <= 0)
}

/** How many days from today a question reaches: 「这周」 to Sunday, 「这个月」 to its end, 「下个月」 to the end of the next. */
export function reachOf(folded: string, today: Temporal.PlainDate): number {
  const span = calendarSpan(folded, today) ?? (/月底/u.test(folded) ? calendarSpan('本月', today) : undefined)
  return span && Temporal.PlainDate.compare(span.to, today) >= 0 ? span.to.since(today).days : soonDays
}

/** Items that end within these days end soon. */
const soonDays = 45

/** One line of a list: 「1. 标题 —— 12月5日（周六）截止，还有 6 天 链接」. */
export function openItemLineOf(
  { title, link, from, lastDay }: OpenItem,
  at: { number: number; today: Temporal.PlainDate },
) {
  const source = link ?? `来源：${from}`
  return `${at.number}. ${title}（${sayDeadline(lastDay, at.today)}）${source}`
}

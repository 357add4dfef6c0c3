import { Temporal } from 'temporal-polyfill'
import { inShanghai, timeZone } from '../../text/time.ts'
import { type Item, streams } from './items.ts'

/** More than a phone's screen or two is not read to the end. */
const mostItems = 5
/** WeChat takes about 2,000 characters into one message before it folds or cuts it. */
export const longestText = 2000
/** How long a preview may be acted upon, in minutes: later, what was seen may not be what is true. */
export const confirmWithinMinutes = 10

/** Whether the item may go out on that day (Asia/Shanghai): both days count. */
export function isCurrent(item: Item, day: Temporal.PlainDate): boolean {
  return item.publishedOn <= day.toString() && (!item.validUntil || day.toString() <= item.validUntil)
}

/**
 * What the next digest tells: what is current and has not been pushed, soonest end first within a stream, and
 * the streams in turn, so that the long one does not push out the others; as many as fit into one message.
 */
export function chooseItems(
  items: readonly Item[],
  pushedIds: ReadonlySet<string>,
  day: Temporal.PlainDate,
): Item[] {
  const fresh = items.filter(item => isCurrent(item, day) && !pushedIds.has(item.id))
  const queues = streams.map(stream => fresh.filter(item => item.stream === stream).sort(byUrgency))
  const inTurn = fresh.flatMap((_, round) => queues.flatMap(queue => queue[round] ?? []))
  const chosen: Item[] = []
  for (const item of inTurn.slice(0, mostItems)) {
    if (composeText([...chosen, item], day).length <= longestText) chosen.push(item)
  }
  return chosen
}

function byUrgency(a: Item, b: Item): number {
  const never = '9999-12-31'
  return (
    (a.validUntil ?? never).localeCompare(b.validUntil ?? never) || a.publishedOn.localeCompare(b.publishedOn)
  )
}

/** The digest as the groups see it: each item in three lines, what it is, who and how much, when and where. */
export function composeText(items: readonly Item[], day: Temporal.PlainDate): string {
  let count = 0
  const parts = streams.flatMap(stream => {
    const own = items.filter(item => item.stream === stream)
    if (own.length === 0) return []
    return [`【${stream}】`, ...own.map(item => composeItem(item, ++count))]
  })
  return [
    `政策速递 ${sayDate(day.toString())}`,
    ...parts,
    '金额和条件以文件原文为准。想细问，在群里 @我 就行。',
  ].join('\n\n')
}

function composeItem(item: Item, number: number): string {
  const asOf = item.asOf ? `（这是 ${sayDate(item.asOf)} 的口径，以最新通知为准）` : ''
  const source = item.source ? ` ${item.source}` : ''
  return [
    `${number}. ${item.title}`,
    `${item.who}：${item.benefit}。`,
    `${item.when}；${item.where}${asOf}。${item.documents.map(composeDocument).join('；')}${source}`,
  ].join('\n')
}

function composeDocument({ title, number, date, dateIs }: Item['documents'][number]): string {
  return `《${title}》${number}，${sayDate(date)}${dateIs === '施行' ? '起施行' : ''}`
}

/** 「2026年11月27日」, 「2025年9月」. */
function sayDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day === undefined ? '' : `${day}日`}`
}

/** Until when a digest of these items may be sent: so long after `at`, and not past any item's last day. */
export function sendableUntil(
  items: readonly Item[],
  at: Temporal.Instant,
  minutes: number,
): Temporal.Instant {
  return earliest([at.add({ minutes }), ...endsOf(items)])
}

/** When the first of these items is over; undefined where none ever is. */
export function goodUntil(items: readonly Item[]): Temporal.Instant | undefined {
  const ends = endsOf(items)
  return ends.length > 0 ? earliest(ends) : undefined
}

/** As {@link sendableUntil} for a digest that is sent once more; undefined when an item of it is over by then. */
export function resendableUntil(
  at: Temporal.Instant,
  minutes: number,
  itemsEnd: string | undefined,
): Temporal.Instant | undefined {
  const until = earliest([at.add({ minutes }), ...(itemsEnd ? [Temporal.Instant.from(itemsEnd)] : [])])
  return Temporal.Instant.compare(at, until) <= 0 ? until : undefined
}

const earliest = (instants: Temporal.Instant[]) =>
  instants.reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))

const endsOf = (items: readonly Item[]) =>
  items.flatMap(({ validUntil }) => (validUntil ? [endOf(validUntil)] : []))

function endOf(day: string): Temporal.Instant {
  const next = Temporal.PlainDate.from(day).add({ days: 1 })
  return next.toZonedDateTime(timeZone).toInstant().subtract({ milliseconds: 1 })
}

/** The calendar day in Shanghai. */
export function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  return inShanghai(at).toPlainDate()
}

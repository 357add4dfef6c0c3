import { Temporal } from 'temporal-polyfill'
import { inShanghai } from '../../../text/dates/time.ts'
import { isWorkingDay } from '../../../text/dates/working-days.ts'
import type { Notification, NotificationQueue } from '../records.ts'

/** When the daily summary is sent, unless the person chose another time. */
export const defaultSummaryTime = '08:30'
/** At least this long between two messages to one person. */
const gatherMinutes = 30
/** Messages a day to one person besides the summary; urgent ones do not count against it. */
const mostMessagesADay = 6
/** Nothing is sent outside these hours; what comes at night waits for the morning. */
const dayStartsAt = '08:30'
const dayEndsAt = '21:00'
/** Messages whose delivery can still be looked up. */
const mostKept = 100

/** Waits for the next message; does not cause one by itself. */
const waitsForSummary = new Set<Notification['kind']>(['remind', 'solved', 'note'])

/** @param summaryTime the time of the daily summary for people who chose none */
export const emptyQueue = (
  chatId: string,
  at: Temporal.Instant,
  summaryTime = defaultSummaryTime,
): NotificationQueue => ({
  chatId,
  waiting: [],
  sent: [],
  dropped: [],
  // A person first asked in the afternoon does not get the morning's summary as well.
  lastSummaryOn: dayAndTime(at).time >= summaryTime ? dayAndTime(at).day : '',
})

/** The queue with another time for the summary; today's still comes where neither it nor the new time is over. */
export function withSummaryTime(
  queue: NotificationQueue,
  summaryTime: string,
  at: Temporal.Instant,
): NotificationQueue {
  const { day, time } = dayAndTime(at)
  const isSent = queue.sent.some(one => one.kind === 'summary' && dayOf(one.at) === day)
  return { ...queue, summaryTime, lastSummaryOn: isSent || time >= summaryTime ? day : '' }
}

/** Puts a notification in the queue; one that was queued before changes nothing. */
export function enqueue(queue: NotificationQueue, added: Notification): NotificationQueue {
  return isKnown(queue, added.key) ? queue : { ...queue, waiting: [...queue.waiting, added] }
}

const isKnown = ({ waiting, sending, sent, dropped }: NotificationQueue, key: string) =>
  dropped.includes(key) ||
  [...waiting, ...(sending?.notifications ?? [])].some(one => one.key === key) ||
  sent.some(({ keys }) => keys.includes(key))

/** The message that is due to this person now, if any. */
export function dueMessage(
  queue: NotificationQueue,
  at: Temporal.Instant,
  summaryTime = defaultSummaryTime,
): 'summary' | 'prompt' | undefined {
  if (isSummaryDue(queue, at, queue.summaryTime ?? summaryTime)) return 'summary'
  const { day, time } = dayAndTime(at)
  const isUrgent = queue.waiting.some(one => one.isUrgent)
  if (!isUrgent && queue.waiting.every(({ kind }) => waitsForSummary.has(kind))) return undefined
  if (time < dayStartsAt || time >= dayEndsAt) return undefined
  const last = queue.sent.at(-1)
  if (last && minutesSince(last.at, at) < gatherMinutes) return undefined
  const today = queue.sent.filter(one => one.kind === 'prompt' && dayOf(one.at) === day).length
  return isUrgent || today < mostMessagesADay ? 'prompt' : undefined
}

/** Whether today's summary has not been looked at yet. On days of rest there is none. */
function isSummaryDue(queue: NotificationQueue, at: Temporal.Instant, summaryTime: string): boolean {
  const { day, time } = dayAndTime(at)
  return queue.lastSummaryOn !== day && time >= summaryTime && isWorkingDay(Temporal.PlainDate.from(day))
}

/**
 * Claims everything that waits for one message.
 * @param holds whether a notification is still true; what is not is dropped
 */
export function claimMessage(
  queue: NotificationQueue,
  {
    kind,
    at,
    holds,
  }: { kind: 'summary' | 'prompt'; at: Temporal.Instant; holds(one: Notification): boolean },
): NotificationQueue {
  if (queue.sending) return queue
  const notifications = queue.waiting.filter(holds)
  const dropped = queue.waiting.filter(one => !holds(one)).map(({ key }) => key)
  const number = (queue.sent.at(-1)?.number ?? 0) + 1
  return {
    ...queue,
    waiting: [],
    dropped: [...queue.dropped, ...dropped].slice(-mostKept),
    ...(kind === 'summary' ? { lastSummaryOn: dayAndTime(at).day } : {}),
    ...(kind === 'prompt' && notifications.length === 0
      ? {}
      : { sending: { number, kind, at: at.toString(), notifications } }),
  }
}

/** Records that the claimed message is in the outbox, or that it had nothing to say. */
export function settleMessage(queue: NotificationQueue, isPosted: boolean): NotificationQueue {
  const { sending, ...rest } = queue
  if (!sending) return queue
  const keys = sending.notifications.map(({ key }) => key)
  if (!isPosted) return { ...rest, dropped: [...rest.dropped, ...keys].slice(-mostKept) }
  const { number, kind, at } = sending
  return { ...rest, sent: [...rest.sent, { number, kind, at, keys }].slice(-mostKept) }
}

/** A question whose answer is of no use tomorrow. */
const urgentWords =
  /截止|最后一天|最后[一1]天|来不及|赶不上|加急|紧急|着急|很急|急用|今天(?:内|之前|就要|要交|下班)|明天(?:就|要|之前|前)/u

export const isUrgentQuestion = (question: string): boolean => urgentWords.test(question)

function dayAndTime(at: Temporal.Instant): { day: string; time: string } {
  const local = inShanghai(at)
  return { day: local.toPlainDate().toString(), time: local.toPlainTime().toString().slice(0, 5) }
}

const dayOf = (kept: string) => dayAndTime(Temporal.Instant.from(kept)).day
const minutesSince = (kept: string, at: Temporal.Instant) =>
  at.since(Temporal.Instant.from(kept)).total('minutes')

import { Temporal } from 'temporal-polyfill'
import type { Target } from '../../ports/chat.ts'
import { fold } from '../../text/fold.ts'
import type { DeliveryRecord, DeliveryState, StoredDelivery } from './records.ts'

/** Events of a delivery. */
export type DeliveryEvent =
  | 'claimed'
  | 'expired'
  | 'cancelled'
  | 'accepted'
  | 'handed-over'
  | 'task-found'
  | 'refused'
  | 'unanswered'
  | 'turned-back'
  | 'echoed'
  | 'denied'
  | 'recalled'
  | ManualEvent
/** Events that only a person causes. */
type ManualEvent = 'marked-sent' | 'marked-arrived' | 'retried' | 'marked-missing'

/**
 * The transitions: the states that an event may follow, and the state that it leads to. Only a person's word, and
 * a line that says for certain that it took nothing, lead back to `due`: that is why nothing goes out twice. An
 * echo proves arrival, whatever we believed before, so it wins even over `failed`, and over an attempt that is
 * still to come.
 */
const moves: Record<DeliveryEvent, { from: DeliveryState[]; to: DeliveryState }> = {
  claimed: { from: ['due'], to: 'sending' },
  expired: { from: ['due'], to: 'expired' },
  cancelled: { from: ['due'], to: 'cancelled' },
  accepted: { from: ['sending', 'unknown'], to: 'sent' },
  'handed-over': { from: ['sending', 'unknown'], to: 'waiting' },
  'task-found': { from: ['due', 'unknown', 'failed', 'expired'], to: 'waiting' },
  refused: { from: ['due', 'sending'], to: 'failed' },
  unanswered: { from: ['sending'], to: 'unknown' },
  'turned-back': { from: ['sending'], to: 'due' },
  echoed: {
    from: ['due', 'sending', 'waiting', 'sent', 'unknown', 'failed', 'expired', 'cancelled'],
    to: 'confirmed',
  },
  denied: { from: ['waiting'], to: 'failed' },
  recalled: { from: ['waiting', 'sent', 'confirmed'], to: 'recalled' },
  'marked-sent': { from: ['due', 'failed', 'unknown', 'expired'], to: 'manual' },
  'marked-arrived': { from: ['unknown'], to: 'confirmed' },
  retried: { from: ['failed', 'expired'], to: 'due' },
  'marked-missing': { from: ['unknown'], to: 'due' },
}

/** Details of an event: reason, message id on the line, the person, and a new expiry. */
export type EventDetails = { reason?: string; messageId?: string; by?: string; notAfter?: string }

/** The delivery after this event, or the very same one where the event does not apply to its state. */
export function applyEvent(
  delivery: DeliveryRecord,
  event: DeliveryEvent,
  details: EventDetails & { at: Temporal.Instant },
): DeliveryRecord {
  const { from, to } = moves[event]
  if (event === 'cancelled' && delivery.state === 'sending')
    return delivery.isCancelled ? delivery : { ...delivery, isCancelled: true }
  if (event === 'turned-back' && delivery.isCancelled)
    return applyEvent(backToDue(delivery), 'cancelled', details)
  if (!from.includes(delivery.state)) return delivery
  const { reason: _outdated, by: _before, ...kept } = delivery
  const { at, ...more } = details
  const moved = { ...kept, ...more, state: to, changedAt: at.toString() }
  if (event === 'claimed') return { ...moved, claimedAt: at.toString() }
  return event === 'retried' || event === 'marked-missing'
    ? withNewAttempt(moved, delivery, details.by)
    : moved
}

/** The delivery as it was before this attempt. */
const backToDue = ({ isCancelled: _now, ...delivery }: DeliveryRecord): DeliveryRecord => ({
  ...delivery,
  state: 'due',
})

/** A new attempt of the same delivery; the last one moves to its history. */
function withNewAttempt(moved: DeliveryRecord, last: DeliveryRecord, by: string | undefined): DeliveryRecord {
  const { messageId: _ofTheLast, by: _isInHistory, isCancelled: _before, ...fresh } = moved
  const ended = { state: last.state, at: last.changedAt, ...(last.reason ? { reason: last.reason } : {}) }
  return { ...fresh, history: [...last.history, { ...ended, ...(by ? { again: by } : {}) }] }
}

/** Hours within which an echo may confirm a delivery; later only a person changes it. */
const echoHours = 24

/** Whether anything can still happen to this delivery by itself. */
export function isDeliveryOpen(delivery: DeliveryRecord, at: Temporal.Instant): boolean {
  if (delivery.state === 'due' || delivery.state === 'sending' || delivery.state === 'waiting') return true
  if (delivery.state !== 'sent' && delivery.state !== 'unknown') return false
  return at.since(Temporal.Instant.from(delivery.changedAt)).total('hours') < echoHours
}

/** Orders by post time, then by the position within one posting. */
export function bySendOrder(a: StoredDelivery, b: StoredDelivery): number {
  return (
    a.value.postedAt.localeCompare(b.value.postedAt) ||
    a.value.position - b.value.position ||
    (a.key < b.key ? -1 : 1)
  )
}

export type Pace = {
  /** Between two messages to one target. */
  sameGroupGapMs: number
  /** Between two targets, at random in this range. */
  nextGroupGapMinMs: number
  nextGroupGapMaxMs: number
  /** After which one message's outcome counts as unknown. */
  sayDeadlineMs: number
  /** In [0, 1). */
  random(): number
}

/** The last message out: where it went, when it was over, and the gap drawn for a next one elsewhere. */
export type LastSend = { target: Target; at: Temporal.Instant; nextGroupGapMs: number }

export function drawNextGroupGapMs({ nextGroupGapMinMs, nextGroupGapMaxMs, random }: Pace): number {
  return nextGroupGapMinMs + Math.round(random() * (nextGroupGapMaxMs - nextGroupGapMinMs))
}

/**
 * Milliseconds until the next message may go out, counted from the end of the last one.
 * A private target is paced like a group: to the platform both are conversations.
 */
export function gapLeftMs(
  last: LastSend | undefined,
  target: Target,
  { sameGroupGapMs, now }: { sameGroupGapMs: number; now: Temporal.Instant },
): number {
  if (!last) return 0
  const gapMs = targetId(last.target) === targetId(target) ? sameGroupGapMs : last.nextGroupGapMs
  return Math.max(0, last.at.epochMilliseconds + gapMs - now.epochMilliseconds)
}

/** Estimated duration of this many messages to different chats. */
export function estimateSeconds(targets: number, pace: Pace): number {
  return Math.round((targets * (pace.nextGroupGapMinMs + pace.nextGroupGapMaxMs)) / 2000)
}

/** Names a target, groups and people apart. */
export function targetId(target: Target): string {
  return 'groupId' in target ? `group:${target.groupId}` : `person:${target.personId}`
}

/** A message of ours as the line reports it back. */
export type Echo = { messageId: string; target: Target; text: string }
/** A delivery that an echo may confirm. */
export type Awaiting = { key: string; target: Target; text: string; messageId?: string | undefined }

/**
 * The delivery that the echo confirms: the one with its id, else one of the same words in the same place, the longest,
 * since a shorter one may be the end of it; of several as long, one of exactly these words, then one whose id we never
 * learnt, then one whose id is another, since some lines echo under a new id.
 */
export function matchEcho(awaiting: Iterable<Awaiting>, echo: Echo): Awaiting | undefined {
  const here = [...awaiting].filter(({ target }) => targetId(target) === targetId(echo.target))
  const known = here.find(({ messageId }) => messageId !== undefined && messageId === echo.messageId)
  if (known || here.length === 0) return known
  const heard = lettersOf(echo.text)
  const alike = here.flatMap(one => {
    const letters = lettersOf(one.text)
    const isExact = one.text !== '' && echo.text.trim().endsWith(one.text.trim())
    const isUnnamed = one.messageId === undefined
    const isRewritten = isUnnamed && letters.length >= leastAlike && heard.endsWith(letters)
    return isExact || isRewritten ? [{ one, length: letters.length, isExact, isUnnamed }] : []
  })
  const [best] = alike.sort(
    (a, b) =>
      b.length - a.length ||
      Number(b.isExact) - Number(a.isExact) ||
      Number(b.isUnnamed) - Number(a.isUnnamed),
  )
  return best?.one
}

const link = /https?:\/\/[^\s\p{Script=Han}，。；）】」]+/gu
/** Fewer letters and digits in common may be a coincidence. */
const leastAlike = 8

/** Letters and digits, which stay where a line drops emoji, rewrites links or changes blanks and marks. */
const lettersOf = (text: string) => fold(text.replaceAll(link, '')).replaceAll(/[^\p{L}\p{N}]/gu, '')

import type { Temporal } from 'temporal-polyfill'
import { keyHash } from '../../../lib/hash.ts'
import { createKeyedQueue } from '../../../lib/queue.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import {
  type DeskRecords,
  type Notification,
  type NotificationQueue,
  queueKey,
  type Ticket,
} from '../records.ts'
import { claimMessage, dueMessage, emptyQueue, enqueue, settleMessage, withSummaryTime } from './rules.ts'
import { type Known, sayMessage } from './words.ts'

/** A message older than this is overtaken by the next summary. */
const messageHours = 72

export type DeliveryStatus = 'none' | 'queued' | 'dropped' | 'under-way' | 'arrived' | 'unknown' | 'failed'

type Parts = {
  records: Pick<DeskRecords, 'queues'>
  outbox: Outbox
  clock: Clock
  find(number: number): Promise<Ticket | undefined>
  /** The tickets that this person is to answer, oldest first. */
  waitingFor(chatId: string): Promise<Ticket[]>
  /** When people get the daily summary who chose no time, `HH:MM` in Shanghai. */
  summaryTime(): string
}
export type Notifications = ReturnType<typeof createNotifications>

/**
 * Private messages to instructors and organizers, gathered: one daily summary for each person, and in between at most
 * one message in half an hour.
 */
export function createNotifications(parts: Parts) {
  const { records, outbox, clock, find, waitingFor, summaryTime: commonTime } = parts
  const { queues } = records
  const perPerson = createKeyedQueue()

  async function knownOf(queue: NotificationQueue, now: Temporal.Instant): Promise<Known> {
    const notifications = [...queue.waiting, ...(queue.sending?.notifications ?? [])]
    const numbers = [...new Set(notifications.flatMap(({ ticket }) => ticket ?? []))]
    const tickets = (await Promise.all(numbers.map(find))).filter(ticket => ticket !== undefined)
    return {
      now,
      waiting: await waitingFor(queue.chatId),
      tickets: new Map(tickets.map(ticket => [ticket.number, ticket])),
    }
  }

  async function deliver(chatId: string, at: Temporal.Instant): Promise<void> {
    const key = queueKey(chatId)
    const queue = await queues.get(key)
    const kind = queue && dueMessage(queue, at, commonTime())
    if (!queue || !(kind || queue.sending)) return
    const known = await knownOf(queue, at)
    const claim = (now: NotificationQueue | undefined) =>
      now && kind && claimMessage(now, { kind, at, holds: one => isTrue(one, now.sent, known) })
    const { sending } = (kind && (await queues.update(key, claim))) ?? queue
    if (!sending) return
    const text = sayMessage(sending, known)
    if (text !== undefined)
      await outbox.post([
        {
          kind: 'prompt',
          key: `${messageId(chatId, sending.number)}/${chatId}`,
          target: { personId: chatId },
          reply: { text },
          notAfter: at.add({ hours: messageHours }),
        },
      ])
    await queues.update(key, now => now && settleMessage(now, text !== undefined))
  }

  const runExclusive = (chatId: string, work: () => Promise<void>) => perPerson.run(queueKey(chatId), work)

  async function statusOfOne(chatId: string, key: string): Promise<DeliveryStatus> {
    const queue = await queues.get(queueKey(chatId))
    if (!queue) return 'none'
    if ([...queue.waiting, ...(queue.sending?.notifications ?? [])].some(one => one.key === key))
      return 'queued'
    if (queue.dropped.includes(key)) return 'dropped'
    const message = queue.sent.find(({ keys }) => keys.includes(key))
    return message
      ? statusOf((await outbox.deliveries(messageId(chatId, message.number))).map(({ state }) => state))
      : 'none'
  }

  return {
    /** Queues this for each of them, and sends at once what needs not wait. */
    async add(chatIds: readonly string[], added: Notification): Promise<void> {
      const at = clock.now()
      for (const chatId of chatIds)
        await runExclusive(chatId, async () => {
          await queues.update(queueKey(chatId), now =>
            enqueue(now ?? emptyQueue(chatId, at, commonTime()), added),
          )
        })
      for (const chatId of chatIds) await runExclusive(chatId, () => deliver(chatId, at))
    },

    /** Sends what has become due. */
    async deliverDue(): Promise<void> {
      for (const { value } of await queues.list(''))
        await runExclusive(value.chatId, () => deliver(value.chatId, clock.now()))
    },

    /** Delivery of one notification to these people: `failed` only where it certainly reached none of them. */
    async statusOf(chatIds: readonly string[], key: string): Promise<DeliveryStatus> {
      const all = await Promise.all(chatIds.map(chatId => statusOfOne(chatId, key)))
      const order: DeliveryStatus[] = ['arrived', 'under-way', 'queued', 'unknown', 'failed', 'dropped']
      return order.find(status => all.includes(status)) ?? 'none'
    },

    /** `HH:MM` in Shanghai. */
    summaryTimeOf: async (chatId: string): Promise<string> =>
      (await queues.get(queueKey(chatId)))?.summaryTime ?? commonTime(),

    /** Changes when a person's daily summary is sent. */
    async setSummaryTime(chatId: string, summaryTime: string): Promise<void> {
      const at = clock.now()
      await queues.update(queueKey(chatId), now =>
        withSummaryTime(now ?? emptyQueue(chatId, at), summaryTime, at),
      )
    },

    /** Takes a ticket that was deleted out of what is not sent yet. */
    async cancel(number: number): Promise<void> {
      const isAbout = (key: string) => key.startsWith(`${number}/`)
      for (const { key, value } of await queues.list('')) {
        const messages = value.sent.filter(({ keys }) => keys.some(isAbout))
        for (const message of messages) await outbox.cancel(messageId(value.chatId, message.number))
        await queues.update(
          key,
          now => now && { ...now, waiting: now.waiting.filter(one => one.ticket !== number) },
        )
      }
    },

    async forget(chatIds: readonly string[]): Promise<void> {
      for (const chatId of chatIds) await queues.update(queueKey(chatId), () => undefined)
    },
  }
}

/** Whether this person still needs to hear it. */
function isTrue(one: Notification, sent: NotificationQueue['sent'], { waiting, tickets }: Known): boolean {
  if (one.kind === 'note') return true
  if (one.kind !== 'solved') return waiting.some(({ number }) => number === one.ticket)
  const wasAsked = sent.some(({ keys }) => keys.some(key => key.startsWith(`${one.ticket}/`)))
  return wasAsked && tickets.get(one.ticket ?? 0)?.state === 'closed'
}

const messageId = (chatId: string, number: number) => `desk-${keyHash(chatId)}-${number}`

/** Summary of the outbox's states for one message. */
export function statusOf(states: readonly string[]): DeliveryStatus {
  if (states.length === 0) return 'none'
  if (states.some(state => state === 'sent' || state === 'confirmed')) return 'arrived'
  if (states.some(state => state === 'due' || state === 'sending')) return 'under-way'
  return states.includes('unknown') ? 'unknown' : 'failed'
}

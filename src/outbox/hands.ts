import type { Temporal } from 'temporal-polyfill'
import type { Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { sayTime } from '../text/dates/time.ts'
import { type Delivery, deliveryOf } from './delivery.ts'
import { broadcastOf, type DeliveryLedger } from './ledger.ts'
import type { StoredDelivery } from './records.ts'
import type { Reports } from './reports.ts'

/** What waits to be sent, one text with all to whom it should go: what a person needs to send it by hand. */
export type HandCard = { broadcastId: string; reply: Reply; deliveries: readonly Delivery[] }

/** What is sent again: why it may be, who wants it, and until when it is worth sending. */
type Again = {
  /** `failed`: it failed or expired, and certainly did not arrive. `unknown`: a person has looked, and it did not. */
  from: 'failed' | 'unknown'
  by: string
  notAfter: Temporal.Instant
}

/** What people decide about deliveries. Each answers with what it changed, and leaves alone what it does not fit. */
export type Hands = {
  /** What is due at the moment, by text, for people to send while we can not. */
  cards(): Promise<HandCard[]>
  /** A person sent these by hand; the bot never will. Not those that are on their way, or have arrived. */
  sentByHand(keys: readonly string[], by: string): Promise<Delivery[]>
  /** A person saw these arrive that were unknown. */
  vouch(keys: readonly string[], by: string): Promise<Delivery[]>
  /**
   * Why what is unknown must not be sent again now, as a sentence; undefined where it may. Until the line has been
   * up for three minutes, the gateway may still carry out what it was told before.
   */
  whyNotAgain(): string | undefined
  /** Sends these once more, each as a new attempt of the same delivery; nothing unknown while {@link whyNotAgain}. */
  sendAgain(keys: readonly string[], again: Again): Promise<Delivery[]>
}

/** Time within which a gateway that thaws sends what it held back. */
const thawMinutes = 3

type HandParts = {
  clock: Clock
  isLineUp(): boolean
  upSince?: (() => Temporal.Instant | undefined) | undefined
  ledger: DeliveryLedger
  reports: Pick<Reports, 'settled'>
  sender: {
    nudge(): void
    enqueue(entries: readonly StoredDelivery[]): void
    drop(keys: readonly string[]): void
  }
}

export function createHands({ ledger, sender, reports, clock, isLineUp, upSince }: HandParts): Hands {
  function whyNotAgain(): string | undefined {
    if (!isLineUp()) {
      return `线路断着，上一条在恢复以后可能还会到，现在重发会发两遍。请等线路恢复 ${thawMinutes} 分钟以后到群里看一眼，还没到再点「没到，重发」。`
    }
    const mayFrom = upSince?.()?.add({ minutes: thawMinutes })
    const now = clock.now()
    if (!mayFrom || mayFrom.epochMilliseconds <= now.epochMilliseconds) return undefined
    return `线路刚恢复，上一条可能还在路上，现在重发会发两遍。请${sayTime(mayFrom, now)}以后到群里看一眼，还没到再点「没到，重发」。`
  }

  async function each(
    keys: readonly string[],
    change: (key: string) => ReturnType<DeliveryLedger['record']>,
  ) {
    const changed = await Promise.all(
      keys.map(async key => {
        const value = await change(key)
        return value ? [{ key, value }] : []
      }),
    )
    return changed.flat()
  }

  async function cards() {
    const found = new Map<string, StoredDelivery[]>()
    for (const entry of await ledger.unfinished()) {
      if (entry.value.state !== 'due') continue
      const id = `${broadcastOf(entry.key)}/${entry.value.contentId}`
      found.set(id, [...(found.get(id) ?? []), entry])
    }
    const made = await Promise.all([...found.values()].map(cardOf))
    return made.filter(card => card !== undefined)
  }

  async function cardOf(entries: StoredDelivery[]): Promise<HandCard | undefined> {
    const [first] = entries
    const reply = first && (await ledger.contentFor(first))
    return reply && { broadcastId: broadcastOf(first.key), reply, deliveries: entries.map(deliveryOf) }
  }

  return {
    cards,
    whyNotAgain,
    async sentByHand(keys, by) {
      const changed = await each(keys, key => ledger.record(key, 'handed', { by }))
      sender.drop(changed.map(({ key }) => key))
      for (const { value } of changed) reports.settled(value.target)
      sender.nudge()
      return changed.map(deliveryOf)
    },
    async vouch(keys, by) {
      const changed = await each(keys, key => ledger.record(key, 'vouched', { by }))
      // A later part may have waited for it.
      sender.nudge()
      return changed.map(deliveryOf)
    },
    async sendAgain(keys, { from, by, notAfter }) {
      if (from === 'unknown' && whyNotAgain()) return []
      const event = from === 'failed' ? 'retried' : 'denied'
      const news = { by, notAfter: notAfter.toString() }
      const changed = await each(keys, key => ledger.reopen(key, event, news))
      sender.enqueue(changed)
      return changed.map(deliveryOf)
    },
  }
}

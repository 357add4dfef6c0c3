import type { Temporal } from 'temporal-polyfill'
import type { Reply, Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { sayTime } from '../text/dates/time.ts'
import type { SendingLine } from './lanes.ts'
import { broadcastOf } from './ledger/compacted.ts'
import { type Delivery, deliveryOf } from './ledger/delivery.ts'
import type { DeliveryLedger } from './ledger/ledger.ts'
import type { StoredDelivery } from './ledger/records.ts'
import type { OutcomeHandler } from './sender/outcome-handler.ts'

/** A text that is due with all of its targets, for a person to send it. */
export type ManualCard = { broadcastId: string; reply: Reply; deliveries: readonly Delivery[] }

/** A request to send again. `notAfter`: later it is recorded as expired. */
type Resend = {
  /** `failed`: it failed or expired, and certainly did not arrive. `unknown`: a person has looked, and it did not. */
  from: 'failed' | 'unknown'
  by: string
  notAfter: Temporal.Instant
}

/** Decisions of people about deliveries. Each returns the changed ones and skips those in other states. */
export type ManualDelivery = {
  /** Due deliveries grouped by text. */
  cards(): Promise<ManualCard[]>
  /** A person sent these by hand; the bot never will. Not those that are on their way, or have arrived. */
  markSent(keys: readonly string[], by: string): Promise<Delivery[]>
  /** A person saw these arrive that were unknown. */
  markArrived(keys: readonly string[], by: string): Promise<Delivery[]>
  /**
   * Why an unknown delivery to this target must not be sent again now, in Chinese; undefined where it may. Until its
   * line has been up for three minutes, the gateway may still carry out what it was told before.
   */
  resendRefusal(target: Target): string | undefined
  /**
   * Sends these once more, each as a new attempt of the same delivery; nothing unknown
   * against {@link resendRefusal}.
   */
  resend(keys: readonly string[], again: Resend): Promise<Delivery[]>
}

/** Time within which a gateway that was frozen sends what it held back. */
const settleMinutes = 3

type ManualParts = {
  clock: Clock
  /** The line that leads to a target. */
  lineTo(target: Target): Pick<SendingLine, 'isUp' | 'upSince'> | undefined
  ledger: DeliveryLedger
  outcomes: Pick<OutcomeHandler, 'clearAlarm'>
  sender: {
    nudge(): void
    enqueue(entries: readonly StoredDelivery[]): void
    drop(keys: readonly string[]): void
  }
}

export function createManualDelivery({
  ledger,
  sender,
  outcomes,
  clock,
  lineTo,
}: ManualParts): ManualDelivery {
  function resendRefusal(target: Target): string | undefined {
    const line = lineTo(target)
    if (!line?.isUp()) {
      return `线路断着，上一条在恢复以后可能还会到，现在重发会发两遍。请等线路恢复 ${settleMinutes} 分钟以后到群里看一眼，还没到再点「没到，重发」。`
    }
    const mayFrom = line.upSince?.()?.add({ minutes: settleMinutes })
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

  /** Those of these deliveries that may be sent again now. */
  async function resendable(keys: readonly string[]): Promise<string[]> {
    const broadcasts = [...new Set(keys.map(broadcastOf))]
    const listed = (await Promise.all(broadcasts.map(ledger.list))).flat()
    return listed
      .filter(({ key, value }) => keys.includes(key) && !resendRefusal(value.target))
      .map(({ key }) => key)
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

  async function cardOf(entries: StoredDelivery[]): Promise<ManualCard | undefined> {
    const [first] = entries
    // One that cannot be read keeps no other from being shown; the sender has raised its alarm.
    const reply = first && (await ledger.contentFor(first).catch(() => undefined))
    return reply && { broadcastId: broadcastOf(first.key), reply, deliveries: entries.map(deliveryOf) }
  }

  return {
    cards,
    resendRefusal,
    async markSent(keys, by) {
      const changed = await each(keys, key => ledger.record(key, 'marked-sent', { by }))
      sender.drop(changed.map(({ key }) => key))
      for (const { value } of changed) outcomes.clearAlarm(value.target)
      sender.nudge()
      return changed.map(deliveryOf)
    },
    async markArrived(keys, by) {
      const changed = await each(keys, key => ledger.record(key, 'marked-arrived', { by }))
      // A later part may have waited for it.
      sender.nudge()
      return changed.map(deliveryOf)
    },
    async resend(keys, { from, by, notAfter }) {
      const event = from === 'failed' ? 'retried' : 'marked-missing'
      const details = { by, notAfter: notAfter.toString() }
      const allowed = from === 'unknown' ? await resendable(keys) : keys
      const changed = await each(allowed, key => ledger.reopen(key, event, details))
      sender.enqueue(changed)
      return changed.map(deliveryOf)
    },
  }
}

import { Refusal } from '../../feature.ts'
import type { Delivery } from '../../outbox/index.ts'
import { broadcastId, type DigestContext } from './context.ts'
import type { Broadcast, BroadcastActor } from './records.ts'
import { step } from './rules.ts'

export type Cancelled = { number: number; stopped: number; arrived: number; underWay: number }

/** Takes back what was not sent yet. */
export function createCancelling({ book, clock, outbox }: DigestContext) {
  /** @throws {@link Refusal} when nothing of it is left to stop */
  async function cancel(broadcast: Broadcast, by: BroadcastActor): Promise<Cancelled> {
    const { number } = broadcast
    const next = step(broadcast, { kind: 'cancelled', by }, clock.now())
    const stopped = await outbox.cancel(broadcastId(number))
    const states = (await outbox.deliveries(broadcastId(number))).map(({ state }) => state)
    const count = (...of: Delivery['state'][]) => states.filter(state => of.includes(state)).length
    const arrived = count('sent', 'confirmed', 'manual')
    if (states.length > 0 && stopped === 0) {
      const doubtful = count('unknown', 'sending')
      throw new Refusal(
        `推送 ${number} 已经发完了，送到 ${arrived} 个群${doubtful > 0 ? `，${doubtful} 个不确定` : ''}，收不回来。`,
      )
    }
    await book.change(number, now => step(now, { kind: 'cancelled', by }, clock.now()))
    for (const reminder of await book.open()) {
      const isIts = reminder.slot?.startsWith(`remind-${next.number}@`)
      if (isIts) await book.change(reminder.number, now => step(now, { kind: 'cancelled', by }, clock.now()))
    }
    return { number, stopped, arrived, underWay: count('sending', 'unknown') }
  }

  return { cancel }
}

import { Temporal } from 'temporal-polyfill'
import type { Target } from '../ports/chat.ts'
import { type Delivery, deliveryOf } from './ledger/delivery.ts'
import type { DeliveryLedger } from './ledger/ledger.ts'

/**
 * Takes one message back. Resolves to false where it stays: the line cannot, it is too
 * late, or the platform refused.
 */
export type TakeBack = (message: {
  target: Target
  messageId: string
  sentAt: Temporal.Instant
}) => Promise<boolean>

type RecallParts = { ledger: Pick<DeliveryLedger, 'list' | 'record'>; takeBack: TakeBack }

/** Takes back what a broadcast brought into the groups. @returns the deliveries that are gone there */
export function createRecall({ ledger, takeBack }: RecallParts) {
  return async (broadcastId: string): Promise<Delivery[]> => {
    const gone: Delivery[] = []
    for (const { key, value } of await ledger.list(broadcastId)) {
      const { target, state, messageId, claimedAt, changedAt } = value
      if (!messageId || !recallable.has(state)) continue
      if (!(await takeBack({ target, messageId, sentAt: Temporal.Instant.from(claimedAt ?? changedAt) })))
        continue
      const after = await ledger.record(key, 'recalled')
      if (after) gone.push(deliveryOf({ key, value: after }))
    }
    return gone
  }
}

const recallable = new Set(['waiting', 'sent', 'confirmed'])

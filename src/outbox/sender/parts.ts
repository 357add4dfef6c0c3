import type { StoredDelivery } from '../ledger/records.ts'

/** Whether a later part may follow: what came before it has arrived, may still, or did not. */
export type EarlierParts = 'sent' | 'open' | 'lost'

/** A text in several parts has one delivery for each: `key`, `key~2`, `key~3`. */
function partOf(key: string): { whole: string; number: number } {
  const { whole, number } = /^(?<whole>.+)~(?<number>\d+)$/u.exec(key)?.groups ?? {}
  return whole === undefined ? { whole: key, number: 1 } : { whole, number: Number(number) }
}

/** Whether this is a part that stands behind another one. */
export const isLaterPart = ({ key, value }: StoredDelivery) =>
  value.kind === 'broadcast' && partOf(key).number > 1

const lost = new Set<StoredDelivery['value']['state']>(['failed', 'expired', 'cancelled', 'recalled'])

/** The state of the parts before this one, from all deliveries of its broadcast. */
export function earlierParts({ key }: StoredDelivery, all: readonly StoredDelivery[]): EarlierParts {
  const { whole, number } = partOf(key)
  const states = all.flatMap(other => {
    const part = partOf(other.key)
    return part.whole === whole && part.number < number ? [other.value.state] : []
  })
  if (states.some(state => lost.has(state))) return 'lost'
  return states.some(state => state === 'due' || state === 'sending' || state === 'unknown') ? 'open' : 'sent'
}

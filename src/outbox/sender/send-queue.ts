import type { StoredDelivery } from '../ledger/records.ts'

/** Deliveries that wait to be sent, in the order of sending. Later parts may be parked behind an earlier one. */
export function createSendQueue(isHeldAlone: (entry: StoredDelivery) => boolean) {
  const queue: StoredDelivery[] = []
  const parked = new Set<StoredDelivery>()

  /** Prompts are sent before broadcasts. */
  const firstOf = (entries: readonly StoredDelivery[]) =>
    entries.find(({ value }) => value.kind === 'prompt') ?? entries.find(entry => !parked.has(entry))

  return {
    add: (entries: readonly StoredDelivery[]) => void queue.push(...entries),
    remove(entry: StoredDelivery): void {
      const place = queue.indexOf(entry)
      if (place >= 0) queue.splice(place, 1)
      parked.delete(entry)
    },
    clear(): void {
      queue.length = 0
      parked.clear()
    },
    /** The next one to send. A delivery over its day cap, or to a target that gets too much, holds up no other. */
    next: () => firstOf(queue.filter(entry => !isHeldAlone(entry))) ?? firstOf(queue),
    /** Passes over a later part until {@link unpark}. */
    park: (entry: StoredDelivery) => void parked.add(entry),
    unpark: () => parked.clear(),
    hasParked: () => parked.size > 0,
    filter: (test: (entry: StoredDelivery) => boolean) => queue.filter(test),
    size: () => queue.length,
  }
}

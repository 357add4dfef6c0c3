import { reasonOf } from '../../log.ts'
import type { Target } from '../../ports/chat.ts'
import { broadcastOf } from '../ledger/compacted.ts'
import type { StoredDelivery } from '../ledger/records.ts'
import type { SenderParts } from './sender.ts'

/** Interval between attempts to read records of one broadcast. */
const readAgainMs = 60_000

type UnreadableParts = Pick<SenderParts, 'alarms' | 'clock' | 'log'> & {
  nameOf(target: Target): Promise<string>
}

/**
 * Broadcasts whose records cannot be read at present. Each waits alone and raises its alarm, since a damaged file
 * concerns no other broadcast.
 */
export function createUnreadable({ alarms, clock, log, nameOf }: UnreadableParts) {
  /** When to read again, ms of the epoch, by broadcast. */
  const readAgainAt = new Map<string, number>()
  const idOf = ({ key }: StoredDelivery) => broadcastOf(key)

  function delayMs(entry: StoredDelivery): number {
    return Math.max(0, (readAgainAt.get(idOf(entry)) ?? 0) - clock.now().epochMilliseconds)
  }

  function clear(entry: StoredDelivery): void {
    if (readAgainAt.delete(idOf(entry))) alarms.clear(`outbox-unreadable-${idOf(entry)}`)
  }

  /** @returns what was read in an object, or undefined where it cannot be read now */
  async function read<T>(entry: StoredDelivery, work: () => Promise<T>): Promise<{ value: T } | undefined> {
    try {
      const value = await work()
      clear(entry)
      return { value }
    } catch (cause) {
      log.error({ delivery: entry.key, reason: reasonOf(cause) }, 'a delivery cannot be read')
      readAgainAt.set(idOf(entry), clock.now().epochMilliseconds + readAgainMs)
      const name = await nameOf(entry.value.target)
      const text = `给「${name}」的消息读不出来，先不发，别的照常发；修好数据以后会自动接着发，过了时效就不再发。`
      alarms.raise(`outbox-unreadable-${idOf(entry)}`, text)
      return undefined
    }
  }

  return { delayMs, clear, read }
}

import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { locksOf } from './broadcast-locks.ts'
import { broadcastOf, commonShardOf } from './compacted.ts'
import { type Content, openContents, openDeliveries, type StoredDelivery } from './records.ts'
import { isDeliveryOpen } from './rules.ts'

/** Hours without a change after which a prompt is taken to be over for good. */
const quietHours = 48
/** A longer content keeps its own file: a common shard is written whole for each change. */
const mostCharacters = 8000

/**
 * Moves prompts that are over into common shards: each has four files of its own before. Broadcasts stay, since there
 * are few of them and they are kept for ever. A prompt that is changed meanwhile moves the next time.
 */
export async function compactFinished(store: Store, clock: Pick<Clock, 'now'>): Promise<void> {
  const deliveries = openDeliveries(store)
  const contents = openContents(store)
  const found = await deliveries.own('', { leavesOutUnreadable: true })
  const byBroadcast = Map.groupBy(found, ({ key }) => broadcastOf(key))
  const over = [...byBroadcast].filter(([, all]) => all.every(one => isOver(one, clock))).map(([id]) => id)
  for (const ids of Map.groupBy(over, commonShardOf).values())
    await locksOf(store).move(ids, async free => {
      await contents.move(free, isShort)
      await deliveries.move(free, () => true)
    })
}

function isOver({ value }: StoredDelivery, clock: Pick<Clock, 'now'>): boolean {
  const now = clock.now()
  const sinceHours = now.since(value.changedAt).total('hours')
  return value.kind === 'prompt' && !isDeliveryOpen(value, now) && sinceHours >= quietHours
}

function isShort({ text = '', file, attachments = [] }: Content): boolean {
  const files = [...(file ? [file] : []), ...attachments]
  return files.reduce((sum, { base64 }) => sum + base64.length, text.length) <= mostCharacters
}

import { sha256 } from '../../lib/hash.ts'
import { createSemaphore } from '../../lib/queue.ts'
import type { Collection, ListOptions } from '../../ports/store.ts'
import type { BroadcastLocks } from './broadcast-locks.ts'

/** Records removed side by side, each a shard of its own: one alone waits for the disk. */
const removedAtOnce = 16

export const broadcastOf = (key: string) => key.split('/')[0] ?? key

/**
 * The common shard of a broadcast, one of 256: told by its id, so that no index is needed. 10,000 prompts make 40
 * broadcasts in each.
 */
export const commonShardOf = (broadcastId: string) => sha256(broadcastId).slice(0, 2)
const commonKeyOf = (key: string) => `${commonShardOf(broadcastOf(key))}/${key}`
const keyIn = (commonKey: string) => commonKey.slice(commonKey.indexOf('/') + 1)

/** Records by `broadcast id/…`, wherever they stand. */
export type Compacted<T> = Collection<T> & {
  /** Records that did not move. */
  own: Collection<T>['list']
  /** Moves the records of these broadcasts into the common shards. The caller holds their locks. */
  move(broadcastIds: readonly string[], isWanted: (value: T) => boolean): Promise<void>
}

/**
 * Two collections as one: `own`, where each broadcast has a shard and so four files with its contents, and `common`,
 * where those that are over share shards. A record that a crash left in both counts as it is in `own`.
 */
export function createCompacted<T>(
  own: Collection<T>,
  common: Collection<T>,
  locks: BroadcastLocks,
): Compacted<T> {
  const runBounded = createSemaphore(removedAtOnce)

  async function isInCommon(key: string): Promise<boolean> {
    return (await own.get(key)) === undefined && (await common.get(commonKeyOf(key))) !== undefined
  }

  /** Removes a copy that a crash left behind; none is looked for in a common shard that cannot be read. */
  async function dropCopy(key: string): Promise<void> {
    const commonKey = commonKeyOf(key)
    const copies = await common.list(commonKey, { leavesOutUnreadable: true })
    if (copies.some(copy => copy.key === commonKey)) await common.update(commonKey, () => undefined)
  }

  async function updateOwn(key: string, change: (value: T | undefined) => T | undefined) {
    let isRemoved = false
    const changed = await own.update(key, before => {
      const after = change(before)
      isRemoved = before !== undefined && after === undefined
      return after
    })
    if (isRemoved) await dropCopy(key)
    return changed
  }

  /** Reads `own` first: what moves meanwhile then stands in `common`. */
  async function list(prefix: string, options: ListOptions = {}) {
    const isOfOne = prefix.includes('/')
    const first = await own.list(prefix, options)
    // A damaged common shard keeps no message from going out.
    const others = isOfOne && first.length > 0 ? { leavesOutUnreadable: true } : options
    const moved = await common.list(isOfOne ? commonKeyOf(prefix) : '', others)
    const found = new Map(moved.map(({ key, value }) => [keyIn(key), value]))
    for (const { key, value } of first) found.set(key, value)
    return [...found]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ key, value }))
  }

  return {
    get: async key => (await own.get(key)) ?? common.get(commonKeyOf(key)),
    list,
    own: own.list,
    update: (key, change) =>
      locks.write(broadcastOf(key), async () =>
        (await isInCommon(key)) ? common.update(commonKeyOf(key), change) : updateOwn(key, change),
      ),
    async move(broadcastIds, isWanted) {
      const lists = await Promise.all(broadcastIds.map(id => own.list(`${id}/`)))
      const moving = lists.flat().filter(({ value }) => isWanted(value))
      await Promise.all(moving.map(({ key, value }) => common.update(commonKeyOf(key), () => value)))
      await Promise.all(moving.map(({ key }) => runBounded(() => own.update(key, () => undefined))))
    },
  }
}

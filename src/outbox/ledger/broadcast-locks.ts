import type { Store } from '../../ports/store.ts'

/** Keeps the records of a broadcast from being changed while they move. */
export type BroadcastLocks = {
  /** Runs a change, side by side with others, once nothing of this broadcast moves. */
  write<T>(broadcastId: string, change: () => Promise<T>): Promise<T>
  /** Runs a move of those broadcasts that are not being changed; the others are left out. */
  move(broadcastIds: readonly string[], work: (free: readonly string[]) => Promise<void>): Promise<void>
}

const locksByStore = new WeakMap<Store, BroadcastLocks>()

/** The locks of a store; asking twice gives the same, as the store gives the same records. */
export function locksOf(store: Store): BroadcastLocks {
  const locks = locksByStore.get(store) ?? createLocks()
  locksByStore.set(store, locks)
  return locks
}

function createLocks(): BroadcastLocks {
  const changing = new Map<string, number>()
  const moving = new Map<string, Promise<void>>()

  return {
    async write(id, change) {
      while (moving.has(id)) await moving.get(id)
      changing.set(id, (changing.get(id) ?? 0) + 1)
      try {
        return await change()
      } finally {
        const left = (changing.get(id) ?? 1) - 1
        if (left > 0) changing.set(id, left)
        else changing.delete(id)
      }
    },
    async move(ids, work) {
      const free = ids.filter(id => !changing.has(id) && !moving.has(id))
      const { promise, resolve } = Promise.withResolvers<void>()
      for (const id of free) moving.set(id, promise)
      try {
        await work(free)
      } finally {
        for (const id of free) moving.delete(id)
        resolve()
      }
    },
  }
}

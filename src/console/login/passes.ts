import type { Collection } from '../../ports/store.ts'

/** Log-in links or sessions by the hashes of their secrets. */
export type Passes<T> = Collection<T> & {
  /** Keeps a pass that the store refuses, for this run alone: the console tells people what is to be repaired. */
  hold(key: string, pass: T): void
}

/** The passes of the store, and those that it refused. What stands in the store only is not found while it refuses. */
export function alsoInMemory<T>(stored: Collection<T>): Passes<T> {
  const held = new Map<string, T>()
  return {
    hold: (key, pass) => void held.set(key, pass),
    get: async key => held.get(key) ?? stored.get(key),
    async list(prefix, options) {
      const ours = [...held].map(([key, value]) => ({ key, value }))
      return [...ours, ...(await stored.list(prefix, options))]
    },
    async update(key, change) {
      if (!held.has(key)) return stored.update(key, change)
      const next = change(held.get(key))
      if (next === undefined) held.delete(key)
      else held.set(key, next)
      return next
    },
  }
}

export type RecentlyUsed<V> = {
  /** The value of the key, which becomes the one used last. */
  get(key: string): V | undefined
  /** The value of the key, which stays as old as it was. */
  peek(key: string): V | undefined
  has(key: string): boolean
  /** Drops a value that was not used lately where there is no room. */
  set(key: string, value: V): RecentlyUsed<V>
  /** @returns whether there was one */
  delete(key: string): boolean
  clear(): void
  readonly size: number
  keys(): IterableIterator<string>
  values(): IterableIterator<V>
  entries(): IterableIterator<[string, V]>
}

type RecentlyUsedOptions<V> = {
  /** Called with a value that was dropped for want of room. */
  onDropped?(value: V, key: string): void
  /** How large all values together may be; one that is larger by itself is not kept. Default: no limit. */
  mostSize?: number
  /** The size of a value, which never changes; from 0. Default: 0. */
  sizeOf?(value: V, key: string): number
}

/**
 * The values used last, by key: those of the last `most / 2` keys used are always here, as long as their sizes come to
 * half of `mostSize` at most. A map keeps the order of its keys, so that a key which is used moves to the end by being
 * set anew; while half of the room is free it stays where it is, as moving costs more than looking up, and a dozen of
 * these stand in the way of every message. No package: the search of the public pages carries this file into browsers.
 * lru-cache took twice as long for a look-up while half of the room is free, and 700 times as long to make.
 * @param most values that are kept, from 1
 */
export function recentlyUsed<V extends NonNullable<unknown>>(
  most: number,
  { onDropped, mostSize = Number.POSITIVE_INFINITY, sizeOf }: RecentlyUsedOptions<V> = {},
): RecentlyUsed<V> {
  const values = new Map<string, V>()
  /** Every entry that it passes is deleted, so its next one is the oldest, without a walk over what was deleted. */
  const oldestFirst = values.entries()
  const fewEnough = most / 2
  const smallEnough = mostSize / 2
  let totalSize = 0
  const hasHalfFree = () => values.size <= fewEnough && totalSize <= smallEnough

  function remove(key: string): boolean {
    if (sizeOf) {
      const value = values.get(key)
      if (value !== undefined) totalSize -= sizeOf(value, key)
    }
    return values.delete(key)
  }

  function dropOldest() {
    const { value: oldest } = oldestFirst.next()
    if (!oldest) return
    const [key, value] = oldest
    remove(key)
    onDropped?.(value, key)
  }

  const cache: RecentlyUsed<V> = {
    get(key) {
      const value = values.get(key)
      if (value === undefined || hasHalfFree()) return value
      values.delete(key)
      values.set(key, value)
      return value
    },
    peek: key => values.get(key),
    has: key => values.has(key),
    set(key, value) {
      if (sizeOf || !hasHalfFree()) remove(key)
      const added = sizeOf?.(value, key) ?? 0
      if (added > mostSize) return cache
      totalSize += added
      values.set(key, value)
      while (values.size > most || totalSize > mostSize) dropOldest()
      return cache
    },
    delete: remove,
    clear() {
      values.clear()
      totalSize = 0
    },
    get size() {
      return values.size
    },
    keys: () => values.keys(),
    values: () => values.values(),
    entries: () => values.entries(),
  }
  return cache
}

type ExpiringOptions = {
  /** How long a value counts from when it was set. */
  ttlMs: number
  /** Default: the time since the process began, which no change of the clock moves. */
  nowMs?(): number
}

/**
 * Values that count for a while, of {@link recentlyUsed} keys. To look at one does not prolong it.
 * @param most values that are kept, from 1
 */
export function expiring<V>(most: number, { ttlMs, nowMs = () => performance.now() }: ExpiringOptions) {
  const values = recentlyUsed<{ value: V; setAtMs: number }>(most)
  const isOver = (setAtMs: number) => nowMs() - setAtMs > ttlMs

  return {
    get(key: string): V | undefined {
      const kept = values.get(key)
      if (!kept || !isOver(kept.setAtMs)) return kept?.value
      values.delete(key)
      return undefined
    },
    has(key: string): boolean {
      const kept = values.peek(key)
      return kept !== undefined && !isOver(kept.setAtMs)
    },
    set: (key: string, value: V) => void values.set(key, { value, setAtMs: nowMs() }),
    /** @returns whether there was one */
    delete: (key: string): boolean => values.delete(key),
  }
}

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

/**
 * The values used last, by key: those of the last `most / 2` keys used are always here. A map keeps the order of its
 * keys, so that a key which is used moves to the end by being set anew; while half of the room is free it stays where
 * it is, as moving costs more than looking up, and a dozen of these stand in the way of every message.
 * @param most values that are kept, from 1
 * @param onDropped called with a value that was dropped for want of room
 */
export function recentlyUsed<V extends NonNullable<unknown>>(
  most: number,
  onDropped?: (value: V, key: string) => void,
): RecentlyUsed<V> {
  const values = new Map<string, V>()
  const fewEnough = most / 2

  function dropOldest() {
    const [oldest] = values
    if (!oldest) return
    const [key, value] = oldest
    values.delete(key)
    onDropped?.(value, key)
  }

  const cache: RecentlyUsed<V> = {
    get(key) {
      const value = values.get(key)
      if (value === undefined || values.size <= fewEnough) return value
      values.delete(key)
      values.set(key, value)
      return value
    },
    peek: key => values.get(key),
    has: key => values.has(key),
    set(key, value) {
      if (values.size > fewEnough) values.delete(key)
      values.set(key, value)
      if (values.size > most) dropOldest()
      return cache
    },
    delete: key => values.delete(key),
    clear: () => values.clear(),
    get size() {
      return values.size
    },
    keys: () => values.keys(),
    values: () => values.values(),
    entries: () => values.entries(),
  }
  return cache
}

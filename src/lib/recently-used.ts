import { LRUCache } from 'lru-cache'

/**
 * The values used last, by key. It grows as it is filled: with `max` the package takes room for all values at once,
 * which over the caches of a bot took ten milliseconds of each start.
 * @param most values that are kept, from 1
 */
export const recentlyUsed = <V extends NonNullable<unknown>>(most: number): LRUCache<string, V> =>
  new LRUCache({ maxSize: most, sizeCalculation: () => 1 })

import type { z } from 'zod'

/** Turns a record of one schema version into a record of the next. */
export type Migration = (old: unknown) => unknown

/**
 * Records by key. A key is a path, `lesson-id/member-id`; what stands before the first `/` is its shard, and
 * only a shard is read or written as a whole. Design keys so that no shard grows for ever.
 */
export type Collection<T> = {
  /** The record, or undefined; a value of its own, changing it changes nothing. */
  get(key: string): Promise<T | undefined>
  /**
   * Every record whose key begins with `prefix`, by key in code-unit order.
   * @throws where a shard cannot be read, unless those are to be left out
   */
  list(prefix: string, options?: ListOptions): Promise<{ key: string; value: T }[]>
  /**
   * One atomic read–change–write. `change` is synchronous and pure; it may run again, `undefined` removes.
   * A claim is `update(key, now => now ?? claim)`.
   * @returns what stands now, once that would survive a power cut.
   * @throws what `change` throws, or the schema's error: nothing is changed then.
   */
  update(key: string, change: (now: T | undefined) => T | undefined): Promise<T | undefined>
}

export type ListOptions = {
  /** For work that concerns each record alone: the shards that can be read. Default false. */
  leavesOutUnreadable?: boolean
}

export type CollectionOptions = {
  /** Append-only history: idle shards may be evicted from memory. */
  isHistory?: boolean
  /** Records of what was sent: a shard that is broken in both copies is refused instead of set aside. */
  refusesWhenBroken?: boolean
}

export type Store = {
  /**
   * @param name kebab-case, one per kind of record; asking twice gives the same records.
   * @param migrations from version 1 to 2, 2 to 3, …; the schema's version is their count + 1.
   */
  collection<T>(
    name: string,
    schema: z.ZodType<T>,
    migrations?: readonly Migration[],
    habits?: CollectionOptions,
  ): Collection<T>
  /** Waits for pending writes, then releases the data folder. */
  close(): Promise<void>
}

import type { z } from 'zod'
import type { Collection, ListOptions } from '../../ports/store.ts'
import { fromRecordText, toRecordText } from '../record.ts'
import type { Records, Shard } from './shard.ts'

/** The storage of one collection's shards; an id names one of them there. */
export type ShardSource = {
  idOf(shardName: string): string
  /** The shard's name, or undefined where the id does not tell it. */
  nameOf(id: string): string | undefined
  open(id: string): Shard
  /** Ids of the shards that have records. */
  find(): Promise<string[]>
}

/** One collection's shards; each is read at its first use. */
export type CollectionShards = {
  /** @param check is called at every use and throws when the store is closed */
  collection<T>(schema: z.ZodType<T>, check: () => void): Collection<T>
  /** Evicts the shards that were not used since then (`performance.now()`). */
  evict(sinceMs: number): void
  /** Resolves when nothing is being read or written. */
  idle(): Promise<void>
}

export function createCollectionShards(source: ShardSource): CollectionShards {
  const shards = new Map<string, Shard>()
  /** The shards by name: an id takes longer to make than a record to find. */
  const shardsByName = new Map<string, Shard>()
  let listing: Promise<void> | undefined

  function shardWith(id: string): Shard {
    const shard = shards.get(id) ?? source.open(id)
    shards.set(id, shard)
    return shard
  }

  function shardOf(key: string): Shard {
    const [name = ''] = key.split('/', 1)
    const shard = shardsByName.get(name) ?? shardWith(source.idOf(name))
    shardsByName.set(name, shard)
    return shard
  }

  /** Once: from then on every new shard is made here, since only one process writes. */
  async function findShards(): Promise<void> {
    listing ??= source.find().then(
      ids => ids.forEach(shardWith),
      cause => {
        listing = undefined
        throw cause
      },
    )
    await listing
  }

  async function shardsWith(prefix: string): Promise<Shard[]> {
    if (prefix.includes('/')) return [shardOf(prefix)]
    await findShards()
    return [...shards].flatMap(([id, shard]) =>
      (source.nameOf(id) ?? prefix).startsWith(prefix) ? [shard] : [],
    )
  }

  async function textsWith(
    prefix: string,
    { leavesOutUnreadable = false }: ListOptions,
  ): Promise<[string, string][]> {
    const read = async (shard: Shard): Promise<Records> => {
      try {
        return await shard.records()
      } catch (cause) {
        if (leavesOutUnreadable) return new Map()
        throw cause
      }
    }
    const shardsRead = await Promise.all((await shardsWith(prefix)).map(read))
    const found = shardsRead.flatMap(records => [...records].filter(([key]) => key.startsWith(prefix)))
    return found.sort(([a], [b]) => (a < b ? -1 : 1))
  }

  function collection<T>(schema: z.ZodType<T>, check: () => void): Collection<T> {
    return {
      async get(key) {
        check()
        const read = shardOf(key).records()
        const records = read instanceof Promise ? await read : read
        return fromRecordText<T>(records.get(key))
      },
      async list(prefix, options = {}) {
        check()
        return (await textsWith(prefix, options)).map(([key, text]) => ({
          key,
          value: JSON.parse(text) as T,
        }))
      },
      async update(key, change) {
        check()
        const text = await shardOf(key).update(key, now => {
          const next = change(fromRecordText<T>(now))
          return next === undefined ? undefined : toRecordText(schema, next)
        })
        return fromRecordText<T>(text)
      },
    }
  }

  return {
    collection,
    evict(sinceMs) {
      for (const shard of shards.values()) shard.evict(sinceMs)
    },
    idle: async () => void (await Promise.all([...shards.values()].map(shard => shard.idle()))),
  }
}

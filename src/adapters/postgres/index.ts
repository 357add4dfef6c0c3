import type { z } from 'zod'
import { createSemaphore } from '../../lib/queue.ts'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Collection, CollectionOptions, Migration, Store } from '../../ports/store.ts'
import { type CollectionShards, createCollectionShards } from '../shards/collection-shards.ts'
import { type BeforeMigration, StoreFault } from '../shards/fault.ts'
import { createShard } from '../shards/shard.ts'
import { createWriteWatch } from '../shards/write-watch.ts'
import { type Database, describeFailure } from './database.ts'
import type { Fence } from './lease.ts'
import { createShardRows, fromKeyBytes, type RowsParts } from './rows.ts'

export type PostgresOptions = {
  database: Database
  /** Refuses the writes of this process once another one has taken over. */
  fence: Fence
  /** Owner of these records; nothing of another tenant is read or written. */
  tenant: string
  alarms: Alarms
  log: Log
  clock: Clock
  /** After how long an unused shard of a history is evicted from memory. Default two minutes. */
  evictAfterMs?: number
  beforeMigration?: BeforeMigration
}

/** Long keys would not fit into the index of the table. */
const longestKey = 1300
/** Shards read or written at a time; as many as there are connections. */
const statementsAtOnce = 8

/**
 * A store in PostgreSQL: one row a record, with the shards in memory over the rows. An update costs one round trip, and
 * updates that arrive meanwhile share the next one. Closing it leaves the database and the lease open.
 */
export function openPostgresStore(options: PostgresOptions): Store {
  const { database, tenant, alarms, log, clock, evictAfterMs = 120_000 } = options
  const watch = createWriteWatch({ alarms, clock, log, describe: describeFailure })
  const permit = createSemaphore(statementsAtOnce)
  const collections = new Map<string, CollectionShards>()
  const histories = new Set<CollectionShards>()
  let isClosed = false
  let closing: Promise<void> | undefined
  const evicting = setInterval(() => {
    for (const shards of histories) shards.evict(performance.now() - evictAfterMs)
  }, evictAfterMs / 2).unref()
  const checkOpen = () => {
    if (isClosed) throw new StoreFault('数据已经关闭，程序正在退出，请稍后再试。')
  }

  function shardsOf(name: string, format: RowsParts['format']): CollectionShards {
    const shards = collections.get(name) ?? openShards(name, format)
    collections.set(name, shards)
    return shards
  }

  function openShards(name: string, format: RowsParts['format']): CollectionShards {
    return createCollectionShards({
      idOf: shard => shard,
      nameOf: shard => shard,
      find: () => findShards(database, tenant, name),
      open(shard) {
        const rows = createShardRows({ ...options, collection: name, shard, format })
        const storage = {
          read: () => permit(rows.read).catch(cause => Promise.reject(asFault(cause))),
          write: (records: ReadonlyMap<string, string>) => permit(() => rows.write(records)),
        }
        return createShard(`${name}/${shard}`, storage, watch)
      },
    })
  }

  async function close(): Promise<void> {
    isClosed = true
    clearInterval(evicting)
    await watch.stop()
    await Promise.all([...collections.values()].map(shards => shards.idle()))
  }

  return {
    collection<T>(
      name: string,
      schema: z.ZodType<T>,
      migrations: readonly Migration[] = [],
      { isHistory = false }: CollectionOptions = {},
    ): Collection<T> {
      const shards = shardsOf(name, { schema, migrations })
      if (isHistory) histories.add(shards)
      const collection = shards.collection(schema, checkOpen)
      return {
        ...collection,
        async update(key, change) {
          if (key.length > longestKey) throw new StoreFault(`记录的名称最多 ${longestKey} 个字符。`)
          return collection.update(key, change)
        },
      }
    },
    close: () => (closing ??= close()),
  }
}

async function findShards(database: Database, tenant: string, collection: string): Promise<string[]> {
  const rows = await database.query<{ shard: Buffer }>({
    name: 'find-shards',
    text: 'select distinct shard from chuangke_records where tenant = $1 and collection = $2',
    values: [tenant, collection],
  })
  return rows.map(({ shard }) => fromKeyBytes(shard))
}

function asFault(cause: unknown): StoreFault {
  if (cause instanceof StoreFault) return cause
  return new StoreFault(`${describeFailure(cause)}，记录暂时读不出来，请稍后再试。`, { cause })
}

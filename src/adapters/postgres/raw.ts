import { randomUUID } from 'node:crypto'
import type { Log } from '../../log.ts'
import type { RawShard, RawStore } from '../../ports/raw-store.ts'
import { StoreFault } from '../shards/fault.ts'
import { type Database, openDatabase, prepareDatabase } from './database.ts'
import { takeFreeLease } from './lease.ts'
import { fromKeyBytes, toKeyBytes, writeFenced } from './rows.ts'

type Row = { collection: string; shard: Buffer; key: Buffer; value: string; version: number }

/**
 * Reads every shard of a tenant as it stood at one moment, also while a bot uses them.
 * @throws {@link StoreFault} where the records of one shard are of several versions
 */
export async function* readTenant(database: Database, tenant: string): AsyncGenerator<RawShard> {
  let current: (RawShard & { records: Map<string, string> }) | undefined
  const text =
    'select collection, shard, key, value, version from chuangke_records where tenant = $1 order by collection, shard'
  for await (const rows of database.stream<Row>({ text, values: [tenant] })) {
    for (const { collection, shard: name, key, value, version } of rows) {
      const shard = fromKeyBytes(name)
      if (current?.collection !== collection || current.shard !== shard) {
        if (current) yield current
        current = { collection, shard, version, records: new Map() }
      }
      if (current.version !== version) throw new StoreFault(`「${collection}/${shard}」里有不同版本的记录。`)
      current.records.set(fromKeyBytes(key), value)
    }
  }
  if (current) yield current
}

/** The newest version of the records of each collection. */
export async function versionsOf(database: Database, tenant: string): Promise<Map<string, number>> {
  const rows = await database.query<{ collection: string; version: number }>({
    text: 'select collection, max(version) as version from chuangke_records where tenant = $1 group by collection',
    values: [tenant],
  })
  return new Map(rows.map(({ collection, version }) => [collection, version]))
}

/**
 * The records of one tenant as a raw store.
 * @throws {@link StoreFault} where a bot uses them, or the database cannot be used
 */
export async function openRawTenant(url: string, tenant: string, log: Log): Promise<RawStore> {
  const holder = `chuangke-${randomUUID()}`
  const database = openDatabase({ url, applicationName: holder })
  try {
    await prepareDatabase(database)
    const lease = await takeFreeLease({ database, tenant, holder, address: '', log })
    if (!lease) throw new StoreFault(`「${tenant}」的数据正由另一个程序使用，请先停掉它。`)
    return {
      // A database gives all rows or none.
      shards: () => readTenant(database, tenant),
      setAside: async () => {},
      write: shard => replaceShard(database, tenant, { shard, token: lease.token() }),
      async close() {
        await lease.release()
        await database.close()
      },
    }
  } catch (cause) {
    await database.close()
    throw cause
  }
}

type Replacement = { shard: RawShard; token: string }

async function replaceShard(database: Database, tenant: string, { shard: raw, token }: Replacement) {
  const { collection, shard, version, records } = raw
  const rows = await database.query<{ key: Buffer }>({
    text: 'select key from chuangke_records where tenant = $1 and collection = $2 and shard = $3',
    values: [tenant, collection, toKeyBytes(shard)],
  })
  const removed = rows.map(({ key }) => fromKeyBytes(key)).filter(key => !records.has(key))
  const whose = { tenant, token, collection, shard, version }
  if (await writeFenced(database, { ...whose, removed, written: [...records] })) return
  throw new StoreFault('数据已由另一个程序接管，没有写完，请停掉它再来一次。')
}

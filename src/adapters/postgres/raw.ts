import { randomUUID } from 'node:crypto'
import type { Log } from '../../log.ts'
import type { RawShard, RawStore } from '../../ports/raw-store.ts'
import { StoreFault } from '../shards/fault.ts'
import { type Database, openDatabase, prepareDatabase } from './database.ts'
import { takeFreeLease } from './lease.ts'
import { fromKeyBytes, toKeyBytes } from './rows.ts'

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
      shards: () => readTenant(database, tenant),
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

const replace = `
  with fence as (select from chuangke_leases where tenant = $1 and token = $2 for share),
  removed as (
    delete from chuangke_records where tenant = $1 and collection = $3 and shard = $4
      and not key = any($5::bytea[]) and exists (select from fence)),
  written as (
    insert into chuangke_records (tenant, collection, shard, key, value, version)
    select $1, $3, $4, new.key, new.value, $7
    from unnest($5::bytea[], $6::text[]) as new (key, value) where exists (select from fence)
    on conflict (tenant, collection, key) do update set value = excluded.value, version = excluded.version)
  select exists (select from fence) as "isHeld"`

type Replacement = { shard: RawShard; token: string }

async function replaceShard(database: Database, tenant: string, { shard: raw, token }: Replacement) {
  const { collection, shard, version, records } = raw
  const keys = [...records.keys()].map(toKeyBytes)
  const values = [tenant, token, collection, toKeyBytes(shard), keys, [...records.values()], version]
  const [answer] = await database.query<{ isHeld: boolean }>({ text: replace, values })
  if (answer?.isHeld !== true) throw new StoreFault('数据已由另一个程序接管，没有写完，请停掉它再来一次。')
}

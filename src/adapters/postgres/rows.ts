import type { z } from 'zod'
import type { Migration } from '../../ports/store.ts'
import { toRecordText } from '../record.ts'
import { type BeforeMigration, StoreFault, writtenByNewer } from '../shards/fault.ts'
import type { Records } from '../shards/shard.ts'
import type { Database } from './database.ts'
import type { Fence } from './lease.ts'

export type RowsParts = {
  database: Database
  fence: Fence
  tenant: string
  collection: string
  shard: string
  format: { schema: z.ZodType; migrations: readonly Migration[] }
  /** Default: nothing is done before. */
  beforeMigration?: BeforeMigration | undefined
}

type Row = { key: Buffer; value: string; version: number }

const readShard = `
  select key, value, version from chuangke_records
  where tenant = $1 and collection = $2 and (key = $3 or (key >= $4 and key < $5))`

// The lock on the lease's row is what makes a late write harmless: who takes over waits for it, and a write that waits
// for a take-over finds another token afterwards. A mere comparison would let a write begun before land after it.
const writeShard = `
  with fence as (select from chuangke_leases where tenant = $1 and token = $2 for share),
  removed as (
    delete from chuangke_records
    where tenant = $1 and collection = $3 and key = any($5::bytea[]) and exists (select from fence)),
  written as (
    insert into chuangke_records (tenant, collection, shard, key, value, version)
    select $1, $3, $4, new.key, new.value, $8
    from unnest($6::bytea[], $7::text[]) as new (key, value) where exists (select from fence)
    on conflict (tenant, collection, key) do update set value = excluded.value, version = excluded.version)
  select exists (select from fence) as "isHeld"`

type ShardWrite = {
  tenant: string
  token: string
  collection: string
  shard: string
  version: number
  removed: readonly string[]
  written: readonly (readonly [key: string, text: string])[]
}

/** @returns false where the token is not valid any more: nothing is written then */
export async function writeFenced(database: Database, write: ShardWrite): Promise<boolean> {
  const { tenant, token, collection, shard, version, removed, written } = write
  const keys = written.map(([key]) => toKeyBytes(key))
  const texts = written.map(([, text]) => text)
  const whose = [tenant, token, collection, toKeyBytes(shard)]
  const values = [...whose, removed.map(toKeyBytes), keys, texts, version]
  const statement = { name: 'write-shard', text: writeShard, values }
  const [answer] = await database.query<{ isHeld: boolean }>(statement)
  return answer?.isHeld === true
}

/**
 * The rows of one shard. What was sent and not confirmed counts as unknown, and is sent again with the next write.
 */
export function createShardRows(parts: RowsParts) {
  const { database, fence, tenant, collection, shard, format } = parts
  const version = format.migrations.length + 1
  let confirmed: Records = new Map()
  const unconfirmed = new Set<string>()
  /** Rows of an older version; all rows of a shard get the current one with its next write. */
  const outdated = new Set<string>()

  async function read(): Promise<Records> {
    const bounds = [shard, `${shard}/`, `${shard}0`].map(toKeyBytes)
    const values = [tenant, collection, ...bounds]
    const rows = await database.query<Row>({ name: 'read-shard', text: readShard, values })
    for (const row of rows) if (row.version < version) outdated.add(fromKeyBytes(row.key))
    if (outdated.size > 0) await parts.beforeMigration?.(collection, version)
    confirmed = new Map(rows.map(row => [fromKeyBytes(row.key), currentText(row)]))
    return confirmed
  }

  function currentText(row: Row): string {
    if (row.version > version) {
      throw new StoreFault(writtenByNewer)
    }
    if (row.version === version) return row.value
    const steps = format.migrations.slice(row.version - 1)
    const value = steps.reduce((record, migrate) => migrate(record), JSON.parse(row.value) as unknown)
    return toRecordText(format.schema, value)
  }

  async function write(records: Records): Promise<void> {
    const keys = changedKeys(records)
    const isUncertain = unconfirmed.size > 0
    for (const key of keys) unconfirmed.add(key)
    // An earlier write that is still on its way would land after this one.
    let token = isUncertain ? await fence.replaceToken(fence.token()) : fence.token()
    while (!(await send(token, keys, records))) token = await fence.replaceToken(token)
    confirmed = records
    unconfirmed.clear()
    outdated.clear()
  }

  function changedKeys(records: Records): string[] {
    const keys = new Set([...unconfirmed, ...outdated])
    for (const [key, text] of records) if (confirmed.get(key) !== text) keys.add(key)
    for (const key of confirmed.keys()) if (!records.has(key)) keys.add(key)
    return [...keys]
  }

  function send(token: string, keys: string[], records: Records): Promise<boolean> {
    const removed = keys.filter(key => !records.has(key))
    const written = keys.flatMap(key => {
      const text = records.get(key)
      return text === undefined ? [] : [[key, text] as const]
    })
    return writeFenced(database, { tenant, token, collection, shard, version, removed, written })
  }

  return { read, write }
}

/** Encodes a key as bytes that sort as the code units of the text do; also for text that is no valid Unicode. */
export function toKeyBytes(key: string): Buffer {
  return Buffer.from(key, 'utf16le').swap16()
}

export function fromKeyBytes(bytes: Buffer): string {
  return Buffer.from(bytes).swap16().toString('utf16le')
}

import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { readFolder } from '../../adapters/lowdb/raw.ts'
import { openDatabase } from '../../adapters/postgres/database.ts'
import { readTenant } from '../../adapters/postgres/raw.ts'
import { createDigest } from '../../backup/digest.ts'
import { toBackup } from '../../backup/file.ts'
import { asRawShard } from '../../backup/unread.ts'
import type { Config } from '../../config.ts'
import type { Feature } from '../../feature.ts'
import { sensitiveCollection } from '../../features/forms/sensitive/kept/records.ts'
import { withoutLastBatches } from '../../features/votes/ballots/backup.ts'
import { batchCollection } from '../../features/votes/ballots/records.ts'
import { cronDue } from '../../jobs.ts'
import { giveToFolderOwner, makeFolder } from '../../lib/owned-files.ts'
import type { RawShard, UnreadShard } from '../../ports/raw-store.ts'
import type { Tenant } from '../tenants/plan.ts'
import type { Platform } from './platform.ts'

/** The place of a tenant's records, as the commands name it. */
export function placeOf({ name, config }: Tenant): string {
  return config.STORE === 'postgres' ? `${config.DATABASE_URL}#${name}` : `lowdb:${config.STATE_DIR}`
}

/** The folder of backups and of the list of erasures, also where no nightly backup is wanted. */
export function backupFolderOf({ BACKUP_DIR, STATE_DIR }: Config): string {
  return BACKUP_DIR || join(STATE_DIR, 'backups')
}

/**
 * The records of a backup: all but sensitive answers of forms, which are to be gone everywhere once they are
 * erased, and ballots that others may still join.
 */
async function* recordsToKeep(tenant: Tenant, unread: UnreadShard[]): AsyncGenerator<RawShard> {
  const records = readRecords(tenant, one => unread.push(one))
  const isUnread = (vote: string) => unread.some(({ title }) => title === vote)
  for await (const shard of withoutLastBatches(records, isUnread))
    if (shard.collection !== sensitiveCollection) yield shard
  for (const one of unread) if (one.copies.size > 0 && !neverCopied.has(one.collection)) yield asRawShard(one)
}

const neverCopied = new Set([sensitiveCollection, batchCollection])

/**
 * All records of a tenant as they stand at one moment, also while a bot writes them.
 * @param onUnread gets each shard that cannot be read, instead of a fault. Default: that ends the reading
 */
export async function* readRecords(
  { name, config }: Tenant,
  onUnread?: (one: UnreadShard) => void,
): AsyncGenerator<RawShard> {
  if (config.STORE !== 'postgres') return yield* readFolder(config.STATE_DIR, onUnread)
  const applicationName = 'chuangke backup'
  const database = openDatabase({ url: config.DATABASE_URL, applicationName, connections: 1 })
  try {
    yield* readTenant(database, name)
  } finally {
    await database.close()
  }
}

/**
 * Writes all records into one file, shard by shard. One that cannot be read is left out, as no backup at all would be
 * worse; its bytes are kept in it for repair, as far as the disk gives them.
 * @returns how many records there are, and the titles of what was left out
 */
export async function makeBackup(
  tenant: Tenant,
  path: string,
): Promise<{ count: number; leftOut: string[] }> {
  const unread: UnreadShard[] = []
  const digest = createDigest()
  const madeAt = Temporal.Now.instant().toString()
  const passphrase = tenant.config.BACKUP_PASSPHRASE
  await writeWhole(path, toBackup(recordsToKeep(tenant, unread), { madeAt, passphrase, digest }))
  return { count: digest.value().count, leftOut: unread.map(({ title }) => title) }
}

/** 「有 1 份数据读不出来，备份里没有：「lessons/…」。请先修复，再备份一次。」; empty where nothing was left out. */
export function sayLeftOut(leftOut: readonly string[]): string {
  if (leftOut.length === 0) return ''
  const named = leftOut.slice(0, 3).map(title => `「${title}」`)
  return `有 ${leftOut.length} 份数据读不出来，备份里没有：${named.join('')}${leftOut.length > 3 ? '等' : ''}。请先修复，再备份一次。`
}

/** Writes a file whole or not at all, readable by its owner only. */
export async function writeWhole(
  path: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  await makeFolder(dirname(path))
  const draft = `${path}.tmp`
  const file = await open(draft, 'w', 0o600)
  await giveToFolderOwner(draft)
  try {
    for await (const some of bytes) await file.writeFile(some)
    await file.sync()
    await rename(draft, path)
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

/** A draft that a killed backup left ages like a backup. */
const dated = /^chuangke-(?<day>\d{4}-\d{2}-\d{2})(?:-upgrade-\d+)?\.backup(?:\.tmp)?$/

/** A backup every night where `BACKUP_DIR` is set; those of nights and of upgrades are kept for `BACKUP_DAYS` days. */
export function nightlyBackup(tenant: Tenant, { alarms, clock, scheduler }: Platform): Feature {
  const { config } = tenant
  if (config.STORE === 'memory') return { name: 'backup' }
  const folder = backupFolderOf(config)

  async function run(): Promise<void> {
    const today = clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
    if (config.BACKUP_DIR) {
      const { leftOut } = await makeBackup(tenant, join(folder, `chuangke-${today}.backup`))
      if (leftOut.length > 0) alarms.raise('backup-left-out', `每夜备份：${sayLeftOut(leftOut)}`)
      else alarms.clear('backup-left-out')
    }
    const firstKept = today.subtract({ days: config.BACKUP_DAYS - 1 }).toString()
    for (const name of await readdir(folder).catch(() => [])) {
      const day = dated.exec(name)?.groups?.day
      if (day !== undefined && day < firstKept) await rm(join(folder, name))
    }
  }

  const due = cronDue(scheduler, '40 3 * * *')
  const title = config.BACKUP_DIR ? '每夜备份' : ''
  return { name: 'backup', jobs: [{ name: 'backup', title, maxLateMinutes: 12 * 60, due, run }] }
}

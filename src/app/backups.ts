import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { readFolder } from '../adapters/lowdb/raw.ts'
import { openDatabase } from '../adapters/postgres/database.ts'
import { readTenant } from '../adapters/postgres/raw.ts'
import { toBackup } from '../backup/file.ts'
import type { Feature } from '../feature.ts'
import { cronDue } from '../jobs.ts'
import type { RawShard } from '../ports/raw-store.ts'
import type { Platform } from './platform.ts'
import type { Tenant } from './tenants/plan.ts'

/** Where a tenant's records are, as the commands name it. */
export function placeOf({ name, config }: Tenant): string {
  return config.STORE === 'postgres' ? `${config.DATABASE_URL}#${name}` : `lowdb:${config.STATE_DIR}`
}

/** All records of a tenant as they stand at one moment, also while a bot writes them. */
async function readRecords({ name, config }: Tenant): Promise<RawShard[]> {
  if (config.STORE !== 'postgres') return readFolder(config.STATE_DIR)
  const database = openDatabase({
    url: config.DATABASE_URL,
    applicationName: 'chuangke backup',
    connections: 1,
  })
  try {
    return await readTenant(database, name)
  } finally {
    await database.close()
  }
}

export async function makeBackup(tenant: Tenant): Promise<{ bytes: Buffer; count: number }> {
  const shards = await readRecords(tenant)
  const madeAt = Temporal.Now.instant().toString()
  const bytes = await toBackup(shards, { madeAt, passphrase: tenant.config.BACKUP_PASSPHRASE })
  return { bytes, count: shards.reduce((sum, { records }) => sum + records.size, 0) }
}

/** Whole or not at all, and readable by its owner only. */
export async function writeBackup(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.tmp`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

const nightly = /^chuangke-(?<day>\d{4}-\d{2}-\d{2})\.backup$/

/** A backup every night, in `BACKUP_DIR`, each kept for `BACKUP_DAYS` days. */
export function nightlyBackup(tenant: Tenant, { clock, scheduler }: Platform): Feature {
  const folder = tenant.config.BACKUP_DIR
  if (folder === '' || tenant.config.STORE === 'memory') return { name: 'backup' }

  async function run(): Promise<void> {
    const today = clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
    const { bytes } = await makeBackup(tenant)
    await writeBackup(join(folder, `chuangke-${today}.backup`), bytes)
    const firstKept = today.subtract({ days: tenant.config.BACKUP_DAYS - 1 }).toString()
    for (const name of await readdir(folder)) {
      const day = nightly.exec(name)?.groups?.day
      if (day !== undefined && day < firstKept) await rm(join(folder, name))
    }
  }

  const due = cronDue(scheduler, '40 3 * * *')
  return {
    name: 'backup',
    jobs: [{ name: 'backup', title: '每夜备份', shelfLifeMinutes: 12 * 60, due, run }],
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type BeforeMigration, StoreFault, writtenByNewer } from '../../adapters/shards/fault.ts'
import { createMutex } from '../../lib/queue.ts'
import { reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import type { Tenant } from '../tenants/plan.ts'
import { backupFolderOf, makeBackup, writeWhole } from './backups.ts'

/** A line of the list: 「collection@version」, and the backup that was made before. */
const Upgrade = z.tuple([z.string(), z.string()])

/**
 * Makes a backup before the first record of an older version is migrated: once a start, and never again for a version
 * that has one. What waits for it is not migrated where it fails.
 */
export function createUpgradeBackup(tenant: Tenant, clock: Clock): BeforeMigration {
  const folder = backupFolderOf(tenant.config)
  const list = join(folder, 'upgrades.jsonl')
  const oneByOne = createMutex()
  let made: string | undefined

  async function make(): Promise<string> {
    const at = clock.now().toZonedDateTimeISO('Asia/Shanghai')
    const time = at.toPlainTime().toString({ smallestUnit: 'second' }).replaceAll(':', '')
    const name = `chuangke-${at.toPlainDate()}-upgrade-${time}.backup`
    await makeBackup(tenant, join(folder, name))
    return name
  }

  async function ensure(upgrade: string): Promise<void> {
    const lines = await readFile(list, 'utf8').catch(() => '')
    const known = lines.split('\n').flatMap(line => (line === '' ? [] : [Upgrade.parse(JSON.parse(line))]))
    if (known.some(([done]) => done === upgrade)) return
    made ??= await make()
    await writeWhole(list, [Buffer.from(`${lines}${JSON.stringify([upgrade, made])}\n`)])
  }

  return (collection, version) =>
    oneByOne(() =>
      ensure(`${collection}@${version}`).catch(cause => {
        throw new StoreFault(
          `旧格式的记录要先备份再升级，备份没有做成（${reasonOf(cause)}），数据没有动。请检查 ${folder} 能不能写、磁盘有没有空间。`,
          { cause },
        )
      }),
    )
}

/** Refuses collections of which the store holds records of a newer version, before any is read or written. */
export function refusingNewer(store: Store, newest: ReadonlyMap<string, number>): Store {
  return {
    ...store,
    collection(name, schema, migrations = [], options = {}) {
      if ((newest.get(name) ?? 1) > migrations.length + 1) throw new StoreFault(writtenByNewer)
      return store.collection(name, schema, migrations, options)
    },
  }
}

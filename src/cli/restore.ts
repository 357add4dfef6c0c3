import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { plannedLines } from '../app/lines/plan/plan.ts'
import { backupFolderOf, placeOf } from '../app/platform/backups.ts'
import { readErasureList } from '../app/platform/erasure-list.ts'
import type { Tenant } from '../app/tenants/plan.ts'
import { copyShards, shardsOf } from '../backup/copy.ts'
import { erasuresIn, withErasures } from '../backup/erasures.ts'
import { withSendingHeld } from '../backup/held.ts'
import { fromBackup } from '../backup/read.ts'
import { Refusal } from '../feature.ts'
import { createLog } from '../log.ts'
import type { RawStore } from '../ports/raw-store.ts'
import { noteAction } from './audit-notes.ts'
import { chosenTenant } from './chosen-tenant.ts'
import { openRawStore } from './raw-stores.ts'

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  tenant: { type: 'string' },
  replace: { type: 'boolean', default: false },
} as const

/** From what the backup replaces, and from the lists beside it and beside the nightly ones. */
async function knownErasures({ config }: Tenant, { target, from }: { target: RawStore; from: string }) {
  const lists = [dirname(from), backupFolderOf(config)].map(readErasureList)
  const found = [erasuresIn(await shardsOf(target)), ...(await Promise.all(lists))]
  return new Map(found.flatMap(erasures => [...erasures]))
}

/** Puts a backup back, once all of it is read and checked; over other records only with `--replace`. */
export async function runRestore(args: string[]): Promise<void> {
  const { from, to, tenant: name, replace } = parseArgs({ args, options }).values
  if (!from) throw new Refusal('请写 npm run -s restore -- --from 备份文件；先停掉机器人。')
  const tenant = chosenTenant(name)
  const bytes = await readFile(from).catch(() => {
    throw new Refusal(`读不到 ${from}，请核对文件名。`)
  })
  const { shards, madeAt } = await fromBackup(bytes, tenant.config.BACKUP_PASSPHRASE)
  const place = to ?? placeOf(tenant)
  const target = await openRawStore(place, createLog('warn'))
  try {
    const known = await knownErasures(tenant, { target, from })
    const { shards: erased, waiting } = withErasures(shards, known)
    const lines = plannedLines(tenant.config).map(line => line.name)
    const { shards: wanted, held } = withSendingHeld(erased, { madeAt, lines })
    const { count } = await copyShards(wanted, target, {
      replaces: replace,
      beforeWriting: () => noteAction(place, { kind: 'deed', what: 'restore' }),
    })
    process.stdout.write(
      `恢复好了：${madeAt} 的备份，${count} 条记录，核对一致。可以启动了。\n${sayHeld(held)}`,
    )
    if (waiting > 0) process.stdout.write(`备份以后删除过 ${waiting} 次个人信息，启动时会再删一遍。\n`)
  } finally {
    await target.close()
  }
}

const sayHeld = (held: number): string =>
  `发送先停着：${held > 0 ? `有 ${held} 条推送和消息在备份以后可能已经发过，` : ''}启动后请到控制台「推送」逐条定发还是不发，再点「恢复发送」。\n`

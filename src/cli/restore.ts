import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { placeOf } from '../app/backups.ts'
import { readTenants } from '../app/tenants/plan.ts'
import { copyShards } from '../backup/copy.ts'
import { fromBackup } from '../backup/file.ts'
import { Refusal } from '../feature.ts'
import { createLog } from '../log.ts'
import { openRawStore } from './raw-stores.ts'

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  tenant: { type: 'string' },
  replace: { type: 'boolean', default: false },
} as const

/** Puts a backup back, once all of it is read and checked; over other records only with `--replace`. */
export async function runRestore(args: string[]): Promise<void> {
  const { from, to, tenant: name, replace } = parseArgs({ args, options }).values
  if (!from) throw new Refusal('请写 npm run -s restore -- --from 备份文件；先停掉机器人。')
  const { tenants } = readTenants()
  const tenant = tenants.find(one => one.name === (name ?? tenants[0]?.name))
  if (!tenant) throw new Refusal(`没有「${name}」这个区，有：${tenants.map(one => one.name).join('、')}。`)
  const bytes = await readFile(from).catch(() => {
    throw new Refusal(`读不到 ${from}，请核对文件名。`)
  })
  const { shards, madeAt } = await fromBackup(bytes, tenant.config.BACKUP_PASSPHRASE)
  const target = await openRawStore(to ?? placeOf(tenant), createLog('warn'))
  try {
    const { count } = await copyShards(shards, target, { replaces: replace })
    process.stdout.write(`恢复好了：${madeAt} 的备份，${count} 条记录，核对一致。可以启动了。\n`)
  } finally {
    await target.close()
  }
}

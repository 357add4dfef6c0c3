import { parseArgs } from 'node:util'
import { makeBackup, sayLeftOut } from '../app/platform/backups.ts'
import { Refusal } from '../feature.ts'
import { noteActionOn } from './audit-notes.ts'
import { chosenTenant } from './chosen-tenant.ts'

/** Writes all records into one file, also while the bot runs. */
export async function runBackup(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' }, tenant: { type: 'string' } } })
  if (!values.to) throw new Refusal('请写 npm run -s backup -- --to 文件名')
  const tenant = chosenTenant(values.tenant)
  await noteActionOn(tenant, { kind: 'export', what: 'backup' })
  const { count, leftOut } = await makeBackup(tenant, values.to)
  const secret = tenant.config.BACKUP_PASSPHRASE ? '已加密，口令请另外保管' : '没有加密，请放在安全的地方'
  process.stdout.write(`备份好了：${values.to}，${count} 条记录，${secret}。\n`)
  if (leftOut.length > 0) process.stdout.write(`${sayLeftOut(leftOut)}\n`)
}

import { parseArgs } from 'node:util'
import { makeBackup } from '../app/platform/backups.ts'
import { readTenants } from '../app/tenants/plan.ts'
import { Refusal } from '../feature.ts'

/** Writes all records into one file, also while the bot runs. */
export async function runBackup(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' }, tenant: { type: 'string' } } })
  if (!values.to) throw new Refusal('请写 npm run -s backup -- --to 文件名')
  const { tenants } = readTenants()
  const tenant = tenants.find(({ name }) => name === (values.tenant ?? tenants[0]?.name))
  if (!tenant)
    throw new Refusal(`没有「${values.tenant}」这个区，有：${tenants.map(one => one.name).join('、')}。`)
  const count = await makeBackup(tenant, values.to)
  const secret = tenant.config.BACKUP_PASSPHRASE ? '已加密，口令请另外保管' : '没有加密，请放在安全的地方'
  process.stdout.write(`备份好了：${values.to}，${count} 条记录，${secret}。\n`)
}

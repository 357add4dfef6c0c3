import { existsSync } from 'node:fs'
import { z } from 'zod'
import { AlertTarget } from '../../alerts/targets.ts'
import { readRecords } from '../../app/platform/backups.ts'
import type { Tenant } from '../../app/tenants/plan.ts'
import { type Diagnosis, good, warning } from './diagnosis.ts'

const KeptTarget = z.object({ target: AlertTarget.optional() })

/** Checks whether alerts go anywhere: the page 提醒 stands before the machine's settings, as in the bot. */
export async function checkAlerts(tenant: Tenant): Promise<Diagnosis> {
  if (await isSetOnConsole(tenant)) return good('控制台上设置了；请在控制台「运行 → 提醒」发一条测试')
  if (tenant.config.ALERT_WEBHOOK_URL) return good('已设置；请在控制台「运行 → 提醒」发一条测试')
  return warning(
    '没有设置，线路断了只有打开控制台才看得到。请在控制台「运行 → 提醒」填群机器人的地址，马上生效；也可以填进 .env 的 ALERT_WEBHOOK_URL。',
  )
}

async function isSetOnConsole(tenant: Tenant): Promise<boolean> {
  const { STORE, STATE_DIR } = tenant.config
  if (STORE === 'memory' || (STORE === 'lowdb' && !existsSync(STATE_DIR))) return false
  // A broken shard of another collection is not this check's matter.
  for await (const { collection, records } of readRecords(tenant, () => {}))
    if (collection === 'alert-settings')
      for (const text of records.values()) if (KeptTarget.parse(JSON.parse(text)).target) return true
  return false
}

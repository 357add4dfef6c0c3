import { existsSync } from 'node:fs'
import { z } from 'zod'
import { readRecords } from '../../app/platform/backups.ts'
import type { Tenant } from '../../app/tenants/plan.ts'
import { type Anchor, AuditDetail, AuditLine, firstHash, verifyChain } from '../../audit/line.ts'
import { bad, type Diagnosis, good } from './diagnosis.ts'

const ChainState = z.object({ anchor: z.object({ number: z.number(), hash: z.string() }) })

/** Checks that no line of the audit log was changed, removed or put in between. */
export async function checkAuditLog(tenant: Tenant): Promise<Diagnosis> {
  const { STORE, STATE_DIR } = tenant.config
  if (STORE === 'memory' || (STORE === 'lowdb' && !existsSync(STATE_DIR))) return good('还没有')
  const lines = new Map<string, AuditLine>()
  const details = new Map<string, AuditDetail>()
  let anchor: Anchor = { number: 0, hash: firstHash }
  for await (const { collection, records } of readRecords(tenant))
    for (const [key, text] of records) {
      if (collection === 'audit-lines') lines.set(key, AuditLine.parse(JSON.parse(text)))
      if (collection === 'audit-details') details.set(key, AuditDetail.parse(JSON.parse(text)))
      if (collection === 'audit-state') anchor = ChainState.parse(JSON.parse(text)).anchor
    }
  const entries = [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, line]) => ({ line, detail: details.get(key) }))
    .filter(({ line }) => line.number > anchor.number)
  const [problem] = verifyChain(entries, anchor)
  if (problem === undefined) return good(`${entries.length} 条，没有被改过`)
  return bad(`${problem}请保存好数据文件夹，报告上级；控制台「操作记录」里可以逐条核对。`)
}

import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { Temporal } from 'temporal-polyfill'
import { openPendingFiles } from '../adapters/lowdb/pending-actions.ts'
import { openDatabase, prepareDatabase } from '../adapters/postgres/database.ts'
import { openPendingRows } from '../adapters/postgres/pending-actions.ts'
import { placeOf } from '../app/platform/backups.ts'
import type { Tenant } from '../app/tenants/plan.ts'
import { reasonOf } from '../log.ts'
import type { PendingAction, PendingActions } from '../ports/pending-actions.ts'
import { folderOf, parsePostgresPlace } from './raw-stores.ts'

type Action = Pick<PendingAction, 'kind' | 'what'>

/** Notes an action on a tenant's records, where they are kept. */
export async function noteActionOn(tenant: Tenant, action: Action): Promise<void> {
  if (tenant.config.STORE !== 'memory') await noteAction(placeOf(tenant), action)
}

/**
 * Notes an action for the audit log of the records at this place; the bot that owns them records it within a minute. A
 * failure is told, and the action goes on: a backup is wanted most where a disk is full.
 */
export async function noteAction(place: string, action: Action): Promise<void> {
  const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' })
  const id = `${at.replaceAll(':', '')}-${randomBytes(4).toString('hex')}`
  const name = userName()
  const full = { ...action, at, by: { id: `shell:${name}`, name }, from: hostname() }
  await withPending(place, pending => pending.add(id, full)).catch(cause => {
    process.stderr.write(`这一步没能写进操作记录：${reasonOf(cause)}\n`)
  })
}

/** Brings along what the log of the records at one place has not taken over yet. */
export async function copyPending(from: string, to: string): Promise<void> {
  const waiting = await withPending(from, pending => pending.list())
  await withPending(to, async pending => {
    for (const [id, action] of waiting) await pending.add(id, action)
  })
}

async function withPending<T>(place: string, use: (pending: PendingActions) => Promise<T>): Promise<T> {
  const folder = folderOf(place)
  if (folder !== undefined) return use(openPendingFiles(folder))
  const { url, tenant } = parsePostgresPlace(place)
  const database = openDatabase({ url, applicationName: 'chuangke command', connections: 1 })
  try {
    await prepareDatabase(database)
    return await use(openPendingRows(database, tenant))
  } finally {
    await database.close()
  }
}

/** A user in a container may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}

import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '../../adapters/postgres/database.ts'
import { openPostgresStore } from '../../adapters/postgres/index.ts'
import { type HeldLeases, type LeaseOptions, waitForLease } from '../../adapters/postgres/lease.ts'
import { openPendingRows } from '../../adapters/postgres/pending-actions.ts'
import { versionsOf } from '../../adapters/postgres/raw.ts'
import type { Log } from '../../log.ts'
import type { SharedStore } from '../platform/platform.ts'

/** A tenant that this process owns until its lease is lost or released. */
export type Ownership = SharedStore & {
  lost: AbortSignal
  /** Gives the tenant to a stand-by at once. */
  release(): Promise<void>
}

type OwnershipParts = Pick<LeaseOptions, 'ttlMs'> & {
  /** For leases only, so that a write that hangs holds no renewal up. */
  leases: Database
  databaseUrl: string
  tenant: string
  /** Where other machines reach this process. */
  address: string
  log: Log
  /** The leases of all tenants of this process. */
  held: HeldLeases
}

/**
 * Waits as a stand-by until no other process owns the tenant.
 * @throws the signal's reason when it aborts
 */
export async function waitForOwnership(parts: OwnershipParts, signal: AbortSignal): Promise<Ownership> {
  const { leases: database, databaseUrl, ...wanted } = parts
  const holder = `chuangke-${randomUUID()}`
  const lease = await waitForLease({ ...wanted, database, holder }, signal)
  const records = openDatabase({ url: databaseUrl, applicationName: holder })
  return {
    tenant: wanted.tenant,
    open: base => openPostgresStore({ ...base, database: records, fence: lease, tenant: wanted.tenant }),
    versions: () => versionsOf(records, wanted.tenant),
    pending: openPendingRows(records, wanted.tenant),
    isOwner: lease.isHeld,
    lost: lease.lost,
    async release() {
      await lease.release().catch(() => {})
      await records.close()
    },
  }
}

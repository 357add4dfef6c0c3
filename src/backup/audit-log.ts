import { z } from 'zod'
import type { RawShard } from '../ports/raw-store.ts'

const lineCollection = 'audit-lines'
const auditCollections = new Set([
  lineCollection,
  'audit-details',
  'audit-state',
  'audit-people',
  'audit-former-ids',
])

/** The fields by which two logs are compared. */
const Line = z.object({ number: z.int(), at: z.string(), previous: z.string(), hash: z.string() })
type Line = z.infer<typeof Line> & { text: string }

/**
 * The shards of a backup, with the audit log of the store that it replaces where that log goes on from the backup's: a
 * restore takes records back, and no line of who did what.
 * @param present what the store holds before the restore
 * @returns also the lines of another log that the backup's replaces, as JSON texts, oldest first
 */
export function withAuditLog(shards: readonly RawShard[], present: readonly RawShard[]) {
  const [inBackup, inStore] = [linesIn(shards), linesIn(present)]
  const hashes = new Set(inBackup.map(({ hash }) => hash))
  // Empty after an interrupted restore: the store then holds a part of the backup's log.
  const unknown = inStore.filter(({ hash }) => !hashes.has(hash))
  if (unknown.length > 0 && goesOn(inStore, inBackup.at(-1))) {
    const records = shards.filter(({ collection }) => !auditCollections.has(collection))
    const log = present.filter(({ collection }) => auditCollections.has(collection))
    return { shards: [...records, ...log], replacedLines: [] }
  }
  return { shards: [...shards], replacedLines: unknown.map(({ text }) => text) }
}

/** @param last of the backup's log; undefined where it has no lines */
function goesOn(lines: readonly Line[], last: Line | undefined): boolean {
  const [first] = lines
  if (!first || !last || first.previous === last.hash) return true
  // Old lines are deleted: where the first line is newer than the backup's last, the backup's are deleted already.
  const isOutlived = first.number > last.number && first.at >= last.at
  return isOutlived || lines.some(({ hash }) => hash === last.hash)
}

function linesIn(shards: readonly RawShard[]): Line[] {
  const texts = shards.flatMap(one => (one.collection === lineCollection ? [...one.records.values()] : []))
  const lines = texts.map(text => ({ ...Line.parse(JSON.parse(text)), text }))
  return lines.sort((a, b) => a.number - b.number)
}

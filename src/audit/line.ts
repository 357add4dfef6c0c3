import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { sha256 } from '../lib/hash.ts'
import { auditKinds, auditRoads } from '../ports/audit.ts'

/** Records of one kind that a deed changed; `fields` are names of their schema, never values. */
export const RecordChange = z.object({
  record: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  fields: z.array(z.string()),
  count: z.number().int(),
})
export type RecordChange = z.infer<typeof RecordChange>

/**
 * One line of the audit log; key `YYYY-MM-DD/number with twelve digits`. It names people by a drawn pseudonym; names,
 * addresses and record keys stand in {@link AuditDetail}, of which it holds the commitments only.
 */
export const AuditLine = z.object({
  number: z.number().int(),
  at: z.string(),
  kind: z.enum(auditKinds),
  /** Pseudonym; empty where it is not known who. */
  who: z.string(),
  road: z.enum(auditRoads),
  what: z.string(),
  changes: z.array(RecordChange),
  actor: z.string(),
  /** Empty where no record changed. */
  objects: z.string(),
  previous: z.string(),
  hash: z.string(),
})
export type AuditLine = z.infer<typeof AuditLine>

const sealed = <T extends z.ZodType>(value: T) => z.object({ salt: z.string(), value })

/** Personal values of a line, under the same key; erased with the person or after a time, while the line stays. */
export const AuditDetail = z.object({
  actor: sealed(z.object({ id: z.string(), name: z.string(), from: z.string() })).optional(),
  /** Keys of the changed records, `lessons/…`, and values where the settings name the record. */
  objects: sealed(z.array(z.string())).optional(),
})
export type AuditDetail = z.infer<typeof AuditDetail>

/** The hash that the first line of a log continues from. */
export const firstHash = '0'.repeat(64)

export const seal = <T>(value: T): { salt: string; value: T } => ({
  salt: randomBytes(16).toString('hex'),
  value,
})

/** The value cannot be guessed from it without the salt. */
export function commitmentOf(part: { salt: string; value: unknown } | undefined): string {
  return part ? sha256(part.salt + JSON.stringify(canonical(part.value))) : ''
}

/** Hash of a line over all its fields and the hash of the line before. */
export function hashOfLine(line: Omit<AuditLine, 'hash'>): string {
  const { number, at, kind, who, road, what, changes, actor, objects, previous } = line
  const parts = changes.map(({ record, change, fields, count }) => [record, change, fields, count])
  return sha256(JSON.stringify([number, at, kind, who, road, what, parts, actor, objects, previous]))
}

/** The same value in one order of fields. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => [name, canonical(one)])
}

/** The line before the first that is still kept. */
export type Anchor = { number: number; hash: string }
/** Lines with what is still kept of their details, oldest first. */
export type AuditEntry = { line: AuditLine; detail: AuditDetail | undefined }

/**
 * Checks that no line was changed, removed or put in between, and no detail changed. Erased details break nothing.
 * @returns problems as Chinese sentences; none where all holds
 */
export function verifyChain(entries: readonly AuditEntry[], from: Anchor): string[] {
  let before = from
  const problems: string[] = []
  for (const { line, detail } of entries) {
    if (line.number !== before.number + 1)
      problems.push(`第 ${before.number + 1} 条到第 ${line.number - 1} 条不见了，或者顺序乱了。`)
    else if (line.previous !== before.hash) problems.push(`第 ${line.number} 条和前一条接不上。`)
    if (hashOfLine(line) !== line.hash) problems.push(`第 ${line.number} 条被改过。`)
    if (detail?.actor && commitmentOf(detail.actor) !== line.actor)
      problems.push(`第 ${line.number} 条是谁做的，被改过。`)
    if (detail?.objects && commitmentOf(detail.objects) !== line.objects)
      problems.push(`第 ${line.number} 条动了哪些记录，被改过。`)
    before = line
  }
  return problems
}

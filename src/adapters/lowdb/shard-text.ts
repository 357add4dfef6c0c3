import { z } from 'zod'
import { sha256 } from '../../lib/hash.ts'
import type { Migration } from '../../ports/store.ts'
import { toRecordText } from '../record.ts'
import { StoreFault, writtenByNewer } from '../shards/fault.ts'
import type { Records } from '../shards/shard.ts'

/** The schema and migrations of a collection's records; their version is migrations + 1. */
export type Format = { schema: z.ZodType; migrations: readonly Migration[] }

// z.record would leave out a key `__proto__`.
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const ShardFile = z.object({
  version: z.int().min(1),
  checksum: z.string().optional(),
  records: z.custom<Record<string, unknown>>(isObject, 'records must be an object'),
})

/** The whole file; one record a line, so that people can read and compare it. */
export function toShardText(records: Records, { migrations }: Format): string {
  const lines: string[] = []
  for (const [key, text] of records) lines.push(`${JSON.stringify(key)}:${text}`)
  const body = lines.join(',\n')
  return `{"version":${migrations.length + 1},"checksum":"${checksumOf(body)}","records":{\n${body}\n}}\n`
}

const checksumOf = (body: string) => sha256(body).slice(0, 16)
const withChecksum =
  /^\{"version":\d+,"checksum":"(?<checksum>[0-9a-f]{16})","records":\{\n(?<body>[\s\S]*)\n\}\}\n$/

/**
 * A file without a checksum is an older one, or one that a person repaired.
 * @throws where the records are not as written
 */
function checkSum(text: string, checksum: string | undefined): void {
  if (checksum === undefined) return
  const found = withChecksum.exec(text)?.groups
  if (found?.checksum !== checksum || checksumOf(found.body ?? '') !== checksum)
    throw new Error('the checksum is wrong')
}

/**
 * The records in a file, checked, and migrated where the file is older.
 * @param belongs whether a key may stand in this file
 * @throws {@link StoreFault} when a newer program wrote it; any other error means that the file is broken.
 */
export function fromShardText(text: string, format: Format, belongs: (key: string) => boolean): Records {
  const { version, checksum, records } = parseShard(text)
  const steps = format.migrations.slice(version - 1)
  if (version > format.migrations.length + 1) {
    throw new StoreFault(writtenByNewer)
  }
  const current = new Map<string, string>()
  try {
    for (const [key, old] of Object.entries(records)) {
      if (!belongs(key)) throw new Error(`the key ${JSON.stringify(key)} belongs in another file`)
      const value = steps.reduce((record, migrate) => migrate(record), old)
      current.set(key, toRecordText(format.schema, value))
    }
  } catch (cause) {
    if (checksum === undefined && steps.length === 0) throw cause
    throw new InvalidRecords('the records are as they were written, and this program cannot read them', {
      cause,
    })
  }
  return current
}

/** Whether the records in a file are to be migrated. @throws where the file is broken: it needs no backup before */
export function isOlder(text: string, { migrations }: Format): boolean {
  const [, head] = /^\{"version":(\d+),/.exec(text) ?? []
  if (Number(head) === migrations.length + 1) return false
  return parseShard(text).version < migrations.length + 1
}

/** A file's records without their schema. @throws where the file is broken */
export function rawShardIn(text: string): { version: number; records: Records } {
  const { version, records } = parseShard(text)
  return {
    version,
    records: new Map(Object.entries(records).map(([key, one]) => [key, JSON.stringify(one)])),
  }
}

function parseShard(text: string) {
  const shard = ShardFile.parse(parseJson(text))
  checkSum(text, shard.checksum)
  return shard
}

/** The file is whole: a migration or the schema is at fault, and the file must stay where it is. */
export class InvalidRecords extends Error {
  override name = 'InvalidRecords'
}

/** The parser's own words quote the file, and people's data would be in the log. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(text.trim() === '' ? 'the file is empty' : 'the file is no JSON')
  }
}

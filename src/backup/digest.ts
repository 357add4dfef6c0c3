import { createHash } from 'node:crypto'
import type { RawShard } from '../ports/raw-store.ts'

/** What two stores have in common when they hold the same records. */
export type StoreDigest = { count: number; sha256: string }

/** Independent of the order of shards and of keys, and of how a store spaces its JSON. */
export function digestOf(shards: readonly RawShard[]): StoreDigest {
  const lines = shards.flatMap(linesOf).sort()
  const hash = createHash('sha256')
  for (const line of lines) hash.update(`${line}\n`)
  return { count: lines.length, sha256: hash.digest('hex') }
}

function linesOf({ collection, version, records }: RawShard): string[] {
  return [...records].map(([key, text]) => JSON.stringify([collection, key, version, JSON.parse(text)]))
}

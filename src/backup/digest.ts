import { createHash } from 'node:crypto'
import type { RawShard } from '../ports/raw-store.ts'

/** Count and hash of a store's records; equal for two stores that hold the same. */
export type StoreDigest = { count: number; sha256: string }

/** Independent of the order of shards and of keys, and of how a store spaces its JSON. */
export function createDigest() {
  const shardHashes: string[] = []
  let count = 0
  return {
    add(shard: RawShard): void {
      const lines = linesOf(shard)
      if (lines.length === 0) return
      count += lines.length
      shardHashes.push(hashOfLines(lines))
    },
    value: (): StoreDigest => ({ count, sha256: hashOfLines(shardHashes) }),
  }
}

export function digestOf(shards: readonly RawShard[]): StoreDigest {
  const digest = createDigest()
  for (const shard of shards) digest.add(shard)
  return digest.value()
}

/** Digest of the first version of backups: over all records at once. */
export function firstDigestOf(shards: readonly RawShard[]): StoreDigest {
  const lines = shards.flatMap(linesOf)
  return { count: lines.length, sha256: hashOfLines(lines) }
}

function hashOfLines(lines: readonly string[]): string {
  const all = createHash('sha256')
  for (const line of lines.toSorted()) all.update(`${line}\n`)
  return all.digest('hex')
}

function linesOf({ collection, version, records }: RawShard): string[] {
  return [...records].map(([key, text]) => JSON.stringify([collection, key, version, JSON.parse(text)]))
}

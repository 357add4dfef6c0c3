import { Erased, erasedCollection } from '../erased.ts'
import type { RawShard } from '../ports/raw-store.ts'

/** Erasures by the keys of their records. */
export type Erasures = ReadonlyMap<string, Erased>

const version = 1

/** The erasures that a store or a backup knows of. */
export function erasuresIn(shards: readonly RawShard[]): Erasures {
  const records = shards.flatMap(one => (one.collection === erasedCollection ? [...one.records] : []))
  return new Map(records.map(([key, text]) => [key, Erased.parse(JSON.parse(text))]))
}

/**
 * The shards of a backup, with the erasures of which it does not know: it was made before them, so the bot carries them
 * out again at its next start.
 * @returns also how many these are
 */
export function withErasures(shards: readonly RawShard[], known: Erasures) {
  const own = erasuresIn(shards)
  const missing = [...known].filter(([key]) => !own.has(key))
  const all = new Map([...own, ...missing.map(([key, one]) => [key, { ...one, isDone: false }] as const)])
  const byYear = Map.groupBy(all, ([key]) => key.split('/', 1)[0] ?? '')
  const erased: RawShard[] = [...byYear].map(([shard, records]) => ({
    collection: erasedCollection,
    shard,
    version,
    records: new Map(records.map(([key, one]) => [key, JSON.stringify(one)])),
  }))
  const others = shards.filter(({ collection }) => collection !== erasedCollection)
  return { shards: [...others, ...erased], waiting: missing.length }
}

/** Writes erasures as lines, one each, for a file beside the backups. */
export const toErasureLines = (erasures: Erasures): string =>
  [...erasures].map(one => `${JSON.stringify(one)}\n`).join('')

/** Leaves out lines that cannot be read: a power cut truncates the last one. */
export function fromErasureLines(text: string): Erasures {
  return new Map(text.split('\n').flatMap(line => erasureIn(line) ?? []))
}

function erasureIn(line: string): [[string, Erased]] | undefined {
  try {
    const [key, erased] = JSON.parse(line) as [string, unknown]
    return [[key, Erased.parse(erased)]]
  } catch {
    return undefined
  }
}

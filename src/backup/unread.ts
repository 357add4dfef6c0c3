import { z } from 'zod'
import type { RawShard, UnreadShard } from '../ports/raw-store.ts'

/** Stands in backups only: the bytes of shards whose records could not be read, for repair. */
const unreadCollection = 'unread-shards'

/** Below the data folder and nowhere else: a restore writes there. */
const Path = z.string().regex(/^[a-z0-9_%-]+\/[a-z0-9_%-]+\.json(\.bak)?$/)
const Copy = z.object({ path: Path, base64: z.string() })

/** A shard of a backup that holds the bytes of another. */
export function asRawShard({ title, copies }: UnreadShard): RawShard {
  const shard = encodeURIComponent(title)
  const records = [...copies].map(([path, bytes], at): [string, string] => [
    `${shard}/${at}`,
    JSON.stringify({ path: path.replaceAll('\\', '/'), base64: bytes.toString('base64') }),
  ])
  return { collection: unreadCollection, shard, version: 1, records: new Map(records) }
}

/** The shards of a backup that are records, and the copies of the others by their paths below the data folder. */
export function withoutUnread(shards: readonly RawShard[]) {
  const copies = shards
    .filter(({ collection }) => collection === unreadCollection)
    .flatMap(({ records }) => [...records.values()].map(text => Copy.parse(JSON.parse(text))))
  return {
    shards: shards.filter(({ collection }) => collection !== unreadCollection),
    copies: new Map(copies.map(({ path, base64 }) => [path, Buffer.from(base64, 'base64')])),
  }
}

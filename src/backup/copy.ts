import type { RawShard, RawStore, UnreadShard } from '../ports/raw-store.ts'
import { digestOf, type StoreDigest } from './digest.ts'
import { BackupFault } from './file.ts'

type CopyOptions = {
  /** Deletes what the target holds besides; without, such a target is refused. */
  replaces: boolean
  /** Shards of the target, where they are read already. Default: they are read here; an unreadable one is a fault. */
  present?: readonly RawShard[]
  /** Runs once nothing is refused any more, before anything is written. Default: nothing. */
  beforeWriting?(): Promise<void>
}

/**
 * Brings shards into a store and reads them back. A target that holds part of them already, from a copy that was
 * interrupted, gets the rest.
 * @throws {@link BackupFault} where the target holds other records, or does not hold the same afterwards
 */
export async function copyShards(
  shards: readonly RawShard[],
  target: RawStore,
  { replaces, present: known, beforeWriting = async () => {} }: CopyOptions,
): Promise<StoreDigest> {
  const idOf = ({ collection, shard }: RawShard) => JSON.stringify([collection, shard])
  const wanted = new Map(shards.map(shard => [idOf(shard), shard]))
  const present = new Map((known ?? (await shardsOf(target))).map(shard => [idOf(shard), shard]))
  const others = [...present]
    .filter(([id, shard]) => !isSame(shard, wanted.get(id)))
    .map(([, shard]) => shard)
  if (others.length > 0 && !replaces) throw new BackupFault(otherRecords)
  await beforeWriting()
  for (const [id, shard] of present) {
    if (!wanted.has(id)) await target.write({ ...shard, records: new Map() })
  }
  for (const [id, shard] of wanted) if (!isSame(shard, present.get(id))) await target.write(shard)
  const [before, after] = [digestOf(shards), digestOf(await shardsOf(target))]
  if (after.sha256 !== before.sha256) {
    throw new BackupFault(`抄过去以后核对不上：应有 ${before.count} 条，读到 ${after.count} 条。请再来一次。`)
  }
  return after
}

const isSame = (a: RawShard, b: RawShard | undefined) =>
  b !== undefined && digestOf([a]).sha256 === digestOf([b]).sha256

export const otherRecords = '目标里已经有别的数据，没有动它。确实要换掉，请加上 --replace。'

export const shardsOf = (store: RawStore, onUnread?: (one: UnreadShard) => void): Promise<RawShard[]> =>
  Array.fromAsync(store.shards(onUnread))

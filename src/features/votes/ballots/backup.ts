import { z } from 'zod'
import type { RawShard } from '../../../ports/raw-store.ts'
import { batchCollection, voteCollection } from './records.ts'

const OpenVote = z.object({ state: z.literal('open') })

/**
 * The shards of a backup without the last batch of every vote that is open: ballots of the end may still join it, and a
 * backup from before would tell whose they are. After a restore these voters are asked again.
 * @param isUnread whether a vote, as `collection/shard`, could not be read: it may be open. Asked when all are read
 */
export async function* withoutLastBatches(
  shards: AsyncIterable<RawShard>,
  isUnread: (vote: string) => boolean = () => false,
): AsyncGenerator<RawShard> {
  const ballots: RawShard[] = []
  const open = new Set<string>()
  for await (const one of shards) {
    if (one.collection === batchCollection) {
      ballots.push(one)
      continue
    }
    if (one.collection === voteCollection && [...one.records.values()].some(isOpen)) open.add(one.shard)
    yield one
  }
  for (const one of ballots) {
    const mayBeOpen = open.has(one.shard) || isUnread(`${voteCollection}/${one.shard}`)
    const kept = mayBeOpen ? withoutLast(one) : one
    if (kept.records.size > 0) yield kept
  }
}

const isOpen = (text: string) => OpenVote.safeParse(JSON.parse(text)).success

function withoutLast(shard: RawShard): RawShard {
  const last = [...shard.records.keys()].sort().at(-1)
  return { ...shard, records: new Map([...shard.records].filter(([key]) => key !== last)) }
}

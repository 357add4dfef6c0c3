import { randomInt } from 'node:crypto'
import { Refusal } from '../../../feature.ts'
import { createKeyedQueue } from '../../../lib/queue.ts'
import { type ChainLine, withLine } from '../../../votes/chain.ts'
import { batchData, mergeBatches, nextBatch } from '../../../votes/rules.ts'
import { type Ballot, leastBallots, type Vote, type VoteBatch } from '../../../votes/vote.ts'
import { batchKey, type VoteRecords } from './records.ts'

type Box = {
  waiting: { memberId: string; ballot: Ballot }[]
  voted: Set<string>
  batches: number
  /** Batches whose line is not in the chain yet, by their places. */
  unrecorded: Map<number, VoteBatch>
}

export type BallotBox = ReturnType<typeof createBallotBox>

/**
 * Takes ballots. They wait in memory until a batch of at least five can be written, as one record whose two lists are
 * sorted apart: no file, journal or backup tells who voted what. What waits at a crash is lost and asked for again,
 * since its voters are not marked as having voted.
 */
export function createBallotBox(records: VoteRecords) {
  const boxes = new Map<number, Box>()
  const queue = createKeyedQueue()
  const runExclusive = <T>(number: number, work: (box: Box) => Promise<T>): Promise<T> =>
    queue.run(String(number), async () => work(await boxOf(number)))

  async function boxOf(number: number): Promise<Box> {
    const known = boxes.get(number)
    if (known) return known
    const batches = await records.batchesOf(number)
    const voted = new Set(batches.flatMap(one => one.members))
    // A crash may have come between a batch and its line.
    const box = { waiting: [], voted, batches: batches.length, unrecorded: new Map(batches.entries()) }
    await record(number, box)
    boxes.set(number, box)
    return box
  }

  /** Adds the chain's lines of batches that have none, and of those that a backup left out. */
  async function record(number: number, box: Box): Promise<void> {
    const chain = (await records.get(number))?.chain ?? []
    const lines = [
      ...[...box.unrecorded].map(([at, batch]) => ({ batch: at, ...batchData(batch) })),
      ...batchesIn(chain)
        .filter(at => at >= box.batches)
        .map(at => ({ batch: at, ...batchData({ members: [], ballots: [] }) })),
    ]
    if (withBatchLines(chain, lines) !== chain)
      await records.change(number, now => ({ ...now, chain: withBatchLines(now.chain, lines) }))
    box.unrecorded.clear()
  }

  async function write(number: number, box: Box, isEnd: boolean): Promise<void> {
    const next = nextBatch(box.waiting, isEnd)
    if (!next) return
    const { batch, rest } = next
    const joins = batch.ballots.length < leastBallots && box.batches > 0
    const at = joins ? box.batches - 1 : box.batches
    const kept = await records.batches.update(batchKey(number, at), now =>
      joins && now ? mergeBatches(now, batch) : batch,
    )
    for (const memberId of batch.members) box.voted.add(memberId)
    box.waiting = rest
    box.batches = at + 1
    box.unrecorded.set(at, kept ?? batch)
  }

  return {
    /**
     * Takes a member's ballot, or changes one that still waits.
     * @param receipt of the ballot to be changed; empty for a first one
     * @param check throws where the vote takes no ballots any more; called when the turn has come
     * @returns the receipt: it proves that the ballot is counted, and never how
     * @throws {@link Refusal}
     */
    cast: (
      vote: Vote,
      voter: { memberId: string; choices: Ballot['choices']; receipt: string },
      check: () => Promise<void>,
    ): Promise<string> =>
      runExclusive(vote.rules.number, async box => {
        await check()
        const { memberId, choices, receipt } = voter
        if (box.voted.has(memberId)) throw new Refusal('你的票已经封存计入，不能再改了。')
        const waiting = box.waiting.find(one => one.memberId === memberId)
        if (waiting && !isSameReceipt(waiting.ballot.id, receipt))
          throw new Refusal('你已经投过了。要改，请填上回执号再投一次；没有回执号，就按原来那张算。')
        const id = waiting?.ballot.id ?? newReceipt()
        // The page shows nominees to each voter in an order of their own: a ballot must not keep it.
        const ballot = { id, choices: Object.fromEntries(Object.entries(choices).sort(byKey)) }
        box.waiting = [...box.waiting.filter(one => one !== waiting), { memberId, ballot }]
        await write(vote.rules.number, box, false)
        return id
      }),
    /** `sealed`: written and counted. `waiting`: taken, not written yet. */
    stateOf: (number: number, memberId: string): Promise<'sealed' | 'waiting' | 'none'> =>
      runExclusive(number, async box => {
        if (box.voted.has(memberId)) return 'sealed'
        return box.waiting.some(one => one.memberId === memberId) ? 'waiting' : 'none'
      }),
    /**
     * Adds the chain's lines of batches written since. Not done with each batch: the record of a vote is long, and
     * voters would wait for it.
     */
    record: (number: number): Promise<void> => runExclusive(number, box => record(number, box)),
    /**
     * Writes what waits, then ends the vote in the same turn. Fewer than five ballots in all would tell who voted what:
     * they are dropped.
     * @param end is told how many were
     */
    close: (number: number, end: (dropped: number) => Promise<Vote>): Promise<Vote> =>
      runExclusive(number, async box => {
        const isTooFew = box.batches === 0 && box.waiting.length < leastBallots
        const dropped = isTooFew ? box.waiting.length : 0
        if (isTooFew) box.waiting = []
        await write(number, box, true)
        await record(number, box)
        return end(dropped)
      }),
    /** Drops a member's waiting ballot, and reads again what stands in the store. */
    forget: (number: number, memberId: string): Promise<void> =>
      queue.run(String(number), async () => {
        const box = boxes.get(number)
        if (!box) return
        box.waiting = box.waiting.filter(one => one.memberId !== memberId)
        await reread(number, box)
      }),
    /**
     * Moves votes of members to those who they turned out to be. Of two waiting ballots of one member the first stays;
     * a waiting one is dropped where the other is written.
     * @param change renames members in the store
     * @returns the members who have one ballot too many now, and those of whom one was dropped
     */
    merge: (number: number, moves: ReadonlyMap<string, string>, change: () => Promise<void>) =>
      queue.run(String(number), async () => {
        await change()
        const members = (await records.batchesOf(number)).flatMap(one => one.members)
        const doubled = members.filter((id, at) => members.indexOf(id) !== at)
        const box = boxes.get(number)
        if (!box) return { doubled, dropped: [] }
        await reread(number, box)
        const moved = box.waiting.map(one => ({ ...one, memberId: moves.get(one.memberId) ?? one.memberId }))
        box.waiting = moved.filter(
          ({ memberId }, at) =>
            !box.voted.has(memberId) && moved.findIndex(one => one.memberId === memberId) === at,
        )
        return { doubled, dropped: moved.filter(one => !box.waiting.includes(one)).map(one => one.memberId) }
      }),
  }

  async function reread(number: number, box: Box): Promise<void> {
    box.voted = new Set((await records.batchesOf(number)).flatMap(one => one.members))
  }
}

/** Letters and digits that are not mistaken for each other when a person copies them by hand. */
const receiptCharacters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 「7H4K-2M9Q-XR3T」: short enough to copy by hand; two of a vote are never the same in practice (59 bits). */
const newReceipt = (): string =>
  Array.from({ length: 12 }, (_, at) => {
    const character = receiptCharacters[randomInt(receiptCharacters.length)] ?? ''
    return at > 0 && at % 4 === 0 ? `-${character}` : character
  }).join('')

/** Case, hyphens and spaces do not count: people type a receipt from a slip or a screen. */
const isSameReceipt = (a: string, b: string) => plain(a) === plain(b)
const plain = (receipt: string) =>
  receipt
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\d]/gu, '')
    .toUpperCase()

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)

/** Places of the batches that a chain has lines for. */
const batchesIn = (chain: readonly ChainLine[]) =>
  new Set(chain.flatMap(({ kind, data }) => (kind === 'batch' ? [Number(data.batch)] : [])))
    .values()
    .toArray()

type BatchLine = ReturnType<typeof batchData> & { batch: number }

/** @returns the same chain where it has these lines */
function withBatchLines(chain: ChainLine[], lines: readonly BatchLine[]): ChainLine[] {
  return lines.reduce((all, data) => {
    const last = all.findLast(({ kind, data: { batch } }) => kind === 'batch' && batch === data.batch)
    return last?.data.hash === data.hash ? all : withLine(all, 'batch', data)
  }, chain)
}

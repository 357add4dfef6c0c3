import { loadOnce } from '../../../lib/promises.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { PersonalData } from '../../../ports/personal-data.ts'
import type { Identity, Move } from '../records/identity-records.ts'
import { type CommunityRecords, memberKey, moveKey } from '../records/records.ts'
import type { IdentityLedger } from './ledger.ts'

type Parts = {
  records: Pick<CommunityRecords, 'members' | 'groupMembers' | 'moves'>
  ledger: IdentityLedger
  clock: Clock
  /** Personal data of the features, moved along. */
  personal: () => readonly PersonalData[]
}

/** A second pass catches writes that were in flight during the first. */
const passesOfMove = 2
/** Most moves at once, so that other work comes in between after a first import of thousands. */
const atOnce = 500

/** Members who turned out to be others: written down first, in one stroke; all that is kept of them follows. */
export function createMoves({ records, ledger, clock, personal }: Parts) {
  const { members, groupMembers, moves } = records
  /** Members who are erased: no identity becomes one of them any more. */
  const closed = new Set<string>()

  /** Those that are under way, as they stand on the disk. */
  const load = loadOnce(async () => {
    const found = await moves.list('moves/')
    return new Map(found.map(({ value }) => [value.from, value]))
  })

  async function put(from: string, next: (now: Move | undefined) => Move | undefined) {
    const held = await load()
    const saved = await moves.update(moveKey(from), next)
    if (saved) held.set(from, saved)
    else held.delete(from)
  }

  /** The member that this one becomes when its moves under way are done; several moves are followed to the last. */
  async function memberAfterMoves(memberId: string): Promise<string> {
    const held = await load()
    const passed = new Set([memberId])
    let end = memberId
    for (
      let next = held.get(end)?.into;
      next !== undefined && !passed.has(next);
      next = held.get(end)?.into
    ) {
      passed.add(next)
      end = next
    }
    return end
  }

  async function moveGroupMembers(into: ReadonlyMap<string, string>): Promise<void> {
    const all = await groupMembers.list('')
    await Promise.all(
      all.map(async ({ key, value }) => {
        const memberId = into.get(value.memberId)
        if (memberId === undefined) return
        const group = key.slice(0, key.indexOf('/') + 1)
        await groupMembers.update(`${group}${memberId}`, now => now ?? { ...value, memberId })
        await groupMembers.update(key, () => undefined)
      }),
    )
  }

  async function moveIdentities(pending: readonly Move[]): Promise<void> {
    await Promise.all(
      pending.map(async ({ from, how }) => {
        const memberId = await memberAfterMoves(from)
        for (const { senderId } of await ledger.of(from)) await ledger.link(senderId, { memberId, how })
      }),
    )
  }

  async function followAll(pending: readonly Move[]): Promise<void> {
    if (pending.length === 0) return
    const ends = await Promise.all(
      pending.map(async ({ from }) => [from, await memberAfterMoves(from)] as const),
    )
    const into = new Map(ends)
    await moveIdentities(pending)
    await moveGroupMembers(into)
    for (const kept of personal()) await kept.merge(into)
    await Promise.all(
      pending.map(async ({ from }) => {
        await members.update(memberKey(from), () => undefined)
        await put(from, now =>
          now && now.passes + 1 < passesOfMove ? { ...now, passes: now.passes + 1 } : undefined,
        )
      }),
    )
  }

  return {
    memberAfterMoves,
    /** Whether a person is about to be this member. */
    isAwaited: async (memberId: string) => [...(await load()).values()].some(({ into }) => into === memberId),

    /** From now on everything of `from` is `into`'s; what is written down already follows. */
    async begin(pairs: readonly { from: string; into: string; how: Identity['how'] }[]): Promise<void> {
      const at = clock.now().toString()
      const open = pairs.filter(({ from, into }) => !closed.has(from) && !closed.has(into))
      await Promise.all(open.map(pair => put(pair.from, () => ({ ...pair, at, passes: 0 }))))
    },
    isClosed: (memberId: string) => closed.has(memberId),

    /** Moves the records that are kept; to be called repeatedly. Does nothing without a move. */
    follow: async () => followAll([...(await load()).values()].slice(0, atOnce)),

    /** Begins no more moves of this member, and completes those under way; their records go, on disk and in memory. */
    async close(memberId: string): Promise<void> {
      closed.add(memberId)
      const held = await load()
      const isTheirs = async ({ from }: Move) =>
        from === memberId || (await memberAfterMoves(from)) === memberId
      for (let pass = 0; pass < passesOfMove; pass++) {
        const pending: Move[] = []
        for (const move of held.values()) if (await isTheirs(move)) pending.push(move)
        await followAll(pending)
      }
    },
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import { createMutex } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { PersonalData } from '../../../ports/personal-data.ts'
import { cleanName } from '../../../text/names/names.ts'
import type { Identity } from '../records/identity-records.ts'
import {
  type CommunityRecords,
  groupMemberPrefix,
  memberKey,
  newMemberId,
  notTheSameKey,
  type RosterRow,
} from '../records/records.ts'
import type { RosterStore } from '../roster/book.ts'
import { aliasesOf, type IdentityLedger, isNew, isProven, type KnownIdentity } from './ledger.ts'
import { createMoves } from './moves.ts'
import { indexOf, matchAlias, type RosterIndex } from './roster-index.ts'

/** Identities that are looked up in one turn of the event loop; they take some 10 ms. */
const identitiesPerTurn = 300

type Parts = {
  records: CommunityRecords
  ledger: IdentityLedger
  book: RosterStore
  clock: Clock
  /** Personal data of the features, merged when two identities turn out to be one person. */
  personal: () => readonly PersonalData[]
}
/** The name of a person and its group; no group in private, no name where the name could not be read. */
type Seen = { name: string | undefined; groupId?: string }
export type IdentityLinks = ReturnType<typeof createIdentityLinks>

/** Which chat identity is which member, and what follows from it. */
export function createIdentityLinks({ records, ledger, book, clock, personal }: Parts) {
  const { members, groupMembers, notTheSame } = records
  const moves = createMoves({ records, ledger, clock, personal })
  let indexed: { rows: readonly RosterRow[]; index: RosterIndex } | undefined
  const runExclusive = createMutex()
  /** Rows of the roster that are about to be linked. */
  const reserved = new Set<string>()
  const opening = new Map<string, Promise<Identity>>()

  async function index(): Promise<RosterIndex> {
    const rows = await book.rows()
    if (indexed?.rows !== rows) indexed = { rows, index: indexOf(rows) }
    return indexed.index
  }

  /** The row that this alias surely means, where it is not linked yet or about to be. */
  async function freeRow(senderId: string, alias: string): Promise<RosterRow | undefined> {
    const [row, ...more] = matchAlias(await index(), alias).sure
    if (!row || more.length > 0) return undefined
    if (await notTheSame.get(notTheSameKey(senderId, row.id))) return undefined
    return (await moves.isAwaited(row.id)) || isTaken(row.id) ? undefined : row
  }

  /** Decided without a pause, so that two who could both be the same one are looked at one after the other. */
  const isTaken = (rowId: string) => reserved.has(rowId) || ledger.hasNow(rowId) || moves.isClosed(rowId)

  /** One identity, also when a person's first two messages come together. */
  function firstSight(senderId: string, seen: Seen): Promise<Identity> {
    const underWay = opening.get(senderId) ?? open(senderId, seen).finally(() => opening.delete(senderId))
    opening.set(senderId, underWay)
    return underWay
  }

  /** Five hundred may come within seconds: none of them waits for another one's disk. */
  async function open(senderId: string, seen: Seen): Promise<Identity> {
    const row =
      seen.groupId === undefined || seen.name === undefined ? undefined : await freeRow(senderId, seen.name)
    const mine = row && !isTaken(row.id) ? row : undefined
    if (mine) reserved.add(mine.id)
    try {
      const known: KnownIdentity = mine
        ? { memberId: mine.id, how: 'alias' }
        : { memberId: newMemberId(), how: 'seen' }
      await noteNames({ memberId: known.memberId, names: [] }, seen)
      return await ledger.open(senderId, known, seen)
    } finally {
      if (mine) reserved.delete(mine.id)
    }
  }

  /**
   * Names in groups say more than a nickname in private. The identity comes after:
   * after a crash all is noted again.
   */
  async function noteNames(
    { memberId, names }: Pick<Identity, 'memberId' | 'names'>,
    seen: Seen,
  ): Promise<void> {
    const { name, groupId } = seen
    if (name === undefined || moves.isClosed(memberId)) return
    const isKnownFromGroup = names.some(other => other.groupId !== undefined)
    const createdAt = clock.now().toString()
    await Promise.all([
      groupId === undefined
        ? undefined
        : groupMembers.update(`${groupMemberPrefix(groupId)}${memberId}`, () => ({ memberId, name })),
      members.update(memberKey(memberId), now => {
        if (!now) return { id: memberId, name, createdAt }
        return groupId === undefined && isKnownFromGroup ? now : { ...now, name }
      }),
    ])
  }

  /** From now on this identity is that member; what was kept under the one before follows. */
  async function link(senderId: string, memberId: string, how: Identity['how']): Promise<void> {
    const before = await ledger.get(senderId)
    if (!before || moves.isClosed(memberId)) return
    // Only a person of whom nothing else is known is moved: who is on the roster stays there.
    if (before.memberId !== memberId && !(await book.byId()).has(before.memberId))
      await moves.begin([{ from: before.memberId, into: memberId, how }])
    await ledger.link(senderId, { memberId, how })
  }

  /** Links a person who is not on the roster yet where the name now says who it is. */
  function matchAgain(senderId: string, alias: string): Promise<void> {
    return runExclusive(async () => {
      const now = await ledger.get(senderId)
      if (!now || (await book.byId()).has(now.memberId)) return
      const row = await freeRow(senderId, alias)
      if (row) await link(senderId, row.id, 'alias')
    })
  }

  return {
    index,
    /** The index as last used: for what must be decided at once. */
    lastIndex: () => indexed?.index,

    /** Takes in a message's sender, under the name they go by. */
    async see(senderId: string, seen: Seen) {
      const identity = (await ledger.get(senderId)) ?? (await firstSight(senderId, seen))
      const isNews = isNew(identity, seen)
      if (isNews) await noteNames(identity, seen)
      await ledger.observe(identity, seen)
      if (isNews && seen.groupId !== undefined && seen.name !== undefined)
        await matchAgain(senderId, seen.name)
      const memberId = await moves.memberAfterMoves(((await ledger.get(senderId)) ?? identity).memberId)
      const row = (await book.byId()).get(memberId)
      const known = row ?? (await members.get(memberKey(memberId)))
      return { id: memberId, name: known?.name ?? cleanName(seen.name ?? '') }
    },

    /**
     * Looks at all people who are not on the roster, after it has changed. Where two fit
     * the same row, neither is linked.
     * @returns how many were linked
     */
    async matchAll(): Promise<number> {
      const rows = await book.byId()
      const open = (await ledger.all()).filter(({ memberId }) => !rows.has(memberId))
      const wanted: { identity: Identity; row: RosterRow }[] = []
      for (const [at, identity] of open.entries()) {
        if (at % identitiesPerTurn === 0) await nextTurn()
        const rowsOfNames = aliasesInGroups(identity).map(one => freeRow(identity.senderId, one))
        const [row, ...more] = new Set((await Promise.all(rowsOfNames)).filter(one => one !== undefined))
        if (row && more.length === 0) wanted.push({ identity, row })
      }
      const found = [...Map.groupBy(wanted, claim => claim.row)].flatMap(([row, claims]) => {
        const [only, ...rivals] = claims
        return only && rivals.length === 0
          ? [{ from: only.identity.memberId, into: row.id, how: 'alias' as const }]
          : []
      })
      return runExclusive(async () => {
        // A person who spoke meanwhile may have become that row.
        const free = found.filter(({ into }) => !isTaken(into))
        await moves.begin(free)
        return free.length
      })
    },

    link: (senderId: string, memberId: string, how: Identity['how']) =>
      runExclusive(() => link(senderId, memberId, how)),
    /** Links the person who has proved to be that row. @returns false where another person has proved it before */
    prove: (senderId: string, rowId: string) =>
      runExclusive(async () => {
        const others = (await ledger.of(rowId)).filter(other => other.senderId !== senderId)
        if (moves.isClosed(rowId) || others.some(isProven)) return false
        await link(senderId, rowId, 'tail')
        return true
      }),
    followMoves: moves.follow,
    /** The member that this one becomes when its moves under way are done; the same where there are none. */
    memberAfterMoves: moves.memberAfterMoves,
    /** Ids of members with a chat identity, as they are when the moves under way are done. */
    linkedIds: async (): Promise<ReadonlySet<string>> =>
      new Set(await Promise.all([...(await ledger.memberIds())].map(moves.memberAfterMoves))),
    /** Before this member is erased: completes the moves under way, and links no identity to them any more. */
    close: (memberId: string) => runExclusive(() => moves.close(memberId)),
  }
}

const aliasesInGroups = (identity: Identity) =>
  aliasesOf({ names: identity.names.filter(({ groupId }) => groupId !== undefined) })

import { nameParts } from '../../../../text/names/names.ts'
import type { BindingClaim, Identity } from '../../records/identity-records.ts'
import type { RosterRow } from '../../records/records.ts'
import { aliasesOf } from '../ledger.ts'
import { matchAlias, type RosterIndex } from '../roster-index.ts'

/** Why an organizer is asked whether two are one person, the most pressing first. */
const reasons = ['claim', 'moved', 'twins', 'again', 'name'] as const
export type Reason = (typeof reasons)[number]

/** A person who could be the same person: on the roster, or known from an earlier account. */
export type IdentityCandidate = {
  memberId: string
  name: string
  /** Where on the roster; for a person who is not on it, how they were called. */
  place: string
  /** Chat identities that are this one already. */
  identities: readonly Identity[]
  isOnRoster: boolean
}

export type IdentityProposal = {
  identity: Identity
  /** Their present names. */
  aliases: string[]
  reason: Reason
  candidates: IdentityCandidate[]
}

type Known = {
  identities: readonly Identity[]
  rows: readonly RosterRow[]
  index: RosterIndex
  claims: readonly BindingClaim[]
  /** Whether an organizer said that these two are not one. */
  isRefused(senderId: string, memberId: string): boolean
}

/**
 * The people for an organizer to look at: not linked, and perhaps a person on the roster or an earlier account.
 * A person whom an organizer has refused is not proposed again.
 * @returns the most pressing first
 */
export function proposalsOf({ identities, rows, index, claims, isRefused }: Known): IdentityProposal[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const of = Map.groupBy(identities, ({ memberId }) => memberId)
  const claimed = new Map(claims.map(({ senderId, rowId }) => [senderId, rowId]))
  const byAlias = aliasesOfStrangers(identities, byId)
  const asCandidate = (row: RosterRow): IdentityCandidate => ({
    memberId: row.id,
    name: row.name,
    place: [row.space, row.branch, row.team].filter(part => part !== '').join(' · '),
    identities: of.get(row.id) ?? [],
    isOnRoster: true,
  })

  function propose(identity: Identity): IdentityProposal | undefined {
    const { senderId, memberId } = identity
    const aliases = aliasesOf(identity)
    const isOpen = (candidate: IdentityCandidate) =>
      candidate.memberId !== memberId && !isRefused(senderId, candidate.memberId)
    const made = (reason: Reason, all: readonly IdentityCandidate[]): IdentityProposal | undefined => {
      const candidates = all.filter(isOpen)
      return candidates.length > 0 ? { identity, aliases, reason, candidates } : undefined
    }
    const claim = byId.get(claimed.get(senderId) ?? '')
    if (claim) return made('claim', [asCandidate(claim)])
    if (byId.has(memberId)) return undefined
    const found = aliases.map(alias => matchAlias(index, alias))
    const sure = [...new Set(found.flatMap(one => one.sure))].map(asCandidate)
    if (sure.length > 0) return made(sure.length > 1 ? 'twins' : 'moved', sure)
    const earlier = aliases
      .flatMap(alias => byAlias.get(alias) ?? [])
      .filter(other => isEarlier(other, identity))
    const again = made('again', [...new Set(earlier)].map(strangerOf))
    return again ?? made('name', [...new Set(found.flatMap(one => one.maybe))].map(asCandidate))
  }

  const strangerOf = (other: Identity): IdentityCandidate => ({
    memberId: other.memberId,
    name: aliasesOf(other)[0] ?? '',
    place: '',
    identities: of.get(other.memberId) ?? [other],
    isOnRoster: false,
  })

  return identities
    .flatMap(identity => propose(identity) ?? [])
    .sort(
      (a, b) =>
        reasons.indexOf(a.reason) - reasons.indexOf(b.reason) ||
        (a.aliases[0] ?? '').localeCompare(b.aliases[0] ?? '', 'zh-Hans-CN'),
    )
}

/** An alias of two parts at least («优空间-张三») is hardly two people's; a bare nickname may be. */
function aliasesOfStrangers(
  identities: readonly Identity[],
  byId: ReadonlyMap<string, RosterRow>,
): Map<string, Identity[]> {
  const named = identities
    .filter(({ memberId }) => !byId.has(memberId))
    .flatMap(identity =>
      aliasesOf(identity)
        .filter(alias => nameParts(alias).length > 1)
        .map(alias => ({ alias, identity })),
    )
  const grouped = Map.groupBy(named, ({ alias }) => alias)
  return new Map([...grouped].map(([alias, all]) => [alias, all.map(({ identity }) => identity)]))
}

/** Heard before, over another line or another account of ours, where all people had other ids. */
const isEarlier = (other: Identity, now: Identity) =>
  other.senderId !== now.senderId &&
  (other.platform !== now.platform || other.account !== now.account) &&
  other.linkedAt < now.linkedAt

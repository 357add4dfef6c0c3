import { loadOnce } from '../../../lib/promises.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Identity } from '../records/identity-records.ts'
import { type CommunityRecords, identityKey, newMemberId } from '../records/records.ts'

/** A line on which people write: its name in the settings, and our account on it. */
export type LineAccount = { platform: string; account: string }

/** How the ledger came to know who a person is. */
export type KnownIdentity = Pick<Identity, 'memberId' | 'how'>

const namesKept = 20
/** The time of a person's last message is needed to the month only, so it is not written with each message. */
const seenAgainMs = 30 * 24 * 3_600_000

export type IdentityLedger = ReturnType<typeof createIdentityLedger>

/**
 * Every chat identity, kept in memory as it stands on the disk: who it is is asked at every message, and who is whose
 * at every match.
 */
export function createIdentityLedger(
  records: Pick<CommunityRecords, 'identities'>,
  { clock, line }: { clock: Clock; line: (senderId: string) => LineAccount },
) {
  let loaded: IdentityIndex | undefined

  /** A failed load is tried again: without it a known person would get a second id. */
  const load = loadOnce(async () => {
    const held = createIdentityIndex()
    for (const { value } of await records.identities.list('')) held.put(value.senderId, value)
    loaded = held
    return held
  })

  async function change(senderId: string, next: (now: Identity | undefined) => Identity | undefined) {
    const held = await load()
    const saved = await records.identities.update(identityKey(senderId), next)
    held.put(senderId, saved)
    return saved
  }

  return {
    async get(senderId: string): Promise<Identity | undefined> {
      return (await load()).bySender.get(senderId)
    },
    all: async (): Promise<Identity[]> => [...(await load()).bySender.values()],
    /** The chat ids that are known to be one member with this one, and itself. */
    async identitiesOf(senderId: string): Promise<ReadonlySet<string>> {
      const { bySender, byMember } = await load()
      const memberId = bySender.get(senderId)?.memberId
      return new Set([senderId, ...((memberId && byMember.get(memberId)?.keys()) || [])])
    },
    /** This chat id, and those proved to be the same person's: a name alone gives no right. */
    async provenIdsOf(senderId: string): Promise<ReadonlySet<string>> {
      const { bySender, byMember } = await load()
      const own = bySender.get(senderId)
      if (!own) return new Set([senderId])
      const isSame = (other: Identity) =>
        (isProven(own) && isProven(other)) || own.sameAs === other.senderId || other.sameAs === senderId
      const others = [...(byMember.get(own.memberId)?.values() ?? [])].filter(isSame)
      return new Set([senderId, ...others.map(other => other.senderId)])
    },
    async of(memberId: string): Promise<Identity[]> {
      return [...((await load()).byMember.get(memberId)?.values() ?? [])]
    },
    /** Whether this member has a chat identity, at once; false before the first look-up. */
    hasNow: (memberId: string): boolean => loaded?.byMember.has(memberId) ?? false,
    /** Members, on the roster or not, with a chat identity. */
    async memberIds(): Promise<ReadonlySet<string>> {
      return new Set((await load()).byMember.keys())
    },
    /** A new person; the same one where two first messages come together. */
    async open(senderId: string, known: KnownIdentity, seen: Seen): Promise<Identity> {
      const at = clock.now().toString()
      const names = withName([], seen, at)
      const mine: Identity = {
        senderId,
        ...known,
        ...line(senderId),
        names,
        linkedAt: at,
        seenAt: at,
        ...place(seen),
      }
      return (await change(senderId, now => now ?? mine)) ?? mine
    },
    /** Writes down what is new about a person; nothing, as a rule. */
    async observe(identity: Identity, seen: Seen): Promise<void> {
      const at = clock.now()
      const isLongAgo = at.epochMilliseconds - Date.parse(identity.seenAt) >= seenAgainMs
      const isFirstInPrivate = isInPrivate(seen) && !identity.isPrivate
      if (isLongAgo || isFirstInPrivate || isNew(identity, seen))
        await change(identity.senderId, now => now && withSeenName(now, seen, at.toString()))
    },
    async link(senderId: string, known: KnownIdentity): Promise<void> {
      await change(senderId, now => now && { ...now, ...known, linkedAt: clock.now().toString() })
    },
    /** This one said the one-time code of the other. */
    async noteSame(senderId: string, sameAs: string): Promise<void> {
      await change(senderId, now => now && { ...now, sameAs })
    },
    /** A mistaken link is taken back: from now on this is a person of whom nothing is known. */
    async unlink(senderId: string): Promise<string> {
      const memberId = newMemberId()
      await change(senderId, now => {
        if (!now) return now
        const { sameAs: _mistaken, ...rest } = now
        return { ...rest, memberId, how: 'seen' }
      })
      return memberId
    },
    /** They were sent the privacy notice. */
    async told(senderId: string): Promise<void> {
      await change(senderId, now => now && { ...now, toldAt: clock.now().toString() })
    },
    async remove(senderId: string): Promise<void> {
      await change(senderId, () => undefined)
    },
  }
}

type IdentityIndex = ReturnType<typeof createIdentityIndex>

/** All identities by who speaks and by who that is. */
function createIdentityIndex() {
  const bySender = new Map<string, Identity>()
  const byMember = new Map<string, Map<string, Identity>>()

  function take(senderId: string) {
    const memberId = bySender.get(senderId)?.memberId
    const theirs = memberId === undefined ? undefined : byMember.get(memberId)
    theirs?.delete(senderId)
    if (memberId !== undefined && theirs?.size === 0) byMember.delete(memberId)
    bySender.delete(senderId)
  }

  return {
    bySender: bySender as ReadonlyMap<string, Identity>,
    byMember: byMember as ReadonlyMap<string, ReadonlyMap<string, Identity>>,
    put(senderId: string, identity: Identity | undefined) {
      take(senderId)
      if (!identity) return
      bySender.set(senderId, identity)
      const theirs = byMember.get(identity.memberId) ?? new Map<string, Identity>()
      byMember.set(identity.memberId, theirs.set(senderId, identity))
    },
  }
}

/** A name of a person and its group; a name that could not be read is no observation. */
type Seen = { name: string | undefined; groupId?: string }

const isInPrivate = ({ groupId }: Seen) => groupId === undefined
const place = (seen: Seen) => (isInPrivate(seen) ? { isPrivate: true as const } : {})

function withName(names: Identity['names'], { name, ...where }: Seen, seenAt: string): Identity['names'] {
  return name === undefined ? names : [...names, { name, ...where, seenAt }].slice(-namesKept)
}

/** Whether a person is called otherwise in this group, or in private, than before. */
export const isNew = ({ names }: Identity, seen: Seen) =>
  seen.name !== undefined && names.findLast(other => other.groupId === seen.groupId)?.name !== seen.name

/** The identity with the name and group just seen; a name that it has in this group is not added again. */
export function withSeenName(identity: Identity, seen: Seen, seenAt: string): Identity {
  if (!isNew(identity, seen)) return { ...identity, seenAt, ...place(seen) }
  return { ...identity, names: withName(identity.names, seen, seenAt), seenAt, ...place(seen) }
}

/** Present names of a person in groups, latest first; the nickname where no group is known. */
export function aliasesOf({ names }: Pick<Identity, 'names'>): string[] {
  const inGroups = [...Map.groupBy(names, ({ groupId }) => groupId ?? '').entries()]
  const latest = inGroups
    .flatMap(([groupId, seen]) => seen.slice(-1).map(one => ({ ...one, isInGroup: groupId !== '' })))
    .sort((a, b) => Number(b.isInGroup) - Number(a.isInGroup) || b.seenAt.localeCompare(a.seenAt))
  return [...new Set(latest.map(({ name }) => name))]
}

/** Whether a person has shown who they are: by the phone's last digits, or to an organizer. */
export const isProven = (identity: Pick<Identity, 'how'> | undefined): boolean =>
  identity?.how === 'organizer' || identity?.how === 'tail'

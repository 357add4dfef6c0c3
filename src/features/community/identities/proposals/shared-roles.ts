import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../../../ports/clock.ts'
import type { Identity } from '../../records/identity-records.ts'
import {
  type Application,
  type CommunityRecords,
  type OfficerRole,
  type Officers,
  officersKey,
} from '../../records/records.ts'
import { approversBeside } from '../../role-consents.ts'
import type { LinkApplication, RoleNotices } from '../../role-notices.ts'
import type { IdentityLinks } from '../identity-links.ts'
import type { IdentityLedger } from '../ledger.ts'

type Parts = {
  records: Pick<CommunityRecords, 'officers'>
  ledger: Pick<IdentityLedger, 'all' | 'identitiesOf' | 'provenIdsOf'>
  links: Pick<IdentityLinks, 'memberAfterMoves'>
  roleNotices: Pick<RoleNotices, 'askForLink'>
  clock: Clock
}
type AskedLink = { identity: Identity; memberId: string; name: string; roles: OfficerRole[] }

export type SharedRoles = ReturnType<typeof createSharedRoles>

/** Roles that chats share once they are linked, and links that wait for a second person because of it. */
export function createSharedRoles({ records, ledger, links, roleNotices, clock }: Parts) {
  const officers = async (): Promise<Officers> =>
    (await records.officers.get(officersKey)) ?? {
      holders: [],
      applications: [],
      lastNumber: 0,
      withdrawals: [],
    }

  /** Chats of these members, with those of others who are about to become one of them. */
  async function chatsOf(memberIds: Iterable<string>): Promise<Identity[]> {
    const wanted = new Set(await Promise.all([...memberIds].map(links.memberAfterMoves)))
    const all = await ledger.all()
    const memberOfEach = await Promise.all(all.map(({ memberId }) => links.memberAfterMoves(memberId)))
    return all.filter((_, at) => wanted.has(memberOfEach[at] ?? ''))
  }

  return {
    chatsOf,
    holders: async () => (await officers()).holders,

    /**
     * The roles that all chats of these members would share: one person has one role in all chats. A role that waits
     * is none yet: the second person is asked again about chats that came since.
     * @returns no chats where nothing would be shared; the roles that one of the chats does not have yet
     */
    async between(memberIds: Iterable<string>): Promise<{ chats: string[]; roles: OfficerRole[] }> {
      const chats = (await chatsOf(memberIds)).map(({ senderId }) => senderId)
      const { holders } = await officers()
      const rolesOf = (ids: ReadonlySet<string>) =>
        new Set(holders.flatMap(one => (ids.has(one.senderId) ? [one.role] : [])))
      const all = rolesOf(new Set(chats))
      if (all.size === 0 || chats.length < 2) return { chats: [], roles: [] }
      const held = (await Promise.all(chats.map(ledger.provenIdsOf))).map(rolesOf)
      return { chats, roles: [...all].filter(role => !held.every(roles => roles.has(role))) }
    },

    /** The link of this chat, or of another one of the same person, that waits for a second person. */
    async waitingLink({ senderId, memberId }: Identity): Promise<LinkApplication | undefined> {
      const from = await links.memberAfterMoves(memberId)
      const waiting = (await officers()).applications.filter(isLink)
      return waiting.find(one => one.senderId === senderId || one.link.from === from)
    },

    /** Writes the link down, and asks for the second yes; the same link keeps its number. */
    async ask(by: { id: string; name: string }, asked: AskedLink): Promise<void> {
      const { identity, memberId, name, roles } = asked
      const { senderId } = identity
      const from = await links.memberAfterMoves(identity.memberId)
      let made: LinkApplication | undefined
      await records.officers.update(officersKey, now => {
        if (!now) return now
        const next = now.lastNumber + 1
        const link = { memberId, from, name, roles }
        const isSame = (one: Application) => one.senderId === senderId && isDeepStrictEqual(one.link, link)
        const number = now.applications.find(isSame)?.number ?? next
        made = {
          ...{ number, senderId, name: identity.names.at(-1)?.name ?? '（没有名字）' },
          role: roles.includes('reviewer') ? 'reviewer' : 'organizer',
          at: clock.now().toString(),
          agreed: { senderId: by.id, byName: by.name, chatIds: [] },
          link,
        }
        const others = now.applications.filter(one => !one.link || one.senderId !== senderId)
        const lastNumber = Math.max(now.lastNumber, number)
        return { ...now, applications: [...others, made], lastNumber }
      })
      if (!made) throw new Error('a link waits though no one holds a role')
      const asking = approversBeside(await officers(), await ledger.identitiesOf(by.id))
      await roleNotices.askForLink(made, asking, await chatsOf([from, memberId]))
    },
  }
}

const isLink = (one: Application): one is LinkApplication => one.link !== undefined

/** Members that become one person by these links, a set for each person. */
export function joinedBy(pairs: readonly (readonly string[])[]): Set<string>[] {
  return pairs.reduce<Set<string>[]>((groups, pair) => {
    const touched = groups.filter(group => pair.some(id => group.has(id)))
    const joined = new Set([...pair, ...touched.flatMap(group => [...group])])
    return [...groups.filter(group => !touched.includes(group)), joined]
  }, [])
}

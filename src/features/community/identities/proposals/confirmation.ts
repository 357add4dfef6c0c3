import { Refusal } from '../../../../feature.ts'
import type { Outbox } from '../../../../outbox/index.ts'
import type { Actor } from '../../../../ports/actor.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Identity } from '../../records/identity-records.ts'
import {
  type CommunityRecords,
  claimKey,
  handleOf,
  memberKey,
  notTheSameKey,
  officersKey,
} from '../../records/records.ts'
import { officeMayNot, ownRoleMayNot } from '../../role-words.ts'
import type { RosterStore } from '../../roster/book.ts'
import type { IdentityLinks } from '../identity-links.ts'
import type { IdentityLedger } from '../ledger.ts'
import { type IdentityProposal, proposalsOf } from './proposals.ts'

type Parts = {
  records: CommunityRecords
  ledger: IdentityLedger
  links: IdentityLinks
  book: RosterStore
  clock: Clock
  outbox: Outbox
}
/** Word to a person whose role another chat has now is of no use any more after this. */
const noticeHours = 72

export type IdentityConfirmation = ReturnType<typeof createIdentityConfirmation>

/** An organizer's decision about a person: the handle of the chat identity, and which member is meant. */
export type IdentityDecision = { handle: string; memberId: string }

/** Actions of organizers on identities: in bulk, and for one. */
export function createIdentityConfirmation({ records, ledger, links, book, clock, outbox }: Parts) {
  const { claims, notTheSame, members, officers } = records

  async function byHandle(handle: string): Promise<Identity> {
    const found = (await ledger.all()).find(({ senderId }) => handleOf(senderId) === handle)
    if (!found) throw new Refusal('这个聊天身份已经不在了，请刷新页面。')
    return found
  }

  async function isKnown(memberId: string): Promise<boolean> {
    return (await book.byId()).has(memberId) || (await members.get(memberKey(memberId))) !== undefined
  }

  /** Other chats on both sides of a link, where any of all holds a role: one person has one role in all chats. */
  async function othersWithRole({ senderId, memberId }: Identity, other = memberId): Promise<string[]> {
    const known = [...(await ledger.of(memberId)), ...(await ledger.of(other))].map(one => one.senderId)
    const others = [...new Set(known)].filter(id => id !== senderId)
    const holders = (await officers.get(officersKey))?.holders ?? []
    return holders.some(one => one.senderId === senderId || others.includes(one.senderId)) ? others : []
  }

  /** Linked chats have each other's roles. @throws {@link Refusal} for the shared log-in, and for one's own chats */
  function checkMayDecide(by: Actor, { senderId }: Identity, others: readonly string[]): void {
    if (others.length === 0) return
    if (by.isOffice) throw new Refusal(officeMayNot)
    if ([senderId, ...others].includes(by.id)) throw new Refusal(ownRoleMayNot)
  }

  async function tellHolders(by: Actor, { senderId, names }: Identity, others: readonly string[]) {
    const at = clock.now()
    const name = names.at(-1)?.name ?? '（没有名字）'
    const text = `组织者${by.name}把聊天账号「${name}」认作你的另一个账号，它现在和你有一样的身份。不是你的，请马上告诉另一位组织者。`
    await outbox.post(
      others.map(personId => ({
        key: `linked-${handleOf(senderId)}-${at.epochMilliseconds}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter: at.add({ hours: noticeHours }),
      })),
    )
  }

  return {
    byHandle,

    async proposals(): Promise<IdentityProposal[]> {
      const refused = new Set((await notTheSame.list('')).map(({ key }) => key))
      return proposalsOf({
        identities: await ledger.all(),
        rows: await book.rows(),
        index: await links.index(),
        claims: (await claims.list('claims/')).map(({ value }) => value),
        isRefused: (senderId, memberId) => refused.has(notTheSameKey(senderId, memberId)),
      })
    },

    /** Identities linked by alias or own word, latest first, for a person to check. */
    async unproven(): Promise<Identity[]> {
      const rows = await book.byId()
      const found = (await ledger.all()).filter(
        ({ memberId, how }) => rows.has(memberId) && (how === 'alias' || how === 'self'),
      )
      return found.sort((a, b) => b.linkedAt.localeCompare(a.linkedAt))
    },

    /** Chat identities that are not on the roster. */
    async strangers(): Promise<Identity[]> {
      const rows = await book.byId()
      return (await ledger.all()).filter(({ memberId }) => !rows.has(memberId))
    },

    /**
     * These are the same people; what was kept of them goes along. All are looked at before the first is linked.
     * @throws {@link Refusal} where one of them has gone meanwhile, or holds a role that this actor may not decide about
     */
    async confirm(decisions: readonly IdentityDecision[], by: Actor): Promise<void> {
      const meant = await Promise.all(
        decisions.map(async ({ handle, memberId }) => {
          if (!(await isKnown(memberId))) throw new Refusal('有一位成员已经不在名单上了，请刷新页面再看。')
          const identity = await byHandle(handle)
          const others = await othersWithRole(identity, memberId)
          checkMayDecide(by, identity, others)
          return { identity, memberId, others }
        }),
      )
      for (const { identity, memberId, others } of meant) {
        await links.link(identity.senderId, memberId, 'organizer')
        await claims.update(claimKey(identity.senderId), () => undefined)
        await tellHolders(by, identity, others)
      }
    },

    /** An erasure takes a person's roles. @throws {@link Refusal} for the shared log-in where this member holds one */
    async checkMayErase(memberId: string, by: Actor): Promise<void> {
      const ids = (await ledger.of(memberId)).map(({ senderId }) => senderId)
      const holders = (await officers.get(officersKey))?.holders ?? []
      if (by.isOffice && holders.some(({ senderId }) => ids.includes(senderId)))
        throw new Refusal(officeMayNot)
    },

    /** These are not; they are not proposed again. */
    async refuse(decisions: readonly IdentityDecision[], byName: string): Promise<void> {
      const at = clock.now().toString()
      for (const { handle, memberId } of decisions) {
        const { senderId } = await byHandle(handle)
        await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName, at }))
        await claims.update(claimKey(senderId), now => (now?.rowId === memberId ? undefined : now))
      }
    },

    /** Takes a link back: this chat identity is another person. What was kept so far stays with the member. @throws as {@link confirm} */
    async part(handle: string, by: Actor): Promise<void> {
      const identity = await byHandle(handle)
      checkMayDecide(by, identity, await othersWithRole(identity))
      const { senderId, memberId, names } = identity
      const at = clock.now().toString()
      await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName: by.name, at }))
      const name = names.at(-1)?.name ?? '（没有名字）'
      const id = await ledger.part(senderId)
      await members.update(memberKey(id), () => ({ id, name, createdAt: at }))
    },
  }
}

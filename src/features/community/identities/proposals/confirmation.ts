import { Refusal } from '../../../../feature.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Identity } from '../../records/identity-records.ts'
import { type CommunityRecords, claimKey, handleOf, memberKey, notTheSameKey } from '../../records/records.ts'
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
}
export type IdentityConfirmation = ReturnType<typeof createIdentityConfirmation>

/** An organizer's decision about a person: the handle of the chat identity, and which member is meant. */
export type IdentityDecision = { handle: string; memberId: string }

/** Actions of organizers on identities: in bulk, and for one. */
export function createIdentityConfirmation({ records, ledger, links, book, clock }: Parts) {
  const { claims, notTheSame, members } = records

  async function byHandle(handle: string): Promise<Identity> {
    const found = (await ledger.all()).find(({ senderId }) => handleOf(senderId) === handle)
    if (!found) throw new Refusal('这个聊天身份已经不在了，请刷新页面。')
    return found
  }

  async function isKnown(memberId: string): Promise<boolean> {
    return (await book.byId()).has(memberId) || (await members.get(memberKey(memberId))) !== undefined
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
     * @throws {@link Refusal} where one of them has gone meanwhile
     */
    async confirm(decisions: readonly IdentityDecision[]): Promise<void> {
      const meant = await Promise.all(
        decisions.map(async ({ handle, memberId }) => {
          if (!(await isKnown(memberId))) throw new Refusal('有一位成员已经不在名单上了，请刷新页面再看。')
          return { identity: await byHandle(handle), memberId }
        }),
      )
      for (const { identity, memberId } of meant) {
        await links.link(identity.senderId, memberId, 'organizer')
        await claims.update(claimKey(identity.senderId), () => undefined)
      }
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

    /** Takes a link back: this chat identity is another person. What was kept so far stays with the member. */
    async part(handle: string, byName: string): Promise<void> {
      const { senderId, memberId, names } = await byHandle(handle)
      const at = clock.now().toString()
      await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName, at }))
      const name = names.at(-1)?.name ?? '（没有名字）'
      const id = await ledger.part(senderId)
      await members.update(memberKey(id), () => ({ id, name, createdAt: at }))
    },
  }
}

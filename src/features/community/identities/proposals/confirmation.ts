import { Refusal } from '../../../../feature.ts'
import { createMutex } from '../../../../lib/queue.ts'
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
import { noticesOfLink } from './link-notices.ts'
import { type IdentityProposal, proposalsOf } from './proposals.ts'

type Parts = {
  records: CommunityRecords
  ledger: IdentityLedger
  links: IdentityLinks
  book: RosterStore
  clock: Clock
  outbox: Outbox
}
/** A notice that roles are shared between chats is not sent later than this, h. */
const noticeHours = 72

export type IdentityConfirmation = ReturnType<typeof createIdentityConfirmation>

/** An organizer's decision about a person: the handle of the chat identity, and which member is meant. */
export type IdentityDecision = { handle: string; memberId: string }

/** Actions of organizers on identities: in bulk, and for one. */
export function createIdentityConfirmation({ records, ledger, links, book, clock, outbox }: Parts) {
  const { claims, notTheSame, members, officers } = records
  /** One decision after the other: two that are checked at the same time could pass a role on unseen. */
  const inTurn = createMutex()

  async function byHandle(handle: string): Promise<Identity> {
    const found = (await ledger.all()).find(({ senderId }) => handleOf(senderId) === handle)
    if (!found) throw new Refusal('这个聊天身份已经不在了，请刷新页面。')
    return found
  }

  async function isKnown(memberId: string): Promise<boolean> {
    return (await book.byId()).has(memberId) || (await members.get(memberKey(memberId))) !== undefined
  }

  const holders = async () => (await officers.get(officersKey))?.holders ?? []

  /** Chats of these members, with those of others who are about to become one of them. */
  async function chatsOf(memberIds: Iterable<string>): Promise<Identity[]> {
    const wanted = new Set(await Promise.all([...memberIds].map(links.memberAfterMoves)))
    const all = await ledger.all()
    const memberOfEach = await Promise.all(all.map(({ memberId }) => links.memberAfterMoves(memberId)))
    return all.filter((_, at) => wanted.has(memberOfEach[at] ?? ''))
  }

  /** Chats of all these members, where roles would pass between them: one person has one role in all chats. */
  async function chatsWithRole(memberIds: Iterable<string>): Promise<string[]> {
    const chats = (await chatsOf(memberIds)).map(({ senderId }) => senderId)
    const isHeld = (await holders()).some(({ senderId }) => chats.includes(senderId))
    return isHeld && chats.length > 1 ? chats : []
  }

  /** Linked chats have each other's roles. @throws {@link Refusal} for the shared log-in, and for one's own chats */
  async function checkMayDecide(by: Actor, memberIds: Iterable<string>): Promise<void> {
    const chats = await chatsWithRole(memberIds)
    if (chats.length === 0) return
    if (by.isOffice) throw new Refusal(officeMayNot)
    if (chats.includes(by.id)) throw new Refusal(ownRoleMayNot)
  }

  /** Call before the link. @returns the chats that become the member's, those that the member has, and those left behind */
  async function sidesOf(identity: Identity, memberId: string) {
    const before = await chatsOf([identity.memberId])
    const others = before.filter(({ senderId }) => senderId !== identity.senderId)
    const known = (await chatsOf([memberId])).filter(({ senderId }) => senderId !== identity.senderId)
    if (identity.memberId === memberId) return { linked: [identity], known, left: [] }
    // All chats of a person who is not on the roster go along.
    const isOnRoster = (await book.byId()).has(identity.memberId)
    return isOnRoster ? { linked: [identity], known, left: others } : { linked: before, known, left: [] }
  }

  async function linkAndTell(by: Actor, identity: Identity, memberId: string): Promise<void> {
    const sides = await sidesOf(identity, memberId)
    await links.link(identity.senderId, memberId, 'organizer')
    await claims.update(claimKey(identity.senderId), () => undefined)
    const at = clock.now()
    await outbox.post(
      noticesOfLink(by.name, sides, await holders()).map(({ personId, text }) => ({
        key: `linked-${handleOf(identity.senderId)}-${at.epochMilliseconds}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter: at.add({ hours: noticeHours }),
      })),
    )
  }

  async function unlink({ senderId, memberId, names }: Identity, byName: string): Promise<void> {
    const at = clock.now().toString()
    await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName, at }))
    const name = names.at(-1)?.name ?? '（没有名字）'
    const id = await ledger.unlink(senderId)
    await members.update(memberKey(id), () => ({ id, name, createdAt: at }))
  }

  async function confirm(decisions: readonly IdentityDecision[], by: Actor): Promise<void> {
    const meant = await Promise.all(
      decisions.map(async ({ handle, memberId }) => {
        if (!(await isKnown(memberId))) throw new Refusal('有一位成员已经不在名单上了，请刷新页面再看。')
        return { identity: await byHandle(handle), memberId }
      }),
    )
    const membersAfterMoves = (...ids: [string, string]) => Promise.all(ids.map(links.memberAfterMoves))
    const pairs = await Promise.all(
      meant.map(({ identity, memberId }) => membersAfterMoves(identity.memberId, memberId)),
    )
    for (const memberIds of joinedBy(pairs)) await checkMayDecide(by, memberIds)
    for (const { identity, memberId } of meant) await linkAndTell(by, identity, memberId)
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
     * These are the same people; what was kept of them goes along. All are looked at together before the first is
     * linked: two chats that are linked to one member get each other's roles.
     * @throws {@link Refusal} where one of them has gone meanwhile, or holds a role that this actor may not decide about
     */
    confirm: (decisions: readonly IdentityDecision[], by: Actor): Promise<void> =>
      inTurn(() => confirm(decisions, by)),

    /** Before a chat gets a row of its own. @throws as {@link confirm} */
    async checkMayAdd(handle: string, by: Actor): Promise<void> {
      const { memberId } = await byHandle(handle)
      await checkMayDecide(by, [memberId])
    },

    /** An erasure takes a person's roles. @throws {@link Refusal} for the shared log-in where this member holds one */
    async checkMayErase(memberId: string, by: Actor): Promise<void> {
      const ids = (await chatsOf([memberId])).map(({ senderId }) => senderId)
      if (by.isOffice && (await holders()).some(({ senderId }) => ids.includes(senderId)))
        throw new Refusal(officeMayNot)
    },

    /** These are not; they are not proposed again. */
    async refuse(decisions: readonly IdentityDecision[], byName: string): Promise<void> {
      const at = clock.now().toString()
      const meant = await Promise.all(
        decisions.map(async ({ handle, memberId }) => ({ ...(await byHandle(handle)), memberId })),
      )
      for (const { senderId, memberId } of meant) {
        await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName, at }))
        await claims.update(claimKey(senderId), now => (now?.rowId === memberId ? undefined : now))
      }
    },

    /**
     * Takes links back: each of these chats is another person. What was kept so far stays with the member. All are
     * looked at before the first is taken back.
     * @throws as {@link confirm}
     */
    unlink: (handles: readonly string[], by: Actor): Promise<void> =>
      inTurn(async () => {
        const identities = await Promise.all(handles.map(byHandle))
        for (const { memberId } of identities) await checkMayDecide(by, [memberId])
        for (const identity of identities) await unlink(identity, by.name)
      }),
  }
}

/** Groups members by the links between them: each set becomes one person. */
function joinedBy(pairs: readonly (readonly string[])[]): Set<string>[] {
  return pairs.reduce<Set<string>[]>((groups, pair) => {
    const touched = groups.filter(group => pair.some(id => group.has(id)))
    const joined = new Set([...pair, ...touched.flatMap(group => [...group])])
    return [...groups.filter(group => !touched.includes(group)), joined]
  }, [])
}

import { Refusal } from '../../../../feature.ts'
import { createMutex } from '../../../../lib/queue.ts'
import type { Actor } from '../../../../ports/actor.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Identity } from '../../records/identity-records.ts'
import {
  type CommunityRecords,
  claimKey,
  handleOf,
  memberKey,
  notTheSameKey,
  type OfficerRole,
} from '../../records/records.ts'
import { needsTwo } from '../../role-consents.ts'
import type { LinkApplication, RoleNotices } from '../../role-notices.ts'
import { officeMayNot, ownRoleMayNot } from '../../role-words.ts'
import type { RosterStore } from '../../roster/book.ts'
import type { IdentityLinks } from '../identity-links.ts'
import { type IdentityLedger, isProven } from '../ledger.ts'
import { noticesOfLink, noticesOfParting } from './link-notices.ts'
import { type IdentityProposal, proposalsOf } from './proposals.ts'
import { joinedBy, type SharedRoles } from './shared-roles.ts'

type Parts = {
  records: CommunityRecords
  ledger: IdentityLedger
  links: IdentityLinks
  book: RosterStore
  clock: Clock
  roleNotices: Pick<RoleNotices, 'tell'>
  shared: SharedRoles
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
}
const changedMeanwhile =
  '这个账号或者它要对上的人，问过以后又变了，没有对上。请组织者在「身份核对」里重新看。'

export type IdentityConfirmation = ReturnType<typeof createIdentityConfirmation>

/** An organizer's decision about a person: the handle of the chat identity, and which member is meant. */
export type IdentityDecision = { handle: string; memberId: string }
/** How many chats are linked now, and how many links wait for a second person. */
export type ConfirmOutcome = { linked: number; waiting: number }

/** Actions of organizers on identities: in bulk, and for one. */
export function createIdentityConfirmation(parts: Parts) {
  const { records, ledger, links, book, clock, roleNotices, shared, isOnePerson } = parts
  const { claims, notTheSame, members } = records
  /** One decision after the other: two that are checked at the same time could pass a role on unseen. */
  const runExclusive = createMutex()

  async function byHandle(handle: string): Promise<Identity> {
    const found = (await ledger.all()).find(({ senderId }) => handleOf(senderId) === handle)
    if (!found) throw new Refusal('这个聊天身份已经不在了，请刷新页面。')
    return found
  }

  async function isKnown(memberId: string): Promise<boolean> {
    return (await book.byId()).has(memberId) || (await members.get(memberKey(memberId))) !== undefined
  }

  const { chatsOf, holders } = shared

  /**
   * Linked chats have each other's roles.
   * @returns the roles for which a second person must say yes first
   * @throws {@link Refusal} for the shared log-in, and for one's own chats
   */
  async function checkMayDecide(by: Actor, memberIds: Iterable<string>): Promise<OfficerRole[]> {
    const { chats, roles } = await shared.between(memberIds)
    if (chats.length === 0) return []
    if (by.isOffice) throw new Refusal(officeMayNot)
    if (chats.includes(by.id)) throw new Refusal(ownRoleMayNot)
    return isOnePerson ? [] : roles.filter(needsTwo)
  }

  /** Call before the link. @returns chats that become the member's, those that the member has, those left behind */
  async function sidesOf(identity: Identity, memberId: string) {
    const before = await chatsOf([identity.memberId])
    const others = before.filter(({ senderId }) => senderId !== identity.senderId)
    const known = (await chatsOf([memberId])).filter(({ senderId }) => senderId !== identity.senderId)
    if (identity.memberId === memberId) return { linked: [identity], known, left: [] }
    // All chats of a person who is not on the roster go along.
    const isOnRoster = (await book.byId()).has(identity.memberId)
    return isOnRoster ? { linked: [identity], known, left: others } : { linked: before, known, left: [] }
  }

  async function linkAndTell(by: Pick<Actor, 'name'>, identity: Identity, memberId: string): Promise<void> {
    const sides = await sidesOf(identity, memberId)
    await links.link(identity.senderId, memberId, 'organizer')
    await claims.update(claimKey(identity.senderId), () => undefined)
    await tell(`linked-${handleOf(identity.senderId)}`, noticesOfLink(by.name, sides, await holders()))
  }

  async function tell(key: string, notices: readonly { personId: string; text: string }[]): Promise<void> {
    const at = clock.now().epochMilliseconds
    for (const [i, { personId, text }] of notices.entries())
      await roleNotices.tell(`${key}-${at}-${i}`, [personId], text)
  }

  async function unlink(identity: Identity, byName: string): Promise<void> {
    const { senderId, memberId, names } = identity
    const known = (await chatsOf([memberId])).filter(other => other.senderId !== senderId)
    const notices = noticesOfParting(byName, { parted: [identity], known }, await holders())
    const at = clock.now().toString()
    await notTheSame.update(notTheSameKey(senderId, memberId), () => ({ memberId, byName, at }))
    const name = names.at(-1)?.name ?? '（没有名字）'
    const id = await ledger.unlink(senderId)
    await members.update(memberKey(id), () => ({ id, name, createdAt: at }))
    await tell(`parted-${handleOf(senderId)}`, notices)
  }

  async function confirm(decisions: readonly IdentityDecision[], by: Actor): Promise<ConfirmOutcome> {
    const meant = await Promise.all(
      decisions.map(async ({ handle, memberId }) => {
        if (!(await isKnown(memberId))) throw new Refusal('有一位成员已经不在名单上了，请刷新页面再看。')
        const identity = await byHandle(handle)
        const pair = await Promise.all([identity.memberId, memberId].map(links.memberAfterMoves))
        return { identity, memberId, pair }
      }),
    )
    const people = await Promise.all(
      joinedBy(meant.map(({ pair }) => pair)).map(async ids => ({
        ids,
        roles: await checkMayDecide(by, ids),
      })),
    )
    let waiting = 0
    for (const { identity, memberId, pair } of meant) {
      const roles = people.find(({ ids }) => ids.has(pair[0] ?? ''))?.roles ?? []
      if (pair[0] === pair[1] && isProven(identity)) continue
      if (roles.length === 0) await linkAndTell(by, identity, memberId)
      else {
        await shared.ask(by, { identity, memberId, name: await nameOf(memberId), roles })
        waiting++
      }
    }
    return { linked: meant.length - waiting, waiting }
  }

  const nameOf = async (memberId: string) =>
    (await book.byId()).get(memberId)?.name ?? (await members.get(memberKey(memberId)))?.name ?? ''

  async function checkMayAdd(handle: string, by: Actor): Promise<void> {
    const identity = await byHandle(handle)
    const { memberId } = identity
    if ((await book.byId()).has(await links.memberAfterMoves(memberId)))
      throw new Refusal('这一位已经在名单上了，请回「身份核对」刷新再看。')
    const waiting = await shared.waitingLink(identity)
    if (waiting)
      throw new Refusal(
        `要和名单上的${waiting.link.name}对上，在等第二个人点头（${waiting.number} 号），不用再加。不是同一个人，请先在「谁管什么」里点「不同意」。`,
      )
    await checkMayDecide(by, [memberId])
  }

  /** A second person has said yes to exactly this link. */
  async function completeLink({ senderId, agreed, link }: LinkApplication): Promise<void> {
    const identity = await ledger.get(senderId)
    const memberId = identity && (await links.memberAfterMoves(identity.memberId))
    // A crash came between the link and its record.
    if (memberId === link.memberId && isProven(identity)) return
    if (!identity || memberId !== link.from || !(await isKnown(link.memberId)))
      throw new Refusal(changedMeanwhile)
    const { roles } = await shared.between([link.from, link.memberId])
    if (roles.some(role => needsTwo(role) && !link.roles.includes(role))) throw new Refusal(changedMeanwhile)
    await linkAndTell({ name: agreed?.byName ?? '' }, identity, link.memberId)
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
     * linked: two chats that are linked to one member get each other's roles, and a role of an approver waits for a
     * second person.
     * @throws {@link Refusal} where one has gone meanwhile, or holds a role that this actor may not decide about
     */
    confirm: (decisions: readonly IdentityDecision[], by: Actor): Promise<ConfirmOutcome> =>
      runExclusive(() => confirm(decisions, by)),

    /** Makes a link to which two persons have said yes. @throws {@link Refusal} where the two have changed since */
    completeLink: (application: LinkApplication): Promise<void> =>
      runExclusive(() => completeLink(application)),

    /**
     * Gives a chat a row of its own, and links the two.
     * @param saveRow is called only once it is sure that the link is made or waits. @returns the id of the row
     * @throws as {@link confirm}, and where the person has a row or the chat waits for one
     */
    addRow: (handle: string, by: Actor, saveRow: () => Promise<string>) =>
      runExclusive(async () => {
        await checkMayAdd(handle, by)
        const memberId = await saveRow()
        return { memberId, outcome: await confirm([{ handle, memberId }], by) }
      }),

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
      runExclusive(async () => {
        const identities = await Promise.all(handles.map(byHandle))
        for (const { memberId } of identities) await checkMayDecide(by, [memberId])
        for (const identity of identities) await unlink(identity, by.name)
      }),
  }
}

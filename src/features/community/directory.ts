import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory, Member } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import { cleanName } from '../../text/names.ts'
import {
  type CommunityRecords,
  groupKey,
  groupMemberPrefix,
  identityKey,
  memberKey,
  newMemberId,
  officersKey,
} from './records.ts'
import { byName, createRosterView } from './roster.ts'
import type { Book } from './roster-book.ts'
import type { RosterDesk } from './roster-desk.ts'
import { observe } from './rules.ts'

/** Who is who, from the records. Names are observations: nobody is found by one. */
export function createDirectory(
  records: CommunityRecords,
  { clock, book, desk }: { clock: Clock; book: Book; desk: RosterDesk },
): Directory & Roster {
  const { groups, officers, identities, members, groupMembers } = records

  async function groupsByName() {
    const found = await groups.list('groups/')
    return found.map(({ value: { id, name } }) => ({ id, name })).sort(byName)
  }

  /** One identity is one member, also when its first two messages arrive together. */
  async function memberIdOf(senderId: string): Promise<string> {
    const known = await identities.get(identityKey(senderId))
    if (known) return known.memberId
    const mine = { senderId, memberId: newMemberId(), linkedAt: clock.now().toString() }
    const linked = await identities.update(identityKey(senderId), now => now ?? mine)
    return (linked ?? mine).memberId
  }

  async function see(memberId: string, seen: { name: string; groupId?: string }): Promise<Member> {
    const at = clock.now()
    const blank = {
      id: memberId,
      name: seen.name,
      isOnRoster: false,
      createdAt: at.toString(),
      namesSeen: [],
    }
    const known = await members.get(memberKey(memberId))
    const seenNow = observe(known ?? blank, seen, at)
    if (seenNow === known) return { id: memberId, name: known.name }
    // The group first: were it last, a crash in between would leave the member out of it for good.
    if (seen.groupId !== undefined) await noteInGroup(memberId, seen.name, seen.groupId)
    const saved = await members.update(memberKey(memberId), now => observe(now ?? blank, seen, at))
    const onRoster =
      seen.groupId !== undefined && !saved?.isOnRoster && (await desk.link(memberId, seen.name))
    return { id: memberId, name: onRoster || (saved?.name ?? seen.name) }
  }

  async function noteInGroup(memberId: string, name: string, groupId: string) {
    await groupMembers.update(`${groupMemberPrefix(groupId)}${memberId}`, () => ({ memberId, name }))
  }

  /** A group that was renamed is the same group. */
  async function noteGroupName(groupId: string, name: string) {
    const known = await groups.get(groupKey(groupId))
    if (!known || known.name === name) return
    await groups.update(groupKey(groupId), now => now && { ...now, name })
  }

  return {
    ...createRosterView(records, book),
    async group(id) {
      const found = await groups.get(groupKey(id))
      return found && { id: found.id, name: found.name }
    },
    groups: groupsByName,
    async recognise(message: Message) {
      const { senderId, senderName, groupId, groupName } = message
      if (groupId && groupName) await noteGroupName(groupId, cleanName(groupName))
      const seen = { name: cleanName(senderName), ...(groupId ? { groupId } : {}) }
      return see(await memberIdOf(senderId), seen)
    },
    async rolesOf(senderId) {
      const all = (await officers.get(officersKey))?.holders ?? []
      return ['maker', ...all.filter(holder => holder.senderId === senderId).map(holder => holder.role)]
    },
    async holders(role) {
      if (role === 'maker') return (await identities.list('')).map(({ value }) => value.senderId)
      const all = (await officers.get(officersKey))?.holders ?? []
      return all.filter(holder => holder.role === role).map(holder => holder.senderId)
    },
    async chatIdOf(memberId) {
      const linked = (await identities.list('')).filter(({ value }) => value.memberId === memberId)
      return linked.map(({ value }) => value).sort((a, b) => b.linkedAt.localeCompare(a.linkedAt))[0]
        ?.senderId
    },
    async enrol(name, groupId) {
      return see(newMemberId(), { name: cleanName(name), groupId })
    },
  }
}

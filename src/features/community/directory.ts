import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import { cleanName, withoutPhones } from '../../text/names/names.ts'
import type { IdentityLinks } from './identities/identity-links.ts'
import type { IdentityLedger } from './identities/ledger.ts'
import type { RoleAddresses } from './identities/role-addresses.ts'
import { createStaffFinder } from './identities/staff.ts'
import type { Identity } from './records/identity-records.ts'
import {
  type CommunityRecords,
  groupKey,
  groupMemberPrefix,
  memberKey,
  newMemberId,
  officersKey,
} from './records/records.ts'
import type { RosterStore } from './roster/book.ts'
import { byName, createRosterView } from './roster/view.ts'

type Parts = {
  clock: Clock
  book: RosterStore
  ledger: IdentityLedger
  links: IdentityLinks
  roleAddresses: RoleAddresses
  /** A bound group is called otherwise now. */
  renamed(before: string, name: string): Promise<void>
  /** Whether the line of this id is in the settings. */
  isOnLine(senderId: string): boolean
  /** A person wrote to us in private. */
  notePrivateMessage(senderId: string): void
}

/** Identities of people, from the records. Names are observations: a person is not found by one. */
export function createDirectory(
  records: CommunityRecords,
  { clock, book, ledger, links, renamed, roleAddresses, notePrivateMessage, isOnLine }: Parts,
): Directory & Roster {
  const { groups, officers, members, groupMembers } = records

  async function groupsByName() {
    const found = await groups.list('groups/')
    return found.map(({ value: { id, name } }) => ({ id, name })).sort(byName)
  }

  /** A group that was renamed is the same group. */
  async function noteGroupName(groupId: string, name: string) {
    const known = await groups.get(groupKey(groupId))
    if (!known || known.name === name) return
    let before: string | undefined
    await groups.update(groupKey(groupId), now => {
      before = now?.name
      return now && { ...now, name }
    })
    if (before !== undefined && before !== name) await renamed(before, name)
  }

  const hasLine = ({ senderId }: Identity) => isOnLine(senderId)
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
      if (!groupId) notePrivateMessage(senderId)
      const name = senderName === '' ? undefined : withoutPhones(senderName)
      return links.see(senderId, { name, ...(groupId ? { groupId } : {}) })
    },
    async rolesOf(senderId) {
      // Roles that cannot be read give no right; makers are answered all the same.
      const all = (await officers.get(officersKey).catch(() => undefined))?.holders ?? []
      const ids = all.length > 0 ? await ledger.provenIdsOf(senderId) : new Set<string>()
      const roles = all.filter(holder => ids.has(holder.senderId)).map(holder => holder.role)
      // An auditor changes nothing, whatever else they were made.
      return roles.includes('auditor') ? ['maker', 'auditor'] : ['maker', ...new Set(roles)]
    },
    identitiesOf: ledger.identitiesOf,
    async holders(role) {
      if (role === 'maker') return (await ledger.all()).map(({ senderId }) => senderId)
      return roleAddresses.holders(role)
    },
    async addressOf(memberId) {
      const latest = (await ledger.of(memberId)).sort((a, b) => b.linkedAt.localeCompare(a.linkedAt))
      const found = latest.find(one => hasLine(one) && roleAddresses.canBeWrittenTo(one))
      if (found) return { chatId: found.senderId }
      if (latest.length === 0) return { chatId: undefined, whyNot: 'unheard' }
      return { chatId: undefined, whyNot: latest.some(hasLine) ? 'group-only' : 'line-gone' }
    },
    staff: createStaffFinder({ records, ledger, links }),
    memberIdOf: async chatId => (await ledger.get(chatId))?.memberId,
    async enrol(written, groupId) {
      const id = newMemberId()
      const name = cleanName(written)
      await groupMembers.update(`${groupMemberPrefix(groupId)}${id}`, () => ({ memberId: id, name }))
      await members.update(memberKey(id), () => ({ id, name, createdAt: clock.now().toString() }))
      return { id, name }
    },
  }
}

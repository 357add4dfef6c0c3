import type { Member } from '../../../ports/directory.ts'
import type { Roster, RosterMember } from '../../../ports/roster.ts'
import { compareNames } from '../../../text/names/name-order.ts'
import { type CommunityRecords, groupMemberPrefix, memberKey, type RosterRow } from '../records/records.ts'
import type { RosterStore } from './book.ts'

export const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'zh-Hans-CN')

/** The roster for other features: names and places, no phone tails and no remarks. */
export function createRosterView(
  { members, groupMembers }: Pick<CommunityRecords, 'members' | 'groupMembers'>,
  book: RosterStore,
): Omit<Roster, 'enrol' | 'addressOf' | 'memberIdOf' | 'staff'> {
  async function find(memberIds: readonly string[]): Promise<RosterMember[]> {
    const rows = await book.byId()
    const found = await Promise.all(
      [...new Set(memberIds)].map(async id => {
        const row = rows.get(id)
        if (row) return asMember(row)
        const known = await members.get(memberKey(id))
        return known && offRoster(known)
      }),
    )
    return found.filter(member => member !== undefined)
  }

  async function namesOf(field: 'branch' | 'space'): Promise<string[]> {
    const named = (await book.rows()).map(row => row[field]).filter(name => name !== '')
    return [...new Set(named)].sort(compareNames)
  }

  return {
    find,
    members: async () => (await book.rows()).map(asMember).sort(byName),
    branches: () => namesOf('branch'),
    spaces: () => namesOf('space'),
    async membersOf(groupId) {
      const rows = await book.byId()
      const known = await groupMembers.list(groupMemberPrefix(groupId))
      return known
        .map(({ value: { memberId, name } }) => {
          const row = rows.get(memberId)
          return row ? asMember(row) : offRoster({ id: memberId, name })
        })
        .sort(byName)
    },
  }
}

const asMember = ({ id, name, branch, space, team }: RosterRow): RosterMember => ({
  id,
  name,
  isOnRoster: true,
  branch,
  space,
  team,
})

const offRoster = ({ id, name }: Member): RosterMember => ({
  id,
  name,
  isOnRoster: false,
  branch: '',
  space: '',
  team: '',
})

import type { Clock } from '../../ports/clock.ts'
import { blankGroup } from './group-cards.ts'
import type { CommunityPeople } from './people.ts'
import { type CommunityRecords, groupKey, newMemberId } from './records/records.ts'
import type { OfficerActions } from './roles/officers.ts'
import { hasOrganizer } from './roles/rules.ts'
import { blankRow, type RosterField } from './roster/file/columns.ts'

type Named = { id: string; name: string }
/** State of the first start: an organizer, a bound group, and the roster. */
type FirstSetUp = {
  organizer: Named
  group: Named
  /** Fields that are not given are empty. Default: no one. */
  roster?: readonly (Partial<Record<RosterField, string>> & {
    /** The id of this person in that group and the name there; absent: not in the group. */
    inGroup?: Named | undefined
  })[]
}

/** Bindings, appointments and a roster that no command made. */
export type FirstRun = {
  /**
   * Makes this person organizer, binds this group and fills an empty roster; does nothing where there was ever an
   * organizer.
   */
  setUpFirst(first: FirstSetUp): Promise<void>
  /** Binds groups that cannot be bound from inside; changes nothing about those that are bound. */
  bindPushGroups(groups: readonly Named[]): Promise<void>
}

type Parts = {
  records: CommunityRecords
  people: CommunityPeople
  officers: OfficerActions
  clock: Clock
}

export function createFirstRun({ records, people, officers, clock }: Parts): FirstRun {
  async function bind(group: Named, boundByName: string): Promise<void> {
    const bound = blankGroup({ ...group, boundAt: clock.now().toString(), boundByName })
    await records.groups.update(groupKey(group.id), now => now ?? bound)
  }

  /** The people of the group are linked as if an organizer had looked, so that they have their own rights at once. */
  async function fillRoster({ organizer, group, roster = [] }: FirstSetUp): Promise<void> {
    if (roster.length === 0) return
    const rows = roster.map(({ inGroup: _, ...row }) => ({ ...blankRow, ...row, id: newMemberId() }))
    const stamp = { changedAt: clock.now().toString(), changedByName: organizer.name }
    await people.book.change(now => now ?? { rows, ...stamp })
    const byName = new Map((await people.book.rows()).map(row => [row.name, row.id]))
    for (const { name = '', inGroup } of roster) {
      const memberId = byName.get(name)
      if (!inGroup || memberId === undefined) continue
      await people.links.see(inGroup.id, { name: inGroup.name, groupId: group.id })
      await people.links.link(inGroup.id, memberId, 'organizer')
    }
  }

  return {
    async setUpFirst(first) {
      const { organizer, group } = first
      if (hasOrganizer(await officers.officers())) return
      await bind(group, organizer.name)
      await fillRoster(first)
      await people.links.see(organizer.id, { name: organizer.name, groupId: group.id })
      // Last, so that a start that was cut short is done again.
      await officers.appointFirst({ senderId: organizer.id, name: organizer.name })
    },
    async bindPushGroups(groups) {
      for (const group of groups) await bind(group, '设置')
    },
  }
}

import type { Member } from './directory.ts'

/** A member with what the roster says of them: empty where it says nothing, and for who is not on it. */
export type RosterMember = Member & { isOnRoster: boolean; branch: string; space: string; team: string }

/**
 * Who belongs to us and who is known where. Names are the roster's where it has the person. Ids are ours and stay:
 * what somebody did before the roster knew them is moved to their id on it (see `PersonalData.merge`).
 */
export type Roster = {
  /** Everybody on the roster, by name, also those who never spoke to us: who is expected (应到) of branches and spaces. */
  members(): Promise<RosterMember[]>
  /** The branches that the roster names, by name. */
  branches(): Promise<string[]>
  /** The spaces that the roster names, by name. */
  spaces(): Promise<string[]>
  /** Everybody known in this group, by name, on the roster or not: who spoke there or was entered for it. */
  membersOf(groupId: string): Promise<RosterMember[]>
  /** These as they are known now, in any order; who is not known any more is left out. */
  find(memberIds: readonly string[]): Promise<RosterMember[]>
  /** Somebody who was there but never spoke to us, say from a paper list; known in the group from then on. */
  enrol(name: string, groupId: string): Promise<Member>
  /** Where to write to this member in private; undefined for somebody who never spoke to us. */
  chatIdOf(memberId: string): Promise<string | undefined>
  /** Whose chat identity this is; undefined for one that never spoke to us. */
  memberIdOf(chatId: string): Promise<string | undefined>
}

import type { Member } from './directory.ts'

/** A member with the roster's fields: empty where it has none, and for people not on it. */
export type RosterMember = Member & { isOnRoster: boolean; branch: string; space: string; team: string }

/**
 * Where a member is written to in private; without a `chatId`, why not: they never spoke to us, were heard only in
 * groups whose ids lead to no private chat, or over a line that left the settings.
 */
type PrivateAddress =
  | { chatId: string }
  | { chatId: undefined; whyNot: 'unheard' | 'group-only' | 'line-gone' }

/**
 * Members, and the groups in which they are known. Names are the roster's where it has the person. Ids are ours and
 * stay: records from before the roster knew a person move to their id on it (see `PersonalData.merge`).
 */
export type Roster = {
  /** Everyone on the roster, by name, also those who never wrote: they are expected (应到) by branch and space. */
  members(): Promise<RosterMember[]>
  /** The branches that the roster names, by name. */
  branches(): Promise<string[]>
  /** The spaces that the roster names, by name. */
  spaces(): Promise<string[]>
  /** All people known in this group, by name, on the roster or not: they spoke there or were entered for it. */
  membersOf(groupId: string): Promise<RosterMember[]>
  /** These as they are known now, unordered; unknown ids are left out. */
  find(memberIds: readonly string[]): Promise<RosterMember[]>
  /** Adds a person who never wrote to the bot, as from a paper list; known in the group from then on. */
  enrol(name: string, groupId: string): Promise<Member>
  addressOf(memberId: string): Promise<PrivateAddress>
  /**
   * Members who run the lessons: organizers, and people with such a title in their name (「组织者-陈静」); while it is not
   * confirmed who that is on the roster, also the only row that the name may mean. By member id, with the name that has
   * the title; empty for organizers.
   */
  staff(): Promise<ReadonlyMap<string, string>>
  /** Member of this chat identity; undefined for one that never spoke to us. */
  memberIdOf(chatId: string): Promise<string | undefined>
}

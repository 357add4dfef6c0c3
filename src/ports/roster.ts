import type { Member } from './directory.ts'

/** Who is known where, for those who must name people that have not just spoken. */
export type Roster = {
  /** Everybody known in this group, by name. */
  membersOf(groupId: string): Promise<Member[]>
  /** Somebody who was there but never spoke to us, say from a paper list; known in the group from then on. */
  enrol(name: string, groupId: string): Promise<Member>
  /** Where to write to this member in private; undefined for somebody who never spoke to us. */
  chatIdOf(memberId: string): Promise<string | undefined>
}

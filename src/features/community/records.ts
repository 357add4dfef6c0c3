import { createHash, randomInt } from 'node:crypto'
import { z } from 'zod'
import { groupForms } from '../../ports/groups.ts'
import type { Store } from '../../ports/store.ts'

/** A group that an organizer bound; key `groups/hash of its id`. */
export const BoundGroup = z.object({
  id: z.string(),
  /** As last seen. */
  name: z.string(),
  boundAt: z.string(),
  boundByName: z.string(),
  /** What organizers wrote down about it, by which broadcasts choose it. */
  space: z.string().default(''),
  branch: z.string().default(''),
  tags: z.array(z.string()).default([]),
  form: z.enum(groupForms).default('text'),
  isOrganizers: z.boolean().default(false),
})
export type BoundGroup = z.infer<typeof BoundGroup>

export const OfficerRole = z.enum(['organizer', 'reviewer'])
export type OfficerRole = z.infer<typeof OfficerRole>

/** Somebody who applied for a role and waits for an organizer. */
export const Application = z.object({
  number: z.number().int(),
  senderId: z.string(),
  name: z.string(),
  role: OfficerRole,
  at: z.string(),
})
export type Application = z.infer<typeof Application>

/** All roles and applications in one record, since who may appoint whom is decided over all of them. */
export const Officers = z.object({
  holders: z.array(
    z.object({
      senderId: z.string(),
      name: z.string(),
      role: OfficerRole,
      since: z.string(),
      /** Who agreed; absent for the one who claimed the bot. */
      byName: z.string().optional(),
    }),
  ),
  applications: z.array(Application),
  /** How many applications there ever were: numbers are never used again. */
  lastNumber: z.number().int(),
})
export type Officers = z.infer<typeof Officers>

export const IdentityProof = z.enum(['seen', 'alias', 'self', 'tail', 'organizer'])

/**
 * Somebody on a chat platform, and which member that is; key `two hex digits/hash of the sender's id`. Ids change with
 * every new account and often with the line (field notes 1.2), so a member may have several of these.
 */
export const Identity = z.object({
  senderId: z.string(),
  memberId: z.string(),
  linkedAt: z.string(),
  /**
   * `seen`: nobody said who it is. `alias`: by name and place in a group. `self`: 「我是 …」. `tail`: the same in private,
   * with the phone's last digits. `organizer`: an organizer looked. Only the last two are proof.
   */
  how: IdentityProof.default('seen'),
  /** The line, by its name in the settings, and our account on it when this person was first heard. */
  platform: z.string().default(''),
  account: z.string().default(''),
  /** What the person was called, where and when: observations, latest last, at most 20. */
  names: z
    .array(z.object({ name: z.string(), groupId: z.string().optional(), seenAt: z.string() }))
    .default([]),
  /** About when we last heard of them, to a month. */
  seenAt: z.string(),
})
export type Identity = z.infer<typeof Identity>

/** A member under our own id; key `first two characters/id`. */
export const MemberRecord = z.object({
  id: z.string(),
  /** As last seen in a group, else in private, or as an organizer wrote it; the roster's name stands above it. */
  name: z.string(),
  createdAt: z.string(),
})
export type MemberRecord = z.infer<typeof MemberRecord>

/** That a member is known in a group, and under which alias; key `hash of the group's id/member id`. */
export const GroupMember = z.object({ memberId: z.string(), name: z.string() })
export type GroupMember = z.infer<typeof GroupMember>

/** A member who turned out to be another whom we know; key `moves/from`. Gone once everything has followed. */
export const Move = z.object({
  from: z.string(),
  into: z.string(),
  /** How the chat identities of `from` are known to be `into`. */
  how: IdentityProof,
  at: z.string(),
  /** How often all that is kept was gone through; twice, as something may have been on its way the first time. */
  passes: z.number().int(),
})
export type Move = z.infer<typeof Move>

/** Who says to be somebody on the roster, where an organizer has to look; key `claims/hash of the sender's id`. */
export const BindingClaim = z.object({ senderId: z.string(), rowId: z.string(), at: z.string() })
export type BindingClaim = z.infer<typeof BindingClaim>

/** That an organizer said that these two are not one person; key `hash of the sender's id/member id`. */
export const NotTheSame = z.object({ memberId: z.string(), byName: z.string(), at: z.string() })

/** Somebody whose data are to be erased; key `erasures/member id`. Gone when nothing is left. */
export const Erasure = z.object({
  memberId: z.string(),
  chatIds: z.array(z.string()),
  names: z.array(z.string()),
  at: z.string(),
  /** False while an organizer has to look whether it is that person who asks. */
  isAgreed: z.boolean(),
  /** See `PersonalData.forget`. */
  alias: z.string(),
})
export type Erasure = z.infer<typeof Erasure>

/** That a group was told what is kept of its people; key `groups/hash of its id`. Stays when it is unbound. */
export const GroupNotice = z.object({ at: z.string() })

/** A file with people's data that somebody took out; key `YYYY-MM/time-number`. */
export const ExportEntry = z.object({
  at: z.string(),
  byName: z.string(),
  what: z.string(),
  road: z.enum(['chat', 'console']),
  people: z.number().int(),
})
export type ExportEntry = z.infer<typeof ExportEntry>

/** Somebody on the roster, under the id of the member. Empty where nobody said. */
export const RosterRow = z.object({
  id: z.string(),
  name: z.string(),
  branch: z.string(),
  space: z.string(),
  team: z.string(),
  /** Four digits: enough to tell namesakes apart, too few to call anybody. */
  phoneTail: z.string(),
  /** 群昵称, as the roster has it. */
  alias: z.string(),
  /** 微信昵称, as the roster has it. */
  nickname: z.string().default(''),
  note: z.string().default(''),
  /** 政治面貌: sensitive, kept only where the settings say so, and shown nowhere but on the roster's page. */
  party: z.string().default(''),
})
export type RosterRow = z.infer<typeof RosterRow>

/** The roster as one record, so that an import happens wholly or not at all. */
export const RosterBook = z.object({
  rows: z.array(RosterRow),
  changedAt: z.string(),
  changedByName: z.string(),
})
export type RosterBook = z.infer<typeof RosterBook>

export type CommunityRecords = ReturnType<typeof openRecords>

export function openRecords(store: Store) {
  return {
    groups: store.collection('groups', BoundGroup),
    officers: store.collection('officers', Officers),
    identities: store.collection('identities', Identity, [withSeenAt]),
    members: store.collection('members', MemberRecord),
    groupMembers: store.collection('group-members', GroupMember),
    roster: store.collection('roster', RosterBook),
    moves: store.collection('member-moves', Move),
    claims: store.collection('binding-claims', BindingClaim),
    notTheSame: store.collection('not-the-same', NotTheSame),
    erasures: store.collection('erasures', Erasure),
    notices: store.collection('group-notices', GroupNotice),
  }
}

/** The first records did not say when somebody was last heard of. */
const withSeenAt = (old: unknown) => {
  const first = z.looseObject({ linkedAt: z.string() }).parse(old)
  return { ...first, seenAt: first.linkedAt }
}

/** Platform ids hold all sorts of characters, and a key is a path. */
const hashOf = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32)

export const officersKey = 'officers/all'
export const rosterKey = 'roster/all'
export const groupKey = (groupId: string) => `groups/${hashOf(groupId)}`
export const identityKey = (senderId: string) => `${hashOf(senderId).slice(0, 2)}/${hashOf(senderId)}`
export const memberKey = (memberId: string) => `${memberId.slice(0, 2)}/${memberId}`
export const groupMemberPrefix = (groupId: string) => `${hashOf(groupId)}/`
export const moveKey = (from: string) => `moves/${from}`
export const claimKey = (senderId: string) => `claims/${hashOf(senderId)}`
export const notTheSameKey = (senderId: string, memberId: string) => `${hashOf(senderId)}/${memberId}`
export const erasureKey = (memberId: string) => `erasures/${memberId}`
export const noticeKey = (groupId: string) => `groups/${hashOf(groupId)}`
/** Stands for a chat identity in forms and addresses, where platform ids would have to be escaped. */
export const handleOf = (senderId: string) => hashOf(senderId)

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Short enough to read out, and one of 31^8 so that two never meet. */
export const newMemberId = () =>
  Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')

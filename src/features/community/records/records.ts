import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { keyHash } from '../../../lib/hash.ts'
import { memoize } from '../../../lib/memoize.ts'
import { groupForms } from '../../../ports/groups.ts'
import type { Store } from '../../../ports/store.ts'
import { BindingClaim, Erasure, Identity, Move, NotTheSame } from './identity-records.ts'

/** A group that an organizer bound; key `groups/hash of its id`. */
export const BoundGroup = z.object({
  id: z.string(),
  /** As last seen. */
  name: z.string(),
  boundAt: z.string(),
  boundByName: z.string(),
  /** Organizers' notes, by which broadcasts choose it. */
  space: z.string().default(''),
  branch: z.string().default(''),
  tags: z.array(z.string()).default([]),
  form: z.enum(groupForms).default('text'),
  isOrganizers: z.boolean().default(false),
  /** True where newcomers are welcomed, once a day. */
  welcomesNewcomers: z.boolean().default(true),
})
export type BoundGroup = z.infer<typeof BoundGroup>

/** A group that was unbound, as it was set; under the key of the bound one, until it is bound again. */
export const FormerGroup = BoundGroup.omit({ boundAt: true, boundByName: true }).extend({
  unboundAt: z.string(),
})
export type FormerGroup = z.infer<typeof FormerGroup>

export const OfficerRole = z.enum(['organizer', 'reviewer', 'auditor'])
export type OfficerRole = z.infer<typeof OfficerRole>

/** A role that waits for a yes: one that a person applied for, was offered, or would get by a link to its holder. */
export const Application = z.object({
  number: z.number().int(),
  senderId: z.string(),
  name: z.string(),
  role: OfficerRole,
  at: z.string(),
  /** An organizer offers it, and the person has not applied. */
  isOffered: z.literal(true).optional(),
  /** The organizers are still to be told of it. */
  isUntold: z.literal(true).optional(),
  /** The organizer who has said yes already, where a second person must; the id is empty after an erasure. */
  agreed: z
    .object({
      senderId: z.string(),
      byName: z.string(),
      /** Every chat id that gets the role by it: the second person is shown these. */
      chatIds: z.array(z.string()).default([]),
    })
    .optional(),
  /** The chat is to be this member from then on, who was `from` when it was asked; `roles` are all that pass by it. */
  link: z
    .object({ memberId: z.string(), from: z.string(), name: z.string(), roles: z.array(OfficerRole) })
    .optional(),
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
      /** Organizer who agreed; absent for the one who claimed the bot. */
      byName: z.string().optional(),
      /** The second person who agreed, where there was one beside the organizer and the applicant. */
      secondByName: z.string().optional(),
      /** The only organizer agreed, as there was no second person yet. */
      isByOne: z.literal(true).optional(),
    }),
  ),
  applications: z.array(Application),
  /** How many applications there ever were: numbers are never used again. */
  lastNumber: z.number().int(),
  /** Organizers and reviewers whose role was withdrawn in the last days, with their chats: none after an erasure. */
  withdrawals: z.array(z.object({ at: z.string(), chatIds: z.array(z.string()) })).default([]),
})
export type Officers = z.infer<typeof Officers>

/** A member under our own id; key `first two characters/id`. */
export const MemberRecord = z.object({
  id: z.string(),
  /** As last seen in a group, else in private, or as an organizer wrote it; the roster's name stands above it. */
  name: z.string(),
  createdAt: z.string(),
})
export type MemberRecord = z.infer<typeof MemberRecord>

/** A member as known in a group, with the alias; key `hash of the group's id/member id`. */
export const GroupMember = z.object({ memberId: z.string(), name: z.string() })
export type GroupMember = z.infer<typeof GroupMember>

/** Proof that a group was told what is kept of its people; key `groups/hash of its id`. Stays when it is unbound. */
export const GroupNotice = z.object({ at: z.string() })

/** How often a secret was tried today; key `YYYY-MM-DD/hash of whose attempts these are`. */
export const AttemptCount = z.object({ count: z.number().int() })

/** A file with people's data that a person took out; key `YYYY-MM/time-number`. */
export const ExportEntry = z.object({
  at: z.string(),
  byName: z.string(),
  what: z.string(),
  road: z.enum(['chat', 'console', 'sent']),
  people: z.number().int(),
})
export type ExportEntry = z.infer<typeof ExportEntry>

/** A row of the roster, under the id of the member. Empty fields were not given. */
export const RosterRow = z.object({
  id: z.string(),
  name: z.string(),
  branch: z.string(),
  space: z.string(),
  team: z.string(),
  /** Four digits: enough to tell namesakes apart, too few for a call. */
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
export const RosterRecord = z.object({
  rows: z.array(RosterRow),
  /** The rows before the last import; present until any other change, so that nothing erased since comes back. */
  before: z.array(RosterRow).optional(),
  changedAt: z.string(),
  changedByName: z.string(),
})
export type RosterRecord = z.infer<typeof RosterRecord>

export type CommunityRecords = ReturnType<typeof openCommunityRecords>

export function openCommunityRecords(store: Store) {
  return {
    groups: store.collection('groups', BoundGroup),
    formerGroups: store.collection('former-groups', FormerGroup),
    officers: store.collection('officers', Officers),
    identities: store.collection('identities', Identity, [withSeenAt]),
    members: store.collection('members', MemberRecord),
    groupMembers: store.collection('group-members', GroupMember),
    roster: store.collection('roster', RosterRecord),
    moves: store.collection('member-moves', Move),
    claims: store.collection('binding-claims', BindingClaim),
    notTheSame: store.collection('not-the-same', NotTheSame),
    erasures: store.collection('erasures', Erasure),
    notices: store.collection('group-notices', GroupNotice),
    attempts: store.collection('secret-attempts', AttemptCount),
  }
}

/** The first records lack the time of a person's last message. */
const withSeenAt = (old: unknown) => {
  const first = z.looseObject({ linkedAt: z.string() }).parse(old)
  return { ...first, seenAt: first.linkedAt }
}

export const officersKey = 'officers/all'
export const rosterKey = 'roster/all'
/** Each message asks several times for its group and its sender. */
const hashOfId = memoize(keyHash, { most: 5000, longest: 200 })
export const groupKey = (groupId: string) => `groups/${hashOfId(groupId)}`
export const identityKey = (senderId: string) => `${hashOfId(senderId).slice(0, 2)}/${hashOfId(senderId)}`
export const memberKey = (memberId: string) => `${memberId.slice(0, 2)}/${memberId}`
export const groupMemberPrefix = (groupId: string) => `${hashOfId(groupId)}/`
export const moveKey = (from: string) => `moves/${from}`
export const claimKey = (senderId: string) => `claims/${keyHash(senderId)}`
export const notTheSameKey = (senderId: string, memberId: string) => `${keyHash(senderId)}/${memberId}`
export const erasureKey = (memberId: string) => `erasures/${memberId}`
export const noticeKey = (groupId: string) => `groups/${keyHash(groupId)}`
/** Stands for a chat identity in forms and addresses, where platform ids would have to be escaped. */
export const handleOf = (senderId: string) => keyHash(senderId)

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Short enough to read out, and one of 31^8 so that two never meet. */
export const newMemberId = () =>
  Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')

import { z } from 'zod'

const IdentityProof = z.enum(['seen', 'alias', 'self', 'tail', 'organizer', 'code'])

/**
 * A person on a chat platform, and which member that is; key `two hex digits/hash of the sender's id`. Ids change with
 * every new account and often with the line, so a member may have several of these.
 */
export const Identity = z.object({
  senderId: z.string(),
  memberId: z.string(),
  linkedAt: z.string(),
  /**
   * `seen`: not linked. `alias`: by name and place in a group. `self`: 「我是 …」. `tail`: the same in private,
   * with the phone's last digits. `organizer`: an organizer looked; these two are proof. `code`: by a one-time
   * code from another identity that had no proof itself.
   */
  how: IdentityProof.default('seen'),
  /** The line, by its name in the settings, and our account on it at this person's first message. */
  platform: z.string().default(''),
  account: z.string().default(''),
  /** Names of the person, with place and time: observations, latest last, at most 20. */
  names: z
    .array(z.object({ name: z.string(), groupId: z.string().optional(), seenAt: z.string() }))
    .default([]),
  /** An instant of a message of theirs, renewed at most about once a month. */
  seenAt: z.string(),
  /** They spoke to us in private, so there they can be written to. */
  isPrivate: z.literal(true).optional(),
  /** The identity that had the one-time code which this one said. */
  sameAs: z.string().optional(),
  /** When they read the privacy notice in private. */
  toldAt: z.string().optional(),
})
export type Identity = z.infer<typeof Identity>

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

/** Claims to be a person on the roster, for an organizer to decide; key `claims/hash of the sender's id`. */
export const BindingClaim = z.object({ senderId: z.string(), rowId: z.string(), at: z.string() })
export type BindingClaim = z.infer<typeof BindingClaim>

/** An organizer's word that these two are not one person; key `hash of the sender's id/member id`. */
export const NotTheSame = z.object({ memberId: z.string(), byName: z.string(), at: z.string() })

/** A person whose data are to be erased; key `erasures/member id`. Gone when nothing is left. */
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

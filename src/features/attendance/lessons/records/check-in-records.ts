import { z } from 'zod'

/** States that an organizer may set for a person. */
export const AttendanceVerdict = z.enum(['present', 'late', 'leave', 'absent', 'made-up'])
export type AttendanceVerdict = z.infer<typeof AttendanceVerdict>

/** One sign-in as it was sent. rules.ts decides whether it counts, each time it is read. */
export const SignInAttempt = z.object({
  at: z.string(),
  /** The digits that came with it. */
  code: z.string().optional(),
  /** When it reached us, where that was more than a minute later: the line was down. */
  receivedAt: z.string().optional(),
  /** `keyHash` of the id of its message, by which a recall names it. */
  messageKey: z.string().optional(),
})
export type SignInAttempt = z.infer<typeof SignInAttempt>

/**
 * A sign-in that was taken back and that organizers were not told of yet; key `untold/keyHash of its message's
 * id`.
 */
export const UntoldRecall = z.object({ at: z.string() })

/** Something to tell a group about a member; a receipt names those that it told. */
export const LessonNotice = z.object({
  memberId: z.string(),
  /** Empty where it was said in private: only the organizers may have to hear of it. */
  groupId: z.string(),
  about: z.enum(['signed', 'leave', 'missed', 'left', 'made-up', 'signed-up', 'signed-off', 'moved-up']),
  /** Came when the organizers had their tally already. */
  isAfterTally: z.boolean(),
  /** When what is told was said: the same thing is told once. */
  at: z.string(),
})
export type LessonNotice = z.infer<typeof LessonNotice>

/** Studying afterwards what one has missed, in a sentence; it counts once an organizer agrees. */
export const MakeUp = z.object({
  at: z.string(),
  words: z.string(),
  decision: z
    .object({ isConfirmed: z.boolean(), at: z.string(), byName: z.string(), why: z.string().optional() })
    .optional(),
})
export type MakeUp = z.infer<typeof MakeUp>

/** All that is known of one member at one lesson; rules.ts derives the status from it. Key `lesson id/member id`. */
export const CheckIn = z.object({
  memberId: z.string(),
  /** As the person was called when this was last written. */
  name: z.string(),
  /** Every sign-in since the window opened, the earliest first; those past the end are kept and do not count. */
  tries: z.array(SignInAttempt),
  /** The latest sign-out. */
  leftAt: z.string().optional(),
  /** The latest asking for leave. */
  leave: z.object({ at: z.string(), reason: z.string() }).optional(),
  /** The latest. */
  makeUp: MakeUp.optional(),
  /** By organizers; all are kept and the last one counts. */
  corrections: z.array(
    z.object({
      to: AttendanceVerdict,
      at: z.string(),
      byName: z.string(),
      why: z.string().optional(),
      /** Set when an organizer took it back. */
      withdrawnAt: z.string().optional(),
    }),
  ),
  notices: z.array(LessonNotice),
})
export type CheckIn = z.infer<typeof CheckIn>
export type Correction = CheckIn['corrections'][number]

/** One message made of notices; one that is not posted yet is posted again. Key `lesson id/number`, from 1. */
export const Receipt = z.object({
  number: z.number().int(),
  /** Empty: for organizers only. */
  groupId: z.string(),
  notices: z.array(LessonNotice),
  isPosted: z.boolean(),
  madeAt: z.string().default(''),
})
export type Receipt = z.infer<typeof Receipt>

import { z } from 'zod'

/** A person on the register, as the roster had them when it was taken. */
export const Registered = z.object({
  memberId: z.string(),
  name: z.string(),
  branch: z.string(),
  space: z.string(),
  team: z.string(),
  isOnRoster: z.boolean(),
  /** 应到: missing counts. */
  isExpected: z.boolean(),
})
export type Registered = z.infer<typeof Registered>

/**
 * The people expected at a lesson and those who came, frozen at its end: a later roster changes no tally of
 * before. Key `lesson id/register`.
 */
export const Register = z.object({ takenAt: z.string(), people: z.array(Registered) })
export type Register = z.infer<typeof Register>

import { z } from 'zod'
import { LessonNotice } from './check-in-records.ts'

/** A person who signed up, in the order in which it reached us; who left keeps a line, as messages come twice. */
export const SignUp = z.object({
  memberId: z.string(),
  name: z.string(),
  /** `in` has a place, `waiting` gets the next that is free, `out` signed off. */
  state: z.enum(['in', 'waiting', 'out']),
  /** When what counts was sent: an older message changes nothing. */
  at: z.string(),
})
export type SignUp = z.infer<typeof SignUp>

/** Sign-ups of a lesson in one record, since places are decided over all of them. Key `lesson id/list`. */
export const SignUpList = z.object({ entries: z.array(SignUp), notices: z.array(LessonNotice) })
export type SignUpList = z.infer<typeof SignUpList>

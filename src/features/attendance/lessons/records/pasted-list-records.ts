import { z } from 'zod'
import { keyHash } from '../../../../lib/hash.ts'

/** A list that an organizer pasted in chat and has not confirmed yet; key `pasted/hash of the sender's id`. */
export const PastedList = z.object({
  lessonId: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  pastedAt: z.string(),
})
export type PastedList = z.infer<typeof PastedList>

export const pastedKey = (senderId: string) => `pasted/${keyHash(senderId)}`

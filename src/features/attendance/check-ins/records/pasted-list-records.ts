import { createHash } from 'node:crypto'
import { z } from 'zod'

/** A list that an organizer pasted in chat and has not confirmed yet; key `pasted/hash of the sender's id`. */
export const PastedList = z.object({
  lessonId: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  pastedAt: z.string(),
})
export type PastedList = z.infer<typeof PastedList>

export const pastedKey = (senderId: string) =>
  `pasted/${createHash('sha256').update(senderId).digest('hex').slice(0, 32)}`

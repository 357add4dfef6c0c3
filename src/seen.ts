import { z } from 'zod'

/** That a message was taken on, and when; key `YYYY-MM-DD/message id`, the day being the one it was sent. */
export const Seen = z.object({ handledAt: z.string() })
export type Seen = z.infer<typeof Seen>

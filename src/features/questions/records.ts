import { z } from 'zod'
import type { Store } from '../../ports/store.ts'

/** How one question was met; key `day/time-message`, so that a shard is a day's (`day_0001` from the 500th on). Names in it are member ids. */
export const QuestionRecord = z.object({
  at: z.string(),
  memberId: z.string(),
  /** Absent for a private chat. */
  groupId: z.string().optional(),
  question: z.string(),
  outcome: z.enum(['answer', 'choices', 'chosen', 'none']),
  /** The entry told, or the nearest. */
  entry: z.string().optional(),
  programme: z.string().optional(),
  score: z.number(),
  ticket: z.number().int().optional(),
  useful: z.boolean().optional(),
  /** What an organizer did about it in the inbox. */
  handled: z
    .object({ as: z.enum(['draft', 'wording', 'dismissed']), at: z.string(), byName: z.string() })
    .optional(),
})
export type QuestionRecord = z.infer<typeof QuestionRecord>
export type Kept = { key: string; value: QuestionRecord }

export const openQuestionRecords = (store: Store) =>
  store.collection('questions', QuestionRecord, [], { isHistory: true })

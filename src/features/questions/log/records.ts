import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { sha256 } from '../../../lib/hash.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Store } from '../../../ports/store.ts'
import { asWallClock } from '../../../text/dates/time.ts'

/**
 * How one question was met; key `day/time-message`, so that a shard is a day's (`day_0001` from the 500th
 * on). Names in it are member ids.
 */
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
  /** Organizer's action in the inbox. */
  handled: z
    .object({ as: z.enum(['draft', 'wording', 'dismissed']), at: z.string(), byName: z.string() })
    .optional(),
})
export type QuestionRecord = z.infer<typeof QuestionRecord>
export type Kept = { key: string; value: QuestionRecord }

export const openQuestionRecords = (store: Store) =>
  store.collection('questions', QuestionRecord, [], { isHistory: true })

/** A shard is written as a whole: a day's first 500 questions, which are nearly always all, then the next 500. */
const perShard = 500
export const shardOf = (day: string, before: number) =>
  before < perShard ? day : `${day}_${String(Math.floor(before / perShard)).padStart(4, '0')}`

/** Makes keys that sort in the order of asking; message ids are hashed, as they may hold any character. */
export function questionKeyOf(
  { id }: Message,
  { at, place, shard }: { at: Temporal.Instant; place: number; shard: string },
): string {
  const time = asWallClock(at.epochMilliseconds).toISOString().slice(11).replace(/\D/gu, '')
  return `${shard}/${time}-${sha256(id).slice(0, 8)}-${place}`
}

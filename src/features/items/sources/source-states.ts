import { z } from 'zod'
import type { Store } from '../../../ports/store.ts'

/** The state of a source; key `source id/state`. Times are ISO 8601 instants. */
export const SourceState = z.object({
  /** Set on the console; absent: as the file says. */
  isOn: z.boolean().optional(),
  /** Entries are taken only with one of these words in title or text, and with none of those. */
  words: z.object({ any: z.array(z.string()), none: z.array(z.string()) }).optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  triedAt: z.string().optional(),
  /** When a check last succeeded. */
  wellAt: z.string().optional(),
  /** Why it does not now, in Chinese, and since when. */
  problem: z
    .object({
      kind: z.enum(['failing', 'changed']),
      reason: z.string(),
      since: z.string(),
      times: z.number().int(),
    })
    .optional(),
  /** How many entries it had the last time that it had any. */
  usualCount: z.number().int().optional(),
  /** Something that is odd but no failure, in Chinese. */
  remark: z.string().optional(),
  /** Found at the last check. */
  foundCount: z.number().int().optional(),
})
export type SourceState = z.infer<typeof SourceState>

export type SourceStates = ReturnType<typeof openSourceStates>

export function openSourceStates(store: Store) {
  const states = store.collection('item-sources', SourceState)
  const keyOf = (id: string) => `${id}/state`
  return {
    get: async (id: string): Promise<SourceState> => (await states.get(keyOf(id))) ?? {},
    change: async (id: string, change: (now: SourceState) => SourceState) => {
      await states.update(keyOf(id), now => change(now ?? {}))
    },
  }
}

import { z } from 'zod'
import { RecordedActor } from '../../../ports/actor.ts'
import type { Store } from '../../../ports/store.ts'

/**
 * A dismissal of changed clauses for one text: a person compared both, and the text needs no change.
 * Key `id/dismissal`. `waiting`: a second person must agree. `settled`: it counts. `reopened`: a person said that a
 * change is needed after all.
 */
export const Dismissal = z.object({
  /** Hash of the text and its changes: another text, or another change, is judged anew. */
  id: z.string(),
  /** Hash of the text alone. */
  textHash: z.string(),
  /** Hashes of the changes. */
  changes: z.array(z.string()),
  /** The clauses or the page that changed, as they are called. */
  cited: z.array(z.string()),
  kind: z.string(),
  title: z.string(),
  path: z.string(),
  state: z.enum(['waiting', 'settled', 'reopened']),
  reason: z.string(),
  by: RecordedActor,
  /** The second person, where one had to agree. */
  agreedBy: RecordedActor.optional(),
  history: z.array(z.object({ at: z.string(), by: RecordedActor, deed: z.string() })),
})
export type Dismissal = z.infer<typeof Dismissal>

export type DismissalRecords = ReturnType<typeof openDismissalRecords>

export function openDismissalRecords(store: Store) {
  const dismissals = store.collection('clause-dismissals', Dismissal)
  return {
    all: async () => (await dismissals.list('')).map(({ value }) => value),
    update: (id: string, change: (now: Dismissal | undefined) => Dismissal | undefined) =>
      dismissals.update(`${id}/dismissal`, change),
  }
}

import { z } from 'zod'
import { RecordedActor } from '../../../../ports/actor.ts'
import type { Store } from '../../../../ports/store.ts'

/** As it was written: checked against the schema of the day whenever it is used, so that old ones can be opened. */
const Loose = z.record(z.string(), z.unknown())

/** One piece before and after. Once it is live, `before` is what it replaced, and `seed` marks the file as it was. */
export const ChangeStep = z.object({
  programme: z.string(),
  part: z.enum(['entries', 'documents']),
  name: z.string(),
  before: Loose.optional(),
  after: Loose,
  seed: z.string().optional(),
})
export type ChangeStep = z.infer<typeof ChangeStep>

/** The results of a set of questions, counted by verdict. */
export const Score = z.object({
  asked: z.number().int(),
  hits: z.number().int(),
  offered: z.number().int(),
  wrong: z.number().int(),
  refused: z.number().int(),
})
export type Score = z.infer<typeof Score>

/** The result of the release gate: the shipped questions with and without the change. */
export const GateResult = z.object({
  before: Score,
  after: Score,
  /** Questions that did better before, in words; at most as many as are shown. */
  worse: z.array(z.object({ question: z.string(), before: z.string(), after: z.string() })),
})
export type GateResult = z.infer<typeof GateResult>

/** A proposed change, applied wholly or not at all; kept for ever as the history of the entries. */
export const Change = z.object({
  number: z.number().int().min(1),
  kind: z.enum(['edit', 'wording', 'import', 'withdraw', 'settle']),
  steps: z.array(ChangeStep).min(1),
  by: RecordedActor,
  at: z.string(),
  /** Why, in the editor's words; may be empty. */
  note: z.string(),
  state: z.enum(['waiting', 'live', 'returned', 'taken-back']),
  /**
   * Those who agreed to a change that needs two; `mark` is that of the steps as they were
   * shown, see {@link markOfSteps}.
   */
  agreed: z.array(z.object({ by: RecordedActor, at: z.string(), mark: z.string() })).optional(),
  decided: z
    .object({
      by: RecordedActor,
      at: z.string(),
      note: z.string(),
      /** The order in which changes went live: 1, 2, 3, …; 0 for those that did not. */
      place: z.number().int(),
      gate: GateResult.optional(),
      /** The gate was closed and a reviewer let it through. */
      isOverridden: z.boolean(),
    })
    .optional(),
})
export type Change = z.infer<typeof Change>

/** An entry that is being written: the fields of the form, valid or not. */
export const EntryDraft = z.object({
  id: z.string(),
  /** The fields of the form by name. */
  fields: z.record(z.string(), z.string()),
  by: RecordedActor,
  at: z.string(),
})
export type EntryDraft = z.infer<typeof EntryDraft>

/** One question of a test: how it was met, and what was expected. */
export const Tried = z.object({
  question: z.string(),
  /** Ids of entries, any of which is right; none: nothing should be answered. */
  expected: z.array(z.string()),
  verdict: z.enum(['hit', 'offered', 'wrong', 'refused']),
  /** The entry told or the first offered. */
  got: z.string().optional(),
  score: z.number(),
})
export type Tried = z.infer<typeof Tried>

/** A set of questions, asked at one time. */
export const TestRun = z.object({
  number: z.number().int().min(1),
  /** The file's name, or the shipped set's. */
  title: z.string(),
  /** The same for the same questions with the same expectations, so that runs can be compared. */
  mark: z.string(),
  byName: z.string(),
  at: z.string(),
  score: Score,
  tried: z.array(Tried),
})
export type TestRun = z.infer<typeof TestRun>

/** The reminder that an entry ends; key `ends/entry`. Written before it is sent, so that it is sent once. */
const EndNotice = z.object({
  until: z.string(),
  desk: z.string(),
  /** The letter that says so; one for all entries of a desk on a day. */
  letter: z.string(),
  isPosted: z.boolean(),
})

export type EditRecords = ReturnType<typeof openEditRecords>

export function openEditRecords(store: Store) {
  return {
    changes: store.collection('entry-changes', Change),
    drafts: store.collection('entry-drafts', EntryDraft),
    runs: store.collection('entry-test-runs', TestRun),
    notices: store.collection('entry-end-notices', EndNotice),
  }
}

/** More steps than these make a shard of their own, so that a small edit never writes a large import again. */
const mostTogether = 20

/** A hundred small changes a shard; the number alone decides where one is not, so both places are looked at. */
export function changeKey({ number, steps }: Pick<Change, 'number' | 'steps'>): string {
  const shard = steps.length > mostTogether ? `import-${number}` : String(Math.floor(number / 100))
  return `${shard}/${number}`
}
export const draftKey = (id: string) => `drafts/${id}`
export const runKey = (number: number) => `run-${number}/${number}`

import type { Temporal } from 'temporal-polyfill'
import { type Clauses, noClauses } from '../../../ports/clauses.ts'
import type { Said } from '../answers.ts'
import type { Entry, Policy } from '../records.ts'
import { validity } from '../validity.ts'
import { sayEntry } from '../wording/entries.ts'
import type { Rephrase } from './rephrase.ts'

/** Makes what is to be said fit the question better; where that may not be, it stays as it is. */
export type Reword = (question: string, said: Said, at: Temporal.Instant) => Promise<Said>

/** Without a language model everything is said as it stands. */
export const verbatim: Reword = async (_question, said) => said

/** Policies that may be reworded. History and bare offices are told word for word: a slip would be a wrong promise. */
const rewordable = new Set<Policy>(['state', 'state_with_date', 'hedge'])

/** Joins steps of rewording, each of which gets the result of the one before. Without steps the text stays as it is. */
export const inSequence =
  (steps: readonly Reword[]): Reword =>
  (question, said, at) =>
    steps.reduce<Promise<Said>>(
      async (before, step) => step(question, await before, at),
      Promise.resolve(said),
    )

/**
 * Has a language model put one sure answer into words; its guard decides whether that is sent.
 * @param clauses whose checked text the model may say besides the entry
 */
export function rewordWith(rephrase: Rephrase, clauses: Clauses = noClauses): Reword {
  const passagesOf = (entry: Entry) =>
    (entry.clauses ?? [])
      .map(clauses.resolve)
      .flatMap(({ state, cited, after }) =>
        state === 'checked' && after !== undefined ? [{ question: cited, text: after }] : [],
      )

  return async (question, said, at) => {
    const { entry } = said
    if (said.kind !== 'answer' || !entry || said.isJudged || !mayBeReworded(entry, at)) return said
    const text = sayEntry(entry, at, 'short', { question })
    const found = { id: entry.id, question: entry.question, text, passages: passagesOf(entry) }
    const chosen = await rephrase(question, [found], new AbortController().signal)
    return chosen?.entryIds[0] === entry.id ? { ...said, text: chosen.text, isByModel: true } : said
  }
}

const mayBeReworded = (entry: Entry, at: Temporal.Instant) =>
  rewordable.has(entry.policy) && validity(entry, at) === 'current'

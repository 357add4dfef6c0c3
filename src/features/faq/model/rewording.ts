import type { Temporal } from 'temporal-polyfill'
import type { Said } from '../answers.ts'
import type { Entry, Policy } from '../records.ts'
import { validity } from '../validity.ts'
import { sayEntry } from '../wording/entries.ts'
import type { Rephrase } from './rephrase.ts'

/**
 * Chooses among what was found and puts it into the maker's situation; where that may not be, what was to be said
 * stays as it is.
 */
export type Reword = (question: string, said: Said, at: Temporal.Instant) => Promise<Said>

/** Without a language model everything is said as it stands. */
export const verbatim: Reword = async (_question, said) => said

/** What is history, or names an office only, is said word for word: a slip there would be a wrong promise. */
const rewordable = new Set<Policy>(['state', 'state_with_date', 'hedge'])

/**
 * Has a language model put one sure answer into words, or choose among the few that were to be offered; its guard
 * decides whether that is sent. Between the meanings of an ambiguous word the maker chooses, never a model.
 */
export function rewordWith(rephrase: Rephrase): Reword {
  return async (question, said, at) => {
    if (said.isJudged) return said
    const open = said.kind === 'choices' && !said.isAmbiguous ? said.offered : []
    const candidates = said.kind === 'answer' && said.entry ? [said.entry] : open
    // All or none: were one left out, a model would choose among the wrong ones.
    if (candidates.length === 0 || !candidates.every(entry => mayBeReworded(entry, at))) return said
    const found = candidates.map(entry => ({
      id: entry.id,
      question: entry.question,
      text: sayEntry(entry, at, 'short', { question }),
    }))
    const chosen = await rephrase(question, found, new AbortController().signal)
    const entry = candidates.find(({ id }) => id === chosen?.entryIds[0])
    if (!chosen || !entry || (said.kind === 'choices' && chosen.entryIds.length > 1)) return said
    return { ...said, kind: 'answer', text: chosen.text, entry, isByModel: true }
  }
}

const mayBeReworded = (entry: Entry, at: Temporal.Instant) =>
  rewordable.has(entry.policy) && validity(entry, at) === 'current'

import type { Temporal } from 'temporal-polyfill'
import type { Said } from './answers.ts'
import type { Policy } from './records.ts'
import type { Rephrase } from './rephrase.ts'
import { validity } from './validity.ts'

/** Puts what is said to a question into the maker's situation; the entry's own words where that may not be. */
export type Reword = (question: string, said: Said, at: Temporal.Instant) => Promise<string>

/** Without a language model everything is said as it stands. */
export const verbatim: Reword = async (_question, said) => said.text

/** What is history, or names an office only, is said word for word: a slip there would be a wrong promise. */
const rewordable = new Set<Policy>(['state', 'state_with_date', 'hedge'])

/** Has a language model choose words for one sure, current answer; its guard decides whether they are sent. */
export function rewordWith(rephrase: Rephrase): Reword {
  return async (question, said, at) => {
    const { entry, kind, text } = said
    if (kind !== 'answer' || !entry || !rewordable.has(entry.policy)) return text
    if (validity(entry, at) !== 'current') return text
    const found = [{ id: entry.id, question: entry.question, text }]
    return (await rephrase(question, found, new AbortController().signal))?.text ?? text
  }
}

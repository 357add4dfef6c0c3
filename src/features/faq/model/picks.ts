import { z } from 'zod'
import { withTimeout } from '../../../lib/timeout.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { LanguageModel, Prompt } from '../../../ports/language.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import type { Answerer, Said } from '../answers.ts'
import type { Entry } from '../records.ts'
import { sayChoices } from '../wording/phrases.ts'
import type { Reword } from './rewording.ts'

/** Limit of choices for a maker. */
const mostPicked = 3
/** A model needs no more of a question than this, in characters. */
const longestQuestion = 500

const FaqPick = z.object({ ids: z.array(z.string()).max(12) })
/** The name by which `prompts/faq-pick.md` asks for {@link FaqPick}. */
const faqPickSchema = 'faq-pick'

/** Names the entries that a question asks for, best first; empty for none of them. Never throws. */
export type PickEntries = (question: string, entries: readonly Entry[]) => Promise<Entry[]>

type Parts = {
  model: LanguageModel
  /** `prompts/faq-pick.md` */
  prompt: Prompt
  timeoutMs: number
  log: Log
}

/** A language model gets the question and the standard questions with their ids, and says nothing but ids of these. */
export function pickWith({ model, prompt, timeoutMs, log }: Parts): PickEntries {
  if (prompt.schema !== faqPickSchema) throw new Error(`${prompt.name} does not ask for ${faqPickSchema}`)
  const by = `${prompt.name}@${prompt.version}`
  return async (question, entries) => {
    const asked = [...withoutIdentifiers(question)].slice(0, longestQuestion).join('')
    const input = { question: asked, entries: entries.map(({ id, question }) => ({ id, question })) }
    try {
      const { value } = await withTimeout(
        signal => model.complete({ prompt, input, schema: FaqPick }, signal),
        { timeoutMs, what: by },
      )
      const ids = [...new Set(value.ids)].slice(0, mostPicked)
      const picked = ids.flatMap(id => entries.find(entry => entry.id === id) ?? [])
      log.info({ prompt: by, picked: picked.map(({ id }) => id) }, 'a model picked entries')
      return picked.length === ids.length ? picked : []
    } catch (cause) {
      log.warn({ prompt: by, reason: reasonOf(cause) }, 'no pick from the language model')
      return []
    }
  }
}

/**
 * Where the finder is unsure, what a model picks among the likeliest is offered; told only where the finder had
 * the same entry first among its own choices.
 */
export function settleWith(pick: PickEntries, tell: Answerer['tell']): Reword {
  return async (question, said, at) => {
    const likeliest = said.likeliest ?? []
    if (said.kind === 'answer' || said.kind === 'aside' || likeliest.length === 0) return said
    const picked = await pick(question, likeliest)
    const [first, ...more] = picked
    if (!first) return said
    if (said.kind === 'choices' && more.length === 0 && first === said.offered[0])
      return { ...said, kind: 'answer', text: tell(first, at, 'short', { question }), offered: [] }
    return asChoices(said, picked)
  }
}

/** The picked entries first, then what the finder would have offered. */
export function asChoices(said: Said, picked: readonly Entry[]): Said {
  const offered = [...new Set([...picked, ...said.offered])].slice(0, mostPicked)
  const text = sayChoices(offered.map(entry => ({ entry })))
  return { ...said, kind: 'choices', text, entry: offered[0], offered, near: [] }
}

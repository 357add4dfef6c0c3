import { z } from 'zod'
import { withFrames } from '../../../guard/frames.ts'
import { faultsOf, type GuardSource } from '../../../guard/index.ts'
import { withoutVerdict } from '../../../guard/verdict.ts'
import type { NormalizedNames } from '../../../guard/words.ts'
import { withTimeout } from '../../../lib/timeout.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { LanguageModel, Prompt } from '../../../ports/language.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'

/** The model's form; `none` means that no entry answers. */
const FaqAnswer = z.object({
  answer: z.string().trim().min(1).max(300),
  entryIds: z.array(z.string()).max(3),
})
/** The name by which `prompts/faq-answer.md` asks for {@link FaqAnswer}. */
const faqAnswerSchema = 'faq-answer'

/** The longest answer that is sent, its sources included; beyond it the entry's own words are better. */
const longestAnswer = 300
/** A model needs no more of a question than this, in characters. */
const longestQuestion = 500

/** An entry that was found, in the words in which it would be sent. */
type Found = GuardSource & {
  id: string
  /** The clauses that it rests on: what they say may be said too. Default: none. */
  passages?: readonly GuardSource[]
}

type Rephrased = { text: string; entryIds: string[] }

/**
 * Puts what was found into the maker's situation.
 * @returns undefined when the entry's own words are to be used; it never throws, and never takes longer than
 *   the patience it was made with
 */
export type Rephrase = (
  question: string,
  found: readonly Found[],
  signal: AbortSignal,
) => Promise<Rephrased | undefined>

type Parts = {
  model: LanguageModel
  /** `prompts/faq-answer.md` */
  prompt: Prompt
  names: NormalizedNames
  /** How long a maker is kept waiting for a better wording. */
  timeoutMs: number
  clock: Clock
  log: Log
}

/** A model's words, sent only where the guard finds nothing in them that the entries do not bear out. */
export function rephrase({ model, prompt, names, timeoutMs, clock, log }: Parts): Rephrase {
  if (prompt.schema !== faqAnswerSchema) throw new Error(`${prompt.name} does not ask for ${faqAnswerSchema}`)
  const by = `${prompt.name}@${prompt.version}`

  async function attempt(asked: string, found: readonly Found[], signal: AbortSignal) {
    const entries = found.map(({ id, question, text, passages = [] }) => ({
      id,
      question,
      text,
      ...(passages.length > 0 ? { clauses: passages.map(passage => passage.text) } : {}),
    }))
    const form = { prompt, input: { question: asked, entries }, schema: FaqAnswer }
    const { value } = await model.complete(form, signal)
    return checkedAnswer(value, asked, found)
  }

  function checkedAnswer(value: z.infer<typeof FaqAnswer>, asked: string, found: readonly Found[]) {
    if (value.answer === 'none') return undefined
    const ids = [...new Set(value.entryIds)]
    const cited = ids.flatMap(id => found.find(entry => entry.id === id) ?? [])
    if (cited.length === 0 || cited.length !== ids.length)
      return refuse([], ['cites no entry, or one it was not given'])
    const said = withoutVerdict(plain(value.answer))
    if (said.trim() === '') return refuse(ids, ['a yes or no and nothing else'])
    const text = withFrames(
      said,
      cited.map(entry => entry.text),
    )
    if ([...text].length > longestAnswer) return refuse(ids, ['too long'])
    const passages = cited.flatMap(entry => entry.passages ?? [])
    const faults = faultsOf({ said: text, cited, passages, question: asked, names })
    return faults.length > 0 ? refuse(ids, faults) : { text, entryIds: ids }
  }

  function refuse(entries: string[], faults: string[]): undefined {
    const reasons = faults.slice(0, 5).map(fault => fault.slice(0, 120))
    log.warn({ prompt: by, entries, reasons }, 'a model answer was held back by the guard')
    return undefined
  }

  return async (question, found, signal) => {
    if (found.length === 0) return undefined
    try {
      const asked = [...withoutIdentifiers(question)].slice(0, longestQuestion).join('')
      return await withTimeout(limit => attempt(asked, found, limit), {
        ...{ timeoutMs, what: prompt.name, signal },
        sleep: clock.sleep,
      })
    } catch (cause) {
      log.warn({ prompt: by, reason: reasonOf(cause) }, 'no answer from the language model')
      return undefined
    }
  }
}

/** Chat shows marks of emphasis raw; models put them everywhere. */
function plain(answer: string): string {
  return answer
    .replace(/\*\*|__|`/g, '')
    .replace(/^\s*(?:#+|[-*•])\s+/gmu, '')
    .replace(/\n{2,}/g, '\n')
    .trim()
}

import { z } from 'zod'
import { withTimeout } from '../../lib/timeout.ts'
import { type Log, reasonOf } from '../../log.ts'
import { LanguageFault, type LanguageModel, type Prompt } from '../../ports/language.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import type { ItemDraft } from './catalogue/records.ts'

type Dated = Pick<ItemDraft, 'title' | 'text' | 'publishedOn' | 'deadline' | 'deadlineChoices' | 'dates'>
type Found = NonNullable<ItemDraft['deadline']>

/**
 * Lets a second reader check the deadline that was read. Never throws; only
 * `deadline` and `deadlineChoices` change.
 */
export type CheckDeadline = <T extends Dated>(draft: T) => Promise<T>

/** Changes nothing; for an installation without a second reader. */
export const noDeadlineCheck: CheckDeadline = async draft => draft

/** The model's answer: the number of a day, 0 for none. */
const NoticeDeadline = z.object({ pick: z.number().int().min(0) })
/** The name by which `prompts/notice-deadline.md` asks for {@link NoticeDeadline}. */
const noticeDeadlineSchema = 'notice-deadline'

/** Longer texts are cut, in characters. */
const longestInput = 6000
/** More days than these are no choice that a model is asked to make. */
const mostDays = 12

type Parts = {
  model: LanguageModel
  /** `prompts/notice-deadline.md` */
  prompt: Prompt
  timeoutMs: number
  log: Log
}

/**
 * A language model picks among the days that the text names, or none. Where it disagrees with the deadline that was
 * read, an organizer chooses between the two: the model never sets a deadline.
 */
export function checkDeadlineWith({ model, prompt, timeoutMs, log }: Parts): CheckDeadline {
  if (prompt.schema !== noticeDeadlineSchema)
    throw new Error(`${prompt.name} does not ask for ${noticeDeadlineSchema}`)

  async function picked(draft: Dated, days: readonly Found[]): Promise<number> {
    const input = {
      title: withoutIdentifiers(draft.title),
      text: withoutIdentifiers(draft.text).slice(0, longestInput),
      publishedOn: draft.publishedOn,
      days: days.map(({ value, sentence }, at) => ({
        number: at + 1,
        day: value,
        sentence: withoutIdentifiers(sentence),
      })),
    }
    const { value } = await withTimeout(
      signal => model.complete({ prompt, input, schema: NoticeDeadline }, signal),
      { timeoutMs, what: prompt.name },
    )
    return value.pick
  }

  return async draft => {
    const days = openDays(draft)
    if (days.length === 0 || days.length > mostDays) return draft
    try {
      const pick = await picked(draft, days)
      if (pick > days.length) throw new LanguageFault('it picked a day that was not offered')
      return doubted(draft, days[pick - 1])
    } catch (cause) {
      log.warn({ prompt: prompt.name, reason: reasonOf(cause) }, 'no pick from the language model')
      return draft
    }
  }
}

/** The days from publication on of which one may be the deadline, each once, as the text names them. */
function openDays({ publishedOn, deadline, deadlineChoices, dates }: Dated): Found[] {
  if (!deadline && deadlineChoices.length === 0) return []
  const named = [...(deadline ? [deadline] : []), ...deadlineChoices, ...dates]
  const byDay = new Map(named.map(({ value, sentence }) => [value, { value, sentence }] as const).reverse())
  return [...byDay.values()]
    .filter(({ value }) => value >= publishedOn)
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}

/** @param pick undefined: none of the days */
function doubted<T extends Dated>(draft: T, pick: Found | undefined): T {
  const { deadline, deadlineChoices } = draft
  if (deadline?.value === pick?.value) return draft
  const read = deadline ? [deadline] : deadlineChoices
  const others = read.filter(({ value }) => value !== pick?.value)
  // The likeliest of those that were read stays first.
  const choices = pick ? [...others.slice(0, 1), pick] : read
  return { ...draft, deadline: undefined, deadlineChoices: choices }
}

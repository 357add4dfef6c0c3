import { z } from 'zod'
import type { NormalizedNames } from '../../../guard/words.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import { withTimeout } from '../../../lib/timeout.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Item } from '../../../ports/items.ts'
import type { LanguageModel, Prompt } from '../../../ports/language.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import { type Lines, linesOf } from './extract.ts'
import { lineFaults } from './source-checks.ts'

/** The model's answer; an empty line means that the item says nothing about it. */
const DigestItem = z.object({
  what: z.string().trim().max(60),
  who: z.string().trim().max(200),
  when: z.string().trim().max(200),
})
/** The name by which `prompts/digest-item.md` asks for {@link DigestItem}. */
const digestItemSchema = 'digest-item'

/** Writes the three lines of an item. Never throws; falls back to the item's own sentences. */
export type WriteLines = (item: Item) => Promise<Lines>

/** Fallback without a language model. */
export const ownSentences: WriteLines = async item => linesOf(item)

/** Cache size, above the number of live items. */
const mostRemembered = 500
/** Longer texts are cut, in characters. */
const longestInput = 6000

type Parts = {
  model: LanguageModel
  /** `prompts/digest-item.md` */
  prompt: Prompt
  names: NormalizedNames
  timeoutMs: number
  log: Log
}

/** The model's lines; a line with a figure or word that the item does not support is replaced by the item's own. */
export function writeLines({ model, prompt, names, timeoutMs, log }: Parts): WriteLines {
  if (prompt.schema !== digestItemSchema)
    throw new Error(`${prompt.name} does not ask for ${digestItemSchema}`)
  const by = `${prompt.name}@${prompt.version}`
  /** Cached by item and revision: previews repeat. */
  const written = recentlyUsed<Lines>(mostRemembered)

  async function ask(item: Item, signal: AbortSignal) {
    const input = {
      title: withoutIdentifiers(item.title),
      text: withoutIdentifiers(item.text).slice(0, longestInput),
      documentNumber: item.documentNumber ?? '',
    }
    return (await model.complete({ prompt, input, schema: DigestItem }, signal)).value
  }

  function kept(item: Item, name: keyof Lines, said: string, own: string): string {
    const text = plain(said)
    if (text === '') return own
    const faults = lineFaults(text, item, names)
    if (faults.length === 0) return text
    const reasons = faults.slice(0, 5).map(fault => fault.slice(0, 120))
    log.warn({ prompt: by, item: item.id, line: name, reasons }, 'a line of a model was dropped by the guard')
    return own
  }

  return async item => {
    const own = linesOf(item)
    // An organizer's own lines are not rewritten.
    if (item.lines) return own
    const key = `${item.id}@${item.revision}`
    const before = written.get(key)
    if (before) return before
    try {
      const said = await withTimeout(signal => ask(item, signal), { timeoutMs, what: prompt.name })
      const lines = {
        what: kept(item, 'what', said.what, own.what),
        who: kept(item, 'who', said.who, own.who),
        when: kept(item, 'when', said.when, own.when),
      }
      written.set(key, lines)
      return lines
    } catch (cause) {
      log.warn({ prompt: by, item: item.id, reason: reasonOf(cause) }, 'no lines from the language model')
      return own
    }
  }
}

/** Removes Markdown, which WeChat shows raw. */
function plain(line: string): string {
  return line
    .replace(/\*\*|__|`/g, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

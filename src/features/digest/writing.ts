import { z } from 'zod'
import { readText } from '../../guard/clauses.ts'
import { figureFaults } from '../../guard/figures.ts'
import { negationFaults } from '../../guard/negations.ts'
import { subjectFaults } from '../../guard/subjects.ts'
import { type NormalizedNames, wordFaults } from '../../guard/words.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Item } from '../../ports/items.ts'
import { LanguageFault, type LanguageModel, type Prompt } from '../../ports/language.ts'
import { figuresIn, flatten } from '../../text/figures/figures.ts'
import { type Lines, linesOf } from './extract.ts'

/** What the model fills in; an empty line says that the item has nothing for it. */
const DigestItem = z.object({
  what: z.string().trim().max(60),
  who: z.string().trim().max(200),
  when: z.string().trim().max(200),
})
/** The name by which `prompts/digest-item.md` asks for {@link DigestItem}. */
const digestItemSchema = 'digest-item'

/** The three lines of an item. Never throws: without a model's words the item's own stand. */
export type WriteLines = (item: Item) => Promise<Lines>

/** Without a model. */
export const ownSentences: WriteLines = async item => linesOf(item)

/** More than are on the shelf at a time. */
const mostRemembered = 500
/** Longer notices are read from their beginning, in characters. */
const longestInput = 6000

type Parts = {
  model: LanguageModel
  /** `prompts/digest-item.md` */
  prompt: Prompt
  names: NormalizedNames
  patienceMs: number
  clock: Clock
  log: Log
}

/** A model's lines, each kept only where the item bears out every figure and word of it; else the item's own line. */
export function writeLines({ model, prompt, names, patienceMs, clock, log }: Parts): WriteLines {
  if (prompt.schema !== digestItemSchema)
    throw new Error(`${prompt.name} does not ask for ${digestItemSchema}`)
  const by = `${prompt.name}@${prompt.version}`
  /** A preview asks for the same items again and again; a model is asked once for each. */
  const written = new Map<string, Lines>()

  async function ask(item: Item, signal: AbortSignal) {
    const input = {
      title: item.title,
      text: item.text.slice(0, longestInput),
      documentNumber: item.documentNumber ?? '',
    }
    return (await model.complete({ prompt, input, schema: DigestItem }, signal)).value
  }

  async function inTime(item: Item) {
    const over = new AbortController()
    const patience = clock.sleep(patienceMs, over.signal).then(() => {
      throw new LanguageFault('the digest waited long enough')
    })
    try {
      return await Promise.race([ask(item, over.signal), patience])
    } finally {
      patience.catch(() => {})
      over.abort()
    }
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
    // What an organizer wrote is not rewritten.
    if (item.lines) return own
    const key = `${item.id}@${item.revision}`
    const before = written.get(key)
    if (before) return before
    try {
      const said = await inTime(item)
      const lines = {
        what: kept(item, 'what', said.what, own.what),
        who: kept(item, 'who', said.who, own.who),
        when: kept(item, 'when', said.when, own.when),
      }
      if (written.size >= mostRemembered) written.clear()
      written.set(key, lines)
      return lines
    } catch (cause) {
      log.warn({ prompt: by, item: item.id, reason: reasonOf(cause) }, 'no lines from the language model')
      return own
    }
  }
}

/**
 * What of a line the item does not bear out. Every figure must stand in it as it was written; then the guard looks at
 * limits, negations and what a figure belongs to. What a single line leaves out is no fault: the others may have it.
 */
export function lineFaults(line: string, item: Item, names: NormalizedNames): string[] {
  const text = flatten([item.title, item.documentNumber ?? '', item.link ?? '', item.text].join('\n'))
  const foreign = figuresIn(line).filter(({ said }) => !text.includes(said))
  const [said, source] = [readText(line), readText(text)]
  return [
    ...foreign.map(figure => `not literally in the item: ${figure.said}`),
    ...figureFaults(said, source),
    ...negationFaults(said, source),
    ...subjectFaults(said, source),
    ...wordFaults({ said, source, question: item.title, names }),
  ]
}

/** Chat shows marks of emphasis raw. */
function plain(line: string): string {
  return line
    .replace(/\*\*|__|`/g, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

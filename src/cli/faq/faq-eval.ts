import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import { type Case, evaluate } from '../../features/faq/finder/evaluation.ts'
import { createFinder, type Findable, type Finder } from '../../features/faq/finder/finder.ts'
import { loadKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { findableOf, finderOver } from '../../features/faq/live-entries.ts'
import { readJsonLines } from '../json-lines.ts'
import { evaluateMessages } from './faq-messages.ts'
import { type Variant, variantNames, variantOf } from './faq-variants.ts'

/** A question with its answer, or a text alone. */
const EntryLine = z.object({
  id: z.string(),
  question: z.string().default(''),
  answer: z.string().optional(),
  text: z.string().optional(),
})
const QueryLine = z.object({
  text: z.string(),
  answers: z.array(z.string()).optional(),
  programmes: z.array(z.string()).optional(),
  entries: z.array(z.string()).optional(),
})

/**
 * Measures the finder: `--queries Q.jsonl` against `--entries E.jsonl`, or against the shipped base where no
 * entries are given; there the queries name programmes, entries or both. An entry may be a text without a question.
 * `--typed` asks them as others type:
 * `traditional`, or with one slip each (`homophone`, `swapped`, `dropped`, `doubled`). `--messages M.jsonl` measures
 * whole messages with several questions instead. `--json` prints one line.
 */
export async function runFaqEval(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      entries: { type: 'string' },
      queries: { type: 'string' },
      messages: { type: 'string' },
      typed: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const say = (result: Record<string, number | null>) =>
    process.stdout.write(`${values.json ? JSON.stringify(result) : tableOf(result)}\n`)
  if (values.messages) {
    say(await evaluateMessages(values.messages))
    return
  }
  if (!values.queries) throw new Refusal('请用 --queries 给出问题文件（每行一个 JSON）。')
  const base = values.entries ? baseIn(values.entries) : shippedBase()
  const vary = variantFor(values.typed, base.items)
  const cases = readJsonLines(values.queries, QueryLine).map(line => caseOf(line, base, vary))
  const start = performance.now()
  const finder = base.build()
  const indexMs = Math.round(performance.now() - start)
  const { p50Us, p99Us, ...rest } = evaluate(finder, cases, base.keyOf)
  say({ ...rest, indexMs, p50Us, p99Us })
}

/** A query that names entries only is right for their programmes. */
function caseOf(
  { text, answers, programmes, entries }: z.infer<typeof QueryLine>,
  base: Base,
  vary: Variant,
): Case {
  const ofEntries = base.items.filter(({ id }) => entries?.includes(id)).map(base.keyOf)
  return { text: vary(text), answers: answers ?? programmes ?? [...new Set(ofEntries)], entries }
}

/** Builds only when asked to, so that building can be timed; `keyOf` gives what queries name of an entry. */
type Base = { items: readonly Findable[]; build(): Finder; keyOf(item: Findable): string }

function variantFor(typed: string | undefined, items: readonly Findable[]): Variant {
  if (typed === undefined) return text => text
  const name = variantNames.find(name => name === typed)
  if (!name) throw new Refusal(`--typed 后面可以写：${variantNames.join('、')}。`)
  return variantOf(name, items)
}

function baseIn(file: string): Base {
  const items = readJsonLines(file, EntryLine).map(({ id, question, answer, text = '' }) => ({
    id,
    question,
    otherQuestions: [],
    answer: answer ?? text,
  }))
  const aliases = { aliases: {}, ambiguous: {} }
  return { items, build: () => createFinder(items, { aliases }), keyOf: ({ id }) => id }
}

function shippedBase(): Base {
  const knowledge = loadKnowledge('data')
  const items = knowledge.entries.map(entry => findableOf(entry, knowledge.situations))
  return { items, build: () => finderOver(knowledge), keyOf: ({ programme = '' }) => programme }
}

function tableOf(result: Record<string, number | null>): string {
  return Object.entries(result)
    .map(([name, value]) => `${name.padEnd(20)}${value ?? '-'}`)
    .join('\n')
}

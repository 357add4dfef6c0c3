import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../feature.ts'
import { type Case, evaluate } from '../features/faq/finder/evaluation.ts'
import { createFinder, type Findable, type Finder } from '../features/faq/finder/finder.ts'
import { loadKnowledge } from '../features/faq/knowledge.ts'
import { findableOf, finderOver } from '../features/faq/live-entries.ts'
import { variantNames, variantOf } from './faq-variants.ts'

const EntryLine = z.object({ id: z.string(), question: z.string(), answer: z.string().optional() })
const QueryLine = z.object({
  text: z.string(),
  answers: z.array(z.string()).optional(),
  programmes: z.array(z.string()).optional(),
})

/**
 * Measures the finder: `--queries Q.jsonl` against `--entries E.jsonl`, or against the shipped base where no
 * entries are given; there the queries name programmes. `--typed` asks them as others type: `traditional`, or with
 * one slip each (`homophone`, `swapped`, `dropped`, `doubled`). `--json` prints one line.
 */
export function runFaqEval(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      entries: { type: 'string' },
      queries: { type: 'string' },
      typed: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  if (!values.queries) throw new Refusal('请用 --queries 给出问题文件（每行一个 JSON）。')
  const base = values.entries ? baseIn(values.entries) : shippedBase()
  const vary = variantFor(values.typed, base.items)
  const cases = linesOf(values.queries, QueryLine).map(
    ({ text, answers, programmes }): Case => ({ text: vary(text), answers: answers ?? programmes ?? [] }),
  )
  const start = performance.now()
  const finder = base.build()
  const indexMs = Math.round(performance.now() - start)
  const { p50Us, p99Us, ...rest } = evaluate(finder, cases, base.keyOf)
  const result = { ...rest, indexMs, p50Us, p99Us }
  process.stdout.write(`${values.json ? JSON.stringify(result) : tableOf(result)}\n`)
}

/** Builds only when asked to, so that building can be timed; `keyOf` gives what queries name of an entry. */
type Base = { items: readonly Findable[]; build(): Finder; keyOf(item: Findable): string }

function variantFor(typed: string | undefined, items: readonly Findable[]): (text: string) => string {
  if (typed === undefined) return text => text
  const name = variantNames.find(name => name === typed)
  if (!name) throw new Refusal(`--typed 后面可以写：${variantNames.join('、')}。`)
  return variantOf(name, items)
}

function baseIn(file: string): Base {
  const items = linesOf(file, EntryLine).map(({ id, question, answer = '' }) => ({
    id,
    question,
    otherQuestions: [],
    answer,
  }))
  const aliases = { aliases: {}, ambiguous: {} }
  return { items, build: () => createFinder(items, { aliases }), keyOf: ({ id }) => id }
}

function shippedBase(): Base {
  const knowledge = loadKnowledge('data')
  const items = knowledge.entries.map(findableOf)
  return { items, build: () => finderOver(knowledge), keyOf: ({ programme = '' }) => programme }
}

function linesOf<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return []
    const result = schema.safeParse(parsed(line))
    if (!result.success) throw new Refusal(`${file} 第${at + 1}行不是要求的形式。`)
    return [result.data]
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function tableOf(result: Record<string, number | null>): string {
  return Object.entries(result)
    .map(([name, value]) => `${name.padEnd(20)}${value ?? '-'}`)
    .join('\n')
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import MiniSearch from 'minisearch'
import { evaluate, quantile } from '../../src/features/faq/finder/evaluation.ts'
import { createFinder, type Findable, type Finder } from '../../src/features/faq/finder/finder.ts'
import { fold } from '../../src/text/fold.ts'

/**
 * How fast the finder is, and how fast and good beside MiniSearch with jieba's words.
 *
 *   npm run -s bench:faq -- --json [--sets FOLDER] [--entries 4000,100000,1000000]
 *
 * `--sets` holds `scale.sentences.jsonl`, of which the bases are made, and `insurance.*`, on which both find.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    sets: { type: 'string', default: '../shared/faq-eval' },
    entries: { type: 'string', default: '4000,100000,1000000' },
  },
})

const nobody = { aliases: { aliases: {}, ambiguous: {} } }
const asked = 1000

const linesOf = <T>(name: string): T[] =>
  readFileSync(join(values.sets, name), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T)

/** As many different sentences as wanted: the real ones, then halves of two of them. */
function sentences(count: number, real: readonly string[]): string[] {
  const half = (text: string, last: boolean) => {
    const at = text.length >> 1
    return last ? text.slice(at) : text.slice(0, at)
  }
  return Array.from({ length: count }, (_, i) => {
    const one = real[i % real.length] ?? ''
    if (i < real.length) return one
    const other = real[(i * 7919 + Math.floor(i / real.length)) % real.length] ?? ''
    return half(one, false) + half(other, true)
  })
}

function memoryMb(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

function timesOf(finder: Finder, questions: readonly string[]): number[] {
  for (const question of questions.slice(0, 200)) finder.find(question)
  const times = questions.map(question => {
    const start = performance.now()
    finder.find(question)
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)
}

function measure(count: number, real: readonly string[]) {
  const items: Findable[] = sentences(count, real).map((question, i) => ({
    id: `s${i}`,
    question,
    otherQuestions: [],
    answer: '',
  }))
  const before = memoryMb()
  const start = performance.now()
  const finder = createFinder(items, nobody)
  const indexMs = performance.now() - start
  const indexMb = memoryMb() - before
  // Asked as others ask: sentences of the base with a word left out.
  const step = Math.max(1, Math.floor(count / asked))
  const questions = items.filter((_, i) => i % step === 0).slice(0, asked)
  const times = timesOf(
    finder,
    questions.map(({ question }) => question.slice(0, 4) + question.slice(5)),
  )
  return {
    entries: count,
    p50Ms: round(quantile(times, 0.5)),
    p99Ms: round(quantile(times, 0.99)),
    indexMs: Math.round(indexMs),
    indexMb: Math.round(indexMb),
    editMs: round(editMs(finder)),
  }
}

/** How long after an edit the next question has seen it, p99 of a hundred. */
function editMs(finder: Finder): number {
  const times = Array.from({ length: 100 }, (_, i) => {
    const start = performance.now()
    finder.put({ id: 's1', question: `第${i}次改过的问题`, otherQuestions: [], answer: '改过' })
    finder.find(`第${i}次改过的问题`)
    return performance.now() - start
  })
  return quantile(
    times.sort((a, b) => a - b),
    0.99,
  )
}

function measureBoth() {
  const entries = linesOf<{ id: string; question: string; answer?: string }>('insurance.entries.jsonl')
  const cases = linesOf<{ text: string; answers: string[] }>('insurance.queries.jsonl')
  const items = entries.map(({ answer = '', ...entry }) => ({ ...entry, answer, otherQuestions: [] }))
  const ours = evaluate(createFinder(items, nobody), cases, ({ id }) => id)
  const jieba = Jieba.withDict(dict)
  const tokenize = (text: string) => jieba.cut(fold(text), true).filter(word => /[\p{L}\p{N}]/u.test(word))
  const search = new MiniSearch({
    fields: ['question', 'answer'],
    tokenize,
    searchOptions: { boost: { question: 4 } },
  })
  search.addAll(items)
  let right = 0
  const times = cases.map(({ text, answers }) => {
    const start = performance.now()
    const [first] = search.search(text)
    right += Number(first !== undefined && answers.includes(String(first.id)))
    return performance.now() - start
  })
  const p50Ms = round(
    quantile(
      times.sort((a, b) => a - b),
      0.5,
    ),
  )
  return {
    minisearch: { entries: items.length, p50Ms, recallAt1: round(right / cases.length) },
    ours: { recallAt1: ours.recallAt1 },
  }
}

const round = (value: number) => Math.round(value * 1000) / 1000

const real = linesOf<{ text: string }>('scale.sentences.jsonl').map(({ text }) => text)
const sizes = values.entries.split(',').map(count => measure(Number(count), real))
const result = { sizes, ...measureBoth() }
console.log(values.json ? JSON.stringify(result) : result)

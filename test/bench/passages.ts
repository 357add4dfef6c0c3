import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chunksOf } from '../../src/features/faq/finder/texts/chunks.ts'
import { createTextIndex, type IndexedText } from '../../src/features/faq/finder/texts/text-index.ts'
import { fold } from '../../src/text/fold.ts'
import { unitsOf } from '../../src/text/tokens.ts'
import { type SampleGroup, samplesOf } from '../documents/set/sample.ts'

/**
 * Texts without a question, found by ours and by BM25 over characters and pairs of the whole text, side by side:
 *
 *   npm run -s bench:passages -- --json [--entries E.jsonl --queries Q.jsonl]
 *
 * Without files: questions to the clauses of made-up documents, cut into stretches of 150 to 400 characters.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, entries: { type: 'string' }, queries: { type: 'string' } },
})
type Asked = { text: string; answers: readonly string[] }

const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T)

/** k1 1.2, b 0.75. @returns the ids of the texts, best first */
function bm25Over(texts: readonly IndexedText[]): (question: string) => string[] {
  const rows = texts.map(({ heading, paragraphs }) => countsOf(`${heading}\n${paragraphs.join('\n')}`))
  const lengths = rows.map(row => [...row.values()].reduce((sum, count) => sum + count, 0))
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, rows.length)
  const having = new Map<string, number>()
  for (const row of rows) for (const term of row.keys()) having.set(term, (having.get(term) ?? 0) + 1)
  const rarity = (term: string) =>
    Math.log(1 + (rows.length - (having.get(term) ?? 0) + 0.5) / ((having.get(term) ?? 0) + 0.5))
  return question => {
    const terms = [...countsOf(question).keys()].map(term => ({ term, worth: rarity(term) }))
    const scores = rows.map((row, at) =>
      terms.reduce((sum, { term, worth }) => {
        const count = row.get(term) ?? 0
        return sum + (worth * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * (lengths[at] ?? 0)) / mean))
      }, 0),
    )
    return texts
      .map(({ id }, at) => ({ id, score: scores[at] ?? 0 }))
      .toSorted((a, b) => b.score - a.score)
      .map(({ id }) => id)
  }
}

function countsOf(text: string): Map<string, number> {
  const units = unitsOf(fold(text))
  const counts = new Map<string, number>()
  const terms = units.flatMap((unit, at) => (at === 0 ? [unit] : [unit, `${units[at - 1]} ${unit}`]))
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

function measure(texts: readonly IndexedText[], asked: readonly Asked[]) {
  const index = createTextIndex()
  for (const text of texts) index.put(text)
  const plain = bm25Over(texts)
  const start = performance.now()
  const ours = asked.map(({ text }) => index.search(text).map(({ id }) => id))
  const msPerQuestion = Math.round(((performance.now() - start) / Math.max(1, asked.length)) * 100) / 100
  const bm25 = asked.map(({ text }) => plain(text))
  const share = (found: readonly string[][], most: number) => {
    const right = asked.filter(({ answers }, at) =>
      found[at]?.slice(0, most).some(id => answers.includes(id)),
    )
    return Math.round((right.length / Math.max(1, asked.length)) * 1e4) / 1e4
  }
  return {
    texts: texts.length,
    questions: asked.length,
    oursAt1: share(ours, 1),
    bm25At1: share(bm25, 1),
    oursAt3: share(ours, 3),
    bm25At3: share(bm25, 3),
    msPerQuestion,
  }
}

const groups: readonly SampleGroup[] = ['learnt', 'unseen', 'styles', 'last', 'offices', 'final', 'kinds']

/** The stretches of all documents, and which of them say the clause that a question asks for. */
function clauseSet() {
  const stretches = groups.flatMap(samplesOf).flatMap(({ name, head, blocks }) => {
    const passages = blocks.filter(({ path }) => path.length > 0)
    return chunksOf(passages.map(({ text }) => text)).map(({ from, to }, at) => {
      const own = passages.slice(from, to + 1)
      return {
        id: `${name}/${at}`,
        name,
        clauses: own.map(({ path }) => path.map(label => label.replace(/[、.]$/u, '')).join('')),
        heading: `${head.title} ${head.number ?? ''} ${head.date ?? ''}`,
        paragraphs: own.map(({ text }) => text),
      }
    })
  })
  const asked = linesOf<{ text: string; document: string; clause: string }>(
    'test/data/clause-questions.jsonl',
  )
    .filter(({ document }) => document !== '')
    .map(({ text, document, clause }) => ({
      text,
      answers: stretches
        .filter(({ name, clauses }) => name === document && clauses.some(each => each.includes(clause)))
        .map(({ id }) => id),
    }))
  return measure(stretches, asked)
}

function givenSet(entries: string, queries: string) {
  type Entry = { id: string; question?: string; answer?: string; text?: string }
  const texts = linesOf<Entry>(entries).map(({ id, question = '', answer, text = '' }) => ({
    id,
    heading: '',
    paragraphs: [question, ...(answer ?? text).split('\n')].filter(paragraph => paragraph.trim() !== ''),
  }))
  return measure(
    texts,
    linesOf<Asked>(queries).filter(({ answers }) => answers.length > 0),
  )
}

const result =
  values.entries && values.queries
    ? { given: givenSet(values.entries, values.queries) }
    : { clauses: clauseSet() }
console.log(values.json ? JSON.stringify(result) : result)

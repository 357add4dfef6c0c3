import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import type { Evidence } from '../../src/features/faq/quotes/certainty.ts'
import { createQuotations } from '../../src/features/faq/quotes/quotations.ts'
import { sha256 } from '../../src/lib/hash.ts'
import type { QuotableDocument } from '../../src/ports/passages.ts'
import { type Sample, type SampleGroup, samplesOf } from '../../test/documents/set/sample.ts'

/** The place of the answer: in a large library, in a small one, in a document that is not there, in none. */
export type SampleKind = 'large' | 'small' | 'away' | 'none'
/** A question with the clause that fits best. */
export type ClauseSample = {
  kind: SampleKind
  /** Questions to one document are learnt from or measured on, never both. */
  fold: number
  evidence: Evidence
  isRight: boolean
  /** As the table of thresholds decided, before weights were learnt. */
  isClear: boolean
}

const groups: readonly SampleGroup[] = ['learnt', 'unseen', 'styles', 'last', 'offices', 'final', 'kinds']
const at = Temporal.Instant.from('2026-11-29T04:00:00Z')
/** Characters of a quotation in chat. */
const limit = 210
const smallLibrary = 6
export const folds = 5

type Asked = { text: string; document?: string; clause?: string }
const linesOf = (file: string): Asked[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Asked)

const hashOf = (text: string) => Number.parseInt(sha256(text).slice(0, 8), 16)
const plainPath = (path: readonly string[]) => path.map(label => label.replace(/[、.]$/u, '')).join('')

/** Questions to the clauses of made-up documents, and to entries, which no clause should answer. */
export function readSamples(): ClauseSample[] {
  const documents = groups.flatMap(samplesOf).filter(({ maker }) => maker !== 'scan')
  const asked = linesOf('test/data/clause-questions.jsonl')
  const toEntries = ['held-out', 'letters', 'messages'].flatMap(name =>
    linesOf(`test/data/faq-${name}.jsonl`),
  )
  const library = libraryOf(documents)
  const unanswered = [...asked.filter(({ document }) => document === ''), ...toEntries]
  return [
    ...asked.filter(({ document }) => document).flatMap(each => samplesFor(each, documents, library)),
    ...unanswered.flatMap(each => sampleOf(each, { kind: 'none', library, documents })),
  ]
}

function samplesFor(asked: Asked, documents: readonly Sample[], large: Library): ClauseSample[] {
  const own = documents.filter(({ name }) => name === asked.document)
  const others = documents
    .filter(({ name }) => name !== asked.document)
    .toSorted((a, b) => hashOf(a.name + asked.text) - hashOf(b.name + asked.text))
  const small = libraryOf([...own, ...others.slice(0, smallLibrary - 1)])
  const found = [
    ...sampleOf(asked, { kind: 'large', library: large, documents }),
    ...sampleOf(asked, { kind: 'small', library: small, documents }),
  ]
  large.remove(asked.document ?? '')
  found.push(...sampleOf(asked, { kind: 'away', library: large, documents }))
  for (const document of own) large.put(quotable(document))
  return found
}

type Library = ReturnType<typeof createQuotations>

function libraryOf(documents: readonly Sample[]): Library {
  const library = createQuotations()
  for (const document of documents) library.put(quotable(document))
  return library
}

function quotable({ name, head, blocks }: Sample): QuotableDocument {
  const passages = clausesOf(blocks).map(({ path, text }) => ({ path, text, page: 1 }))
  const { title, number, date } = head
  return { id: name, title, number, date, from: undefined, until: undefined, isSuperseded: false, passages }
}

const clausesOf = (blocks: Sample['blocks']) => blocks.filter(({ path }) => path.length > 0)

function sampleOf(
  { text, document: name, clause = '' }: Asked,
  { kind, library, documents }: { kind: SampleKind; library: Library; documents: readonly Sample[] },
): ClauseSample[] {
  const considered = library.consider(text, at, limit)
  if (!considered) return []
  const { quotation, evidence } = considered
  const document = documents.find(each => each.name === name)
  const wanted = clausesOf(document?.blocks ?? []).filter(({ path }) => plainPath(path).includes(clause))
  const isRight =
    quotation.documentId === name && wanted.some(passage => quotation.texts.includes(passage.text))
  const { covered, lead, coveredByClause } = evidence
  const isClear = covered >= 0.4 && lead >= 0.3 && coveredByClause >= 0.3
  return [{ kind, fold: hashOf(name || text) % folds, evidence, isRight, isClear }]
}

import type { Temporal } from 'temporal-polyfill'
import type { QuotableDocument, QuotableDocuments, QuotablePassage } from '../../../ports/passages.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { chunksOf } from '../finder/texts/chunks.ts'
import { createTextIndex, type FoundText } from '../finder/texts/text-index.ts'
import { type Evidence, isCertain } from './certainty.ts'
import { chosenExtents, textOf } from './chosen.ts'
import { type Extent, isFilledRow, sayPath } from './extent.ts'

/** Words of a document, to be said as they are. */
export type Quotation = Pick<QuotableDocument, 'title' | 'number' | 'until'> & {
  documentId: string
  /** 「第三条」. */
  clause: string
  page: number
  texts: readonly string[]
  /** Passages of the clause that are left out at its end. */
  left: number
  /** True where it is no longer in force: to be told as history. */
  isHistory: boolean
  /** How much of the question stands in it, 0 to 1. */
  covered: number
}

/**
 * Finds the clause that answers a question, where one clearly does. What is in force comes first.
 * @param limit characters of the quotation. Default: the whole clause.
 */
export type FindQuotation = (question: string, at: Temporal.Instant, limit?: number) => Quotation | undefined

/** The clause that fits best, whether or not it is certain enough to be told. */
export type ConsiderQuotation = (
  ...asked: Parameters<FindQuotation>
) => { quotation: Quotation; evidence: Evidence } | undefined

type Candidate = { document: QuotableDocument; extents: Extent[]; covered: number; evidence: Evidence }

/** A stretch of a document that is found as one: its passages, from the first to the last. */
type Stretch = { document: QuotableDocument; passages: readonly QuotablePassage[] }

/** Reviewed documents, found by their clauses. */
export function createQuotations(): QuotableDocuments & { find: FindQuotation; consider: ConsiderQuotation } {
  const index = createTextIndex()
  const stretches = new Map<string, Stretch>()
  const idsOf = new Map<string, readonly string[]>()

  function put(document: QuotableDocument): void {
    remove(document.id)
    const chunks = chunksOf(document.passages.map(({ text }) => text))
    const ids = chunks.map(({ from, to }, at) => {
      const id = `${document.id}/${at}`
      const passages = document.passages.slice(from, to + 1)
      stretches.set(id, { document, passages })
      index.put({ id, heading: headingOf(document), paragraphs: passages.map(({ text }) => text) })
      return id
    })
    idsOf.set(document.id, ids)
  }

  function remove(id: string): boolean {
    for (const stretch of idsOf.get(id) ?? []) {
      index.remove(stretch)
      stretches.delete(stretch)
    }
    return idsOf.delete(id)
  }

  function search(question: string, isWanted: (document: QuotableDocument) => boolean) {
    return index.search(question, id => {
      const stretch = stretches.get(id)
      return stretch !== undefined && isWanted(stretch.document)
    })
  }

  function evidenceFor([first, ...others]: readonly FoundText[], coveredByClause: number): Evidence {
    const documentOf = (found?: FoundText) => stretches.get(found?.id ?? '')?.document
    const leadOver = (other?: FoundText) => (first?.score ?? 0) - (other?.score ?? 0)
    return {
      covered: first?.covered ?? 0,
      lead: leadOver(others[0]),
      leadOverDocuments: leadOver(others.find(other => documentOf(other) !== documentOf(first))),
      coveredByClause,
    }
  }

  function bestOf(question: string, found: readonly FoundText[], limit: number): Candidate | undefined {
    const stretch = stretches.get(found[0]?.id ?? '')
    if (!stretch) return undefined
    const { document, passages } = stretch
    const coverageOf = index.coverageOf(question)
    const coverage = (text: string) => coverageOf(`${headingOf(document)}\n${text}`)
    const extents = chosenExtents(passages, { all: document.passages, limit, coverage })
    const text = textOf(extents)
    const isFilled = extents.some(({ passages }) => passages.some(isFilledRow))
    if (!isProse.test(text) && !isFilled) return undefined
    const covered = coverage(text)
    return { document, extents, covered, evidence: evidenceFor(found, covered) }
  }

  const consider: ConsiderQuotation = (question, at, limit = Number.POSITIVE_INFINITY) => {
    const today = inShanghai(at).toPlainDate().toString()
    const candidates = [isInForce, isHistory].map(holds =>
      bestOf(
        question,
        search(question, document => holds(document, today)),
        limit,
      ),
    )
    const chosen = candidates.find(each => each && isCertain(each.evidence)) ?? candidates[0]
    if (!chosen) return undefined
    const { document, extents, covered, evidence } = chosen
    const isOld = isHistory(document, today)
    return { quotation: { ...quotationOf(document, extents), isHistory: isOld, covered }, evidence }
  }

  const find: FindQuotation = (question, at, limit) => {
    const considered = consider(question, at, limit)
    return considered && isCertain(considered.evidence) ? considered.quotation : undefined
  }

  return { put, remove, find, consider }
}

/** A form to be filled in answers nothing. */
const isProse = /[。；;]/u

const headingOf = ({ title, number = '', date = '' }: QuotableDocument) => `${title} ${number} ${date}`

function quotationOf({ id, title, number, until }: QuotableDocument, extents: readonly Extent[]) {
  const passages = extents.flatMap(extent => extent.passages)
  return {
    documentId: id,
    title,
    number,
    until,
    clause: extents.map(({ path }) => sayPath(path)).join('、'),
    page: passages[0]?.page ?? 1,
    texts: passages.map(({ text }) => text),
    left: extents.reduce((sum, { left }) => sum + left, 0),
  }
}

/** A later version or a repeal has ended it, or its time is over. */
const isHistory = ({ isSuperseded, until }: QuotableDocument, today: string) =>
  isSuperseded || (until !== undefined && until < today)
const isInForce = (document: QuotableDocument, today: string) =>
  !isHistory(document, today) && (document.from === undefined || document.from <= today)

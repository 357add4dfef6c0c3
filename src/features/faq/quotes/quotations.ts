import type { Temporal } from 'temporal-polyfill'
import type { QuotableDocument, QuotableDocuments, QuotablePassage } from '../../../ports/passages.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { chunksOf } from '../finder/texts/chunks.ts'
import { createTextIndex, type FoundText } from '../finder/texts/text-index.ts'
import {
  type AskedDocument,
  askedDocumentIn,
  clauseAsked,
  exampleClause,
  forceClauseFor,
  namesNumber,
  overviewOf,
  sayMissing,
} from './asked-document.ts'
import { type Evidence, isCertain } from './certainty.ts'
import { chosenExtents, extentTextOf } from './chosen.ts'
import { documentsOfOffice } from './document-titles.ts'
import { type Extent, extentOf, isFilledRow, sayPath } from './extent.ts'

/** Words of a document, to be said as they are. */
export type Quotation = Pick<
  QuotableDocument,
  'title' | 'number' | 'issuer' | 'until' | 'isSuperseded' | 'replacedBy'
> & {
  documentId: string
  /** 「第三条」. */
  clause: string
  page: number
  texts: readonly string[]
  /** Passages of the clause that are left out at its end. */
  left: number
  /** True where it is no longer in force: to be told as history. */
  isHistory: boolean
  /** True where a newer version under review says something else: it has no texts. */
  isHeld: boolean
  /** How much of the question stands in it, 0 to 1. */
  covered: number
  /**
   * `clause` and `overview` where the question names the document or its office,
   * `missing` where it has no such clause.
   */
  asked?: 'clause' | 'overview' | 'missing'
  /** 「第五条」 of a document that is shown as a whole, to ask for. */
  example?: string
}

/**
 * Finds the clause that answers a question, where one clearly does. What is in force comes first.
 * @param limit characters of the quotation. Default: the whole clause.
 * @param isNamed only where the question names a document by number, title or office. Default: false.
 */
export type FindQuotation = (
  question: string,
  at: Temporal.Instant,
  limit?: number,
  isNamed?: boolean,
) => Quotation | undefined

/** The clause that fits best, whether or not it is certain enough to be told. */
export type ConsiderQuotation = (
  ...asked: Parameters<FindQuotation>
) => { quotation: Quotation; evidence: Evidence } | undefined

type Candidate = {
  document: QuotableDocument
  extents: Extent[]
  covered: number
  /** Share of the question beyond the document's title that stands in the clause, 0 to 1; 1 where there is nothing. */
  beyondTitle: number
  evidence: Evidence
}

/** A stretch of a document that is found as one: its passages, from the first to the last. */
type Stretch = { document: QuotableDocument; passages: readonly QuotablePassage[] }

/** Reviewed documents, found by their clauses. */
export function createQuotations(): QuotableDocuments & { find: FindQuotation; consider: ConsiderQuotation } {
  const index = createTextIndex()
  const stretches = new Map<string, Stretch>()
  const idsOf = new Map<string, readonly string[]>()
  const documents = new Map<string, QuotableDocument>()

  function put(document: QuotableDocument): void {
    remove(document.id)
    documents.set(document.id, document)
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
    documents.delete(id)
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
    const force = forceClauseFor(question, document)
    const extents = force
      ? [extentOf(document.passages, force, limit)]
      : chosenExtents(passages, { all: document.passages, limit, coverage })
    const text = extentTextOf(extents)
    const isFilled = extents.some(({ passages }) => passages.some(isFilledRow))
    if (!isProse.test(text) && !isFilled) return undefined
    const covered = coverage(text)
    const ofTitle = coverageOf(headingOf(document))
    const beyondTitle = ofTitle > mostOfTitle || force ? 1 : (covered - ofTitle) / (1 - ofTitle)
    return { document, extents, covered, beyondTitle, evidence: evidenceFor(found, covered) }
  }

  function considered(question: string, at: Temporal.Instant, limit: number) {
    const today = inShanghai(at).toPlainDate().toString()
    const all = [...documents.values()]
    const asked = askedDocumentIn(question, all)
    // A clause of another document would pass for one of the document that is named.
    const isUnknown = asked === undefined && namesNumber(question)
    const ofOffice = asked || isUnknown ? undefined : documentsOfOffice(question, all)
    const unnumbered = isUnknown ? all.filter(({ number }) => number === undefined) : undefined
    const named = asked ? [asked.document] : (unnumbered ?? ofOffice?.documents)
    const wanted = (asked ?? ofOffice)?.rest || question
    const candidates = [isInForce, isHistory].map(holds =>
      bestOf(
        wanted,
        search(wanted, document => (named?.includes(document) ?? true) && holds(document, today)),
        limit,
      ),
    )
    const chosen = candidates.find(each => each && isTold(each)) ?? candidates[0]
    if (!chosen) return undefined
    const { document, extents, covered } = chosen
    const isOld = isHistory(document, today)
    // A rule of an office that holds no longer does not stand before one that holds.
    const isNamed = asked !== undefined || (ofOffice !== undefined && !isOld)
    const quotation = { ...quotationOf(document, extents), isHistory: isOld, covered }
    return { chosen, quotation: isNamed ? { ...quotation, asked: 'clause' as const } : quotation }
  }

  const consider: ConsiderQuotation = (question, at, limit = Number.POSITIVE_INFINITY) => {
    const found = considered(question, at, limit)
    return found && { quotation: found.quotation, evidence: found.chosen.evidence }
  }

  const find: FindQuotation = (question, at, limit = Number.POSITIVE_INFINITY, isNamed = false) => {
    const today = inShanghai(at).toPlainDate().toString()
    const all = [...documents.values()]
    const asked = askedDocumentIn(question, all)
    const named = asked && quotationAsked(asked, limit)
    if (named) return { ...named, isHistory: isHistory(asked.document, today), covered: 1 }
    if (isNamed && !asked && !documentsOfOffice(question, all)) return undefined
    const found = considered(question, at, limit)
    return found && isTold(found.chosen) ? found.quotation : undefined
  }

  return { put, remove, find, consider }
}

/** A title that says nearly all of a question leaves nothing to be found. */
const mostOfTitle = 0.9
/** Least share of the question beyond the title that a clause says, for it to be told. */
const leastBeyondTitle = 0.15
const isTold = ({ evidence, beyondTitle }: Candidate) =>
  isCertain(evidence) && beyondTitle >= leastBeyondTitle

/** The clause that a question names, or the headings of a document of which it asks nothing else. */
function quotationAsked({ document, clause, rest }: AskedDocument, limit: number) {
  if (clause !== undefined) {
    const passage = clauseAsked(document, clause)
    if (passage) return askedClause(document, passage, limit)
    return { ...quotationOf(document, []), texts: [sayMissing(document, clause)], asked: 'missing' as const }
  }
  const force = forceClauseFor(rest, document)
  if (force) return askedClause(document, force, limit)
  if (rest !== '') return undefined
  const overview = quotationOf(document, [overviewOf(document, limit)])
  return { ...overview, asked: 'overview' as const, example: exampleClause(document) }
}

const askedClause = (document: QuotableDocument, passage: QuotablePassage, limit: number) => ({
  ...quotationOf(document, [extentOf(document.passages, passage, limit)]),
  asked: 'clause' as const,
})

/** A form to be filled in answers nothing. */
const isProse = /[。；;]/u

const headingOf = ({ title, number = '', date = '' }: QuotableDocument) => `${title} ${number} ${date}`

function quotationOf(document: QuotableDocument, extents: readonly Extent[]) {
  const { id, title, number, issuer, until, isSuperseded, replacedBy } = document
  const passages = extents.flatMap(extent => extent.passages)
  const isHeld = passages.some(passage => passage.isHeld === true)
  return {
    documentId: id,
    ...{ title, number, issuer, until, isSuperseded, replacedBy, isHeld },
    clause: extents.map(({ path }) => sayPath(path)).join('、'),
    page: passages[0]?.page ?? 1,
    texts: isHeld ? [] : passages.map(({ text }) => text),
    left: extents.reduce((sum, { left }) => sum + left, 0),
  }
}

/** A later version or a repeal has ended it, or its time is over. */
const isHistory = ({ isSuperseded, until }: QuotableDocument, today: string) =>
  isSuperseded || (until !== undefined && until < today)
const isInForce = (document: QuotableDocument, today: string) =>
  !isHistory(document, today) && (document.from === undefined || document.from <= today)

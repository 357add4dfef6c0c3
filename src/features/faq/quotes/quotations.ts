import type { Temporal } from 'temporal-polyfill'
import type { QuotableDocument, QuotableDocuments, QuotablePassage } from '../../../ports/passages.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { chunksOf } from '../finder/texts/chunks.ts'
import { createTextIndex, isClear } from '../finder/texts/text-index.ts'
import { chosenExtents, textOf } from './chosen.ts'
import { type Extent, sayPath } from './extent.ts'

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

/** A stretch of a document that is found as one: its passages, from the first to the last. */
type Stretch = { document: QuotableDocument; passages: readonly QuotablePassage[] }

/** Reviewed documents, found by their clauses. */
export function createQuotations(): QuotableDocuments & { find: FindQuotation } {
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

  function stretchFor(question: string, isWanted: (document: QuotableDocument) => boolean) {
    const found = index.search(question, id => {
      const stretch = stretches.get(id)
      return stretch !== undefined && isWanted(stretch.document)
    })
    return isClear(found) ? stretches.get(found[0]?.id ?? '') : undefined
  }

  const find: FindQuotation = (question, at, limit = Number.POSITIVE_INFINITY) => {
    const today = inShanghai(at).toPlainDate().toString()
    const stretch =
      stretchFor(question, document => isInForce(document, today)) ??
      stretchFor(question, document => isHistory(document, today))
    if (!stretch) return undefined
    const { document, passages } = stretch
    const coverage = (text: string) => index.coverage(question, `${headingOf(document)}\n${text}`)
    const extents = chosenExtents(passages, { all: document.passages, limit, coverage })
    const text = textOf(extents)
    const covered = coverage(text)
    if (covered < coveredFrom || !isProse.test(text)) return undefined
    return { ...quotationOf(document, extents), isHistory: isHistory(document, today), covered }
  }

  return { put, remove, find }
}

/** Least coverage by the chosen clause within a stretch, lower since it says less. */
const coveredFrom = 0.3
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

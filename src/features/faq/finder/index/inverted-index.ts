import { createBm25, k1, weigh } from './bm25.ts'
import { withCapacity } from './growable.ts'
import { createPostings } from './postings.ts'
import { createRows, type Span, termsAmong } from './rows.ts'
import { topItems } from './top.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A term of a question with its weight. Default: 1. */
export type QueryTerm = { term: number; weight: number }
export type Hit = { doc: number; row: number; score: number }

/** A term as two unit codes and what it is worth, for looking into rows. */
type WorthTerm = { one: number; two: number; worth: number }

/** Documents of one or more rows, found by the row that fits best, with BM25 scores. */
export type InvertedIndex = {
  /** Adds a document that is not there; rows are unit codes. */
  add(doc: number, rows: readonly Uint32Array[]): void
  /** Takes a document out; it is found no more, and counts no more in any statistic. */
  remove(doc: number): void
  /** The best documents, highest score first; equal scores in no promised order. */
  search(terms: readonly QueryTerm[], limit: number): Hit[]
  /** The BM25 score of one row. */
  score(terms: readonly QueryTerm[], row: number): number
  /** A view of a row's unit codes; not to be changed. */
  row(row: number): Uint32Array
  /** Its rows, from first to last; empty when it is not there. */
  rowsOf(doc: number): { first: number; count: number }
  /** The BM25 score of a row that says just this, whether its terms are known or not. */
  idealScore(codes: Uint32Array): number
  /** How telling a term is; the most for one that is not known. */
  rarityOf(term: number): number
  /** In how many documents a term is. */
  documentsWith(term: number): number
  size(): number
}

/**
 * Terms in more documents than this are looked at only in the rows that others have found: 0.3% of a million, 2%
 * of 20,000, a fifth of 4,000; in a base of hundreds there is time for all.
 */
const mostLookedAt = (documents: number) =>
  Math.max(600, documents * 0.003, Math.min(documents * 0.2, 8e6 / documents))

export function createInvertedIndex(vocabulary: Vocabulary): InvertedIndex {
  const [postings, rows, bm25] = [createPostings(), createRows(), createBm25()]
  let rowDoc = new Int32Array(256)
  let docFirstRow = new Int32Array(64)
  let docRowCount = new Uint16Array(64)
  let scores = new Float64Array(256)
  let touched = new Uint32Array(256)
  let docBest = new Int32Array(64)
  let touchedDocs = new Uint32Array(64)
  /** Score of the best row of each of those. */
  let touchedWorths = new Float64Array(64)

  /** Calls `visit` for every term of a row, as often as it is there. */
  function eachTerm(codes: Uint32Array, visit: (term: number) => void) {
    for (let i = 0; i < codes.length; i++) {
      visit(vocabulary.addTerm(codes[i] as number, 0))
      if (i > 0) visit(vocabulary.addTerm(codes[i - 1] as number, codes[i] as number))
    }
  }

  function addRow(doc: number, codes: Uint32Array) {
    const at = rows.add(codes)
    rowDoc = withCapacity(rowDoc, at + 1)
    rowDoc[at] = doc
    bm25.addLength(rows.termsIn(at))
    eachTerm(codes, term => {
      postings.append(term, at)
      bm25.note(term, doc)
    })
  }

  function add(doc: number, wordings: readonly Uint32Array[]) {
    docFirstRow = withCapacity(docFirstRow, doc + 1)
    docRowCount = withCapacity(docRowCount, doc + 1)
    docFirstRow[doc] = rows.count()
    docRowCount[doc] = wordings.length
    for (const codes of wordings) addRow(doc, codes)
    bm25.addDocument(wordings.length)
  }

  function remove(doc: number) {
    const { first, count } = rowsOf(doc)
    const terms = new Set<number>()
    for (let at = first; at < first + count; at++) {
      eachTerm(rows.at(at), term => terms.add(term))
      rowDoc[at] = -1
      bm25.addLength(-rows.termsIn(at))
    }
    bm25.removeDocument(count, terms)
    docRowCount[doc] = 0
  }

  const rowsOf = (doc: number) => ({ first: docFirstRow[doc] ?? 0, count: docRowCount[doc] ?? 0 })

  function search(terms: readonly QueryTerm[], limit: number): Hit[] {
    scores = withCapacity(scores, rows.count())
    docBest = withCapacity(docBest, docFirstRow.length)
    touchedDocs = withCapacity(touchedDocs, docFirstRow.length)
    const { rare, common } = split(terms)
    touched = withCapacity(touched, rows.count())
    const found = collect(rare)
    const docs = bestRows(found)
    const left = prepared(common)
    const hits = Array.from(topItems(docs, touchedWorths, limit), doc => {
      const at = (docBest[doc] as number) - 1
      return { doc, row: at, score: (scores[at] as number) + scoreOf(left, at) }
    })
    for (let i = 0; i < found; i++) scores[touched[i] as number] = 0
    for (let i = 0; i < docs.length; i++) docBest[docs[i] as number] = 0
    return hits.sort((x, y) => y.score - x.score)
  }

  /** At a million entries 「怎么」 is in every tenth: it is not worth reading 100,000 rows. */
  function split(terms: readonly QueryTerm[]) {
    const known = terms.filter(({ term }) => bm25.documentsWith(term) > 0)
    const most = mostLookedAt(bm25.documents())
    const rare = known.filter(({ term }) => bm25.documentsWith(term) <= most)
    if (rare.length > 0) return { rare, common: known.filter(each => !rare.includes(each)) }
    const [rarest, ...others] = known.sort((x, y) => bm25.documentsWith(x.term) - bm25.documentsWith(y.term))
    return { rare: rarest ? [rarest] : [], common: others }
  }

  /** Adds up the scores of all rows that have any of the terms. @returns how many of `touched` those are. */
  function collect(terms: readonly QueryTerm[]): number {
    let found = 0
    const { base, slope } = bm25.shape()
    for (const { term, weight } of terms) {
      const worth = weight * bm25.rarityOf(term) * (k1 + 1)
      postings.each(term, (block, from, to) => {
        for (let i = from; i < to; i++) {
          const posting = block[i] as number
          const at = posting >>> 4
          if ((rowDoc[at] as number) < 0) continue
          if (scores[at] === 0) touched[found++] = at
          const count = posting & 15
          scores[at] = (scores[at] as number) + (worth * count) / (count + base + slope * rows.termsIn(at))
        }
      })
    }
    return found
  }

  /**
   * Leaves in `docBest`, plus one, the best row of each document, and its score in `touchedWorths`.
   * @returns those documents
   */
  function bestRows(found: number): Uint32Array {
    let count = 0
    for (let i = 0; i < found; i++) {
      const at = touched[i] as number
      const doc = rowDoc[at] as number
      const now = docBest[doc] as number
      if (now === 0) touchedDocs[count++] = doc
      if (now === 0 || (scores[at] as number) > (scores[now - 1] as number)) docBest[doc] = at + 1
    }
    touchedWorths = withCapacity(touchedWorths, count)
    for (let i = 0; i < count; i++) {
      const at = (docBest[touchedDocs[i] as number] as number) - 1
      touchedWorths[i] = scores[at] as number
    }
    return touchedDocs.subarray(0, count)
  }

  function prepared(terms: readonly QueryTerm[]): WorthTerm[] {
    return terms.map(({ term, weight }) => {
      const [one, two] = vocabulary.unitsOf(term)
      return { one, two, worth: weight * bm25.rarityOf(term) }
    })
  }

  function score(terms: readonly QueryTerm[], at: number): number {
    return scoreOf(prepared(terms), at)
  }

  function scoreOf(terms: readonly WorthTerm[], at: number): number {
    const shape = bm25.shape()
    const span = rows.spanOf(at)
    let sum = 0
    for (const { one, two, worth } of terms) {
      const count = countIn(span, one, two)
      if (count > 0) sum += worth * weigh(Math.min(15, count), rows.termsIn(at), shape)
    }
    return sum
  }

  function idealScore(codes: Uint32Array): number {
    let sum = 0
    const worth = weigh(1, termsAmong(codes.length), bm25.shape())
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number
      sum += bm25.rarityOf(vocabulary.term(code, 0)) * worth
      if (i > 0) sum += bm25.rarityOf(vocabulary.term(codes[i - 1] as number, code)) * worth
    }
    return sum
  }

  return {
    add,
    remove,
    search,
    score,
    idealScore,
    rarityOf: bm25.rarityOf,
    row: rows.at,
    rowsOf,
    documentsWith: bm25.documentsWith,
    size: bm25.documents,
  }
}

/** How often a term is in a row: the unit `one` followed by `two`, or by any where `two` is 0. */
function countIn({ codes, from, to }: Span, one: number, two: number): number {
  let count = 0
  for (let at = from; at < to; at++) {
    if (codes[at] === one && (two === 0 || (at + 1 < to && codes[at + 1] === two))) count++
  }
  return count
}

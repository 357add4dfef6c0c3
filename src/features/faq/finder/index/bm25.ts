import { withCapacity } from './growable.ts'

/**
 * The numbers behind BM25 (Robertson and Walker 1994; k1 1.2, b 0.75, as measured best on question sets), kept
 * right as documents come and go. How rare a term is counts over documents, so that many wordings of one question
 * do not make its words common.
 */
export type Bm25 = {
  addDocument(rows: number): void
  removeDocument(rows: number, terms: Iterable<number>): void
  addLength(terms: number): void
  /** Notes that a document, which was added last, has a term; again for the same document changes nothing. */
  note(term: number, doc: number): void
  documentsWith(term: number): number
  documents(): number
  /** How telling a term is; the most for one that no document has. */
  rarityOf(term: number): number
  /**
   * The two numbers with which `count · (k1 + 1) / (count + base + slope · length)` is what a term that is
   * `count` times in a row of that length adds, for each unit of its rarity.
   */
  shape(): { base: number; slope: number }
}

export const k1 = 1.2
const b = 0.75

export function createBm25(): Bm25 {
  let docsWith = new Uint32Array(1024)
  /** The document, plus one, that a term was last counted for. */
  let lastDoc = new Uint32Array(1024)
  let documents = 0
  let rows = 0
  let totalLength = 0

  return {
    addDocument(count) {
      documents++
      rows += count
    },
    removeDocument(count, terms) {
      documents--
      rows -= count
      for (const term of terms) docsWith[term] = (docsWith[term] as number) - 1
    },
    addLength(terms) {
      totalLength += terms
    },
    note(term, doc) {
      if (term >= docsWith.length) {
        docsWith = withCapacity(docsWith, term + 1)
        lastDoc = withCapacity(lastDoc, term + 1)
      }
      if (lastDoc[term] === doc + 1) return
      lastDoc[term] = doc + 1
      docsWith[term] = (docsWith[term] as number) + 1
    },
    documentsWith: term => docsWith[term] ?? 0,
    documents: () => documents,
    rarityOf(term) {
      const having = docsWith[term] ?? 0
      return Math.log(1 + (documents - having + 0.5) / (having + 0.5))
    },
    shape: () => ({
      base: k1 * (1 - b),
      slope: (k1 * b * Math.max(1, rows)) / Math.max(1, totalLength),
    }),
  }
}

/** Weight of a term in a row's score, for each unit of its rarity. */
export function weigh(count: number, length: number, { base, slope }: ReturnType<Bm25['shape']>): number {
  return (count * (k1 + 1)) / (count + base + slope * length)
}

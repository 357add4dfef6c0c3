import { fold } from '../../../../text/fold.ts'
import { unitsOf } from '../../../../text/tokens.ts'
import { createInvertedIndex, type InvertedIndex, type QueryTerm } from '../index/inverted-index.ts'
import { createVocabulary, type Vocabulary } from '../index/vocabulary.ts'
import { type Chunk, chunksOf } from './chunks.ts'
import { type QuestionTerms, questionTerms } from './question-terms.ts'

/** A text that has no question: what it is of, and its paragraphs. */
export type IndexedText = {
  id: string
  /** Title, number and date; part of every stretch. Empty where there is none. */
  heading: string
  paragraphs: readonly string[]
}

/** A text that may answer, with the stretch of it that fits best. */
export type FoundText = {
  id: string
  chunk: Chunk
  /** The sort key of what was found, at most 1.5. */
  score: number
  /** How much of what the question says stands in the stretch, 0 to 1; words that no text has count against it. */
  covered: number
}

/** Texts of any length, found by all that they say. */
export type TextIndex = {
  /** Adds a text or puts it in the place of the one with its id. */
  put(text: IndexedText): void
  /** @returns whether it was there. */
  remove(id: string): boolean
  /**
   * Best first, at most {@link mostFound}.
   * @param isWanted leaves texts out, by id. Default: none.
   */
  search(question: string, isWanted?: (id: string) => boolean): FoundText[]
  /** Tells how much of what the question says stands in a text, 0 to 1; the text need not be here. */
  coverageOf(question: string): (text: string) => number
  size(): number
}

const mostFound = 12
/** Candidates from each index; the order is then settled over the whole question. */
const candidates = 60
const closeStyles = 30
/** Most units in a row of the index. */
const mostUnits = 30_000
/** How much it tells that the question stands in the text, beside how rare its words are. */
const coverageWeight = 0.5

/**
 * From these on a text is told without a person having asked for it: of 300 questions of payment users none is, of
 * questions to texts that hold their answers two thirds are.
 */
const coveredFrom = 0.4
const aheadBy = 0.3

/** Whether the first of what was found answers the question and no other text comes near. */
export function isClear([first, second]: readonly FoundText[]): boolean {
  if (!first) return false
  return first.covered >= coveredFrom && first.score - (second?.score ?? 0) >= aheadBy
}

/** Least number of texts assumed for the rarity of a word: among few, every word is in most of them. */
const leastTexts = 40
const rarity = (having: number, size: number) => Math.log(1 + (size - having + 0.5) / (having + 0.5))

type Indexed = IndexedText & { chunks: readonly Chunk[] }

export function createTextIndex(): TextIndex {
  const vocabulary = createVocabulary()
  const wholes = createInvertedIndex(vocabulary)
  const stretches = createInvertedIndex(vocabulary)
  const texts: (Indexed | undefined)[] = []
  const docs = new Map<string, number>()

  function put(text: IndexedText): void {
    remove(text.id)
    const chunks = chunksOf(text.paragraphs)
    const doc = texts.push({ ...text, chunks }) - 1
    docs.set(text.id, doc)
    wholes.add(doc, rowsOf(`${text.heading}\n${text.paragraphs.join('\n')}`, vocabulary))
    stretches.add(
      doc,
      chunks.flatMap(chunk => rowsOf(`${text.heading}\n${chunk.text}`, vocabulary).slice(0, 1)),
    )
  }

  function remove(id: string): boolean {
    const doc = docs.get(id)
    if (doc === undefined) return false
    wholes.remove(doc)
    stretches.remove(doc)
    texts[doc] = undefined
    return docs.delete(id)
  }

  /** Tells how much of a question stands in a row of codes. */
  function coverageOf({ terms, unknown }: QuestionTerms): (codes: Uint32Array) => number {
    const size = Math.max(docs.size, leastTexts)
    const rarityOf = (term: number) => rarity(wholes.documentsWith(term), size)
    const worth = terms.map(({ term, weight }) => ({ term, weight: weight * rarityOf(term) }))
    const total = Math.max(1e-9, sumOf(worth) + unknown * rarity(0, size))
    return codes => coveredBy(worth, codes, vocabulary) / total
  }

  function search(question: string, isWanted?: (id: string) => boolean): FoundText[] {
    const asked = questionTerms(question, vocabulary)
    const coverage = coverageOf(asked)
    const close = closest(asked.terms, isWanted)
    const most = close[0]?.score ?? 1
    return close
      .flatMap(({ doc, whole, stretch, score }) => {
        const text = texts[doc]
        const chunk = text?.chunks[stretch - stretches.rowsOf(doc).first]
        if (!text || !chunk) return []
        const covered = coverage(stretches.row(stretch))
        return {
          id: text.id,
          chunk,
          covered,
          score: score / most + coverageWeight * coverage(wholes.row(whole)),
        }
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, mostFound)
  }

  /** The texts that are looked at closely, by the rows that fit best. */
  function closest(terms: readonly QueryTerm[], isWanted: (id: string) => boolean = () => true) {
    const found = [wholes, stretches].flatMap(index => index.search(terms, candidates))
    return [...new Set(found.map(({ doc }) => doc))]
      .filter(doc => isWanted(texts[doc]?.id ?? ''))
      .map(doc => {
        const [whole, stretch] = [best(wholes, doc, terms), best(stretches, doc, terms)]
        return { doc, whole: whole.row, stretch: stretch.row, score: whole.score + stretch.score }
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, closeStyles)
  }

  return {
    put,
    remove,
    search,
    coverageOf(question) {
      const coverage = coverageOf(questionTerms(question, vocabulary))
      return text => coverage(Uint32Array.from(unitsOf(fold(text)), unit => vocabulary.unit(unit)))
    },
    size: () => docs.size,
  }
}

function rowsOf(text: string, vocabulary: Vocabulary): Uint32Array[] {
  const codes = Uint32Array.from(unitsOf(fold(text)), unit => vocabulary.addUnit(unit))
  const count = Math.max(1, Math.ceil(codes.length / mostUnits))
  return Array.from({ length: count }, (_, at) => codes.subarray(at * mostUnits, (at + 1) * mostUnits))
}

function best(
  index: InvertedIndex,
  doc: number,
  terms: readonly QueryTerm[],
): { row: number; score: number } {
  const { first, count } = index.rowsOf(doc)
  let found = { row: first, score: -1 }
  for (let row = first; row < first + count; row += 1) {
    const score = index.score(terms, row)
    if (score > found.score) found = { row, score }
  }
  return found
}

/** How much of what the question says stands in a row. */
function coveredBy(worth: readonly QueryTerm[], codes: Uint32Array, vocabulary: Vocabulary): number {
  const there = new Set<number>()
  for (let at = 0; at < codes.length; at += 1) {
    there.add(vocabulary.term(codes[at] as number, 0))
    if (at > 0) there.add(vocabulary.term(codes[at - 1] as number, codes[at] as number))
  }
  return sumOf(worth.filter(({ term }) => there.has(term)))
}

const sumOf = (terms: readonly QueryTerm[]) => terms.reduce((total, { weight }) => total + weight, 0)

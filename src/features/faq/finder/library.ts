import { createInvertedIndex, type InvertedIndex } from './inverted-index.ts'
import { codesOf, readWording, type Wording } from './query.ts'
import type { Vocabulary } from './vocabulary.ts'
import { createVocabulary } from './vocabulary.ts'

/** What can be found: one question in several wordings, what its answer says, what it is about. */
export type Findable = {
  id: string
  question: string
  otherQuestions: readonly string[]
  answer: string
  programme?: string | undefined
  /** A place, 「福州市」; none for what holds in the whole country. */
  region?: string | undefined
}

/** The findables and all that is indexed of them. */
export type Library = {
  vocabulary: Vocabulary
  questions: InvertedIndex
  answers: InvertedIndex
  /** Adds one, or puts it in the place of the one with its id. */
  put(item: Findable): void
  /** @returns whether it was there. */
  remove(id: string): boolean
  at(doc: number): Findable
  /** The documents of a programme. */
  of(programme: string): readonly number[]
  /** A row as it was written. */
  text(doc: number, row: number): string
  /** A row as the scorer sees it. */
  wording(doc: number, row: number): Wording
  size(): number
}

/** Of an answer only the beginning tells what it is about. */
const mostAnswerCharacters = 400
/** Wordings that are kept read; a base of usual size fits whole. */
const mostRead = 20_000

export function createLibrary(): Library {
  const vocabulary = createVocabulary()
  const questions = createInvertedIndex(vocabulary)
  const answers = createInvertedIndex(vocabulary)
  const items: (Findable | undefined)[] = []
  const docs = new Map<string, number>()
  const programmes = new Map<string, number[]>()
  const read = new Map<number, Wording>()

  const wordingsOf = (item: Findable) => [item.question, ...item.otherQuestions]

  function put(item: Findable) {
    remove(item.id)
    const doc = items.push(item) - 1
    docs.set(item.id, doc)
    questions.add(
      doc,
      wordingsOf(item).map(text => codesOf(text, vocabulary)),
    )
    if (item.answer) answers.add(doc, [codesOf(item.answer.slice(0, mostAnswerCharacters), vocabulary)])
    if (item.programme) programmes.set(item.programme, [...(programmes.get(item.programme) ?? []), doc])
  }

  function remove(id: string): boolean {
    const doc = docs.get(id)
    const item = doc === undefined ? undefined : items[doc]
    if (doc === undefined || !item) return false
    questions.remove(doc)
    if (item.answer) answers.remove(doc)
    if (item.programme) {
      const others = (programmes.get(item.programme) ?? []).filter(other => other !== doc)
      programmes.set(item.programme, others)
    }
    items[doc] = undefined
    return docs.delete(id)
  }

  function at(doc: number): Findable {
    const item = items[doc]
    if (!item) throw new RangeError(`no findable has number ${doc}`)
    return item
  }

  function text(doc: number, row: number): string {
    const item = at(doc)
    return wordingsOf(item)[row - questions.rowsOf(doc).first] ?? item.question
  }

  function wording(doc: number, row: number): Wording {
    const known = read.get(row)
    if (known) return known
    const made = readWording(text(doc, row), vocabulary)
    if (read.size >= mostRead) read.clear()
    read.set(row, made)
    return made
  }

  return {
    vocabulary,
    questions,
    answers,
    put,
    remove,
    at,
    of: programme => programmes.get(programme) ?? [],
    text,
    wording,
    size: () => docs.size,
  }
}

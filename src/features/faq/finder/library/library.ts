import { fold } from '../../../../text/fold.ts'
import { intentsOf } from '../../../../text/intents.ts'
import { mostSounds, soundOf } from '../../../../text/pinyin.ts'
import { createInvertedIndex, type InvertedIndex } from '../index/inverted-index.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import { createVocabulary } from '../index/vocabulary.ts'
import { readWording, unitCodesOf, type Wording } from '../query/query.ts'
import { createEntryLikelihood, type EntryLikelihood } from './entry-likelihood.ts'
import { createIntentFit, type IntentFit } from './intent-fit.ts'

/** A findable entry: one question in several wordings, what its answer says, what it is about. */
export type Findable = {
  id: string
  question: string
  otherQuestions: readonly string[]
  /** The same as makers tell it, in their own words and without its names; further rows of the index. */
  situations?: readonly string[] | undefined
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
  /** Whether any of them belongs to a programme: such a base was written for this, with many wordings of each. */
  isEdited(): boolean
  /** Whether any wording or answer of a programme has two neighbouring units. */
  saysPair(programme: string, first: number, second: number): boolean
  /** Whether it has two that sound like these. */
  hasPairLike(programme: string, first: number, second: number): boolean
  /** How telling a pair is, 0 to 1, by how few programmes say it: 「申请」 tells next to nothing. */
  tellingOf(first: number, second: number): number
  /** How likely the entries of programmes are to be asked so; knows nothing of others. */
  likelihood: EntryLikelihood['of']
  /** How usual it is to ask an entry of a programme for what a question asks. */
  intentFit: IntentFit['of']
  /** A row as it was written. */
  text(doc: number, row: number): string
  /** A row as the scorer sees it. */
  wording(doc: number, row: number): Wording
  size(): number
}

/** Indexed length of an answer: its beginning tells the subject. */
const mostAnswerCharacters = 400
/**
 * Wordings that are kept read; a base of usual size fits whole. A plain map: this file
 * goes into browsers, see `fold`.
 */
const mostRead = 20_000

/** @param strangers texts that no entry answers, to be told from what some entry does */
export function createLibrary(strangers: readonly string[] = []): Library {
  const vocabulary = createVocabulary()
  const questions = createInvertedIndex(vocabulary)
  const answers = createInvertedIndex(vocabulary)
  const items: (Findable | undefined)[] = []
  const docs = new Map<string, number>()
  const programmes = new Map<string, number[]>()
  const pairs = createProgrammePairs()
  const likelihood = createEntryLikelihood()
  const intentFit = createIntentFit()
  likelihood.countStrangers(strangers.map(text => unitCodesOf(text, vocabulary)))
  const read = new Map<number, Wording>()

  const wordingsOf = (item: Findable) => [item.question, ...item.otherQuestions, ...(item.situations ?? [])]

  /** The same as `wordingsOf(item)[at]`, without a list of all. */
  function wordingAt({ question, otherQuestions, situations }: Findable, at: number): string | undefined {
    if (at === 0) return question
    return otherQuestions[at - 1] ?? situations?.[at - 1 - otherQuestions.length]
  }

  const saidBy = (item: Findable) =>
    [...wordingsOf(item), item.answer].map(text => unitCodesOf(text, vocabulary, Number.POSITIVE_INFINITY))

  function countWords(doc: number, item: Findable, programme: string, change: 1 | -1) {
    const texts = saidBy(item)
    pairs.count(programme, texts, change)
    likelihood.count(doc, texts, change)
    intentFit.count(
      doc,
      wordingsOf(item).map(text => intentsOf(fold(text))),
      change,
    )
  }

  function put(item: Findable) {
    remove(item.id)
    const doc = items.push(item) - 1
    docs.set(item.id, doc)
    const rows = wordingsOf(item).map(text => unitCodesOf(text, vocabulary))
    questions.add(doc, rows)
    if (item.answer) answers.add(doc, [unitCodesOf(item.answer.slice(0, mostAnswerCharacters), vocabulary)])
    if (!item.programme) return
    programmes.set(item.programme, [...(programmes.get(item.programme) ?? []), doc])
    countWords(doc, item, item.programme, 1)
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
      countWords(doc, item, item.programme, -1)
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
    return wordingAt(item, row - questions.rowsOf(doc).first) ?? item.question
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
    isEdited: pairs.isAny,
    saysPair: pairs.has,
    hasPairLike: pairs.hasLike,
    tellingOf: pairs.tellingOf,
    likelihood: likelihood.of,
    intentFit: intentFit.of,
    text,
    wording,
    size: () => docs.size,
  }
}

/** Which pairs of units each programme speaks in, and in how many places; the same by how they sound. */
function createProgrammePairs() {
  const counts = new Map<string, Map<number, number>>()
  const has = (programme: string, key: number) => counts.get(programme)?.has(key) === true
  return {
    count(programme: string, texts: readonly Uint32Array[], change: 1 | -1) {
      const pairs = counts.get(programme) ?? new Map<number, number>()
      counts.set(programme, pairs)
      const add = (key: number) => {
        const now = (pairs.get(key) ?? 0) + change
        if (now > 0) pairs.set(key, now)
        else pairs.delete(key)
      }
      for (const codes of texts) {
        for (let i = 1; i < codes.length; i++) {
          const [first, second] = [codes[i - 1] as number, codes[i] as number]
          add(pairKey(first, second))
          add(soundKey(first, second))
        }
      }
      if (pairs.size === 0) counts.delete(programme)
    },
    isAny: () => counts.size > 0,
    has: (programme: string, first: number, second: number) => has(programme, pairKey(first, second)),
    hasLike: (programme: string, first: number, second: number) =>
      soundOf(first) > 0 && soundOf(second) > 0 && has(programme, soundKey(first, second)),
    tellingOf(first: number, second: number) {
      let having = 0
      for (const pairs of counts.values()) having += Number(pairs.has(pairKey(first, second)))
      return Math.log((counts.size + 1) / (having + 1)) / Math.log(counts.size + 1)
    },
  }
}

const pairKey = (first: number, second: number) => first * 2 ** 26 + second
/** Below zero, so that sounds and units never meet. */
const soundKey = (first: number, second: number) => -1 - (soundOf(first) * mostSounds + soundOf(second))

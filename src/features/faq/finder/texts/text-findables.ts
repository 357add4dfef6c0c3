import { featureNames } from '../features/features.ts'
import type { Findable } from '../library/library.ts'
import type { Ranked } from '../ranking/ranking.ts'
import { createTextIndex, isClear, type TextIndex } from './text-index.ts'

/** A question that is longer is a text that stands where a question should. */
const longestQuestion = 120

/** Entries that have a text and no question. */
export type TextFindables = {
  /** @returns false for an entry that has a question, which is not taken. */
  put(item: Findable): boolean
  remove(id: string): boolean
  /** Best first; `isSure` where the first may be told. */
  rank(question: string): { ranked: Ranked[]; isSure: boolean; covered: number }
  size(): number
}

export function createTextFindables(): TextFindables {
  /** Most bases have no such entry, and an empty index takes memory too. */
  let index: TextIndex | undefined
  const items = new Map<string, Findable>()
  return {
    put(item) {
      if (!isText(item)) return false
      items.set(item.id, item)
      index ??= createTextIndex()
      index.put({
        id: item.id,
        heading: '',
        paragraphs: `${item.question}\n${item.answer}`.split('\n').filter(text => text.trim() !== ''),
      })
      return true
    },
    remove(id) {
      items.delete(id)
      return index?.remove(id) ?? false
    },
    rank(question) {
      const found = index?.search(question) ?? []
      const ranked = found.flatMap(({ id, chunk, score }) => {
        const item = items.get(id)
        return item ? [{ ...nothingKnown, item, wording: chunk.text, score }] : []
      })
      return { ranked, isSure: isClear(found), covered: found[0]?.covered ?? 0 }
    },
    size: () => items.size,
  }
}

const isText = ({ question, otherQuestions }: Findable) =>
  otherQuestions.length === 0 && (question.trim() === '' || [...question].length > longestQuestion)

/** How questions fit each other says nothing of a text. */
const noOdds: Ranked['odds'] = { own: 0, beyondStrangers: 0, words: 0 }
const noParts = Object.fromEntries(featureNames.map(name => [name, 0])) as Ranked['parts']
const nothingKnown = { doc: -1, odds: noOdds, parts: noParts, weights: noParts, spokenBesideName: 1 }

import type { MakersWords } from '../../src/features/faq/finder/query/makers-words.ts'
import type { Knowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { findableOf } from '../../src/features/faq/live-entries.ts'
import { countedOf, evidenceFor } from './growth.ts'
import { leastEvidence, sharesHeldBack } from './held-back.ts'

/** The makers' words of a base as they would stand without some texts. */
export type WordsWithout = (isLeft: (text: string) => boolean) => MakersWords

/**
 * Leaves out of a base's makers' words what was grown from the texts that are asked, so that a question is judged
 * by what the others teach. Words that were added by hand stay.
 */
export function createWordsWithout({ entries, situations, makersWords }: Knowledge): WordsWithout {
  const counted = countedOf(entries.map(entry => findableOf(entry, situations)))
  const least = leastEvidence(sharesHeldBack(counted))
  const grown = new Set(
    evidenceFor(counted, makersWords)
      .filter(({ evidence }) => evidence >= least)
      .map(({ word, meaning }) => `${word} ${meaning}`),
  )
  const textsOf = (isWanted: (text: string) => boolean) =>
    counted.reduce((sum, { wordings }) => sum + wordings.filter(({ text }) => isWanted(text)).length, 0)
  const all = textsOf(() => true)
  return isLeft => {
    const isWanted = (text: string) => !isLeft(text)
    const leastHere = (least * textsOf(isWanted)) / all
    const kept = new Map<string, string[]>()
    for (const { word, meaning, evidence } of evidenceFor(counted, makersWords, isWanted)) {
      const isKept = evidence >= leastHere || !grown.has(`${word} ${meaning}`)
      if (isKept) kept.set(word, [...(kept.get(word) ?? []), meaning])
    }
    return Object.fromEntries(kept)
  }
}

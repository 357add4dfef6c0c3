import { mostSounds, soundOf } from '../../../../text/pinyin.ts'
import type { InvertedIndex, QueryTerm } from '../index/inverted-index.ts'
import type { Vocabulary } from '../index/vocabulary.ts'

/** Every unit and pair that the index knows, once. */
export function termsOf(codes: Uint32Array, vocabulary: Vocabulary): QueryTerm[] {
  const terms = new Set<number>()
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code === 0) continue
    terms.add(vocabulary.term(code, 0))
    if (i > 0 && codes[i - 1] !== 0) terms.add(vocabulary.term(codes[i - 1] as number, code))
  }
  terms.delete(-1)
  return [...terms].map(term => ({ term, weight: 1 }))
}

/** Pairs of characters by how they sound. */
export type SoundIndex = {
  /** Takes in the terms that the vocabulary has got since the last call. */
  refresh(): void
  /** True where some entry's question has two characters that sound like this. */
  isHeard(first: number, second: number): boolean
  /** Adds pairs that sound the same for pairs that hardly any entry has, at less weight. */
  meant(sounds: Uint32Array, codes: Uint32Array): QueryTerm[]
}

/** Weight of a pair that only sounds like the written one, against 1 for the written one. */
const meantWeight = 0.6
/** How many times commoner the pair that was meant must be than the one that was written. */
const commonerBy = 4

/** A table with one chain of pairs for each two sounds. */
export function createSoundIndex(vocabulary: Vocabulary, index: InvertedIndex): SoundIndex {
  const heads = new Int32Array(mostSounds * mostSounds).fill(-1)
  let next = new Int32Array(1024)
  let seen = 0

  function refresh() {
    if (next.length < vocabulary.size()) {
      const larger = new Int32Array(Math.ceil(vocabulary.size() * 1.5))
      larger.set(next)
      next = larger
    }
    for (; seen < vocabulary.size(); seen++) {
      const [first, second] = vocabulary.unitsOf(seen)
      const slot = soundOf(first) * mostSounds + soundOf(second)
      if (second === 0 || soundOf(first) === 0 || soundOf(second) === 0) continue
      next[seen] = heads[slot] as number
      heads[slot] = seen
    }
  }

  function commonest(first: number, second: number): { term: number; documents: number } {
    let found = { term: -1, documents: 0 }
    for (let term = heads[first * mostSounds + second] as number; term >= 0; term = next[term] as number) {
      const documents = index.documentsWith(term)
      const isBetter =
        documents > found.documents || (documents === found.documents && isBefore(term, found.term))
      if (documents > 0 && isBetter) found = { term, documents }
    }
    return found
  }

  /** By characters, so that the order of adding does not matter. */
  function isBefore(one: number, other: number): boolean {
    const [a, b] = vocabulary.unitsOf(one)
    const [c, d] = vocabulary.unitsOf(other)
    return a < c || (a === c && b < d)
  }

  return {
    refresh,
    isHeard: (first, second) =>
      first > 0 &&
      second > 0 &&
      first < mostSounds &&
      second < mostSounds &&
      commonest(first, second).term >= 0,
    meant(sounds, codes) {
      const written = new Set(termsOf(codes, vocabulary).map(({ term }) => term))
      const found = new Map<number, number>()
      for (let i = 1; i < sounds.length; i++) {
        const [first, second] = [sounds[i - 1] as number, sounds[i] as number]
        if (first >= mostSounds || second >= mostSounds) continue
        const { term, documents } = commonest(first, second)
        if (term < 0 || written.has(term)) continue
        const own = ownPair(sounds, codes, i)
        if (documents >= commonerBy * own) found.set(term, meantWeight)
      }
      return [...found].map(([term, weight]) => ({ term, weight }))
    },
  }

  /** How many documents have the pair as it was written; sounds and codes run alike unless pinyin was typed. */
  function ownPair(sounds: Uint32Array, codes: Uint32Array, i: number): number {
    if (sounds.length !== codes.length || codes[i] === 0 || codes[i - 1] === 0) return 0
    return index.documentsWith(vocabulary.term(codes[i - 1] as number, codes[i] as number))
  }
}

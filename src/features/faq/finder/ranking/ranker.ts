import { createLibrary, type Findable } from '../library/library.ts'
import { type AliasTable, createRecogniser } from '../query/aliases.ts'
import { createMeaningReader, type MakersWords } from '../query/makers-words.ts'
import { type HeardQuery, readQuestion } from '../query/query.ts'
import { createSoundIndex } from '../query/query-terms.ts'
import { type Ranked, rank } from './ranking.ts'
import { withUnknownTermRatios } from './unknown-terms.ts'

export type RankerOptions = {
  aliases: AliasTable
  /** Where the entries hold, a place: questions about other cities are none of ours. None: everywhere. */
  home?: string
  /** Questions that people also ask and no entry answers. */
  strangers?: readonly string[] | undefined
  /** Words of makers and what they mean in the rules. */
  makersWords?: MakersWords | undefined
}

/** Reads questions and puts entries in order; what to do with the first is the finder's to decide. */
export type Ranker = {
  read(question: string): HeardQuery
  /** All that could be meant, best first. */
  rank(query: HeardQuery): Ranked[]
  put(item: Findable): void
  /** @returns whether it was there. */
  remove(id: string): boolean
  size(): number
}

/** Builds the index over these entries. */
export function createRanker(items: Iterable<Findable>, options: RankerOptions): Ranker {
  const { aliases, home, strangers, makersWords } = options
  const library = createLibrary(strangers)
  const sounds = createSoundIndex(library.vocabulary, library.questions)
  const reader = {
    vocabulary: library.vocabulary,
    recognise: createRecogniser(aliases),
    meantBy: createMeaningReader(makersWords),
    home,
  }
  for (const item of items) library.put(item)
  // Now rather than in the first question, which would wait for it.
  sounds.refresh()
  return {
    read(question) {
      sounds.refresh()
      return withUnknownTermRatios(readQuestion(question, reader), library, sounds)
    },
    rank: query => rank(query, library, sounds),
    put: library.put,
    remove: library.remove,
    size: library.size,
  }
}

import { fold } from '../../../../text/fold.ts'

/** Words of makers, each with the words of the rules that it may mean: 利息 with 贴息. */
export type MakersWords = Readonly<Record<string, readonly string[]>>

/**
 * Reads a folded question: for each word of makers in it the words of the rules, folded, that it may mean. A word
 * within a longer one does not count, nor does one whose meaning the question says itself.
 */
export type MeaningReader = (folded: string) => string[][]

export function createMeaningReader(words: MakersWords = {}): MeaningReader {
  const known = Object.entries(words)
    .map(([word, meanings]) => ({ word: fold(word), meanings: meanings.map(fold) }))
    .sort((a, b) => b.word.length - a.word.length)
  return folded => {
    const said = known.filter(({ word }) => folded.includes(word))
    return said
      .filter(({ word }, at) => !said.slice(0, at).some(longer => longer.word.includes(word)))
      .map(({ meanings }) => meanings)
      .filter(meanings => !meanings.some(meaning => folded.includes(meaning)))
  }
}

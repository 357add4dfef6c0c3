import { existsSync } from 'node:fs'
import { z } from 'zod'
import { type FileFault, readYaml } from '../../../lib/yaml-file.ts'
import { fold } from '../../../text/fold.ts'
import type { MakersWords } from '../finder/query/makers-words.ts'

const Pairs = z.record(z.string().min(2), z.array(z.string().min(2)).min(1))

/** Words of makers, each with words of the rules that it may mean. */
const MakersWordsFile = z.strictObject({
  /** Grown from the wordings by `npm run faq:words`, and found right. */
  kept: Pairs,
  /** Written by hand. */
  added: Pairs,
  /** Grown from the wordings, and found wrong. */
  rejected: Pairs,
})
export type MakersWordsFile = z.infer<typeof MakersWordsFile>

/** Reads the file of makers' words with what was rejected; nothing where there is no such file. */
export function readMakersWordsFile(file: string): { value: MakersWordsFile; faults: FileFault[] } {
  const nothing = { kept: {}, added: {}, rejected: {} }
  if (!existsSync(file)) return { value: nothing, faults: [] }
  const { value = nothing, faults } = readYaml(file, MakersWordsFile)
  return { value, faults }
}

/** The words of makers that are used, each with what it may mean. */
export function makersWordsOf({ kept, added }: Pick<MakersWordsFile, 'kept' | 'added'>): MakersWords {
  const words = new Set([...Object.keys(kept), ...Object.keys(added)])
  return Object.fromEntries(
    [...words].map(word => [word, [...new Set([...(kept[word] ?? []), ...(added[word] ?? [])])]]),
  )
}

type Told = { question: string; short: string; details: readonly { text: string }[] }

/** The makers' words for words that an entry says in its question and answer, each with those words. */
export function makersWordsFor(
  { question, short, details }: Told,
  words: MakersWords,
): [word: string, meanings: string[]][] {
  const text = fold([question, short, ...details.map(detail => detail.text)].join('\n'))
  return Object.entries(words).flatMap(([word, all]): [string, string[]][] => {
    const meanings = all.filter(meaning => text.includes(fold(meaning)))
    return meanings.length > 0 ? [[word, meanings]] : []
  })
}

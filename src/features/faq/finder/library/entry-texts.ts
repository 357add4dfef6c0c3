import { fold } from '../../../../text/fold.ts'
import type { Findable } from './library.ts'

/** The texts of an entry, folded. */
export type EntryTexts = {
  /** All wordings, situations among them. */
  wordings: string
  /** The wordings and the answer. */
  said: string
  /** The wordings and the answer without the situations, which tell of much that is not asked. */
  withoutSituations: string
  /** The standard question and the answer, in the words of the rules. */
  ofRules: string
}

const texts = new WeakMap<Findable, EntryTexts>()

/** The texts of an entry; read once. */
export function entryTextsOf(item: Findable): EntryTexts {
  const before = texts.get(item)
  if (before !== undefined) return before
  const { question, otherQuestions, situations = [], answer } = item
  const wordings = [question, ...otherQuestions, ...situations]
  const read = {
    wordings: fold(wordings.join('\n')),
    said: fold([...wordings, answer].join('\n')),
    withoutSituations: fold([question, ...otherQuestions, answer].join('\n')),
    ofRules: fold([question, answer].join('\n')),
  }
  texts.set(item, read)
  return read
}

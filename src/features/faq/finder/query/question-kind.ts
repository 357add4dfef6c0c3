import type { HeardQuery } from './query.ts'

/** Kinds of questions that have weights of their own. */
export const questionKinds = ['short', 'long', 'letter', 'crawled'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** From so many characters on it is a situation that is told rather than a question. */
const longFrom = 16
/** From so many on it is a letter: most of it is told around what is asked. */
const letterFrom = 40

/**
 * What was written for this has many wordings of each question, what was crawled has one; and of a situation much
 * stands in no entry: what fits and what is sure differs.
 */
export function kindOf({ isOfEdited, codes }: Pick<HeardQuery, 'isOfEdited' | 'codes'>): QuestionKind {
  if (!isOfEdited) return 'crawled'
  if (codes.length >= letterFrom) return 'letter'
  return codes.length >= longFrom ? 'long' : 'short'
}

import type { HeardQuery } from './query.ts'

/** Kinds of questions that have weights of their own. */
export const questionKinds = ['short', 'long', 'letter', 'crawled'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** Length from which a text is a told situation rather than a question, in characters. */
const longFrom = 16
/** Length from which a text is a letter, most of which is told around the question, in characters. */
const letterFrom = 40

/**
 * Edited entries have many wordings of each question, crawled ones have one; and of a situation much
 * stands in no entry: what fits and what is sure differs.
 */
export function questionKindOf({
  isOfEdited,
  codes,
}: Pick<HeardQuery, 'isOfEdited' | 'codes'>): QuestionKind {
  if (!isOfEdited) return 'crawled'
  if (codes.length >= letterFrom) return 'letter'
  return codes.length >= longFrom ? 'long' : 'short'
}

import type { Ambiguity } from './aliases.ts'
import type { Query } from './query.ts'
import type { Ranked } from './ranking.ts'

export type Outcome = 'answer' | 'choices' | 'none'

/** The question is understood in its telling part only from this share on. */
const leastCovered = 0.5
const sureFrom = 0.6
const leastMargin = 0.15

/** What to do with what was found. */
export function decide(query: Query, ranked: readonly Ranked[]): Outcome {
  const [first, second] = ranked
  if (!first || query.isElsewhere) return 'none'
  if (openAmbiguity(query)) return 'choices'
  if (first.parts.questionCovered < leastCovered) return 'none'
  if (first.parts.questionCovered >= sureFrom && first.score - (second?.score ?? 0) >= leastMargin)
    return 'answer'
  return 'choices'
}

/** A word that may mean several things, in a question that names no programme otherwise. */
export function openAmbiguity({ mentions, ambiguities }: Query): Ambiguity | undefined {
  return mentions.some(mention => mention.isExact) ? undefined : ambiguities[0]
}

import type { Query } from '../query/query.ts'
import type { EntryCandidate } from './features.ts'

/** Shares of the makers' words in a question whose meaning the entry says, 0 to 1; 0 where there are none. */
export function meaningFeatures({ meant }: Query, { texts }: EntryCandidate) {
  if (meant.length === 0) return { meantByRules: 0, meantByWordings: 0 }
  const { ofRules, wordings } = texts()
  const shareIn = (text: string) =>
    meant.filter(meanings => meanings.some(meaning => text.includes(meaning))).length / meant.length
  return { meantByRules: shareIn(ofRules), meantByWordings: shareIn(wordings) }
}

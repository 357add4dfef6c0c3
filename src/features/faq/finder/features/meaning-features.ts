import type { Query } from '../query/query.ts'
import type { EntryCandidate, FeatureValues } from './features.ts'

/** Shares of the makers' words in a question, at least one, whose meaning the entry says, 0 to 1. */
export function setMeanings(features: FeatureValues, { meant }: Query, { texts }: EntryCandidate): void {
  const { ofRules, wordings } = texts()
  const shareIn = (text: string) =>
    meant.filter(meanings => meanings.some(meaning => text.includes(meaning))).length / meant.length
  features.meantByRules = shareIn(ofRules)
  features.meantByWordings = shareIn(wordings)
}

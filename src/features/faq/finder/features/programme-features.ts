import type { Query } from '../query/query.ts'
import type { CandidateSet, EntryCandidate, FeatureValues } from './features.ts'
import { hasPair } from './likeness.ts'
import type { Side } from './overlap.ts'

/** Whether the question names the candidate's programme, or another. */
export function setProgramme(
  features: FeatureValues,
  { mentions }: Query,
  programme: string | undefined,
): void {
  if (mentions.length === 0) return
  const own = mentions.filter(mention => mention.programme === programme)
  const exact = own.some(mention => mention.isExact)
  features.programmeNamed = Number(exact)
  features.programmeHeard = Number(!exact && own.length > 0)
  features.programmeOther = Number(programme !== undefined && own.length === 0)
}

/** A programme has many entries to speak in; a crawled entry has only itself, and its silence tells little. */
export function setSpoken(
  features: FeatureValues,
  { listener }: CandidateSet,
  { programme, wording, answer }: EntryCandidate,
): void {
  const { share, longestUnspoken, mostTellingUnspoken } = listener.spokenBy(programme, [
    wording.codes,
    answer,
  ])
  features.spoken = share
  features.unspoken = Math.min(1, longestUnspoken / 5)
  features.tellingUnspoken = mostTellingUnspoken
}

/**
 * Coverage of a question where any name of the candidate's programme counts as said.
 * @param covered how much of the question is in the wording, which is the same where no name is said
 */
export function setNamed(
  features: FeatureValues,
  { query, weights }: CandidateSet,
  { wording, programme }: EntryCandidate,
  covered: Side,
): void {
  const own = query.mentions.filter(mention => programme !== undefined && mention.programme === programme)
  if (own.length === 0) {
    features.namedCovered = covered.covered
    features.namedPairsCovered = covered.pairsCovered
    return
  }
  const isNamed = (at: number) => own.some(({ from, to }) => at >= from && at < to)
  let [all, said, allPairs, saidPairs] = [0, 0, 0, 0]
  for (let at = 0; at < query.codes.length; at++) {
    const code = query.codes[at] as number
    const weight = weights[at] as number
    all += weight
    if (isNamed(at) || (code !== 0 && wording.codes.includes(code))) said += weight
    if (at === 0) continue
    const before = query.codes[at - 1] as number
    const pairWeight = (weight + (weights[at - 1] as number)) / 2
    allPairs += pairWeight
    const isSaid = (isNamed(at) && isNamed(at - 1)) || hasPair(wording.codes, before, code)
    if (isSaid) saidPairs += pairWeight
  }
  features.namedCovered = all > 0 ? said / all : 1
  features.namedPairsCovered = allPairs > 0 ? saidPairs / allPairs : features.namedCovered
}

/** Log odds further behind the likeliest than this tell no more. */
const widestGap = 3

/** Log odds for each word, and how far they are behind the likeliest entry's. */
export function setLikelihoods(
  features: FeatureValues,
  { likelihoods, askedLikelihoods }: CandidateSet,
  { likelihood, askedLikelihood }: EntryCandidate,
): void {
  const whole = againstBest(likelihood, likelihoods)
  const asked = againstBest(askedLikelihood, askedLikelihoods)
  features.likelihood = whole.perWord
  features.likelihoodGap = whole.gap
  features.askedLikelihood = asked.perWord
  features.askedLikelihoodGap = asked.gap
}

function againstBest(likelihood: number | undefined, { best, words }: { best: number; words: number }) {
  if (likelihood === undefined || words === 0) return { perWord: 0, gap: 0 }
  return { perWord: likelihood / words, gap: Math.max(-widestGap, (likelihood - best) / 20) }
}

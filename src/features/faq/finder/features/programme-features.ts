import type { Query } from '../query/query.ts'
import type { CandidateSet, EntryCandidate } from './features.ts'
import { hasPair } from './likeness.ts'

/** Whether the question names the candidate's programme, or another. */
export function programmeFeatures({ mentions }: Query, programme: string | undefined) {
  const own = mentions.filter(mention => mention.programme === programme)
  const exact = own.some(mention => mention.isExact)
  return {
    programmeNamed: Number(exact),
    programmeHeard: Number(!exact && own.length > 0),
    programmeOther: Number(programme !== undefined && mentions.length > 0 && own.length === 0),
  }
}

/** A programme has many entries to speak in; a crawled entry has only itself, and its silence tells little. */
export function spokenFeatures(
  { query, listener }: CandidateSet,
  { programme, wording, answer }: EntryCandidate,
) {
  if (!query.isOfEdited) return { spoken: 0, unspoken: 0, tellingUnspoken: 0 }
  const { share, longestUnspoken, mostTellingUnspoken } = listener.spokenBy(programme, [
    wording.codes,
    answer,
  ])
  return { spoken: share, unspoken: Math.min(1, longestUnspoken / 5), tellingUnspoken: mostTellingUnspoken }
}

/** Coverage of a question where any name of the candidate's programme counts as said. */
export function namedFeatures({ query, weights }: CandidateSet, { wording, programme }: EntryCandidate) {
  const own = query.mentions.filter(mention => programme !== undefined && mention.programme === programme)
  const isNamed = (at: number) => own.some(({ from, to }) => at >= from && at < to)
  let [all, covered, allPairs, coveredPairs] = [0, 0, 0, 0]
  for (let at = 0; at < query.codes.length; at++) {
    const code = query.codes[at] as number
    const weight = weights[at] as number
    all += weight
    if (isNamed(at) || (code !== 0 && wording.codes.includes(code))) covered += weight
    if (at === 0) continue
    const before = query.codes[at - 1] as number
    const pairWeight = (weight + (weights[at - 1] as number)) / 2
    allPairs += pairWeight
    const isSaid = (isNamed(at) && isNamed(at - 1)) || hasPair(wording.codes, before, code)
    if (isSaid) coveredPairs += pairWeight
  }
  const namedCovered = all > 0 ? covered / all : 1
  return { namedCovered, namedPairsCovered: allPairs > 0 ? coveredPairs / allPairs : namedCovered }
}

/** Log odds further behind the likeliest than this tell no more. */
const widestGap = 3

/** Log odds for each word, and how far they are behind the likeliest entry's. */
export function likelihoodFeatures(
  { likelihoods, askedLikelihoods }: CandidateSet,
  { likelihood, askedLikelihood }: EntryCandidate,
) {
  const whole = againstBest(likelihood, likelihoods)
  const asked = againstBest(askedLikelihood, askedLikelihoods)
  return {
    likelihood: whole.perWord,
    likelihoodGap: whole.gap,
    askedLikelihood: asked.perWord,
    askedLikelihoodGap: asked.gap,
  }
}

function againstBest(likelihood: number | undefined, { best, words }: { best: number; words: number }) {
  if (likelihood === undefined || words === 0) return { perWord: 0, gap: 0 }
  return { perWord: likelihood / words, gap: Math.max(-widestGap, (likelihood - best) / 20) }
}

import { type OfferWeights, offerInputs, offerSignals } from '../../src/features/faq/finder/outcome/offer.ts'
import {
  certaintyOf,
  certaintyUnder,
  inputsOf,
  type OutcomeWeights,
} from '../../src/features/faq/finder/outcome/outcome.ts'
import { learnTruth, named } from './learning.ts'
import type { OfferCase } from './offer-cases.ts'

/** Most that may be offered, or offered without reserve, of what is asked beside a name and has no answer. */
export type OfferLimits = { met: number; metPlainly: number }

/** Below this sureness, 0 to 1, nothing is near an offer, and nothing is learnt from it. */
const leastSure = 0.1
const fit = { rounds: 400, decay: 0.01 }

type Seen = OfferCase & { ofAny: number }

/**
 * An outcome with the second look at what is not told, and with the lowest thresholds under which offers keep to the
 * limits. Questions with an answer and those without count the same together.
 */
export function withOffer(
  outcome: OutcomeWeights,
  cases: readonly OfferCase[],
  limits: OfferLimits,
): OutcomeWeights {
  const { network, answerFrom } = outcome
  const seen = cases.map(each => ({ ...each, ...certaintyOf(network, inputsOf(each.signals)) }))
  const offer = learnOffer(seen.filter(({ list, isAmong }) => list !== 'inside' || isAmong))
  const sure = seen
    .filter(({ list }) => list === 'beside')
    .map(({ signals }) => certaintyUnder({ network, offer }, signals))
    .map(({ ofFirst, ofAny }) => (ofFirst >= answerFrom ? 1 : ofAny))
    .sort((a, b) => b - a)
  const exceededBy = (share: number) => Math.ceil((sure[Math.floor(share * sure.length)] ?? 0) * 1e4) / 1e4
  return {
    network,
    offer,
    answerFrom,
    plainChoicesFrom: exceededBy(limits.metPlainly),
    choicesFrom: exceededBy(limits.met),
    meaningsFrom: outcome.meaningsFrom ?? outcome.choicesFrom,
  }
}

function learnOffer(seen: readonly Seen[]): OfferWeights {
  const near = seen.filter(({ ofAny }) => ofAny >= leastSure)
  const inputs = near.map(({ ofAny, signals }) => offerInputs(ofAny, signals))
  const scale = scaleOf(inputs)
  const totals = [true, false].map(isInside =>
    sum(near.filter(each => isInsideOf(each) === isInside).map(({ weight }) => weight)),
  )
  const examples = near.map((each, at) => ({
    signals: Float64Array.from(scale, ({ mean, spread }, i) => ((inputs[at]?.[i] ?? 0) - mean) / spread),
    truth: Number(isInsideOf(each)),
    weight: each.weight / (totals[isInsideOf(each) ? 0 : 1] ?? 1),
  }))
  const learnt = learnTruth(examples, fit)
  const own = scale.map(({ spread }, i) => (learnt[i] ?? 0) / spread)
  const shift = sum(scale.map(({ mean }, i) => mean * (own[i] ?? 0)))
  return named(
    ['one', 'sureness', ...offerSignals] as const,
    Float64Array.from(own, (weight, i) => (i === 0 ? weight - shift : weight)),
  )
}

const isInsideOf = ({ list }: OfferCase) => list === 'inside'
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

/** Mean and spread of each input; the first, which is always 1, stays as it is. */
function scaleOf(inputs: readonly (readonly number[])[]) {
  return (inputs[0] ?? []).map((_, i) => {
    if (i === 0) return { mean: 0, spread: 1 }
    const values = inputs.map(each => each[i] ?? 0)
    const mean = sum(values) / values.length
    const variance = sum(values.map(value => (value - mean) ** 2)) / values.length
    return { mean, spread: variance > 1e-9 ? Math.sqrt(variance) : 1 }
  })
}

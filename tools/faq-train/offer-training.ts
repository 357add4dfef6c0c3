import {
  leastSure,
  type OfferWeights,
  offerInputs,
  offerSignals,
} from '../../src/features/faq/finder/outcome/offer.ts'
import {
  type Certainty,
  certaintyOf,
  certaintyUnder,
  inputsOf,
  isSureUnder,
  type OutcomeWeights,
} from '../../src/features/faq/finder/outcome/outcome.ts'
import { learnTruth, named } from './learning.ts'
import type { OfferCase } from './offer-cases.ts'
import { partCount, partOf } from './samples.ts'

/** Limits of what is said to what is asked beside a name and has no answer, as shares, 0 to 1. */
export type OfferLimits = {
  told: number
  /** Told, or offered without reserve. */
  metPlainly: number
  /** Told or offered. */
  met: number
}

const fit = { rounds: 400, decay: 0.01 }
/** A signal that hardly ever changes must not weigh more than this spread lets it: a rare value would decide alone. */
const leastSpread = 0.05

/** A case with what the network makes of it. */
type Seen = OfferCase & { ofAny: number }
/** A case after a second look that was learnt from the other parts of the texts. */
export type LookedAt = OfferCase & Certainty

/**
 * An outcome with the second look at what is not told, and with the lowest thresholds under which what is told and
 * offered keeps to the limits, each case judged by what the others teach. Questions with an answer and those without
 * count the same together.
 */
export function withOffer(
  outcome: OutcomeWeights,
  cases: readonly OfferCase[],
  limits: OfferLimits,
): { outcome: OutcomeWeights; looked: LookedAt[] } {
  const { network, answerFrom } = outcome
  const seen = cases.map(each => ({ ...each, ...certaintyOf(network, inputsOf(each.signals)) }))
  const looked = Array.from({ length: partCount }, (_, part) => {
    const isOwn = ({ text }: Seen) => partOf(text) === part
    const weights = { network, offer: learnOffer(seen.filter(each => !isOwn(each))) }
    return seen.filter(isOwn).map(each => ({ ...each, ...certaintyUnder(weights, each.signals) }))
  }).flat()
  const beside = looked.filter(({ list }) => list === 'beside')
  const bold = beside.map(({ ofFirst, ofAny }) => (ofFirst >= answerFrom ? ofAny : 0))
  const told = { answerFrom, lookedAtFrom: exceededBy(limits.told, bold) }
  const sure = beside.map(each => (isSureUnder(told, each) ? 1 : each.ofAny))
  return {
    outcome: {
      network,
      offer: learnOffer(seen),
      ...told,
      plainChoicesFrom: exceededBy(limits.metPlainly, sure),
      choicesFrom: exceededBy(limits.met, sure),
      meaningsFrom: outcome.meaningsFrom ?? outcome.choicesFrom,
    },
    looked,
  }
}

/** The sureness that no larger share exceeds. */
export const exceededBy = (share: number, all: readonly number[]): number =>
  Math.ceil(([...all].sort((a, b) => b - a)[Math.floor(share * all.length)] ?? 0) * 1e4) / 1e4

function learnOffer(seen: readonly Seen[]): OfferWeights {
  const near = seen.filter(each => each.ofAny >= leastSure && (!isInsideOf(each) || each.isAmong))
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
    return { mean, spread: Math.max(leastSpread, Math.sqrt(variance)) }
  })
}

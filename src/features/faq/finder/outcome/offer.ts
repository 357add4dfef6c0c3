import type { Signals } from './signals.ts'

/** Signals by which the sureness that one of the first three is right is judged once more. */
export const offerSignals = [
  'soundsCovered',
  'unsaidShare',
  'askedFamiliar',
  'askedStrange',
  'strangest',
  'rowOfIdeal',
  'subsequence',
  'intentsConflict',
  'strange',
  'familiar',
  'beyondPerWord',
  'longestUnsaid',
] as const satisfies readonly (keyof Signals)[]

/** Weights in log odds: `one` is always there, `sureness` weighs the log odds that the network gives. */
export type OfferWeights = Record<'one' | 'sureness' | (typeof offerSignals)[number], number>

/** Log odds of sureness beyond this, either way, tell no more. */
const widest = 9

/** The signals that the weights of an offer stand for, in their order. @param sureness that the network gives, 0 to 1 */
export function offerInputs(sureness: number, signals: Signals): number[] {
  const odds = Math.log(sureness / (1 - sureness))
  return [1, Math.max(-widest, Math.min(widest, odds)), ...offerSignals.map(name => signals[name])]
}

/** How sure it is that the first three have an answer, 0 to 1, after a second look at a question that is not told. */
export function surenessOfOffer(sureness: number, signals: Signals, weights: OfferWeights): number {
  const order = [weights.one, weights.sureness, ...offerSignals.map(name => weights[name])]
  const sum = offerInputs(sureness, signals).reduce((all, input, at) => all + input * (order[at] ?? 0), 0)
  return 1 / (1 + Math.exp(-sum))
}

import { type Signals, signalNames } from './signals.ts'

/**
 * Signals that the second look leaves out: a question beside a name always names a programme and a situation never
 * does, so a name would count against the question. The first one is always 1 and has a weight of its own.
 */
const leftOut = ['one', 'programmeNamed', 'programmeHeard', 'programmeOther', 'namedLead'] as const
type OfferSignal = Exclude<keyof Signals, (typeof leftOut)[number]>

/** Signals by which the sureness that one of the first three is right is judged once more. */
export const offerSignals = signalNames.filter(
  (name): name is OfferSignal => !(leftOut as readonly string[]).includes(name),
)

/** Weights in log odds: `one` is always there, `sureness` weighs the log odds that the network gives. */
export type OfferWeights = Record<'one' | 'sureness' | OfferSignal, number>

/** Sureness of the network, 0 to 1, below which nothing is near an offer and no second look is taken. */
export const leastSure = 0.05

/** Log odds of sureness beyond this, either way, tell no more. */
const widest = 9

/**
 * The signals that the weights of an offer stand for, in their order.
 * @param sureness that the network gives, 0 to 1
 */
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

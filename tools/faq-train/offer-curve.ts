import { isSureUnder, type OutcomeWeights } from '../../src/features/faq/finder/outcome/outcome.ts'
import { exceededBy, type LookedAt } from './offer-training.ts'

/** Shares of the questions beside a name that may be met, for which the curve says what is reached. */
const sharesMet = [0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1]

/**
 * Lines that say, for several limits on what is met of the questions beside a name, how much is reached of those
 * with an answer: told, or the right entry among those that are offered.
 */
export function offerCurve(outcome: OutcomeWeights, cases: readonly LookedAt[]): string[] {
  const looked = cases.map(each => ({ ...each, isTold: isSureUnder(outcome, each) }))
  const of = (list: LookedAt['list'], isByOthers?: boolean) =>
    looked.filter(each => each.list === list && isByOthers !== !each.isByOthers)
  const share = (own: typeof looked, holds: (each: (typeof looked)[number]) => boolean) =>
    `${((100 * own.filter(holds).length) / Math.max(1, own.length)).toFixed(1)}%`
  const beside = of('beside')
  const sure = beside.map(({ isTold, ofAny }) => (isTold ? 1 : ofAny))
  return sharesMet.map(met => {
    const from = exceededBy(met, sure)
    const isMet = (each: (typeof looked)[number]) => each.isTold || each.ofAny >= from
    const isReached = (each: (typeof looked)[number]) =>
      each.isTold ? each.isFirst : each.isAmong && isMet(each)
    return [
      `from ${from.toFixed(4)}: beside met ${share(beside, isMet)}, told ${share(beside, each => each.isTold)}`,
      `others outside met ${share(of('outside'), isMet)}`,
      `reached ${share(of('inside', false), isReached)} of ours, ${share(of('inside', true), isReached)} by other authors`,
    ].join(', ')
  })
}

import { expect, test } from 'vitest'
import { certaintyUnder, type OutcomeWeights } from '../../src/features/faq/finder/outcome/outcome.ts'
import { type Signals, signalNames } from '../../src/features/faq/finder/outcome/signals.ts'
import type { OfferCase } from '../../tools/faq-train/offer-cases.ts'
import { withOffer } from '../../tools/faq-train/offer-training.ts'

const signalsWith = (some: Partial<Signals>): Signals => ({
  ...(Object.fromEntries(signalNames.map(name => [name, Number(name === 'one')])) as Signals),
  ...some,
})

/** A network that is as sure as `familiar` times four says, of the first less than of any. */
const outcome: OutcomeWeights = {
  network: {
    hidden: [],
    outputs: [3, 0].map(less =>
      signalNames.map(name => (name === 'familiar' ? 4 : name === 'one' ? -less : 0)),
    ),
  },
  answerFrom: 0.9,
  plainChoicesFrom: 0.5,
  choicesFrom: 0.5,
}

/** Words that no entry has set the two apart; the network knows nothing of them. */
const cases: OfferCase[] = Array.from({ length: 400 }, (_, at) => {
  const isInside = at % 2 === 0
  const noise = ((at * 7) % 20) / 20
  return {
    kind: 'short',
    list: isInside ? 'inside' : 'beside',
    text: `${at}`,
    signals: signalsWith({ familiar: noise / 2, unsaidShare: isInside ? noise / 3 : 0.2 + noise / 2 }),
    isAmong: isInside,
    weight: 1,
  }
})

const offeredOf = (list: OfferCase['list'], learnt: OutcomeWeights, from: number) => {
  const own = cases.filter(each => each.list === list)
  return own.filter(({ signals }) => certaintyUnder(learnt, signals).ofAny >= from).length / own.length
}

test('a second look offers what the entries say, within the limits on what they do not', () => {
  const learnt = withOffer(outcome, cases, { met: 0.1, metPlainly: 0.05 })
  expect(offeredOf('beside', learnt, learnt.choicesFrom)).toBeLessThanOrEqual(0.1)
  expect(offeredOf('beside', learnt, learnt.plainChoicesFrom)).toBeLessThanOrEqual(0.05)
  expect(offeredOf('inside', learnt, learnt.choicesFrom)).toBeGreaterThan(0.6)
  expect(learnt.plainChoicesFrom).toBeGreaterThanOrEqual(learnt.choicesFrom)
})

test('it is learnt the same every time, and again from what it was learnt from', () => {
  const limits = { met: 0.1, metPlainly: 0.05 }
  const learnt = withOffer(outcome, cases, limits)
  expect(withOffer(outcome, cases, limits)).toEqual(learnt)
  expect(withOffer(learnt, cases, limits)).toEqual(learnt)
})

test('how sure the first is stays as the network says', () => {
  const learnt = withOffer(outcome, cases, { met: 0.1, metPlainly: 0.05 })
  const signals = signalsWith({ familiar: 0.3, unsaidShare: 0.9 })
  const [before, after] = [outcome, learnt].map(weights => certaintyUnder(weights, signals))
  expect(after?.ofFirst).toBe(before?.ofFirst)
  expect(after?.ofAny).not.toBe(before?.ofAny)
})

import { expect, test } from 'vitest'
import {
  certaintyUnder,
  isSureUnder,
  type OutcomeWeights,
} from '../../src/features/faq/finder/outcome/outcome.ts'
import { type Signals, signalNames } from '../../src/features/faq/finder/outcome/signals.ts'
import type { OfferCase } from '../../tools/faq-train/offer-cases.ts'
import { offerCurve } from '../../tools/faq-train/offer-curve.ts'
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
  const noise = ((at * 97) % 401) / 401
  return {
    kind: 'short',
    list: isInside ? 'inside' : 'beside',
    text: `${at}`,
    signals: signalsWith({ familiar: noise / 2, unsaidShare: isInside ? noise / 3 : 0.2 + noise / 2 }),
    isFirst: isInside,
    isAmong: isInside,
    isByOthers: false,
    weight: 1,
  }
})

const limits = { told: 0.02, met: 0.1, metPlainly: 0.05 }

const offeredOf = (list: OfferCase['list'], learnt: OutcomeWeights, from: number) => {
  const own = cases.filter(each => each.list === list)
  return own.filter(({ signals }) => certaintyUnder(learnt, signals).ofAny >= from).length / own.length
}

test('a second look offers what the entries say, within the limits on what they do not', () => {
  const { outcome: learnt } = withOffer(outcome, cases, limits)
  expect(offeredOf('beside', learnt, learnt.choicesFrom)).toBeLessThanOrEqual(0.1)
  expect(offeredOf('beside', learnt, learnt.plainChoicesFrom)).toBeLessThanOrEqual(0.05)
  expect(offeredOf('inside', learnt, learnt.choicesFrom)).toBeGreaterThan(0.6)
  expect(learnt.plainChoicesFrom).toBeGreaterThanOrEqual(learnt.choicesFrom)
})

test('it is learnt the same every time, and again from what it was learnt from', () => {
  const { outcome: learnt } = withOffer(outcome, cases, limits)
  expect(withOffer(outcome, cases, limits).outcome).toEqual(learnt)
  expect(withOffer(learnt, cases, limits).outcome).toEqual(learnt)
})

test('how sure the first is stays as the network says', () => {
  const { outcome: learnt } = withOffer(outcome, cases, limits)
  const signals = signalsWith({ familiar: 0.3, unsaidShare: 0.9 })
  const [before, after] = [outcome, learnt].map(weights => certaintyUnder(weights, signals))
  expect(after?.ofFirst).toBe(before?.ofFirst)
  expect(after?.ofAny).not.toBe(before?.ofAny)
})

/** All are sure enough to be told by the network alone. */
const bold: OutcomeWeights = { ...outcome, answerFrom: 0.05 }

test('what is told of questions without an answer keeps to its limit by the second look', () => {
  const { outcome: learnt } = withOffer(bold, cases, limits)
  const told = cases.filter(({ signals }) => isSureUnder(learnt, certaintyUnder(learnt, signals)))
  expect(learnt.lookedAtFrom).toBeGreaterThan(0)
  expect(told.filter(({ list }) => list === 'beside').length / 200).toBeLessThanOrEqual(limits.told)
  expect(told.filter(({ list }) => list === 'inside').length).toBeGreaterThan(20)
})

test('a signal that hardly ever changes does not decide alone where it does', () => {
  const rare = cases.map(each => ({ ...each, signals: { ...each.signals, isBeyondStrangers: 0.999 } }))
  const some = rare.map((each, at) =>
    at % 40 === 1 ? { ...each, signals: { ...each.signals, isBeyondStrangers: 0.99 } } : each,
  )
  const { outcome: learnt } = withOffer(outcome, some, limits)
  const [usual, unheard] = [0.999, 0].map(isBeyondStrangers =>
    certaintyUnder(learnt, signalsWith({ familiar: 0.3, unsaidShare: 0.15, isBeyondStrangers })),
  )
  expect(Math.abs((usual?.ofAny ?? 0) - (unheard?.ofAny ?? 1))).toBeLessThan(0.3)
})

test('what the network is sure to have no answer gets no second look', () => {
  const { outcome: learnt } = withOffer(outcome, cases, limits)
  const signals = signalsWith({ familiar: -1 })
  expect(certaintyUnder(learnt, signals)).toEqual(certaintyUnder(outcome, signals))
})

test('the curve says of each limit what is met of both', () => {
  const { outcome: learnt, looked } = withOffer(outcome, cases, limits)
  const lines = offerCurve(learnt, looked)
  expect(lines.length).toBeGreaterThan(4)
  expect(lines[0]).toMatch(/^from 0\.\d{4}: beside met \d+\.\d%, told 0\.0%, .*reached \d+\.\d% of ours/u)
})

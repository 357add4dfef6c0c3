import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { daysUnverified, endingSoon, validity } from '../../../src/features/faq/validity.ts'
import { anEntry, noonOf } from './knowledge-samples.ts'

const days = fc
  .integer({ min: 0, max: 20_000 })
  .map(n => Temporal.PlainDate.from('2000-01-01').add({ days: n }))
const noon = (day: Temporal.PlainDate) => noonOf(day.toString())

test('on no day is an entry current before its beginning or after its end', () => {
  fc.assert(
    fc.property(days, days, days, (a, b, today) => {
      const [from, until] = [a, b].sort(Temporal.PlainDate.compare) as [
        Temporal.PlainDate,
        Temporal.PlainDate,
      ]
      const state = validity(
        { effectiveFrom: from.toString(), effectiveUntil: until.toString() },
        noon(today),
      )
      const before = Temporal.PlainDate.compare(today, from) < 0
      const after = Temporal.PlainDate.compare(today, until) > 0
      return state === (after ? 'ended' : before ? 'upcoming' : 'current')
    }),
  )
})

test('the last day counts whole, in Shanghai', () => {
  const entry = { effectiveUntil: '2026-08-31' }
  expect(validity(entry, Temporal.Instant.from('2026-08-31T23:59:59+08:00'))).toBe('current')
  expect(validity(entry, Temporal.Instant.from('2026-09-01T00:00:00+08:00'))).toBe('ended')
})

test('a beginning that is known by month or year counts from its first day', () => {
  expect(validity({ effectiveFrom: '2026-09' }, noonOf('2026-08-31'))).toBe('upcoming')
  expect(validity({ effectiveFrom: '2026-09' }, noonOf('2026-09-01'))).toBe('current')
  expect(validity({ effectiveFrom: '2026' }, noonOf('2026-01-01'))).toBe('current')
})

test('an entry without dates is current on every day', () => {
  fc.assert(fc.property(days, today => validity({}, noon(today)) === 'current'))
})

test('owners hear of an end fourteen days before, up to the last day, soonest first', () => {
  const entries = ['2026-12-08', '2026-12-09', '2026-11-24', '2026-11-23'].map(effectiveUntil =>
    anEntry({ effectiveUntil }),
  )
  const soon = endingSoon(entries, noonOf('2026-11-24'))
  expect(soon.map(({ entry, daysLeft }) => [entry.effectiveUntil, daysLeft])).toEqual([
    ['2026-11-24', 0],
    ['2026-12-08', 14],
  ])
})

test('no reminder is sent of a withdrawn entry', () => {
  const entry = anEntry({ effectiveUntil: '2026-11-30', status: 'withdrawn' })
  expect(endingSoon([entry], noonOf('2026-11-24'))).toEqual([])
})

test('a check known by month or year counts to its last day', () => {
  const on = Temporal.PlainDate.from('2026-11-24')
  expect(daysUnverified({ verifiedOn: '2026-11-20' }, on)).toBe(4)
  expect(daysUnverified({ verifiedOn: '2026-10' }, on)).toBe(24)
  expect(daysUnverified({ verifiedOn: '2025' }, on)).toBe(328)
  expect(daysUnverified({ verifiedOn: null }, on)).toBeUndefined()
})

import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isHeldBack } from '../../../../src/features/digest/broadcast/words.ts'

const now = Temporal.Instant.from('2026-11-29T22:47:00.000+08:00')

test('two readings of the clock that mean now are not the quiet hours', () => {
  expect(isHeldBack(now, now)).toBe(false)
  expect(isHeldBack(now.add({ milliseconds: 1 }), now)).toBe(false)
  expect(isHeldBack(now.subtract({ milliseconds: 1 }), now)).toBe(false)
  expect(isHeldBack(now.add({ hours: 10 }), now)).toBe(true)
})

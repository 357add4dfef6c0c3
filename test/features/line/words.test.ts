import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { saySpan } from '../../../src/features/line/words.ts'

const at = (time: string) => Temporal.Instant.from(`${time}+08:00`)

test.each([
  ['2026-11-28T14:02:40', '2026-11-28T14:05:10', '14:02–14:05'],
  ['2026-11-28T14:02:10', '2026-11-28T14:02:50', '14:02 左右'],
  ['2026-11-27T14:02:10', '2026-11-27T15:00:00', '昨天 14:02–15:00'],
  ['2026-11-27T22:00:00', '2026-11-28T09:00:00', '昨天 22:00到今天 09:00'],
])('from %s to %s it was %s', (from, to, span) => {
  expect(saySpan({ from: at(from), to: at(to) }, at('2026-11-28T16:00:00'))).toBe(span)
})

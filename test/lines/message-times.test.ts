import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { noSkew } from '../../src/adapters/line/handlers.ts'
import { createMessageTimes } from '../../src/adapters/line/message-times.ts'
import { isStale, isTimeBelievable } from '../../src/inbound/received.ts'
import type { Message } from '../../src/ports/chat.ts'

const at = Temporal.Instant.from('2026-11-28T14:00:00+08:00')

/** A message received now that was sent `lateMs` ago, on a platform whose clock is ahead of ours. */
function message(lateMs: number, aheadMs: number): Message {
  const sentAt = at.add({ milliseconds: aheadMs - lateMs })
  const said = { id: 'x', groupId: 'G', senderId: 'mei', senderName: '梅', text: '签到', mentionsBot: true }
  return { ...said, sentAt, receivedAt: at }
}

/** With nothing known from an earlier run. */
const openTimes = () => createMessageTimes({ known: noSkew, onChange: () => {} })

const lateness = ({ sentAt }: Message) => sentAt.until(at).total('milliseconds')
const skew = fc.integer({ min: -86_400_000, max: 86_400_000 })
const way = fc.integer({ min: 0, max: 3000 })

test('whatever the clocks say, what arrives as it is sent is neither old nor from the future', () => {
  fc.assert(
    fc.property(skew, fc.array(way, { minLength: 1, maxLength: 20 }), (aheadMs, ways) => {
      const dated = openTimes()
      for (const lateMs of ways) {
        const one = dated(message(lateMs, aheadMs), false)
        expect(isTimeBelievable(one)).toBe(true)
        expect(isStale(one, at, 2)).toBe(false)
      }
    }),
  )
})

test('what waited at the platform keeps its age, to the minute, once a message has shown the clocks', () => {
  const waited = fc.integer({ min: 0, max: 3_600_000 })
  fc.assert(
    fc.property(skew, fc.array(way, { minLength: 3, maxLength: 20 }), waited, (aheadMs, ways, lateMs) => {
      const dated = openTimes()
      for (const one of ways) dated(message(one, aheadMs), false)
      const replayed = lateness(dated(message(lateMs, aheadMs), true))
      expect(replayed).toBeGreaterThanOrEqual(0)
      expect(Math.abs(replayed - lateMs)).toBeLessThanOrEqual(64_000)
    }),
  )
})

test('where the clocks agree, the time of sending stays as it is, and one wrong time changes nothing', () => {
  const dated = openTimes()
  const prompt = message(1500, 0)
  for (let n = 0; n < 5; n++) expect(dated(prompt, false).sentAt).toEqual(prompt.sentAt)
  expect(dated(message(0, 1e12), false).sentAt).toEqual(at)
  expect(lateness(dated(message(600_000, 0), true))).toBe(600_000)
})

test('a message that was delayed on its way keeps its time, once others have shown the clocks', () => {
  const delayed = fc.integer({ min: 61_000, max: 3_600_000 })
  fc.assert(
    fc.property(skew, fc.array(way, { minLength: 3, maxLength: 20 }), delayed, (aheadMs, ways, lateMs) => {
      const dated = openTimes()
      for (const one of ways) dated(message(one, aheadMs), false)
      const lateness1 = lateness(dated(message(lateMs, aheadMs), false))
      // A delay as long as the skew looks like a clock that was just set: the stamp stands.
      const isAgreed = Math.abs(aheadMs - lateMs) <= 60_000
      if (isAgreed) expect(lateness1).toBe(Math.max(0, lateMs - aheadMs))
      // The clocks are told apart from a minute on.
      else expect(Math.abs(lateness1 - lateMs)).toBeLessThanOrEqual(63_000)
    }),
    { examples: [[63_001, [0, 0, 0], 63_001]] },
  )
})

test('once a clock that was ahead is set, messages are current from the first on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 61_000, max: 86_400_000 }), way, (aheadMs, lateMs) => {
      const dated = openTimes()
      for (let n = 0; n < 9; n++) dated(message(lateMs, aheadMs), false)
      for (let n = 0; n < 9; n++) expect(lateness(dated(message(lateMs, 0), false))).toBe(lateMs)
    }),
  )
})

test('a skew of an earlier run is dropped once a message agrees with our clock, also one that may have waited', () => {
  const changes: number[] = []
  const dated = createMessageTimes({
    known: { skewMs: 720_000, isProven: true },
    onChange: ({ skewMs }) => changes.push(skewMs),
  })
  expect(lateness(dated(message(1000, 0), true))).toBe(1000)
  expect(lateness(dated(message(300_000, 0), true))).toBe(300_000)
  expect(changes).toEqual([0])
})

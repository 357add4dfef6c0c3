import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOffMs, createBackOff } from '../../../src/adapters/line/back-off.ts'
import { createHeartbeatMonitor } from '../../../src/adapters/wechaty/heartbeat-monitor.ts'
import { createTimeoutPolicy } from '../../../src/adapters/wechaty/timeout-policy.ts'

const open = (more: { hasAnsweredDing?: boolean; acceptsDingAck?: boolean } = {}) =>
  createHeartbeatMonitor({
    dingMs: 5000,
    silenceMs: 12_000,
    hasAnsweredDing: true,
    acceptsDingAck: false,
    nowMs: 0,
    ...more,
  })

test('with the default intervals a line that goes silent at any moment is dead within 20 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), lastSignMs => {
      const monitor = open()
      const beats = [5000, 10_000, 15_000, 20_000, 25_000]
      monitor.record('dong', lastSignMs)
      const deadAt = beats.find(ms => monitor.check(ms) === 'dead') ?? Infinity
      expect(deadAt - lastSignMs).toBeLessThanOrEqual(20_000)
      expect(deadAt - lastSignMs).toBeGreaterThan(12_000)
    }),
  )
})

test('a line that answers is steady for ever', () => {
  const monitor = open()
  for (let ms = 5000; ms < 600_000; ms += 5000) {
    expect(monitor.check(ms)).toBe('steady')
    expect(monitor.record('dong', ms + 20)).toBe(false)
  }
})

test('one ding that went unanswered is told at the next sign, and kills nothing', () => {
  const monitor = open()
  monitor.record('dong', 100)
  monitor.check(5000)
  expect(monitor.check(10_000)).toBe('steady')
  expect(monitor.record('dong', 10_100)).toBe(true)
  expect(monitor.record('dong', 15_100)).toBe(false)
})

test('our own process held up is no silence of the line', () => {
  const monitor = open()
  monitor.record('dong', 100)
  monitor.check(5000)
  expect(monitor.check(3_600_000)).toBe('steady')
  expect(monitor.record('dong', 3_600_020)).toBe(false)
})

test('that a gateway takes dings keeps no line alive that used to answer', () => {
  const monitor = open()
  const beats = [5000, 10_000, 15_000, 20_000].map(ms => {
    monitor.record('acknowledged', ms + 10)
    return monitor.check(ms + 5000)
  })
  expect(beats.at(-1)).toBe('dead')
})

test('a gateway that never answers is believed in the end when it takes dings, and said to be mute', () => {
  const monitor = open({ hasAnsweredDing: false, acceptsDingAck: true })
  const beats = [5000, 10_000, 15_000, 20_000, 25_000].map(ms => {
    monitor.record('acknowledged', ms + 10)
    return monitor.check(ms + 5000)
  })
  expect(beats).toEqual(['steady', 'mute', 'mute', 'mute', 'mute'])
})

test('a line that never answered is given ever more time, and then trusted; one that did is not', () => {
  const timeoutPolicy = createTimeoutPolicy({ silenceMs: 12_000, mostMs: 300_000 })
  const allowed = Array.from({ length: 8 }, () => {
    const ms = timeoutPolicy.silenceMs()
    timeoutPolicy.learn({ how: 'silent', reason: 'silent', hasAnsweredDing: false })
    return ms / 1000
  })
  expect(allowed).toEqual([12, 24, 48, 96, 192, 300, 300, 300])
  expect(timeoutPolicy.acceptsDingAck()).toBe(true)
  timeoutPolicy.learn({ how: 'broken', reason: '14', hasAnsweredDing: true })
  expect(timeoutPolicy.acceptsDingAck()).toBe(false)
  expect(timeoutPolicy.silenceMs()).toBe(12_000)
})

test('the back-off stays between its ends, at least doubles its least, and is not the same twice', () => {
  const waits = (random: number) =>
    Array.from({ length: 9 }, (_, n) => backOffMs(n, { firstMs: 5000, lastMs: 300_000, random }))
  expect(waits(0)).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 150_000, 150_000, 150_000, 150_000])
  expect(waits(0.999_999)).toEqual([
    10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000, 300_000,
  ])
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      (attempt, random, firstMs, lastMs) => {
        const wait = backOffMs(attempt, { firstMs, lastMs, random })
        expect(wait).toBeLessThanOrEqual(Math.max(firstMs, lastMs))
        expect(wait).toBeGreaterThanOrEqual(Math.min(firstMs, lastMs))
      },
    ),
  )
})

test('a pause that is skipped ends at once, one under way and one to come', async () => {
  const backOff = createBackOff({ firstMs: 3_600_000, lastMs: 3_600_000 })
  const underWay = backOff.pause()
  backOff.skip()
  await underWay
  backOff.skip()
  await backOff.pause()
})

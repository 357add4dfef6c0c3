import { expect, test } from 'vitest'
import { createClockWatch } from '../src/clock-watch.ts'
import { createWorld } from './conversation.ts'

function openWatch() {
  const { alarms } = createWorld()
  let [wall, monotonic] = [1_000_000_000, 5000]
  let lookingSince: number | undefined
  const watch = createClockWatch({
    alarms,
    tickingSinceMs: () => lookingSince,
    wallMs: () => wall,
    monotonicMs: () => monotonic,
  })
  const pass = (monotonicMs: number, wallMs = monotonicMs) => {
    monotonic += monotonicMs
    wall += wallMs
    watch.check()
    return alarms.list().map(({ text }) => text)
  }
  return {
    watch,
    pass,
    look() {
      lookingSince = monotonic
    },
    end() {
      lookingSince = undefined
    },
  }
}

test.each([
  [62 * 3_600_000, '往前走了 62 小时'],
  [5 * 60_000, '往前走了 5 分钟'],
  [-3_600_000, '被拨回了 60 分钟'],
])('a wall clock that jumps by %i ms is an alarm for an hour', (stepMs, text) => {
  const { pass } = openWatch()
  expect(pass(1000)).toEqual([])
  expect(pass(1000, 1000 + stepMs)).toEqual([expect.stringContaining(text)])
  expect(pass(3_599_000)).toHaveLength(1)
  expect(pass(1000)).toEqual([])
})

test('small corrections are none, however many', () => {
  const { pass } = openWatch()
  for (let i = 0; i < 100; i++) expect(pass(1000, 3000)).toEqual([])
})

test('a look that hangs is an alarm, until it ends', () => {
  const { watch, pass, look, end } = openWatch()
  look()
  expect(pass(599_000)).toEqual([])
  expect(watch.jobs()).toBe('ticking')
  expect(pass(1000)).toEqual([expect.stringContaining('停住超过 10 分钟')])
  expect(watch.jobs()).toBe('stopped')
  end()
  expect(pass(1000)).toEqual([])
})

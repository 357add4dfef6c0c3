import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { keepTime } from '../../src/sandbox/world/kept-time.ts'

const clockAt = (time: string) =>
  createMovableClock({ startAt: Temporal.Instant.from(time), isRunning: false })

test('a clock that was moved on goes on from there after a restart', async () => {
  const store = createMemoryStore()
  const before = clockAt('2026-11-23T08:00:00Z')
  const save = await keepTime({ store, clock: before, move: before.forward })
  before.forward({ hours: 50 })
  await save()
  const afterRestart = clockAt('2026-11-23T08:05:00Z')
  await keepTime({ store, clock: afterRestart, move: afterRestart.forward })
  expect(afterRestart.now().toString()).toBe('2026-11-25T10:00:00Z')
})

test('a clock that lagged behind the world is not held back', async () => {
  const store = createMemoryStore()
  const before = clockAt('2026-11-23T08:00:00Z')
  await (await keepTime({ store, clock: before, move: before.forward }))()
  const weekLater = clockAt('2026-11-30T08:00:00Z')
  await keepTime({ store, clock: weekLater, move: weekLater.forward })
  expect(weekLater.now().toString()).toBe('2026-11-30T08:00:00Z')
})

test('after hours of running it does not step back by them', async () => {
  const store = createMemoryStore()
  const realClock = clockAt('2026-11-28T10:00:00+08:00')
  const before = clockAt('2026-11-28T10:00:00+08:00')
  const save = await keepTime({ store, clock: before, realClock, move: before.forward })
  before.forward({ hours: 48 })
  await save()
  for (const clock of [before, realClock]) clock.forward({ hours: 3 })
  const after = clockAt(realClock.now().toString())
  await keepTime({ store, clock: after, realClock, move: after.forward })
  expect(after.now().toString()).toBe(before.now().toString())
})

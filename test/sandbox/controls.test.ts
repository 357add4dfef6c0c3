import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { type ControlParts, createControls } from '../../src/sandbox/controls.ts'

test('a move whose time cannot be saved says so, and the next one goes on', async () => {
  const clock = createMovableClock({
    startAt: Temporal.Instant.from('2026-11-28T10:00:00+08:00'),
    isRunning: false,
  })
  let saves = 0
  const { forward } = createControls({
    world: { isLineUp: () => true } as ControlParts['world'],
    clock,
    jobs: { tick: async () => {}, upcoming: async () => [] },
    isSending: () => false,
    async onMoved() {
      saves += 1
      if (saves === 1) throw new Error('the disk is full')
    },
  })
  const hour = Temporal.Duration.from({ hours: 1 })
  await expect(forward(hour)).rejects.toThrow('the disk is full')
  expect((await forward(hour)).toString()).toBe('2026-11-28T04:00:00Z')
  expect(saves).toBe(2)
})

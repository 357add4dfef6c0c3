import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { quietFrom, quietUntil } from '../../src/outbox/limits/quiet.ts'
import { createWorld } from '../conversation.ts'
import { openOutbox, pace, pass } from './world.ts'

const at = (time: string) => Temporal.Instant.from(`${time}+08:00`)
const { quiet } = pace

describe('the quiet hours', () => {
  test.each([
    ['2026-11-26T21:59:59', undefined, 'the last second before them'],
    ['2026-11-26T22:00:00', '2026-11-27T07:30:00', 'into a working day'],
    ['2026-11-27T07:29:59', '2026-11-27T07:30:00', 'their last second'],
    ['2026-11-27T07:30:00', undefined, 'over'],
    ['2026-11-27T23:00:00', '2026-11-28T09:00:00', 'into a Saturday'],
    ['2026-11-28T08:00:00', '2026-11-28T09:00:00', 'on a Saturday'],
    ['2026-10-10T07:45:00', undefined, 'on a Saturday that is worked for 调休'],
    ['2026-10-05T08:59:00', '2026-10-05T09:00:00', 'on a Monday of the National Day holidays'],
  ])('%s: until %s, %s', (now, end, _which) => {
    expect(quietUntil(at(now), quiet)?.toString()).toBe(end && at(end).toString())
  })

  test('of the same time twice are none; those by day work too', () => {
    const none = { from: '22:00', until: '22:00', untilOnRestDays: '09:00' }
    expect(quietUntil(at('2026-11-26T23:00:00'), none)).toBeUndefined()
    expect(quietFrom(at('2026-11-26T23:00:00'), none)).toBeUndefined()
    const noon = { from: '12:00', until: '14:00', untilOnRestDays: '15:00' }
    expect(quietUntil(at('2026-11-26T13:00:00'), noon)).toEqual(at('2026-11-26T14:00:00'))
    expect(quietUntil(at('2026-11-26T14:00:00'), noon)).toBeUndefined()
    expect(quietUntil(at('2026-11-28T14:30:00'), noon)).toEqual(at('2026-11-28T15:00:00'))
  })

  test('end at a time that is not in them, and begin at one that is, whenever one looks', () => {
    const start = at('2026-01-01T00:00:00')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 24 * 60 }), minutes => {
        const now = start.add({ minutes })
        const open = quietUntil(now, quiet) ?? now
        expect(quietUntil(open, quiet)).toBeUndefined()
        const night = quietFrom(open, quiet)
        expect(night && quietUntil(night, quiet)).toBeDefined()
        expect(night && quietUntil(night.subtract({ seconds: 1 }), quiet)).toBeUndefined()
      }),
    )
  })
})

describe('at night', () => {
  const evening = () => createWorld('2026-11-26T21:59:50+08:00')

  test('a broadcast waits for the morning, a prompt goes at once', async () => {
    const opened = openOutbox(evening())
    const { world, outbox, posting, texts } = opened
    await outbox.start()
    const notAfter = at('2026-11-27T12:00:00')
    await outbox.post(['甲', '乙', '丙', '丁', '戊'].map(group => posting('a', group, { notAfter })))
    await pass(world, 60)
    expect(texts()).toEqual(['a → 甲', 'a → 乙', 'a → 丙'])
    await outbox.post([posting('b', '甲', { kind: 'prompt', notAfter })])
    await pass(world, 5)
    expect(texts()).toHaveLength(4)
    expect(outbox.status().delay?.reason).toBe('night')
    await pass(world, 9.6 * 3600, 20_000)
    await outbox.stop()
    expect(texts().slice(3)).toEqual(['b → 甲', 'a → 丁', 'a → 戊'])
    const morning = world.said.slice(4).map(said => Temporal.Instant.from(said.at))
    for (const sentAt of morning)
      expect(sentAt.since(at('2026-11-27T07:30:00')).sign).toBeGreaterThanOrEqual(0)
  })

  test('what would be too late in the morning expires, and says that the night was why', async () => {
    const opened = openOutbox(createWorld('2026-11-26T22:30:00+08:00'))
    await opened.outbox.start()
    await opened.outbox.post([opened.posting('a', '甲')])
    await pass(opened.world, 3 * 3600, 30_000)
    await opened.outbox.stop()
    const [delivery] = await opened.outbox.deliveries('a')
    expect(delivery).toMatchObject({ state: 'expired', reason: expect.stringContaining('夜里不打扰') })
    expect(opened.world.said).toEqual([])
  })
})

test('what somebody waits for overtakes a broadcast', async () => {
  const { world, outbox, posting, texts } = openOutbox()
  await outbox.start()
  await outbox.post(['甲', '乙', '丙'].map(group => posting('a', group)))
  await pass(world, 1)
  await outbox.post([posting('b', '丁', { kind: 'prompt' })])
  await pass(world, 20)
  await outbox.stop()
  expect(texts()).toEqual(['a → 甲', 'b → 丁', 'a → 乙', 'a → 丙'])
})

import { getTasks } from 'node-cron'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createNodeCron } from '../../src/adapters/node-cron.ts'
import { createQuietLog } from '../conversation.ts'

const { slots } = createNodeCron(createQuietLog())
const from = Temporal.Instant.from('2026-11-27T16:29:30+08:00')
const within = (cron: string, hours: number) =>
  slots(cron, from, from.add({ hours })).map(at =>
    at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString(),
  )

describe('ticks', () => {
  const openTicks = () => {
    vi.useFakeTimers({ now: new Date('2026-11-28T13:00:00+08:00') })
    onTestFinished(() => void vi.useRealTimers())
    const over = Promise.withResolvers<void>()
    let ticks = 0
    let isLong = false
    const beLong = () => {
      isLong = true
    }
    const stop = createNodeCron(createQuietLog()).every(1000, () => {
      ticks++
      return isLong ? over.promise : Promise.resolve()
    })
    return { count: () => ticks, over, stop, beLong }
  }
  test('a tick that is not over when the next one is due leaves it out', async () => {
    const { count, over, stop, beLong } = openTicks()
    beLong()
    await vi.advanceTimersByTimeAsync(3500)
    expect(count()).toBe(1)
    over.resolve()
    stop()
  })
  test.each([
    ['an hour back', -3_600_000],
    ['62 hours ahead', 62 * 3_600_000],
    ['a year ahead', 365 * 24 * 3_600_000],
  ])('go on once a second when the wall clock is put %s', async (_, stepMs) => {
    const { count, stop } = openTicks()
    await vi.advanceTimersByTimeAsync(2000)
    vi.setSystemTime(Date.now() + stepMs)
    await vi.advanceTimersByTimeAsync(3000)
    expect(count()).toBe(5)
    stop()
  })
})

describe('the slots of a cron line', () => {
  test.each([
    ['30 16 * * 5', 24 * 8, ['2026-11-27T16:30:00', '2026-12-04T16:30:00']],
    [
      '0,45 9-10 27,28 11 *',
      48,
      ['2026-11-28T09:00:00', '2026-11-28T09:45:00', '2026-11-28T10:00:00', '2026-11-28T10:45:00'],
    ],
    ['59 23 L * *', 24 * 4, ['2026-11-30T23:59:00']],
    ['0 0 16 * * *', 24, ['2026-11-28T16:00:00']],
    ['*/20 * * * *', 1, ['2026-11-27T16:40:00', '2026-11-27T17:00:00', '2026-11-27T17:20:00']],
  ])('%s within %i hours', (cron, hours, expected) => {
    expect(within(cron, hours)).toEqual(expected)
  })
  test('a slot belongs to (after, until]: the minute itself at its end, not at its beginning', () => {
    const at = Temporal.Instant.from('2026-11-27T16:30:00+08:00')
    expect(slots('30 16 * * 5', at.subtract({ seconds: 1 }), at)).toEqual([at])
    expect(slots('30 16 * * 5', at, at.add({ hours: 1 }))).toEqual([])
  })
  test('what is no cron line is refused', () => {
    expect(() => within('every friday', 1)).toThrow(RangeError)
  })
  test('asking again and again leaves nothing behind', () => {
    within('7 7 * * *', 1)
    const before = getTasks().size
    for (let i = 0; i < 50; i++) within('7 7 * * *', 1)
    expect(getTasks().size).toBe(before)
  })
})

test.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'])(
  'a machine in %s has the same slots over its changes of the hour',
  zone => {
    const before = process.env.TZ
    onTestFinished(() => {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    })
    const scheduler = createNodeCron(createQuietLog())
    const days = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']
    for (const cron of ['30 16 * * *', '*/10 * * * *', '0 2 * * 0', '30 23 * * *']) {
      for (const day of days) {
        const middle = Temporal.Instant.from(`${day}T12:00:00+08:00`)
        const near = () =>
          scheduler.slots(cron, middle.subtract({ hours: 36 }), middle.add({ hours: 36 })).map(String)
        process.env.TZ = 'UTC'
        const expected = near()
        process.env.TZ = zone
        expect(near()).toEqual(expected)
      }
    }
  },
)

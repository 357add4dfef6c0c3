import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Feature } from '../../../src/feature.ts'
import { line } from '../../../src/features/line/index.ts'
import { createWorld } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const at = (time: string) => Temporal.Instant.from(`2026-11-28T${time}+08:00`)

/** A watch over a line that is up, beside a feature for which every outage concerns the group g1. */
function open(world = createWorld('2026-11-28T14:00:00+08:00'), receivesNothing = false) {
  const { clock, store } = world
  const outbox = createRecordingOutbox(clock)
  const lesson: Feature = { name: 'lesson', touchedBy: async () => [{ groupId: 'g1', text: '请再签到。' }] }
  const features: Feature[] = [lesson]
  let lastSignAt = clock.now()
  const status = () =>
    ({ name: 'sandbox', state: 'up', note: '线路正常。', since: clock.now(), lastSignAt }) as const
  const watch = line({
    store,
    clock,
    outbox,
    status,
    lines: () => [{ name: '', title: '', view: status(), receivesNothing }],
    reconnect: () => {},
    features: () => features,
  })
  features.push(watch.feature)

  /** Moves the clock, and runs what looks at it. */
  async function forward(duration: Temporal.DurationLike) {
    clock.forward(duration)
    if (!receivesNothing) lastSignAt = clock.now()
    for (const sweep of watch.feature.sweeps ?? []) await sweep.run(clock.now())
  }
  async function outage(seconds: number) {
    watch.onDisconnected(clock.now(), 'broken')
    await forward({ seconds })
    watch.onReconnected(clock.now())
  }
  const recorded = async () =>
    (await watch.outages.between(at('00:00:00'), at('23:59:59'))).map(({ from, to, how }) => [
      from.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString(),
      to?.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString(),
      how,
    ])
  return { world, watch, outbox, forward, outage, recorded }
}

test('an outage is recorded while it lasts and when it is over, with the first cause', async () => {
  const { watch, forward, recorded } = open()
  watch.onDisconnected(at('14:00:00'), 'silent')
  watch.onDisconnected(at('14:00:30'), 'broken')
  expect(await recorded()).toEqual([['14:00:00', undefined, 'silent']])
  await forward({ minutes: 3 })
  watch.onReconnected(at('14:03:00'))
  expect(await recorded()).toEqual([['14:00:00', '14:03:00', 'silent']])
  expect(await watch.outages.between(at('14:02:00'), at('14:02:30'))).toHaveLength(1)
  expect(await watch.outages.between(at('14:03:01'), at('14:10:00'))).toEqual([])
})

test('three short outages within a few minutes are one notice, when the line has been good for two', async () => {
  const { outbox, forward, outage } = open()
  for (let n = 0; n < 3; n++) {
    await outage(20)
    await forward({ seconds: 70 })
  }
  expect(outbox.posted).toEqual([])
  await forward({ minutes: 2 })
  await forward({ minutes: 2 })
  expect(outbox.toGroup('g1')).toEqual([
    '14:00 左右、14:01 左右、14:03 左右我断线了，这段时间群里说的话我没听到。请再签到。',
  ])
})

test('no one is told during another outage', async () => {
  const { world, watch, outbox, forward, outage } = open()
  await outage(180)
  watch.onDisconnected(world.clock.now(), 'broken')
  await forward({ minutes: 5 })
  expect(outbox.posted).toEqual([])
  watch.onReconnected(world.clock.now())
  await forward({ minutes: 2 })
  expect(outbox.toGroup('g1')).toEqual([expect.stringContaining('14:00–14:03、14:03–14:08我断线了')])
})

test('an outage that concerned no one is told to no one, then or later', async () => {
  const { watch, outbox, outage, forward } = open()
  const features = watch.feature
  expect(await features.touchedBy?.({ from: at('14:00:00'), to: at('14:01:00'), how: 'broken' })).toEqual([])
  await outage(60)
  await forward({ minutes: 2 })
  expect(outbox.posted.every(({ target }) => 'groupId' in target && target.groupId === 'g1')).toBe(true)
})

test('a group in which a reply was lost is asked to ask again', async () => {
  const { watch, outbox, forward, world } = open()
  watch.onDisconnected(world.clock.now(), 'broken')
  await forward({ seconds: 40 })
  watch.onReplyFailed({ groupId: 'g2' })
  watch.onReplyFailed({ personId: 'zhangwei' })
  watch.onReconnected(world.clock.now())
  await forward({ minutes: 2 })
  expect(outbox.toGroup('g2')).toEqual([expect.stringContaining('刚才问我没得到回答的，请再 @ 我问一次。')])
})

test('a message that could not be had is no silence: its moment is recorded, and its group told in other words', async () => {
  const { watch, outbox, forward, recorded } = open()
  await forward({ seconds: 5 })
  watch.onMessageLost(at('14:00:00'))
  expect(await recorded()).toEqual([['14:00:00', '14:00:05', 'unread']])
  await forward({ minutes: 2 })
  expect(outbox.toGroup('g1')).toEqual(['14:00 左右群里有话我没收到。请再签到。'])
})

test('a message that could not be fetched during an outage adds nothing', async () => {
  const { watch, recorded } = open()
  watch.onDisconnected(at('14:00:00'), 'silent')
  watch.onMessageLost(at('14:00:01'))
  expect(await recorded()).toEqual([['14:00:00', undefined, 'silent']])
})

test('a notice that went out is not posted again after a restart', async () => {
  const first = open()
  await first.outage(60)
  await first.forward({ minutes: 2 })
  expect(first.outbox.posted).toHaveLength(1)
  const { store } = first.world
  const second = open({ ...first.world, store })
  await second.watch.feature.start?.()
  second.watch.onReconnected(first.world.clock.now())
  await second.forward({ minutes: 5 })
  const keys = [...first.outbox.posted, ...second.outbox.posted].map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

test('after a kill the outage lasts from the last message until the line is up again', async () => {
  const { world, forward } = open()
  await forward({ seconds: 15 })
  world.clock.forward({ minutes: 10 })
  const { watch, recorded } = open(world)
  await watch.feature.start?.()
  expect(await recorded()).toEqual([['14:00:15', undefined, 'stopped']])
  world.clock.forward({ seconds: 5 })
  watch.onReconnected(world.clock.now())
  expect(await recorded()).toEqual([['14:00:15', '14:10:20', 'stopped']])
})

test('a line that only sends misses nothing: it has no outages', async () => {
  const first = open(undefined, true)
  first.watch.onReconnected(at('14:00:00'))
  first.watch.onDisconnected(at('14:00:00'), 'broken')
  await first.forward({ hours: 3 })
  const { watch, recorded } = open(first.world, true)
  first.world.clock.forward({ seconds: 20 })
  await watch.feature.start?.()
  expect(await recorded()).toEqual([])
})

test('an outage that a kill interrupted goes on, and is one', async () => {
  const { world, watch, forward } = open()
  watch.onDisconnected(world.clock.now(), 'silent')
  await forward({ seconds: 30 })
  const second = open(world)
  await second.watch.feature.start?.()
  world.clock.forward({ minutes: 4 })
  second.watch.onReconnected(world.clock.now())
  expect(await second.recorded()).toEqual([['14:00:00', '14:04:30', 'silent']])
})

test('a clock that was put back while nothing ran leaves no outage open, and the new one is recorded', async () => {
  const { world, watch } = open(createWorld('2026-11-28T15:00:00+08:00'))
  watch.onReconnected(at('15:00:00'))
  watch.onDisconnected(at('15:00:00'), 'stopped')
  await watch.feature.stop?.()
  const earlier = createWorld('2026-11-28T14:30:00+08:00')
  const second = open({ ...earlier, store: world.store })
  await second.watch.feature.start?.()
  second.watch.onReconnected(at('14:30:20'))
  expect(await second.recorded()).toEqual([
    ['14:30:00', '14:30:20', 'stopped'],
    ['15:00:00', '15:00:00', 'stopped'],
  ])
})

test('a clock that was put back charges nothing to what was heard before an older gap', async () => {
  const { world, watch } = open(createWorld('2026-11-28T10:00:00+08:00'))
  watch.onReconnected(at('10:00:00'))
  watch.onDisconnected(at('10:05:00'), 'silent')
  watch.onReconnected(at('10:06:00'))
  watch.onReconnected(at('16:00:00'))
  await watch.feature.stop?.()
  const second = open({ ...createWorld('2026-11-28T14:00:00+08:00'), store: world.store })
  await second.watch.feature.start?.()
  second.watch.onReconnected(at('14:00:20'))
  expect(await second.recorded()).toEqual([
    ['10:05:00', '10:06:00', 'silent'],
    ['14:00:00', '14:00:20', 'stopped'],
  ])
})

test('a clock that is put back during an outage makes none that ends before it begins', async () => {
  const { watch, recorded } = open()
  watch.onDisconnected(at('14:00:00'), 'silent')
  watch.onReconnected(at('13:00:10'))
  expect(await recorded()).toEqual([['14:00:00', '14:00:00', 'silent']])
})

test('on the very first start nothing was missed', async () => {
  const { watch, recorded } = open()
  await watch.feature.start?.()
  expect(await recorded()).toEqual([])
})

test('a store that refuses for a while loses no gap', async () => {
  const world = createWorld('2026-11-28T14:00:00+08:00')
  let isFull = true
  const store: typeof world.store = {
    ...world.store,
    collection(name, schema, migrations) {
      const real = world.store.collection(name, schema, migrations)
      return {
        ...real,
        async update(key, change) {
          if (isFull) throw new Error('no room')
          return real.update(key, change)
        },
      }
    },
  }
  const { watch, forward, recorded } = open({ ...world, store })
  watch.onDisconnected(at('14:00:00'), 'silent')
  watch.onReconnected(at('14:01:00'))
  await expect(forward({ seconds: 10 })).rejects.toThrow('no room')
  isFull = false
  await forward({ seconds: 10 })
  expect(await recorded()).toEqual([['14:00:00', '14:01:00', 'silent']])
})

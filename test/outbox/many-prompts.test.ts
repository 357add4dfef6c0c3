import { expect, test } from 'vitest'
import { sentMessages } from '../../src/outbox/privacy.ts'
import type { Collection, Store } from '../../src/ports/store.ts'
import { createWorld } from '../conversation.ts'
import { openOutbox, pass, settle } from './world.ts'

/** The same records; counts the calls under way at a time, each of which takes some turns of the event loop. */
function slowStore(store: Store) {
  const most = new Map<string, number>()
  const opened: Store = {
    ...store,
    collection<T>(...[name, ...others]: Parameters<typeof store.collection<T>>): Collection<T> {
      const records = store.collection<T>(name, ...others)
      const counted = counterOf(name)
      return {
        get: key => counted('get', () => records.get(key)),
        list: prefix => counted('list', () => records.list(prefix)),
        update: (key, change) => counted('update', () => records.update(key, change)),
      }
    },
  }

  function counterOf(name: string) {
    const underWay = new Map<string, number>()
    return async <R>(act: string, work: () => Promise<R>): Promise<R> => {
      const now = (underWay.get(act) ?? 0) + 1
      underWay.set(act, now)
      most.set(`${name} ${act}`, Math.max(now, most.get(`${name} ${act}`) ?? 0))
      try {
        await settle()
        return await work()
      } finally {
        underWay.set(act, (underWay.get(act) ?? 0) - 1)
      }
    }
  }
  return { store: opened, most }
}

/** A world in which this number of prompts went out, each a broadcast of its own. */
async function afterPrompts(count: number) {
  const world = createWorld('2026-11-30T09:00:00+08:00')
  const { outbox, posting } = openOutbox(world)
  await outbox.post(
    Array.from({ length: count }, (_, i) =>
      posting(`prompt-${i}`, `p${i}`, { target: { personId: `p${i}` }, kind: 'prompt' }),
    ),
  )
  await outbox.start()
  await pass(world, count * 5)
  await outbox.stop()
  return world
}

const prompts = 60

test('a start reads what is open side by side, a few at a time', async () => {
  const world = await afterPrompts(prompts)
  const { store, most } = slowStore(world.store)
  const { outbox } = openOutbox(world, { store })
  await outbox.start()
  await outbox.stop()
  for (const act of ['deliveries list', 'outbox-contents get']) {
    expect(most.get(act)).toBeGreaterThan(8)
    expect(most.get(act)).toBeLessThanOrEqual(32)
  }
})

test('a start closes what is over at once: one write, not one for each', async () => {
  const world = await afterPrompts(prompts)
  world.clock.forward({ hours: 48 })
  const { store, most } = slowStore(world.store)
  const { outbox } = openOutbox(world, { store })
  await outbox.start()
  await outbox.stop()
  expect(most.get('outbox-open update')).toBe(prompts)
})

test('texts whose time is over are deleted side by side, a few at a time', async () => {
  const world = await afterPrompts(prompts)
  world.clock.forward({ hours: 24 * 91 })
  const { store, most } = slowStore(world.store)
  const [job] = sentMessages({ ...world, store, keepDays: 90 }).jobs ?? []
  await job?.run({ key: 'today', at: world.clock.now() })
  for (const act of ['deliveries update', 'outbox-contents update']) {
    expect(most.get(act)).toBeGreaterThan(4)
    expect(most.get(act)).toBeLessThanOrEqual(16)
  }
  const { outbox } = openOutbox(world)
  expect(await outbox.deliveries('prompt-0')).toEqual([])
})

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openContents, openDeliveries } from '../../src/outbox/ledger/records.ts'
import { sentMessages } from '../../src/outbox/privacy.ts'
import type { Store } from '../../src/ports/store.ts'
import { createStoreFolder, type StoreFolder } from '../adapters/store-folder.ts'
import { createWorld, type World } from '../conversation.ts'
import { later, openOutbox, pass, settle } from './world.ts'

const count = 60
let place: StoreFolder
beforeEach(() => {
  place = createStoreFolder()
})
afterEach(() => place.dispose())

const promptsOf = ({ posting }: Pick<ReturnType<typeof openOutbox>, 'posting'>, from = 0, until = count) =>
  Array.from({ length: until - from }, (_, i) => {
    const person = `p${from + i}`
    return posting(`prompt-${from + i}`, person, { target: { personId: person }, kind: 'prompt' })
  })

/** A world in which this number of prompts went out, each a broadcast of its own. */
async function afterPrompts() {
  const opened = openOutbox(createWorld('2026-11-30T09:00:00+08:00'))
  const { world } = opened
  await opened.outbox.post(promptsOf(opened))
  await opened.outbox.start()
  await pass(world, count * 5)
  return opened
}

const privacyOf = (world: World) => sentMessages({ ...world, keepDays: 90 })
async function run(world: World, name: string) {
  const { jobs = [] } = privacyOf(world)
  await jobs.find(job => job.name === name)?.run({ key: 'today', at: world.clock.now() })
}
const compact = (world: World) => run(world, 'sent-compaction')

/** Keys by collection, as the store keeps them. */
async function keysIn(store: Store, ...names: string[]): Promise<string[]> {
  const lists = await Promise.all(names.map(name => store.collection(name, z.unknown()).list('')))
  return lists.flat().map(({ key }) => key)
}

test('prompts that are over for two days move together; what is open or was a broadcast stays', async () => {
  const { world, outbox, posting } = await afterPrompts()
  await outbox.post([posting('digest-1', '甲')])
  await pass(world, 10)
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toHaveLength(count + 1)
  world.clock.forward({ hours: 49 })
  const before = world.said.length
  await outbox.post(promptsOf({ posting }, 1000, 1001))
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toEqual(['digest-1/甲', 'prompt-1000/p1000'])
  const texts = await keysIn(world.store, 'outbox-contents')
  expect(texts.map(key => key.split('/')[0])).toEqual(['digest-1', 'prompt-1000'])
  const delivered = await outbox.deliveries('prompt-7')
  expect(delivered.map(({ key, state }) => [key, state])).toEqual([['prompt-7/p7', 'sent']])
  // Posted again, it is the same delivery.
  await outbox.post(promptsOf({ posting }, 7, 8))
  await pass(world, 30)
  expect(world.said.slice(before).map(({ reply }) => reply.text)).toEqual(['prompt-1000 → p1000'])
})

test('a prompt that ended a moment ago moves only after two days', async () => {
  const opened = openOutbox(createWorld('2026-11-30T09:00:00+08:00'))
  const { world, outbox } = opened
  await outbox.post(promptsOf(opened, 0, 1))
  await outbox.cancel('prompt-0')
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toEqual(['prompt-0/p0'])
  world.clock.forward({ hours: 49 })
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toEqual([])
  expect((await outbox.deliveries('prompt-0')).map(({ state }) => state)).toEqual(['cancelled'])
})

test('one that moved can be sent again, also after a restart', async () => {
  const world = createWorld('2026-11-30T09:00:00+08:00')
  const first = openOutbox(world)
  const [prompt] = promptsOf(first, 0, 1)
  if (!prompt) return
  await first.outbox.post([{ ...prompt, notAfter: world.clock.now() }])
  world.clock.forward({ minutes: 1 })
  await first.outbox.start()
  await pass(world, 5)
  world.clock.forward({ hours: 49 })
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toEqual([])
  await first.outbox.stop()
  const again = { from: 'failed' as const, by: '陈姐', notAfter: later(world) }
  expect(await first.outbox.resend([prompt.key], again)).toHaveLength(1)
  const second = openOutbox(world)
  await second.outbox.start()
  await pass(world, 30)
  expect(second.texts()).toEqual(['prompt-0 → p0'])
  expect(await second.states('prompt-0')).toEqual(['p0 sent'])
})

test('what moved is shown and erased with the rest, and forgotten in its time', async () => {
  const { world } = await afterPrompts()
  world.clock.forward({ hours: 49 })
  await compact(world)
  const person = { memberId: 'm7', chatIds: ['p7'], names: ['林小美'] }
  const personal = privacyOf(world).personal
  expect((await personal?.kept(person))?.join()).toContain('prompt-7 → p7')
  await personal?.forget(person, '已删除')
  const everywhere = ['deliveries', 'deliveries-over', 'outbox-contents', 'outbox-contents-over']
  const left = await keysIn(world.store, ...everywhere)
  expect(left).toHaveLength(2 * count - 2)
  expect(left.filter(key => key.includes('prompt-7/'))).toEqual([])
  world.clock.forward({ hours: 24 * 90 })
  await run(world, 'sent-retention')
  expect(await keysIn(world.store, ...everywhere)).toEqual([])
})

test('a move that a crash cut short counts as not begun, and is finished the next time', async () => {
  const { world } = await afterPrompts()
  world.clock.forward({ hours: 49 })
  await compact(world)
  const [moved] = await keysIn(world.store, 'deliveries-over')
  const key = (moved ?? '').slice(3)
  const over = world.store.collection<Record<string, unknown>>(
    'deliveries-over',
    z.record(z.string(), z.unknown()),
  )
  const record = await over.get(moved ?? '')
  await world.store
    .collection<Record<string, unknown>>('deliveries', z.record(z.string(), z.unknown()))
    .update(key, () => ({ ...record, state: 'confirmed' }))
  expect((await openDeliveries(world.store).get(key))?.state).toBe('confirmed')
  await compact(world)
  expect(await keysIn(world.store, 'deliveries')).toEqual([])
  expect((await openDeliveries(world.store).get(key))?.state).toBe('confirmed')
  expect(await openDeliveries(world.store).list('')).toHaveLength(count)
})

test.each([
  [
    'erased',
    (world: World) =>
      privacyOf(world).personal?.forget({ memberId: 'm7', chatIds: ['p7'], names: ['林小美'] }, '已删除'),
  ],
  [
    'forgotten in its time',
    async (world: World) => {
      world.clock.forward({ hours: 24 * 90 })
      await run(world, 'sent-retention')
    },
  ],
])('what a crash left in both places while it moved is %s in both', async (_, forget) => {
  const { world } = await afterPrompts()
  world.clock.forward({ hours: 49 })
  await compact(world)
  const anything = z.record(z.string(), z.unknown())
  for (const name of ['deliveries', 'outbox-contents']) {
    const over = world.store.collection<Record<string, unknown>>(`${name}-over`, anything)
    const own = world.store.collection<Record<string, unknown>>(name, anything)
    for (const { key, value } of await over.list(''))
      if (key.includes('prompt-7/')) await own.update(key.slice(3), () => value)
  }
  const everywhere = ['deliveries', 'deliveries-over', 'outbox-contents', 'outbox-contents-over']
  const theirs = async () =>
    (await keysIn(world.store, ...everywhere)).filter(key => key.includes('prompt-7/'))
  expect(await theirs()).toHaveLength(4)
  await forget(world)
  expect(await theirs()).toEqual([])
})

test('what is erased or changed while it moves stays erased and changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async s => {
      const world = createWorld('2026-11-30T09:00:00+08:00')
      const { outbox, posting, states } = openOutbox(world)
      const ids = ['a', 'b', 'c']
      await outbox.post(
        ids.map(id => posting(id, id, { kind: 'prompt', target: { personId: id }, notAfter: later(world) })),
      )
      await outbox.cancel('a')
      await outbox.cancel('b')
      world.clock.forward({ hours: 49 })
      const store: Store = {
        ...world.store,
        collection(name, schema, ...more) {
          const records = world.store.collection(name, schema, ...more)
          return {
            get: key => s.schedule(records.get(key)),
            list: (prefix, options) => s.schedule(records.list(prefix, options)),
            update: (key, change) => s.schedule(Promise.resolve()).then(() => records.update(key, change)),
          }
        },
      }
      const slow = { ...world, store }
      const acts = [
        compact(slow),
        privacyOf(slow).personal?.forget({ memberId: 'm', chatIds: ['a'], names: ['甲'] }, '已删除'),
        openDeliveries(store).update('b/b', now => now && { ...now, reason: '改过' }),
        compact(slow),
      ]
      await s.waitFor(Promise.all(acts))
      const all = ['deliveries', 'deliveries-over', 'outbox-contents', 'outbox-contents-over']
      expect((await keysIn(world.store, ...all)).filter(key => /(?:^|\/)a\//.test(key))).toEqual([])
      expect((await openDeliveries(world.store).get('b/b'))?.reason).toBe('改过')
      expect(await states('b')).toEqual(['b cancelled'])
      expect(await openContents(world.store).list('b/')).toHaveLength(1)
    }),
    { numRuns: 200 },
  )
})

test('records of an older program move after a call for a backup; a damaged common file stops no message', async () => {
  const world = createWorld('2026-11-30T09:00:00+08:00')
  const before = { ...world, store: await place.reopen() }
  const opened = openOutbox(before)
  await opened.outbox.post(promptsOf(opened, 0, 8))
  for (let i = 0; i < 8; i++) await opened.outbox.cancel(`prompt-${i}`)
  await before.store.close()
  for (const name of readdirSync(join(place.folder, 'deliveries'))) {
    const file = join(place.folder, 'deliveries', name)
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"version":2', '{"version":1'))
  }
  world.clock.forward({ hours: 49 })
  const migrated: string[] = []
  const beforeMigration = async (name: string) => void migrated.push(name)
  const store = await place.reopen({ beforeMigration })
  const now = { ...world, store }
  await compact(now)
  expect(new Set(migrated)).toEqual(new Set(['deliveries']))
  expect(readdirSync(join(place.folder, 'deliveries'))).toEqual([])
  expect(readdirSync(join(place.folder, 'outbox-contents'))).toEqual([])
  for (const name of readdirSync(join(place.folder, 'deliveries-over')))
    writeFileSync(join(place.folder, 'deliveries-over', name), '{')
  const again = openOutbox({ ...now, store: await place.reopen({ beforeMigration }) })
  await again.outbox.post(promptsOf(again, 1000, 1003))
  await again.outbox.start()
  await expect
    .poll(async () => {
      await pass(world, 1, 1000)
      await settle()
      return world.said.length
    })
    .toBe(3)
  expect(place.alarmTexts().join()).toContain('先从空的开始')
  await again.outbox.stop()
})

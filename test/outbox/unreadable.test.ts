import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createOutbox } from '../../src/outbox/index.ts'
import type { Collection, Store } from '../../src/ports/store.ts'
import { createWorld, type World } from '../conversation.ts'
import { openOutbox, pace, pass, surroundings } from './world.ts'

/** A world over a folder, and ways to live in it once more. */
function createPlace() {
  const world = createWorld()
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const live = async (act: (outbox: ReturnType<typeof createOutbox>, store: Store) => Promise<void>) => {
    const store = await openLowdbStore({ folder, alarms: world.alarms, log: world.log, clock: world.clock })
    const outbox = createOutbox({ ...world, ...surroundings, store, pace })
    await act(outbox, store)
    await outbox.stop()
    await store.close()
  }
  const posting = (group: string) => ({
    key: `a-${group}/${group}`,
    target: { groupId: group },
    kind: 'broadcast' as const,
    reply: { text: group },
    notAfter: world.clock.now().add({ hours: 2 }),
  })
  /** Both copies of the first shard of a collection, or of the one of these words. */
  const copiesOf = (collection: string, words = '') => {
    const [name = ''] = readdirSync(join(folder, collection)).filter(one => one.includes(words))
    const path = join(folder, collection, name.replace('.bak', ''))
    return [path, `${path}.bak`]
  }
  const alarms = () =>
    world.alarms
      .list()
      .map(({ text }) => text)
      .join('\n')
  return { world, live, posting, copiesOf, alarms }
}

/** The store is on a disk: the clock moves until this number of messages is out. */
async function passUntilSaid(world: World, count: number) {
  await expect
    .poll(async () => {
      await pass(world, 1, 1000)
      return world.said.length
    })
    .toBe(count)
}

const damages = {
  'cut to nothing': '',
  'cut in the middle': '{"version":1,"records":{\n"open/a',
  'of other bytes': new Uint8Array([0xff, 0xfe, 0x00]),
}

test.each(Object.entries(damages))(
  'what is due goes out although the list of open broadcasts is %s in both copies',
  async (_, bytes) => {
    const { world, live, posting, copiesOf } = createPlace()
    await live(outbox => outbox.post([posting('jia'), posting('yi')]))
    for (const file of copiesOf('outbox-open')) writeFileSync(file, bytes)
    await live(async outbox => {
      await outbox.start()
      await passUntilSaid(world, 2)
    })
    await live(async outbox => {
      await outbox.start()
      await pass(world, 30, 1000)
    })
    expect(world.said).toHaveLength(2)
  },
)

test('a message whose text cannot be read waits by itself; the others go, and it goes when it can be read', async () => {
  const { world, live, posting, copiesOf, alarms } = createPlace()
  await live(outbox => outbox.post(['jia', 'yi', 'bing'].map(posting)))
  const copies = copiesOf('outbox-contents', 'jia')
  const whole = readFileSync(copies[0] ?? '', 'utf8')
  // Written by a newer program: the file is whole, and stays where it is.
  for (const file of copies) writeFileSync(file, whole.replace('"version":1', '"version":99'))
  await live(async outbox => {
    await outbox.start()
    await passUntilSaid(world, 2)
    expect(alarms()).toContain('给「jia」的消息读不出来，先不发，别的照常发')
    expect(alarms()).not.toContain('磁盘空间')
    expect((await outbox.cards()).map(({ reply }) => reply.text)).toEqual([])
    for (const file of copies) writeFileSync(file, whole)
    await passUntilSaid(world, 3)
    expect(alarms()).not.toContain('读不出来')
  })
})

/** The same records; those of one broadcast cannot be read while `isBroken`. */
function breakable(store: Store, broadcast: string) {
  const state = { isBroken: false }
  const opened: Store = {
    ...store,
    collection<T>(...[name, ...others]: Parameters<typeof store.collection<T>>): Collection<T> {
      const records = store.collection<T>(name, ...others)
      const unlessBroken = async <R>(key: string, act: () => Promise<R>): Promise<R> => {
        if (state.isBroken && name === 'deliveries' && key.startsWith(`${broadcast}/`))
          throw new Error('EIO: i/o error, read')
        return act()
      }
      return {
        get: key => unlessBroken(key, () => records.get(key)),
        list: (prefix, options) => unlessBroken(prefix, () => records.list(prefix, options)),
        update: (key, change) => unlessBroken(key, () => records.update(key, change)),
      }
    },
  }
  return { store: opened, state }
}

test('a message whose record cannot be read any more waits by itself, and expires when it can be read', async () => {
  const world = createWorld()
  const { store, state } = breakable(world.store, 'b')
  const { outbox, posting, states } = openOutbox(world, { store })
  const soon = world.clock.now().add({ minutes: 5 })
  await outbox.post([posting('b', '甲', { notAfter: soon }), posting('a', '乙'), posting('c', '丙')])
  await outbox.pause('先停一停')
  await outbox.start()
  state.isBroken = true
  await outbox.resume()
  await pass(world, 20)
  expect(world.said.map(({ reply }) => reply.text)).toEqual(['a → 乙', 'c → 丙'])
  const alarms = () => world.alarms.list().map(({ text }) => text)
  expect(alarms()).toEqual([expect.stringContaining('给「甲」的消息读不出来')])
  await pass(world, 10 * 60, 5000)
  expect(outbox.status().waiting).toBe(1)
  state.isBroken = false
  await pass(world, 2 * 60, 1000)
  expect(await states('b')).toEqual(['甲 expired'])
  expect(alarms()).toEqual([])
  await outbox.stop()
})

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Disk, nodeDisk } from '../../src/adapters/lowdb/index.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import type { Migration } from '../../src/ports/store.ts'
import { createStoreFolder, type StoreFolder } from './store-folder.ts'
import { type OpenedStore, oddKeys, storeSuite } from './store-suite.ts'

async function memory(): Promise<OpenedStore> {
  const store = createMemoryStore()
  return { store, dispose: () => store.close() }
}

async function lowdb(): Promise<OpenedStore> {
  const place = createStoreFolder()
  return { store: await place.open(), dispose: place.dispose }
}

/** Every record is history, which is let go of all the time. */
async function forgetful(): Promise<OpenedStore> {
  const place = createStoreFolder()
  const store = await place.open({ evictAfterMs: 1 })
  return {
    store: {
      ...store,
      collection: (name, schema, migrations) =>
        store.collection(name, schema, migrations, { isHistory: true }),
    },
    dispose: place.dispose,
  }
}

for (const open of [memory, lowdb, forgetful]) describe(`the ${open.name} store`, () => storeSuite(open))

const Counter = z.object({ count: z.int() })

describe('the lowdb store on its disk', () => {
  let place: StoreFolder
  beforeEach(() => {
    place = createStoreFolder()
  })
  afterEach(() => place.dispose())

  test('has everything after a restart, whatever the key', async () => {
    const before = (await place.open()).collection('counters', Counter)
    await Promise.all(oddKeys.map((key, n) => before.update(key, () => ({ count: n }))))
    const after = (await place.reopen()).collection('counters', Counter)
    for (const [n, key] of oddKeys.entries()) expect(await after.get(key)).toEqual({ count: n })
    await place.reopen()
    const listed = await (await place.reopen()).collection('counters', Counter).list('')
    expect(listed.map(({ key }) => key)).toEqual([...oddKeys].sort())
    expect(place.alarmTexts()).toEqual([])
  })

  test('lets go of a history that nobody touches, and of nothing else', async () => {
    const store = await place.open({ evictAfterMs: 20 })
    const [history, present] = ['history', 'present'].map(name =>
      store.collection(name, Counter, [], { isHistory: name === 'history' }),
    )
    for (const one of [history, present]) await one?.update('lesson/mei', () => ({ count: 1 }))
    for (const name of ['history', 'present']) {
      const file = join(place.folder, `${name}/lesson.json`)
      // As a person repairs it: without the checksum.
      const text = readFileSync(file, 'utf8').replace(/"checksum":"\w+",/, '')
      writeFileSync(file, text.replace('"count":1', '"count":2'))
    }
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(await history?.get('lesson/mei')).toEqual({ count: 2 })
    expect(await present?.get('lesson/mei')).toEqual({ count: 1 })
    expect(await history?.update('lesson/mei', now => now && { count: now.count + 1 })).toEqual({ count: 3 })
  })

  test('puts each shard into a file of its own, with a name that every system takes', async () => {
    const counters = (await place.open()).collection('counters', Counter)
    await Promise.all(oddKeys.map(key => counters.update(key, () => ({ count: 1 }))))
    const shards = new Set(oddKeys.map(key => key.split('/')[0]))
    const names = readdirSync(join(place.folder, 'counters'))
    expect(names.filter(name => name.endsWith('.json'))).toHaveLength(shards.size)
    for (const name of names) expect(name).toMatch(/^(?!(con|nul)\.)[a-z0-9_%-]{1,160}\.json(\.bak)?$/)
  })

  test('writes a file that people can read, one record a line, and its backup the same', async () => {
    const counters = (await place.open()).collection('counters', Counter)
    await counters.update('lesson/mei', () => ({ count: 1 }))
    await counters.update('lesson/王', () => ({ count: 2 }))
    const file = join(place.folder, 'counters/lesson.json')
    expect(readFileSync(file, 'utf8')).toMatch(
      /^\{"version":1,"checksum":"[0-9a-f]{16}","records":\{\n"lesson\/mei":\{"count":1\},\n"lesson\/王":\{"count":2\}\n\}\}\n$/,
    )
    expect(readFileSync(`${file}.bak`)).toEqual(readFileSync(file))
  })

  test('close waits for what was asked for, and takes nothing more', async () => {
    const store = await place.open()
    const counters = store.collection('counters', Counter)
    const burst = Array.from({ length: 100 }, (_, n) =>
      counters.update(`s${n % 10}/${n}`, () => ({ count: n })),
    )
    await store.close()
    await expect(counters.update('late/1', () => ({ count: 1 }))).rejects.toThrow('数据已经关闭')
    await expect(counters.get('s0/0')).rejects.toThrow('数据已经关闭')
    await Promise.all(burst)
    const again = (await place.open()).collection('counters', Counter)
    expect(await again.list('')).toHaveLength(100)
  })

  test('acknowledges when both files are down, then named, and the names are down too', async () => {
    const steps: string[] = []
    const nameOf = (path: string) => path.slice(place.folder.length + 1)
    const disk: Disk = {
      async write(path, bytes) {
        await nodeDisk.write(path, bytes)
        steps.push(`write ${nameOf(path)}`)
      },
      async rename(from, to) {
        steps.push(`rename ${nameOf(to)}`)
        await nodeDisk.rename(from, to)
      },
      async syncFolder(path) {
        await nodeDisk.syncFolder(path)
        steps.push(`sync ${nameOf(path)}`)
      },
    }
    const counters = (await place.open({ disk })).collection('counters', Counter)
    const count = async (n: number) => {
      await counters.update('a/1', () => ({ count: n }))
      steps.push(`acknowledged ${n}`)
    }
    await count(1)
    await count(2)
    const writes = ['write counters/a.json.bak.tmp', 'write counters/a.json.tmp']
    // The two are written at the same time.
    const inOrder = [steps[0], ...steps.slice(1, 3).sort(), ...steps.slice(3, 7), ...steps.slice(7, 9).sort()]
    expect([...inOrder, ...steps.slice(9)]).toEqual([
      ...['sync ', ...writes, 'rename counters/a.json', 'rename counters/a.json.bak', 'sync counters'],
      'acknowledged 1',
      ...[...writes, 'rename counters/a.json.bak', 'rename counters/a.json', 'sync counters'],
      'acknowledged 2',
    ])
  })

  test('an update that changes nothing writes nothing', async () => {
    let writes = 0
    const write: Disk['write'] = (path, bytes) => {
      writes += 1
      return nodeDisk.write(path, bytes)
    }
    const disk = { ...nodeDisk, write }
    const counters = (await place.open({ disk })).collection('counters', Counter)
    await counters.update('slot/1', now => now ?? { count: 1 })
    const afterClaim = writes
    await counters.update('slot/1', now => now ?? { count: 2 })
    expect([afterClaim, writes]).toEqual([2, 2])
  })
})

describe('a schema that has moved on', () => {
  const Named = z.object({ name: z.string(), count: z.int() })
  const migrations: Migration[] = [
    old => ({ ...(old as object), name: '' }),
    old => ({ ...(old as { name: string }), name: (old as { name: string }).name || '佚名' }),
  ]
  let place: StoreFolder
  let file: string
  beforeEach(async () => {
    place = createStoreFolder()
    file = join(place.folder, 'counters/lesson.json')
    await (await place.open()).collection('counters', Counter).update('lesson/mei', () => ({ count: 1 }))
  })
  afterEach(() => place.dispose())
  const openNamed = async () => (await place.reopen()).collection('counters', Named, migrations)

  test('brings old records up to date, step by step, and writes the new version with the next change', async () => {
    const named = await openNamed()
    expect(await named.list('')).toEqual([{ key: 'lesson/mei', value: { count: 1, name: '佚名' } }])
    await named.update('lesson/wang', () => ({ count: 2, name: '王工' }))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 3,
      checksum: expect.any(String),
      records: { 'lesson/mei': { name: '佚名', count: 1 }, 'lesson/wang': { name: '王工', count: 2 } },
    })
    expect(await (await openNamed()).list('')).toHaveLength(2)
  })

  test('an older program refuses what a newer one wrote, in one sentence, and touches nothing', async () => {
    await (await openNamed()).update('lesson/wang', () => ({ count: 2, name: '王工' }))
    const written = readFileSync(file, 'utf8')
    const old = (await place.reopen()).collection('counters', Counter)
    const sentence = '「counters/lesson」的数据是更新版本的程序写的，请用新版程序打开，不要用旧版继续。'
    await expect(old.get('lesson/mei')).rejects.toThrow(sentence)
    await expect(old.update('lesson/mei', () => ({ count: 9 }))).rejects.toThrow(sentence)
    await place.reopen()
    expect(readFileSync(file, 'utf8')).toBe(written)
  })

  test('a broken migration loses nothing: the file stays as it is until the program is right', async () => {
    const before = readFileSync(file, 'utf8')
    const wrong = (await place.reopen()).collection('counters', Named, [() => ({})])
    await expect(wrong.get('lesson/mei')).rejects.toThrow('都读不出来')
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(await (await openNamed()).get('lesson/mei')).toEqual({ count: 1, name: '佚名' })
  })

  test('a version that is no version is a broken file', async () => {
    writeFileSync(file, '{"version":0,"records":{}}')
    expect(await (await openNamed()).list('')).toHaveLength(1)
  })
})

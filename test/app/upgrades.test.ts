import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { versionsIn } from '../../src/adapters/lowdb/raw.ts'
import { createUpgradeBackup, refusingNewer } from '../../src/app/platform/upgrades.ts'
import { fromBackup } from '../../src/backup/read.ts'
import { readConfig } from '../../src/config.ts'
import type { Migration } from '../../src/ports/store.ts'
import { createStoreFolder, type StoreFolder } from '../adapters/store-folder.ts'

const Before = z.object({ count: z.int() })
const After = z.object({ count: z.int(), name: z.string() })
const migrations: Migration[] = [old => ({ ...(old as object), name: '' })]
let place: StoreFolder
beforeEach(async () => {
  place = createStoreFolder()
  const store = await place.open()
  for (const name of ['counters', 'others'])
    for (const key of ['a/1', 'b/1']) await store.collection(name, Before).update(key, () => ({ count: 1 }))
})
afterEach(() => place.dispose())

/** The next version of the program, on the folder of the former. */
async function upgraded() {
  const config = readConfig({ STATE_DIR: place.folder })
  const store = await place.reopen({
    beforeMigration: createUpgradeBackup({ name: 'main', config }, place.clock),
  })
  return { counters: store.collection('counters', After, migrations), store }
}
const backups = () => readdirSync(join(place.folder, 'backups')).filter(name => name.endsWith('.backup'))

test('a backup of everything is made before the first old record is migrated, and once', async () => {
  const { counters, store } = await upgraded()
  await Promise.all(['a/1', 'b/1'].map(key => counters.update(key, now => now && { ...now, count: 2 })))
  expect(await store.collection('others', After, migrations).get('a/1')).toEqual({ count: 1, name: '' })
  expect(backups()).toEqual(['chuangke-2026-11-28-upgrade-130000.backup'])
  const { shards } = await fromBackup(readFileSync(join(place.folder, 'backups', backups()[0] ?? '')), '')
  expect(shards.map(({ version }) => version)).toEqual([1, 1, 1, 1])
  expect(shards.flatMap(({ records }) => [...records.values()])).toEqual(Array(4).fill('{"count":1}'))
})

test('records that no one has changed since are old at the next start, too, and need no second backup', async () => {
  expect(await (await upgraded()).counters.list('')).toHaveLength(2)
  expect(await (await upgraded()).counters.list('')).toHaveLength(2)
  expect(backups()).toHaveLength(1)
})

test('without disk space for the backup nothing is migrated, and a sentence says what to do', async () => {
  mkdirSync(join(place.folder, 'backups'))
  mkdirSync(join(place.folder, 'backups', 'chuangke-2026-11-28-upgrade-130000.backup', 'in-the-way'), {
    recursive: true,
  })
  const { counters } = await upgraded()
  const changed = counters.update('a/1', now => now && { ...now, count: 2 })
  await expect(changed).rejects.toThrow(/备份没有做成.*请检查/)
  await expect(counters.get('b/1')).rejects.toThrow('备份没有做成')
  expect(place.alarmTexts()).toEqual([
    expect.stringMatching(/^旧格式的记录要先备份再升级，备份没有做成.*请检查/),
  ])
  expect(readFileSync(join(place.folder, 'counters/a.json'), 'utf8')).toContain('"count":1')
  rmSync(join(place.folder, 'backups'), { recursive: true })
  expect(await counters.get('b/1')).toEqual({ count: 1, name: '' })
  expect(place.alarmTexts()).toEqual([])
})

test('a file of an older version that is cut in both copies is set aside, without a backup that could not read it', async () => {
  for (const name of ['a.json', 'a.json.bak'])
    writeFileSync(join(place.folder, 'counters', name), '{"version":1,"checksum":"0123456789abcdef","rec')
  const { counters } = await upgraded()
  expect(await counters.get('a/1')).toBeUndefined()
  expect(place.alarmTexts().join()).toContain('先从空的开始')
  expect(await counters.get('b/1')).toEqual({ count: 1, name: '' })
  expect(backups()).toHaveLength(1)
})

test('the versions of the others are told although a file cannot be read, or a folder stands in its place', async () => {
  const [loop, inTheWay] = ['a.json', 'b.json'].map(name => join(place.folder, 'counters', name))
  for (const file of [loop, inTheWay]) rmSync(file ?? '')
  symlinkSync(loop ?? '', loop ?? '')
  mkdirSync(inTheWay ?? '')
  expect(await versionsIn(place.folder)).toEqual(
    new Map([
      ['counters', 1],
      ['others', 1],
    ]),
  )
})

test('a program that is older than the data refuses to start before it reads or writes any', async () => {
  const { counters } = await upgraded()
  await counters.update('a/1', now => now && { ...now, count: 2 })
  // A file that a person repaired has other spaces.
  writeFileSync(join(place.folder, 'others/a.json'), '{ "version": 1, "records": { "a/1": { "count": 1 } } }')
  const older = refusingNewer(await place.reopen(), await versionsIn(place.folder))
  expect(() => older.collection('counters', Before)).toThrow('请用新版程序打开')
  expect(await older.collection('others', Before).get('a/1')).toEqual({ count: 1 })
})

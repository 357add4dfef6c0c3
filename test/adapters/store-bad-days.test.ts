import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openSetAside } from '../../src/adapters/lowdb/set-aside.ts'
import type { Collection, Store } from '../../src/ports/store.ts'
import { createStoreFolder, type StoreFolder } from './store-folder.ts'

const CheckIn = z.object({ state: z.enum(['present', 'late']) })
type CheckIn = z.infer<typeof CheckIn>

let place: StoreFolder
let file: string
const title = 'check-ins/lesson'
const checkInsOf = (store: Store) => store.collection('check-ins', CheckIn)
const present = (checkIns: Collection<CheckIn>, key: string) =>
  checkIns.update(key, () => ({ state: 'present' }))
const keysOf = async (checkIns: Collection<CheckIn>) => (await checkIns.list('')).map(({ key }) => key)

beforeEach(async () => {
  place = createStoreFolder()
  file = join(place.folder, 'check-ins/lesson.json')
  const checkIns = checkInsOf(await place.open())
  await present(checkIns, 'lesson/mei')
  await present(checkIns, 'lesson/wang')
})
afterEach(() => place.dispose())

/** Whole but for its end, as a disk leaves it that another copy filled up. */
const truncated = '{"version":1,"records":{\n"lesson/mei":{"state":"pre'
const shards = {
  empty: '',
  truncated,
  'broken by hand': '{"version":1,"records":{\n"lesson/mei":{"state":"late"},\n}}\n',
  null: 'null',
  'a list': '[]',
  'full of zeros': '\0'.repeat(64),
  'without version': '{"records":{}}',
  'with a list of records': '{"version":1,"records":[]}',
  'with a record that the schema refuses': '{"version":1,"records":{"lesson/mei":{"state":"缺席"}}}',
  'with a key of another shard': '{"version":1,"records":{"other/mei":{"state":"late"}}}',
}

/** A file as the store writes it, with one byte of a key that is no UTF-8; an older one has no checksum. */
function damaged({ isOlder = false } = {}): Uint8Array {
  const text = readFileSync(file, 'utf8')
  const bytes = Buffer.from(isOlder ? text.replace(/"checksum":"\w+",/u, '') : text)
  bytes[bytes.indexOf('mei')] = 0xff
  return bytes
}

test('bytes that are no UTF-8, and records that are not as written, are found: the backup stays good', async () => {
  const changed = readFileSync(file, 'utf8').replace('present', 'late')
  for (const broken of [damaged(), damaged({ isOlder: true }), changed]) {
    writeFileSync(file, broken)
    const checkIns = checkInsOf(await place.reopen())
    expect(await checkIns.get('lesson/mei')).toEqual({ state: 'present' })
    expect(await keysOf(checkIns)).toEqual(['lesson/mei', 'lesson/wang'])
  }
})

test('a file that the disk cannot read is read from its backup, and written anew', async () => {
  rmSync(file)
  mkdirSync(file)
  const checkIns = checkInsOf(await place.reopen())
  expect(await keysOf(checkIns)).toEqual(['lesson/mei', 'lesson/wang'])
  expect(statSync(file).isFile()).toBe(true)
  expect(place.alarmTexts().join()).toContain('已从备份恢复')
})

test('where the disk can read neither copy nothing is moved, it is said, and it is tried again', async () => {
  const kept = readFileSync(file)
  for (const one of [file, `${file}.bak`]) {
    rmSync(one)
    // A link to itself, which no user can read.
    symlinkSync(one, one)
  }
  const checkIns = checkInsOf(await place.reopen())
  await expect(checkIns.get('lesson/mei')).rejects.toThrow('ELOOP')
  await expect(present(checkIns, 'lesson/li')).rejects.toThrow('ELOOP')
  expect(place.alarmTexts()).toEqual([expect.stringContaining(`数据「${title}」现在读不出来（ELOOP）`)])
  for (const one of [file, `${file}.bak`]) {
    rmSync(one)
    writeFileSync(one, kept)
  }
  expect(await keysOf(checkIns)).toEqual(['lesson/mei', 'lesson/wang'])
  expect(place.alarmTexts()).toEqual([])
})

test('folders in the place of both copies are set aside, and erasing and tidying up pass over them', async () => {
  for (const one of [file, `${file}.bak`]) {
    rmSync(one)
    mkdirSync(join(one, '里面'), { recursive: true })
  }
  const checkIns = checkInsOf(await place.reopen())
  expect(await keysOf(checkIns)).toEqual([])
  expect(place.alarmTexts().join()).toContain('先从空的开始')
  await present(checkIns, 'lesson/li')
  const aside = openSetAside(place.folder)
  await aside.withoutLinesOf(['mei'])
  await aside.removeBefore(Temporal.Instant.from('2027-11-28T06:00:00Z'))
  expect(readdirSync(dirname(file)).sort()).toEqual(['lesson.json', 'lesson.json.bak'])
})

test('a folder that is moved away while the store is open is made anew, with all that is known', async () => {
  const checkIns = checkInsOf(await place.reopen())
  await present(checkIns, 'lesson/chen')
  rmSync(dirname(file), { recursive: true })
  await present(checkIns, 'lesson/lin')
  const kept = checkInsOf(await place.reopen())
  expect(await keysOf(kept)).toEqual(['chen', 'lin', 'mei', 'wang'].map(name => `lesson/${name}`))
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
})

test('a shard whose last record is removed has no file any more', async () => {
  const checkIns = checkInsOf(await place.reopen())
  for (const key of await keysOf(checkIns)) await checkIns.update(key, () => undefined)
  expect(readdirSync(join(place.folder, 'check-ins'))).toEqual([])
  await present(checkIns, 'lesson/li')
  expect(await keysOf(checkInsOf(await place.reopen()))).toEqual(['lesson/li'])
})

test('nobody else on the machine may read it, also where the folder was open to all before', async () => {
  chmodSync(place.folder, 0o755)
  await present(checkInsOf(await place.reopen()), 'lesson/li')
  for (const folder of [place.folder, dirname(file)]) expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

describe('a broken shard', () => {
  test.each(Object.entries(shards))(
    'that is %s starts from its backup, is kept aside and reported',
    async (_, text) => {
      writeFileSync(file, text)
      const checkIns = checkInsOf(await place.reopen())
      expect(await keysOf(checkIns)).toEqual(['lesson/mei', 'lesson/wang'])
      const aside = `${file}.broken-2026-11-28T05-00-00Z`
      expect(readFileSync(aside, 'utf8')).toBe(text)
      expect(place.alarmTexts()).toEqual([
        `数据「${title}」损坏，已从备份恢复，请核对；坏文件另存为 ${aside}。`,
      ])
      expect(place.log.lines[0]).toContain('"shard":"check-ins/lesson"')
      expect(place.log.lines[0]).toContain('starts from its backup')
    },
  )

  test('is healed on the disk at once, and goes on', async () => {
    writeFileSync(file, truncated)
    const checkIns = checkInsOf(await place.reopen())
    await checkIns.get('lesson/mei')
    expect(readFileSync(file)).toEqual(readFileSync(`${file}.bak`))
    await present(checkIns, 'lesson/li')
    const again = checkInsOf(await place.reopen())
    expect(await keysOf(again)).toEqual(['lesson/li', 'lesson/mei', 'lesson/wang'])
    expect(place.alarmTexts()).toHaveLength(1)
  })

  test('loses nothing, not even the last update before it broke', async () => {
    const checkIns = checkInsOf(await place.reopen())
    await Promise.all(Array.from({ length: 60 }, (_, n) => present(checkIns, `lesson/${n}`)))
    await present(checkIns, 'lesson/the-last')
    await place.reopen()
    writeFileSync(file, truncated)
    expect(await keysOf(checkInsOf(await place.reopen()))).toHaveLength(63)
  })

  test('does no harm to its neighbours', async () => {
    await present(checkInsOf(await place.reopen()), 'other/mei')
    writeFileSync(file, truncated)
    writeFileSync(`${file}.bak`, truncated)
    const checkIns = checkInsOf(await place.reopen())
    expect(await checkIns.get('lesson/mei')).toBeUndefined()
    expect(await checkIns.get('other/mei')).toEqual({ state: 'present' })
  })

  test('that was taken away comes back from its backup', async () => {
    rmSync(file)
    expect(await keysOf(checkInsOf(await place.reopen()))).toEqual(['lesson/mei', 'lesson/wang'])
    expect(place.alarmTexts()[0]).toContain('原文件不见了')
  })

  test('whose backup alone is broken is no trouble, and the next update makes the backup good', async () => {
    writeFileSync(`${file}.bak`, truncated)
    await present(checkInsOf(await place.reopen()), 'lesson/li')
    expect(readFileSync(file)).toEqual(readFileSync(`${file}.bak`))
    expect(place.alarmTexts()).toEqual([])
  })

  test('whose backup is broken too is set aside, said, and goes on empty', async () => {
    writeFileSync(file, truncated)
    writeFileSync(`${file}.bak`, '')
    const checkIns = checkInsOf(await place.reopen())
    await present(checkIns, 'lesson/li')
    expect(await keysOf(checkIns)).toEqual(['lesson/li'])
    const time = 'broken-2026-11-28T05-00-00Z'
    expect(place.alarmTexts()[0]).toContain(`数据「${title}」和它的备份都读不出来，先从空的开始`)
    expect(readFileSync(`${file}.${time}`, 'utf8')).toBe(truncated)
    expect(readFileSync(`${file}.bak.${time}`, 'utf8')).toBe('')
  })

  test('of records of what was sent is refused, untouched, until it is repaired', async () => {
    const good = readFileSync(file)
    writeFileSync(file, truncated)
    writeFileSync(`${file}.bak`, '')
    const store = await place.reopen()
    const checkIns = store.collection('check-ins', CheckIn, [], { refusesWhenBroken: true })
    const sentence = `数据「${title}」和它的备份都读不出来，已停用、未改动，请找懂技术的同事修复 ${file}。`
    await expect(present(checkIns, 'lesson/li')).rejects.toThrow(sentence)
    await expect(checkIns.list('')).rejects.toThrow(sentence)
    expect(place.alarmTexts()).toEqual([sentence])
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.bak`, 'utf8')]).toEqual([truncated, ''])
    writeFileSync(file, good)
    expect(await keysOf(checkIns)).toEqual(['lesson/mei', 'lesson/wang'])
    expect(place.alarmTexts()).toEqual([])
  })

  test('is never quoted in the log', async () => {
    writeFileSync(file, '{"version":1,"records":{"lesson/mei":{"state":"身份证 350103"')
    await checkInsOf(await place.reopen()).get('lesson/mei')
    expect(place.log.lines.join()).not.toContain('350103')
  })
})

test('what is no shard of ours is left alone', async () => {
  writeFileSync(join(place.folder, 'check-ins/lesson 的副本.json'), truncated)
  writeFileSync(join(place.folder, 'check-ins/.DS_Store'), 'x')
  mkdirSync(join(place.folder, 'check-ins/old.json.d'))
  expect(await keysOf(checkInsOf(await place.reopen()))).toEqual(['lesson/mei', 'lesson/wang'])
  expect(place.alarmTexts()).toEqual([])
})

test('drafts that a killed process left are cleared away at the start', async () => {
  writeFileSync(`${file}.tmp`, truncated)
  writeFileSync(`${file}.bak.tmp`, truncated)
  await place.reopen()
  expect(readdirSync(join(place.folder, 'check-ins'))).toEqual(['lesson.json', 'lesson.json.bak'])
  expect(existsSync(file)).toBe(true)
})

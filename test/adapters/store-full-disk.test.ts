import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { whyNot } from '../../src/adapters/lowdb/fault.ts'
import { type Disk, nodeDisk } from '../../src/adapters/lowdb/index.ts'
import type { Collection } from '../../src/ports/store.ts'
import { createStoreFolder } from './store-folder.ts'

const Note = z.object({ text: z.string() })
type Note = z.infer<typeof Note>

const sentence = '磁盘满了，请腾出空间，新的记录存不下来；处理好后会自动恢复，不用重启。'
const write = (notes: Collection<Note>, key: string, text: string) => notes.update(key, () => ({ text }))
const long = '满'.repeat(20_000)

/** Something that fills up, with a folder on it. */
type FullDisk = { folder: string; disk: Disk; fill(): void; empty(): void; remove(): void }

/** Every write brings half of its bytes down and fails, as on a disk that fills up under it. */
function injected(): FullDisk {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-full-'))
  let isFull = false
  const disk: Disk = {
    ...nodeDisk,
    async write(path, bytes) {
      await nodeDisk.write(path, isFull ? bytes.subarray(0, bytes.length / 2) : bytes)
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    },
  }
  const fill = (to: boolean) => () => {
    isFull = to
  }
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { folder, disk, fill: fill(true), empty: fill(false), remove }
}

/** A real one, of 256 KB, where this user may mount. */
function mounted(): FullDisk {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'pipe' })
  const ballast = join(folder, 'ballast')
  return {
    folder,
    disk: nodeDisk,
    fill() {
      for (let bytes = 4096; bytes > 0; ) {
        try {
          writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' })
        } catch {
          bytes = Math.floor(bytes / 2)
        }
      }
    },
    empty: () => truncateSync(ballast),
    remove() {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const mayMount = (() => {
  try {
    mounted().remove()
    return true
  } catch {
    return false
  }
})()

const cleanUps: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function openOn({ folder, disk, ...full }: FullDisk) {
  const place = createStoreFolder(join(folder, 'state'))
  const notes = (await place.open({ disk })).collection('notes', Note)
  cleanUps.push(place.dispose, full.remove)
  return { place, notes, file: join(folder, 'state/notes/a.json'), ...full }
}

function suite(make: () => FullDisk) {
  test('rejects the update in a sentence, leaves memory and file as they were, and raises one alarm', async () => {
    const { notes, place, file, fill } = await openOn(make())
    await write(notes, 'a/1', 'before')
    const before = readFileSync(file)
    fill()
    await expect(write(notes, 'a/1', long)).rejects.toThrow(sentence)
    await expect(write(notes, 'a/2', long)).rejects.toThrow(sentence)
    expect(await notes.list('')).toEqual([{ key: 'a/1', value: { text: 'before' } }])
    expect(readFileSync(file)).toEqual(before)
    expect(place.alarmTexts()).toEqual([sentence])
  })

  test('takes the next update when there is room, and the alarm goes', async () => {
    const { notes, place, fill, empty } = await openOn(make())
    await write(notes, 'a/1', 'before')
    fill()
    await expect(write(notes, 'a/1', long)).rejects.toThrow(sentence)
    empty()
    await write(notes, 'a/1', 'after')
    expect(place.alarmTexts()).toEqual([])
    const again = (await place.reopen()).collection('notes', Note)
    expect(await again.list('')).toEqual([{ key: 'a/1', value: { text: 'after' } }])
  })

  test('finds by itself that there is room, also when nobody writes', async () => {
    const { notes, place, fill, empty } = await openOn(make())
    await write(notes, 'a/1', long)
    fill()
    await expect(write(notes, 'a/1', `${long}more`)).rejects.toThrow(sentence)
    await expect(write(notes, 'b/1', long)).rejects.toThrow(sentence)
    place.clock.forward({ seconds: 5 })
    // Waits its turn behind what the clock has set off.
    await expect(write(notes, 'a/1', `${long}more`)).rejects.toThrow(sentence)
    expect(place.alarmTexts()).toEqual([sentence])
    empty()
    await expect
      .poll(() => {
        place.clock.forward({ seconds: 5 })
        return place.alarmTexts()
      })
      .toEqual([])
    expect((await notes.list('')).map(({ key }) => key)).toEqual(['a/1'])
  })

  test('can be closed while it is full, and opened again', async () => {
    const { notes, place, fill, empty } = await openOn(make())
    await write(notes, 'a/1', 'before')
    fill()
    await expect(write(notes, 'a/1', long)).rejects.toThrow(sentence)
    // Where not even the lock finds room, opening refuses in a sentence as well.
    await place.reopen().catch(cause => expect(cause.message).toMatch(/打不开：磁盘满了/))
    empty()
    const again = (await place.reopen()).collection('notes', Note)
    expect(await again.list('')).toEqual([{ key: 'a/1', value: { text: 'before' } }])
  })
}

describe('a disk that reports itself full', () => suite(injected))
describe.skipIf(!mayMount)('a small disk that is full (needs the right to mount)', () => suite(mounted))

test.each([
  ['ENOSPC', '磁盘满了，请腾出空间'],
  ['EDQUOT', '磁盘满了，请腾出空间'],
  ['EROFS', '数据文件夹不许写入，请检查权限'],
  ['EACCES', '数据文件夹不许写入，请检查权限'],
  ['EIO', '数据写不进磁盘（EIO），请检查磁盘'],
])('%s is said as 「%s」', (code, said) => {
  expect(whyNot(Object.assign(new Error(code), { code }))).toBe(said)
})

describe('steps that fail after the bytes are down', () => {
  /** @param step which call of that kind fails, once, counted from when the first record is down */
  async function openFailing(kind: 'rename' | 'syncFolder', step: number) {
    let callsLeft = Number.POSITIVE_INFINITY
    const failOnce = () => {
      callsLeft -= 1
      if (callsLeft === 0) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
    }
    const disk: Disk = {
      ...nodeDisk,
      async rename(from, to) {
        if (kind === 'rename') failOnce()
        await nodeDisk.rename(from, to)
      },
      async syncFolder(path) {
        if (kind === 'syncFolder') failOnce()
        await nodeDisk.syncFolder(path)
      },
    }
    const opened = await openOn({ ...injected(), disk })
    await write(opened.notes, 'a/1', 'before')
    callsLeft = step
    return opened
  }

  test.each([
    ['rename', 1],
    ['rename', 2],
    ['syncFolder', 1],
  ] as const)('%s number %i: what was rejected is not there, now or after a restart', async (kind, step) => {
    const { notes, place } = await openFailing(kind, step)
    await expect(write(notes, 'a/1', 'after')).rejects.toThrow('数据写不进磁盘（EIO），请检查磁盘')
    expect(await notes.get('a/1')).toEqual({ text: 'before' })
    await expect
      .poll(() => {
        place.clock.forward({ seconds: 5 })
        return place.alarmTexts()
      })
      .toEqual([])
    const again = (await place.reopen()).collection('notes', Note)
    expect(await again.get('a/1')).toEqual({ text: 'before' })
  })
})

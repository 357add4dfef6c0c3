import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createStoreFolder, type StoreFolder } from './store-folder.ts'
import { type StoreProcess, startStoreProcess } from './store-process.ts'

let place: StoreFolder
const processes: StoreProcess[] = []
function start(): StoreProcess {
  const started = startStoreProcess()
  processes.push(started)
  return started
}
beforeEach(() => {
  place = createStoreFolder()
})
afterEach(async () => {
  await Promise.all(processes.splice(0).map(one => one.kill()))
  await place.dispose()
})

const refusal = (pid: number | undefined) =>
  `数据文件夹 ${place.folder} 正由另一个程序使用（进程 ${pid}），请先停掉它，或把 STATE_DIR 改到别处。`

describe('a second process on the same folder', () => {
  test('refuses in one sentence, and the first goes on', async () => {
    await place.open()
    const second = start()
    await second.open(place.folder)
    expect(await second.says('refused')).toBe(`refused ${refusal(process.pid)}`)
  })

  test('is the one that is told, whoever it is; a killed holder keeps nobody out', async () => {
    const first = start()
    await first.open(place.folder)
    await first.says('open')
    await expect(place.open()).rejects.toThrow(refusal(first.pid))
    await first.kill()
    await place.open()
  })

  test('of several that find a killed holder at once, one gets in', async () => {
    const dead = start()
    await dead.open(place.folder)
    await dead.says('open')
    const heirs = Array.from({ length: 4 }, start)
    await dead.kill()
    await Promise.all(heirs.map(heir => heir.open(place.folder)))
    const said = await Promise.all(heirs.map(heir => Promise.race([heir.says('open'), heir.says('refused')])))
    expect(said.filter(line => line === 'open')).toHaveLength(1)
  })
})

test('within one process the folder opens once, too', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => place.open()))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

describe('the lock', () => {
  test('shows signs of life while it is held', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const store = await place.open()
      const path = join(place.folder, 'lock.1')
      utimesSync(path, 0, 0)
      vi.advanceTimersByTime(4000)
      await expect.poll(() => statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000)
      await store.close()
    } finally {
      vi.useRealTimers()
    }
  })

  test('is no trouble when the folder was taken away altogether', async () => {
    const store = await place.open()
    rmSync(place.folder, { recursive: true })
    await store.close()
  })

  test('keeps one file, however often the folder is opened', async () => {
    for (let n = 0; n < 5; n += 1) await place.reopen()
    expect(readdirSync(place.folder)).toEqual(['lock.5'])
    await (await place.reopen()).close()
    expect(readdirSync(place.folder)).toEqual(['lock.6.free'])
  })
})

describe('a lock that was left behind', () => {
  let path: string
  let mine: Record<string, unknown>
  beforeEach(async () => {
    const store = await place.open()
    mine = JSON.parse(readFileSync(join(place.folder, 'lock.1'), 'utf8'))
    await store.close()
    path = join(place.folder, 'lock.2')
  })
  const leave = (holder: object | string) =>
    writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify(holder))
  const silentFor = (seconds: number) => {
    const at = new Date(Date.now() - seconds * 1000)
    utimesSync(path, at, at)
  }

  test.runIf(process.platform === 'linux')(
    'by a process whose number another one has now is no lock',
    async () => {
      leave({ ...mine, startTicks: '1' })
      await place.open()
    },
  )
  test.runIf(process.platform === 'linux')('before the machine started anew is no lock', async () => {
    leave({ ...mine, bootId: 'the boot before' })
    await place.open()
  })
  test('on another machine counts while that machine gives signs of life', async () => {
    leave({ ...mine, host: '台江-2' })
    await expect(place.open()).rejects.toThrow(`（主机 台江-2，进程 ${process.pid}）`)
    silentFor(21)
    await place.open()
  })
  test('in another container of this machine counts likewise', async () => {
    leave({ ...mine, pidSpace: 'pid:[1]', pid: 4_000_000 })
    await expect(place.open()).rejects.toThrow('正由另一个程序使用')
    silentFor(21)
    await place.open()
  })
  test('beaten in this very moment counts at once', async () => {
    leave({ ...mine, host: '台江-2' })
    const soon = new Date(Date.now() + 500)
    utimesSync(path, soon, soon)
    await expect(place.open()).rejects.toThrow('正由另一个程序使用')
  })
  test('dated an hour ahead by a container that was killed keeps nobody out', async () => {
    leave({ ...mine, pidSpace: 'pid:[1]', pid: 4_000_000 })
    silentFor(-3600)
    await place.open()
  })
  test('by a process that was killed before it could sign it counts for some seconds only', async () => {
    leave('')
    await expect(place.open()).rejects.toThrow('正由另一个程序使用，请先停掉它')
    silentFor(21)
    await place.open()
  })
})

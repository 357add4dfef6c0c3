import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'
import { z } from 'zod'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { readFolder } from '../../src/adapters/lowdb/raw.ts'
import { createNodeCron } from '../../src/adapters/node-cron.ts'
import { openDatabase } from '../../src/adapters/postgres/database.ts'
import { openPendingRows } from '../../src/adapters/postgres/pending-actions.ts'
import { nightlyBackup } from '../../src/app/platform/backups.ts'
import type { Platform } from '../../src/app/platform/platform.ts'
import { copyShards, shardsOf } from '../../src/backup/copy.ts'
import { digestOf } from '../../src/backup/digest.ts'
import { toBackup } from '../../src/backup/file.ts'
import { fromBackup } from '../../src/backup/read.ts'
import { noteAction } from '../../src/cli/audit-notes.ts'
import { runDataCopy } from '../../src/cli/data-copy.ts'
import { openRawStore } from '../../src/cli/raw-stores.ts'
import { runRestore } from '../../src/cli/restore.ts'
import { readConfig } from '../../src/config.ts'
import type { Store } from '../../src/ports/store.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../adapters/postgres/server.ts'
import { createStoreFolder, type StoreFolder } from '../adapters/store-folder.ts'
import { oddKeys } from '../adapters/store-suite.ts'
import { createQuietLog } from '../conversation.ts'

/** The same two records, as the first version of the program wrote them. */
const firstBackups = {
  plain:
    'eyJmb3JtYXQiOiJjaHVhbmdrZS1iYWNrdXAiLCJ2ZXJzaW9uIjoxLCJtYWRlQXQiOiIyMDI2LTExLTI4VDA1OjAwOjAwWiJ9Ch+LCAAAAAAAAANVjUsOgjAYBu/yrZsIpbS2V5Eu+vhBEiwJRV2Q3t0IxMT1TGY2xHGgvMJsCPMzrTCcId8dbyUMdOivPPo+Rq1EFZxQpB1RrUUlo+fBRy9CIxqSsa4VeSFaLdtWVlrwoJxD2WNLzDC372GaKKzjnGCOHS0ZpwKDiXKeExhetOTd4gwLhfkI3E7h8qARDFt3NDqYusCyH367NPxzXmBtseUDYpaeBO8AAAA=',
  encrypted:
    'eyJmb3JtYXQiOiJjaHVhbmdrZS1iYWNrdXAiLCJ2ZXJzaW9uIjoxLCJtYWRlQXQiOiIyMDI2LTExLTI4VDA1OjAwOjAwWiIsImVuY3J5cHRpb24iOnsic2FsdCI6InIwTlFraFBXOWJQYTVuNXRHTnZnNnc9PSIsIml2IjoiYjVUVUs2V2RhOHpmMmVGSSJ9fQr/q4GyJLl2vYXqvbFbvJfkPv2b8GWmICCkqMDdu4mRIkKF4YTjnvE5uzU0nrGjXLuQfUZKbL1KlYfBiw2O2wIyPLleMcOYb6s7mFENhiVcDevzen3O9yZA2g4+/a70Iu6/qsJDfmDUABjyTzB9dOAcFiRf9FZM3rOmmwF4LLB7LNeQwoY/ppy1TlL9/Ctk2xVormOPkNLaHmxMRBKGd1GXaFSJbtJp+XeNC4FWmMoL41MJgYwF4er5GY7PHtAkuhoPkg==',
}
const Counter = z.object({ count: z.int() })
const log = createQuietLog()
let source: StoreFolder
let target: StoreFolder
beforeEach(async () => {
  source = createStoreFolder()
  target = createStoreFolder()
  await fill(await source.open())
})
afterEach(async () => {
  await source.dispose()
  await target.dispose()
})

async function fill(store: Store) {
  const counters = store.collection('counters', Counter, [old => old])
  await Promise.all(oddKeys.map((key, n) => counters.update(key, () => ({ count: n }))))
  await store
    .collection('others', z.object({ text: z.string() }))
    .update('a/1', () => ({ text: '\0\ud800创客' }))
}

async function expectFilled(store: Store) {
  const listed = await store.collection('counters', Counter, [old => old]).list('')
  expect(listed).toEqual(
    oddKeys.map((key, count) => ({ key, value: { count } })).sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
  expect(await store.collection('others', z.object({ text: z.string() })).get('a/1')).toEqual({
    text: '\0\ud800创客',
  })
}

/** As the commands do: whatever happens, both are given back. */
async function copy(from: string, to: string, { replaces = false } = {}) {
  const one = await openRawStore(from, log)
  try {
    const other = await openRawStore(to, log)
    try {
      return await copyShards(await shardsOf(one), other, { replaces })
    } finally {
      await other.close()
    }
  } finally {
    await one.close()
  }
}

/** The whole file. */
const backupOf = async (...made: Parameters<typeof toBackup>) =>
  Buffer.concat(await Array.fromAsync(toBackup(...made)))

const at = ({ folder }: StoreFolder) => `lowdb:${folder}`

describe('a copy of a data folder', () => {
  test('has the same records, and is refused while a bot uses either', async () => {
    await expect(copy(at(source), at(target))).rejects.toThrow('正由另一个程序使用')
    await source.reopen().then(store => store.close())
    const { count } = await copy(at(source), at(target))
    expect(count).toBe(oddKeys.length + 1)
    await expectFilled(await target.open())
  })

  test('goes on where it was interrupted, and never mixes with other records', async () => {
    await source.reopen().then(store => store.close())
    await copy(at(source), at(target))
    rmSync(join(target.folder, 'others'), { recursive: true })
    await copy(at(source), at(target))
    const store = await target.open()
    await expectFilled(store)
    await store.collection('counters', Counter, [old => old]).update('new/1', () => ({ count: 1 }))
    await store.close()
    await expect(copy(at(source), at(target))).rejects.toThrow('已经有别的数据')
    await copy(at(source), at(target), { replaces: true })
    await expectFilled(await target.open())
  })
})

describe('data:copy', () => {
  test('brings along the questions that a killed bot had claimed and not stored yet', async () => {
    await source.reopen().then(store => store.close())
    const claim = { id: 'f'.repeat(32), print: 'p', receivedMs: 1_795_000_000_000 }
    writeFileSync(join(source.folder, 'taken.journal'), `${JSON.stringify(claim)}\n{"id":`)
    await runDataCopy(['--from', at(source), '--to', at(target)])
    const seen = (await target.open()).collection('taken', ProcessedMessage)
    expect((await seen.list('')).map(({ key, value }) => [key, value.print])).toEqual([
      [`1/${claim.id}`, 'p'],
    ])
    await expectFilled(await target.reopen())
  })
})

describe('a backup', () => {
  const madeAt = '2026-11-28T05:00:00Z'
  const rawShards = async () => {
    await source.reopen().then(store => store.close())
    const store = await openRawStore(at(source), log)
    const shards = await shardsOf(store)
    await store.close()
    return shards
  }

  test.each(['', '一句足够长的口令在这里写着'])(
    'holds every record, with the passphrase 「%s」',
    async passphrase => {
      const shards = await rawShards()
      const bytes = await backupOf(shards, { madeAt, passphrase })
      const restored = await fromBackup(bytes, passphrase)
      expect(restored.madeAt).toBe(madeAt)
      expect(digestOf(restored.shards)).toEqual(digestOf(shards))
      expect(bytes.includes('counters')).toBe(false)
    },
  )

  test.each([
    ['', firstBackups.plain],
    ['一句足够长的口令在这里写着', firstBackups.encrypted],
  ])('of the first version is still read, with the passphrase 「%s」', async (passphrase, text) => {
    const { shards, count } = await fromBackup(Buffer.from(text, 'base64'), passphrase)
    const records = new Map([
      ['lesson/mei', '{"count":1}'],
      ['lesson/wang', '{"count":2}'],
    ])
    expect([count, shards]).toEqual([2, [{ collection: 'counters', shard: 'lesson', version: 2, records }]])
  })

  test('is as of one moment, while a bot writes two records of two shards in turn', async () => {
    const counters = (await source.reopen()).collection('counters', Counter, [old => old])
    for (const key of ['first/1', 'second/1']) await counters.update(key, () => ({ count: 0 }))
    async function write() {
      for (let count = 1; count < 100; count += 1)
        for (const key of ['first/1', 'second/1']) await counters.update(key, () => ({ count }))
    }
    const writing = write()
    const shards = new Map((await Array.fromAsync(readFolder(source.folder))).map(one => [one.shard, one]))
    const [first = 0, second = 0] = ['first', 'second'].map(
      name => Counter.parse(JSON.parse(shards.get(name)?.records.get(`${name}/1`) ?? '')).count,
    )
    expect([0, 1]).toContain(first - second)
    await writing
    expect(readdirSync(source.folder).filter(name => name.startsWith('snapshot-'))).toEqual([])
  })

  test('is refused whole when one byte is wrong, or the passphrase is', async () => {
    const shards = await rawShards()
    const passphrase = 'correct horse battery'
    for (const secret of ['', passphrase]) {
      const bytes = await backupOf(shards, { madeAt, passphrase: secret })
      const places = [0, 20, Math.floor(bytes.length / 2), bytes.length - 5]
      for (const place of places) {
        const broken = Buffer.from(bytes)
        broken[place] = (broken[place] ?? 0) ^ 0x55
        await expect(fromBackup(broken, secret)).rejects.toThrow(/备份|口令/)
      }
      await expect(fromBackup(bytes.subarray(0, -20), secret)).rejects.toThrow(/备份|口令/)
    }
    const encrypted = await backupOf(shards, { madeAt, passphrase })
    await expect(fromBackup(encrypted, 'correct horse battery!')).rejects.toThrow('口令不对')
    await expect(fromBackup(encrypted, '')).rejects.toThrow('BACKUP_PASSPHRASE')
  })

  test('drill: made every night while the bot runs, old ones go, and the newest comes back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-backups-'))
    writeFileSync(join(folder, 'chuangke-2026-10-01.backup'), '')
    writeFileSync(join(folder, 'letter.txt'), '')
    writeFileSync(join(folder, 'chuangke-2026-11-20.backup.tmp'), 'left by a kill')
    const config = readConfig({ STATE_DIR: source.folder, BACKUP_DIR: folder, BACKUP_DAYS: '3' })
    const clock = createMovableClock({
      startAt: Temporal.Instant.from('2026-11-28T19:40:00Z'),
      isRunning: false,
    })
    const parts = { alarms: source.alarms, clock, scheduler: createNodeCron(log) } as unknown as Platform
    const [job] = nightlyBackup({ name: 'main', config }, parts).jobs ?? []
    // The store is open: this is a running bot.
    await job?.run({} as never)
    expect(readdirSync(folder).sort()).toEqual(['chuangke-2026-11-29.backup', 'letter.txt'])
    const file = join(folder, 'chuangke-2026-11-29.backup')
    expect(statSync(file).mode & 0o077).toBe(0)
    const { shards } = await fromBackup(readFileSync(file), '')
    const store = await openRawStore(at(target), log)
    await copyShards(shards, store, { replaces: false })
    await store.close()
    await expectFilled(await target.open())
    rmSync(folder, { recursive: true })
    expect(existsSync(folder)).toBe(false)
  })

  test('leaves out what cannot be read, says so, and keeps its bytes for repair', async () => {
    const store = await source.reopen()
    const counters = store.collection('counters', Counter, [old => old])
    for (const key of ['cut/1', 'loop/1']) await counters.update(key, () => ({ count: 1 }))
    await store.close()
    const fileOf = (name: string) => join(source.folder, 'counters', name)
    for (const name of ['cut.json', 'cut.json.bak']) writeFileSync(fileOf(name), '{"version":2,"rec')
    for (const name of ['loop.json', 'loop.json.bak']) {
      rmSync(fileOf(name))
      symlinkSync(fileOf(name), fileOf(name))
    }
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-backups-'))
    const config = readConfig({ STATE_DIR: source.folder, BACKUP_DIR: folder })
    const parts = { alarms: source.alarms, clock: source.clock, scheduler: createNodeCron(log) }
    const [job] = nightlyBackup({ name: 'main', config }, parts as unknown as Platform).jobs ?? []
    await job?.run({} as never)
    expect(source.alarmTexts().join()).toMatch(/有 2 份数据读不出来，备份里没有：.*「counters\/cut」/)
    const file = join(folder, readdirSync(folder)[0] ?? '')
    await expectRestored(file)
    const kept = readdirSync(join(target.folder, 'counters')).filter(name => name.includes('.broken-'))
    expect(kept.map(name => name.split('.broken-')[0]).sort()).toEqual(['cut.json', 'cut.json.bak'])
    expect(readFileSync(join(target.folder, 'counters', kept[0] ?? ''), 'utf8')).toBe('{"version":2,"rec')
    rmSync(folder, { recursive: true })
  })

  test('takes the place of records that cannot be read, and keeps their bytes for repair', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-backups-'))
    const file = join(folder, 'all.backup')
    writeFileSync(file, await backupOf(await rawShards(), { madeAt, passphrase: '' }))
    const store = await target.open()
    const counters = store.collection('counters', Counter, [old => old])
    for (const key of ['cut/1', 'loop/1', 'folder/1', 'whole/1'])
      await counters.update(key, () => ({ count: 1 }))
    await store.close()
    const fileOf = (name: string) => join(target.folder, 'counters', name)
    for (const copy of ['.json', '.json.bak']) {
      writeFileSync(fileOf(`cut${copy}`), '{"version":2,"rec')
      for (const name of ['loop', 'folder']) rmSync(fileOf(`${name}${copy}`))
      symlinkSync(fileOf(`loop${copy}`), fileOf(`loop${copy}`))
      mkdirSync(fileOf(`folder${copy}`))
    }
    await expect(runRestore(['--from', file, '--to', at(target)])).rejects.toThrow('请加上 --replace')
    expect(readFileSync(fileOf('cut.json'), 'utf8'), 'nothing is touched').toBe('{"version":2,"rec')
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
    await runRestore(['--from', file, '--to', at(target), '--replace'])
    expect(said.mock.calls.join('')).toMatch(/有 3 份读不出来：.*「counters\/cut」/u)
    const kept = readdirSync(join(target.folder, 'counters')).filter(name => name.includes('.broken-'))
    expect(kept.map(name => name.split('.broken-')[0]).sort()).toEqual(
      ['cut', 'folder', 'loop'].flatMap(name => [`${name}.json`, `${name}.json.bak`]),
    )
    expect(readFileSync(fileOf(kept.find(name => name.startsWith('cut.json.broken')) ?? ''), 'utf8')).toBe(
      '{"version":2,"rec',
    )
    await expectFilled(await target.open())
    rmSync(folder, { recursive: true })
  })

  async function expectRestored(file: string) {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
    await runRestore(['--from', file, '--to', at(target)])
    expect(said.mock.calls.join('')).toContain('备份时有 2 个文件读不出来')
    await expectFilled(await target.open())
  }
})

describe.runIf(hasPostgres())('between a folder and PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.dispose())

  test('every record goes there and back', async () => {
    await source.reopen().then(store => store.close())
    const there = await copy(at(source), server.url)
    expect(await copy(`${server.url}#main`, at(target))).toEqual(there)
    await expectFilled(await target.open())
  })

  test('a note for the audit log waits in the database, also while a bot uses it', async () => {
    const owner = await openRawStore(`${server.url}#noted`, log)
    await noteAction(`${server.url}#noted`, { kind: 'export', what: 'backup' })
    const database = openDatabase({ url: server.url, applicationName: 'test' })
    const pending = openPendingRows(database, 'noted')
    const [[id, action] = ['', undefined]] = await pending.list()
    expect(action).toMatchObject({
      kind: 'export',
      what: 'backup',
      by: { id: expect.stringMatching(/^shell:/) },
    })
    if (action) await pending.add(id, action)
    expect(await pending.list()).toHaveLength(1)
    expect(await openPendingRows(database, 'main').list()).toEqual([])
    await pending.remove(id)
    expect(await pending.list()).toEqual([])
    await database.close()
    await owner.close()
  })

  test('a restore keeps the audit log that goes on from the one of the backup', async () => {
    const place = `${server.url}#restored`
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-backups-'))
    vi.stubEnv('STATE_DIR', folder)
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const entry = (number: number) => {
      const value = { number, at: '2026-11-28T05:00:00Z', hash: `h${number}`, previous: `h${number - 1}` }
      return [`2026-11-28/${String(number).padStart(12, '0')}`, JSON.stringify(value)] as const
    }
    const shardOf = (collection: string, records: (readonly [string, string])[]) => {
      return { collection, shard: '2026-11-28', version: 1, records: new Map(records) }
    }
    const line = (count: number) => shardOf('audit-lines', [1, 2, 3].slice(0, count).map(entry))
    const book = (text: string) => shardOf('books', [['2026-11-28/a', text]])
    const store = await openRawStore(place, log)
    await copyShards([line(3), book('"new"')], store, { replaces: true })
    await store.close()
    const file = join(folder, 'all.backup')
    writeFileSync(file, await backupOf([line(2), book('"old"')], { madeAt: 'then', passphrase: '' }))
    await expect(runRestore(['--from', file, '--to', place])).rejects.toThrow('已经有别的数据')
    await runRestore(['--from', file, '--to', place, '--replace'])
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    const restored = await openRawStore(place, log)
    const shards = await shardsOf(restored)
    await restored.close()
    expect(shards.filter(({ collection }) => /^(audit-lines|books)$/.test(collection))).toEqual([
      line(3),
      book('"old"'),
    ])
    rmSync(folder, { recursive: true })
  })

  test('a database that is in use is refused', async () => {
    await source.reopen().then(store => store.close())
    const owner = await openRawStore(`${server.url}#used`, log)
    await expect(copy(at(source), `${server.url}#used`)).rejects.toThrow('正由另一个程序使用')
    await owner.close()
    expect((await copy(at(source), `${server.url}#used`)).count).toBe(oddKeys.length + 1)
  })
})

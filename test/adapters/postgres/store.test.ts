import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createMovableClock } from '../../../src/adapters/clock.ts'
import { type Database, openDatabase, prepareDatabase } from '../../../src/adapters/postgres/database.ts'
import { openPostgresStore, type PostgresOptions } from '../../../src/adapters/postgres/index.ts'
import {
  createHeldLeases,
  type Lease,
  type LeaseOptions,
  waitForLease,
} from '../../../src/adapters/postgres/lease.ts'
import { createAlarms } from '../../../src/alarms.ts'
import type { Migration, Store } from '../../../src/ports/store.ts'
import { createQuietLog } from '../../conversation.ts'
import { type OpenedStore, storeSuite } from '../store-suite.ts'
import { openCutLine } from './cut-line.ts'
import { hasPostgres, type PostgresServer, startPostgres } from './server.ts'

const Counter = z.object({ count: z.int() })
const log = createQuietLog()
const clock = createMovableClock({
  startAt: Temporal.Instant.from('2026-11-28T05:00:00Z'),
  isRunning: false,
})

describe.runIf(hasPostgres())('the PostgreSQL store', () => {
  let server: PostgresServer
  let database: Database
  const open: { close(): Promise<void> }[] = []
  beforeAll(async () => {
    server = await startPostgres()
    database = openDatabase({ url: server.url, applicationName: 'tests' })
    await prepareDatabase(database)
  })
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close()
  })
  afterAll(async () => {
    await database?.close()
    server?.dispose()
  })

  function connect({ port = server.port, holder = randomUUID(), lockTimeoutMs = 300 } = {}) {
    const url = server.url.replace(String(server.port), String(port))
    const mine = openDatabase({ url, applicationName: holder, lockTimeoutMs })
    open.push(mine)
    return { database: mine, holder }
  }

  /** A connection whose line can be cut; it is closed before those that use it. */
  async function connectByLine(more: Parameters<typeof connect>[0] = {}) {
    const line = await openCutLine(server.port)
    const mine = connect({ port: line.port, ...more })
    open.push(line)
    return { line, mine }
  }

  const take = (tenant: string, more: Partial<LeaseOptions> = {}) =>
    waitForLease({ database, tenant, holder: randomUUID(), address: '', log, ttlMs: 900, ...more })

  function storeOf(tenant: string, fence: Lease, more: Partial<PostgresOptions> = {}): Store {
    const alarms = createAlarms({ clock, log })
    const store = openPostgresStore({ database, fence, tenant, alarms, log, clock, ...more })
    open.push(store)
    return store
  }

  async function openTenant(tenant: string, more: Partial<PostgresOptions> = {}) {
    const lease = await take(tenant, { ttlMs: 60_000 })
    open.push({ close: lease.release })
    return storeOf(tenant, lease, more)
  }

  const rowOf = async (tenant: string) =>
    (
      await database.query<{ value: string }>({
        text: 'select value from chuangke_records where tenant = $1 order by key',
        values: [tenant],
      })
    ).map(({ value }) => JSON.parse(value))

  async function postgres(): Promise<OpenedStore> {
    return { store: await openTenant(randomUUID()), dispose: async () => {} }
  }

  /** Every record is history, and evicted all the time. */
  async function evicting(): Promise<OpenedStore> {
    const store = await openTenant(randomUUID(), { evictAfterMs: 1 })
    return {
      store: {
        ...store,
        collection: (name, schema, migrations) =>
          store.collection(name, schema, migrations, { isHistory: true }),
      },
      dispose: async () => {},
    }
  }

  for (const one of [postgres, evicting]) describe(`as the ${one.name} one`, () => storeSuite(one))

  test('keeps records for the next process, and those of tenants apart', async () => {
    const first = await openTenant('a')
    await first.collection('counters', Counter).update('lesson/mei', () => ({ count: 1 }))
    const other = (await openTenant('b')).collection('counters', Counter)
    expect(await other.list('')).toEqual([])
    await other.update('lesson/mei', () => ({ count: 2 }))
    for (const one of open.splice(0).reverse()) await one.close()
    const again = (await openTenant('a')).collection('counters', Counter)
    expect(await again.list('')).toEqual([{ key: 'lesson/mei', value: { count: 1 } }])
  })

  test('migrates older rows as they are read, and refuses newer ones', async () => {
    const lease = await take('migrated', { ttlMs: 60_000 })
    open.push({ close: lease.release })
    const before = storeOf('migrated', lease).collection('counters', z.object({ n: z.int() }))
    for (const key of ['lesson/mei', 'lesson/wang']) await before.update(key, () => ({ n: 1 }))
    const migrations: Migration[] = [old => ({ count: (old as { n: number }).n * 10 })]
    const after = storeOf('migrated', lease).collection('counters', Counter, migrations)
    expect(await after.update('lesson/mei', now => now && { count: now.count + 1 })).toEqual({ count: 11 })
    expect(await after.get('lesson/wang')).toEqual({ count: 10 })
    expect(await rowOf('migrated')).toEqual([{ count: 11 }, { count: 10 }])
    const older = storeOf('migrated', lease).collection('counters', z.object({ n: z.int() }))
    await expect(older.get('lesson/mei')).rejects.toThrow('请用新版程序打开')
    const again = storeOf('migrated', lease).collection('counters', Counter, migrations)
    expect(await again.list('')).toHaveLength(2)
  })

  test('a key that is too long for the table is refused and holds up nothing', async () => {
    const counters = (await openTenant('long')).collection('counters', Counter)
    await expect(counters.update(`a/${'长'.repeat(2000)}`, () => ({ count: 1 }))).rejects.toThrow('最多')
    expect(await counters.update(`a/${'长'.repeat(1298)}`, () => ({ count: 1 }))).toEqual({ count: 1 })
  })

  test('a restarted database is used again, and nothing that was acknowledged is lost', async () => {
    const counters = (await openTenant('restarted')).collection('counters', Counter)
    await counters.update('a/1', () => ({ count: 1 }))
    server.stop('immediate')
    await expect(counters.update('a/1', () => ({ count: 2 }))).rejects.toThrow('数据库没有')
    server.start()
    expect(await counters.update('a/1', now => now && { count: now.count + 10 })).toEqual({ count: 11 })
    expect(await rowOf('restarted')).toEqual([{ count: 11 }])
  })

  describe('with two processes', () => {
    test('one owns the tenant; the other one waits, and takes over at once when it is released', async () => {
      const first = await take('lease')
      const second = take('lease')
      const stopping = new AbortController()
      const third = take('other').then(lease => lease.release())
      const never = waitForLease(
        { database, tenant: 'lease', holder: 'x', address: '', log, ttlMs: 900 },
        stopping.signal,
      )
      stopping.abort(new Error('stopped'))
      await expect(never).rejects.toThrow()
      await third
      expect(first.isHeld()).toBe(true)
      await first.release()
      const now = await second
      expect(first.isHeld()).toBe(false)
      expect(first.lost.aborted).toBe(false)
      expect(BigInt(now.token())).toBeGreaterThan(BigInt(first.token()))
      await now.release()
    })

    test('tenants that are free at the same moment go to both, and each to one', async () => {
      const machines = [createHeldLeases(), createHeldLeases()]
      const names = ['spread-1', 'spread-2']
      const stopping = new AbortController()
      const wanted = { database, address: '', log, ttlMs: 9000 }
      const taken = new Map<string, Lease>()
      const waits = machines.flatMap(held =>
        names.map(async tenant => {
          const lease = await waitForLease({ ...wanted, tenant, holder: randomUUID(), held }, stopping.signal)
          expect(taken.has(tenant)).toBe(false)
          taken.set(tenant, lease)
          if (taken.size === names.length) stopping.abort(new Error('all are taken'))
        }),
      )
      await Promise.allSettled(waits)
      expect(machines.map(({ count }) => count)).toEqual([1, 1])
      for (const lease of taken.values()) await lease.release()
      expect(machines.map(({ count }) => count)).toEqual([0, 0])
    })

    test('an owner that is cut off stops before another one takes over', async () => {
      const { line, mine } = await connectByLine()
      const first = await take('cut', mine)
      line.cut()
      const second = await take('cut')
      expect(first.isHeld()).toBe(false)
      expect(first.lost.aborted).toBe(true)
      await second.release()
    })

    test('a write that was on its way when another process took over never lands', async () => {
      const { line, mine } = await connectByLine()
      const first = await take('late', mine)
      const old = storeOf('late', first, mine).collection('counters', Counter)
      await old.update('lesson/mei', () => ({ count: 1 }))
      line.cut()
      const late = old.update('lesson/mei', () => ({ count: 99 }))
      const second = await take('late')
      const current = storeOf('late', second).collection('counters', Counter)
      await current.update('lesson/mei', now => now && { count: now.count + 1 })
      line.mend()
      await expect(late).rejects.toThrow()
      await expect(old.update('lesson/wang', () => ({ count: 1 }))).rejects.toThrow()
      expect(await rowOf('late')).toEqual([{ count: 2 }])
      await second.release()
    })

    test('a statement that runs when the lease ends is ended before another process takes over', async () => {
      const { line, mine } = await connectByLine()
      const first = await take('stuck', mine)
      const writing = connect({ holder: mine.holder, lockTimeoutMs: 60_000 })
      const old = storeOf('stuck', first, writing).collection('counters', Counter)
      await old.update('lesson/mei', () => ({ count: 1 }))
      // A third connection holds the record, so that the write of the owner stops after it has locked the lease.
      const blocker = openDatabase({ url: server.url, applicationName: 'blocker', connections: 1 })
      open.push(blocker)
      await blocker.query({ text: 'begin' })
      await blocker.query({ text: "select 1 from chuangke_records where tenant = 'stuck' for update" })
      const stuck = old.update('lesson/mei', () => ({ count: 99 })).catch(() => 'ended')
      line.cut()
      const second = await take('stuck', connect())
      await blocker.query({ text: 'rollback' })
      expect(await stuck).toBe('ended')
      expect(first.isHeld()).toBe(false)
      expect(await rowOf('stuck')).toEqual([{ count: 1 }])
      await second.release()
    })

    test('an unanswered write of the same owner does not land after a later one', async () => {
      const { line, mine: far } = await connectByLine()
      const lease = await take('again', { ttlMs: 60_000 })
      open.push({ close: lease.release })
      const near = connect()
      let isFar = true
      const switching: Database = {
        ...near.database,
        query: statement => (isFar ? far : near).database.query(statement),
        close: async () => {},
      }
      const counters = storeOf('again', lease, { database: switching }).collection('counters', Counter)
      line.cut()
      const lost = counters.update('a/1', () => ({ count: 99 }))
      const next = lost.catch(() => {
        isFar = false
        return counters.update('a/1', now => ({ count: (now?.count ?? 0) + 1 }))
      })
      expect(await next).toEqual({ count: 1 })
      line.mend()
      await database.query({ text: 'select pg_sleep(0.2)' })
      expect(await rowOf('again')).toEqual([{ count: 1 }])
    })
  })
})

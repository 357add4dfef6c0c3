import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { openDatabase, prepareDatabase } from '../../src/adapters/postgres/database.ts'
import { openPostgresStore } from '../../src/adapters/postgres/index.ts'
import { waitForLease } from '../../src/adapters/postgres/lease.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLog } from '../../src/log.ts'
import type { Collection, Store } from '../../src/ports/store.ts'
import { startPostgres } from '../adapters/postgres/server.ts'
import { openCommunity } from '../conversation.ts'
import { createRecordingOutbox } from '../features/attendance/recording-outbox.ts'
import { fillPeople, inRoom, openCheckInTown, quantile } from './parts/check-in-town.ts'

/**
 * Cost of PostgreSQL beside the files of lowdb, on one machine in one run; both wait for the disk at each write.
 *
 * `updatesPerSecond`: 500 writers on one shard of 10,000 records, each awaiting its own update. `p50Ms`, `p99Ms`: one
 * writer's update on a shard of 60. `checkinP99Ms`: 500 people of one group sign in within 10 s, until it is kept.
 * `messagesPerSecond`: sign-ins of 500 people at once, in 1, 2 and 4 districts in as many processes, all together.
 */
const writers = 500
const recordCount = 10_000
const measureMs = 3000
const singleUpdates = 1000

const log = createLog('error')
const alarms = createAlarms({ clock: systemClock, log })
const BenchRecord = z.object({ memberId: z.string(), arrivedAt: z.string(), note: z.string() })
type CheckIn = z.infer<typeof BenchRecord>

async function openTenant(url: string) {
  const [tenant, holder] = [randomUUID(), randomUUID()]
  const database = openDatabase({ url, applicationName: holder })
  await prepareDatabase(database)
  const lease = await waitForLease({ database, tenant, holder, address: '', log })
  const store = openPostgresStore({ database, fence: lease, tenant, alarms, log, clock: systemClock })
  return {
    store,
    async close() {
      await store.close()
      await lease.release()
      await database.close()
    },
  }
}

async function measureAll() {
  const server = await startPostgres()
  mkdirSync('test/out', { recursive: true })
  const folder = mkdtempSync('test/out/bench-postgres-')
  try {
    const ours = await openTenant(server.url)
    const lowdb = await openLowdbStore({ folder: join(folder, 'lowdb'), alarms, log })
    const updates = { postgres: await updatesPerSecond(ours.store), lowdb: await updatesPerSecond(lowdb) }
    const single = await timesOfOne(ours.store)
    await lowdb.close()
    const town = await openTown(ours.store)
    const { p99Ms } = await town.measure(0)
    await ours.close()
    const messagesPerSecond = []
    for (const count of [1, 2, 4]) messagesPerSecond.push(Math.round(await messagesOf(count, server.url)))
    report({
      updatesPerSecond: Math.round(updates.postgres),
      lowdbUpdatesPerSecond: Math.round(updates.lowdb),
      p50Ms: rounded(quantile(single, 0.5)),
      p99Ms: rounded(quantile(single, 0.99)),
      checkinP99Ms: rounded(p99Ms),
      messagesPerSecond,
    })
  } finally {
    server.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const rounded = (ms: number) => Math.round(ms * 10) / 10

function report(figures: Record<string, unknown>) {
  if (process.argv.includes('--json')) return console.log(JSON.stringify(figures))
  for (const [name, value] of Object.entries(figures)) console.log(name.padEnd(24), value)
}

const touch = (checkIns: Collection<CheckIn>, key: string) =>
  checkIns.update(key, now => ({
    memberId: now?.memberId ?? key,
    arrivedAt: new Date().toISOString(),
    note: '周末微党课，优空间三楼路演厅，扫码后在群里说「签到」，由小秘书记录',
  }))

async function updatesPerSecond(store: Store): Promise<number> {
  const checkIns = store.collection('bench', BenchRecord)
  const keys = Array.from({ length: recordCount }, (_, n) => `lesson/member-${n}`)
  await Promise.all(keys.map(key => touch(checkIns, key)))
  const startedAt = performance.now()
  let count = 0
  async function write(key: string) {
    while (performance.now() - startedAt < measureMs) {
      await touch(checkIns, key)
      count += 1
    }
  }
  await Promise.all(keys.slice(0, writers).map(write))
  return (count * 1000) / (performance.now() - startedAt)
}

async function timesOfOne(store: Store): Promise<number[]> {
  const checkIns = store.collection('bench', BenchRecord)
  const times: number[] = []
  for (let n = 0; n < singleUpdates; n += 1) {
    const startedAt = performance.now()
    await touch(checkIns, `small/member-${n % 60}`)
    times.push(performance.now() - startedAt)
  }
  return times
}

async function openTown(store: Store) {
  const { directory } = openCommunity({
    store,
    clock: systemClock,
    outbox: createRecordingOutbox(systemClock),
  })
  await fillPeople(store, directory, inRoom)
  return openCheckInTown(store, 'bench')
}

/** All processes are ready before the first of them starts. */
async function messagesOf(count: number, url: string): Promise<number> {
  const workers = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, '--worker', url], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { child, lines: child.stdout.setEncoding('utf8') }
  })
  await Promise.all(workers.map(({ lines }) => once(lines, 'data')))
  const results = workers.map(async ({ child, lines }) => {
    child.stdin.end('start\n')
    const [rate] = await once(lines, 'data')
    return Number(rate)
  })
  return (await Promise.all(results)).reduce((sum, rate) => sum + rate, 0)
}

async function work(url: string) {
  const { store, close } = await openTenant(url)
  const town = await openTown(store)
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  const { perSecond } = await town.measure(0)
  process.stdout.write(`${perSecond}\n`)
  await close()
  process.stdin.destroy()
}

const workerUrl = process.argv.includes('--worker') ? (process.argv.at(-1) ?? '') : undefined
await (workerUrl === undefined ? measureAll() : work(workerUrl))

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import { z } from 'zod'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLog } from '../../src/log.ts'
import type { Collection } from '../../src/ports/store.ts'

/**
 * Cost of a durable update, beside plain lowdb on the same disk in the same run.
 *
 * Both sides: 500 writers, each awaiting its own update before the next, over 10,000 check-ins that are there
 * already. Ours promises at each resolved update that it would survive a power cut: file and backup written,
 * synced and renamed. Plain lowdb (`Low` and `JSONFile`, `await db.update(…)`, as its README shows it) promises
 * less: no fsync, no backup, no check; it does coalesce writes that arrive together, but puts the whole file into
 * words for each of them. A program that gathered 500 changes itself and then called `db.write()` once would be
 * about as fast as ours, still without fsync; that gathering is what ours does.
 *
 * The second measure is the median of one writer's update on a shard of 60 records, with no other shard and
 * with 999 others, taken in turns so that a busy machine slows both.
 */
const writers = 500
const recordCount = 10_000
const measureMs = 4000
const shardSize = 60
const shardCount = 1000
const rounds = 250

const CheckIn = z.object({
  memberId: z.string(),
  name: z.string(),
  state: z.enum(['present', 'late']),
  arrivedAt: z.string(),
  note: z.string(),
})
type CheckIn = z.infer<typeof CheckIn>

const checkIn = (n: number): CheckIn => ({
  memberId: `member-${n}`,
  name: `创客${n}`,
  state: n % 7 === 0 ? 'late' : 'present',
  arrivedAt: '2026-11-28T06:03:21.123Z',
  note: '周末微党课，优空间三楼路演厅，扫码后在群里说「签到」，由小秘书记录',
})

mkdirSync('test/out', { recursive: true })
const folder = mkdtempSync('test/out/bench-store-')
try {
  const ours = await measureOurs()
  const plain = await measurePlain()
  const costs = await measureHistory()
  report(ours, plain, costs)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A folder beside the project, since the system's own for temporary files may be no disk at all. */
async function open(name: string) {
  const log = createLog('error')
  const alarms = createAlarms({ clock: systemClock, log })
  const store = await openLowdbStore({ folder: join(folder, name), alarms, log })
  return { store, checkIns: store.collection('check-ins', CheckIn) }
}

async function measureOurs(): Promise<number> {
  const { store, checkIns } = await open('ours')
  await fill(checkIns, 'lesson', recordCount)
  const updateOne = (n: number) =>
    checkIns.update(keyOf('lesson', n), now => ({
      ...(now ?? checkIn(n)),
      arrivedAt: new Date().toISOString(),
    }))
  const rate = await updatesPerSecond(updateOne)
  await store.close()
  return rate
}

async function measurePlain(): Promise<number> {
  const all = Array.from({ length: recordCount }, (_, n) => [keyOf('lesson', n), checkIn(n)] as const)
  const db = new Low<Record<string, CheckIn>>(
    new JSONFile(join(folder, 'plain.json')),
    Object.fromEntries(all),
  )
  await db.write()
  return updatesPerSecond(n =>
    db.update(data => {
      data[keyOf('lesson', n)] = { ...checkIn(n), arrivedAt: new Date().toISOString() }
    }),
  )
}

/** Each writer has its own record, and does at least one update, however slow. */
async function updatesPerSecond(updateOne: (n: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  let count = 0
  async function write(n: number) {
    do {
      await updateOne(n)
      count += 1
    } while (performance.now() - startedAt < measureMs)
  }
  await Promise.all(Array.from({ length: writers }, (_, n) => write(n * (recordCount / writers))))
  return (count * 1000) / (performance.now() - startedAt)
}

async function measureHistory(): Promise<{ first: number; thousandth: number }> {
  const [young, old] = [await open('young'), await open('old')]
  const lessons = Array.from({ length: shardCount }, (_, n) => `lesson-${n}`)
  await fill(young.checkIns, 'lesson-0', shardSize)
  for (const lesson of lessons) await fill(old.checkIns, lesson, shardSize)
  const costs = { young: [] as number[], old: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    const pair = [
      () => timeOf(young.checkIns, 'lesson-0', round).then(ms => costs.young.push(ms)),
      () => timeOf(old.checkIns, `lesson-${shardCount - 1}`, round).then(ms => costs.old.push(ms)),
    ]
    for (const measure of round % 2 === 0 ? pair : pair.reverse()) await measure()
  }
  await Promise.all([young.store.close(), old.store.close()])
  return { first: median(costs.young), thousandth: median(costs.old) }
}

async function timeOf(checkIns: Collection<CheckIn>, shard: string, round: number): Promise<number> {
  const startedAt = performance.now()
  const arrivedAt = `2026-11-28T06:03:21.${String(round).padStart(3, '0')}Z`
  const n = round % shardSize
  await checkIns.update(keyOf(shard, n), now => ({ ...(now ?? checkIn(n)), arrivedAt }))
  return performance.now() - startedAt
}

function keyOf(shard: string, n: number): string {
  return `${shard}/member-${n}`
}

async function fill(checkIns: Collection<CheckIn>, shard: string, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, n) => n)
  await Promise.all(all.map(n => checkIns.update(keyOf(shard, n), () => checkIn(n))))
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function report(ours: number, plain: number, costs: { first: number; thousandth: number }) {
  const result = {
    updatesPerSecond: Math.round(ours),
    plainLowdbUpdatesPerSecond: Math.round(plain),
    ratio: Math.round((ours / plain) * 10) / 10,
    costRatioAtThousandShards: Math.round((costs.thousandth / costs.first) * 100) / 100,
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result))
    return
  }
  console.log(`${writers} writers on one shard of ${recordCount} records`)
  console.log(`  durable updates per second   ${result.updatesPerSecond}`)
  console.log(`  plain lowdb, without fsync   ${result.plainLowdbUpdatesPerSecond}`)
  console.log(`  ratio                        ${result.ratio}`)
  console.log(`one update on a shard of ${shardSize} records, median`)
  console.log(`  with no other shard          ${costs.first.toFixed(2)} ms`)
  console.log(`  with ${shardCount - 1} others              ${costs.thousandth.toFixed(2)} ms`)
  console.log(`  ratio                        ${result.costRatioAtThousandShards}`)
}

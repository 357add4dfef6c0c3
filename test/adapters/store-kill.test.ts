import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createStoreFolder, type StoreFolder } from './store-folder.ts'
import { type StoreProcess, startStoreProcess } from './store-process.ts'

const Counter = z.object({ count: z.int(), note: z.string() })

/** Two lanes of fifty keep two cores busy: a process takes longer to start than to be killed. */
const lanes = 2
const roundsPerLane = 50
/** A commit takes a few milliseconds here, so that this meets every step of some commit, and the opening too. */
const longestLifeMs = 40

test.concurrent('kill -9 at a random moment of a burst, 100 times over, loses nothing acknowledged and leaves no file unreadable', async () => {
  const killed = await Promise.all(Array.from({ length: lanes }, runLane))
  expect(killed.flat()).toHaveLength(100)
  // Else the moments were badly chosen, and the above has shown nothing.
  expect(killed.flat().filter(({ acknowledged }) => acknowledged > 0).length).toBeGreaterThan(20)
  expect(killed.flat().filter(({ wasWriting }) => wasWriting).length).toBeGreaterThan(5)
})

test.concurrent('a lock that a killed container dated ahead keeps nobody out', async () => {
  const place = createStoreFolder()
  const lock = join(place.folder, 'lock.1')
  const holder = { pid: 1, startTicks: '', host: 'container-7', bootId: 'other', pidSpace: 'other' }
  writeFileSync(lock, JSON.stringify(holder))
  const ahead = new Date(Date.now() + 3_600_000)
  utimesSync(lock, ahead, ahead)
  await place.open()
  await place.dispose()
})

async function runLane() {
  const place = createStoreFolder()
  const rounds: Awaited<ReturnType<typeof runRound>>[] = []
  let next = startStoreProcess()
  try {
    for (let round = 0; round < roundsPerLane; round += 1) {
      const burst = next
      next = startStoreProcess()
      rounds.push(await runRound(place, burst, round % 4 === 0 ? 'open' : 'lesson-'))
    }
    return rounds
  } finally {
    await next.kill()
    await place.dispose()
  }
}

/** @param from what the process says when the dice begin to roll: most rounds let it get going. */
async function runRound(place: StoreFolder, burst: StoreProcess, from: 'open' | 'lesson-') {
  await burst.open(place.folder, true)
  await burst.says(from)
  await sleep(Math.random() * longestLifeMs)
  await burst.kill()
  const acknowledged = countsIn(burst.lines)
  const wasWriting = expectReadableFiles(place.folder)
  await expectKept(place, acknowledged)
  return { acknowledged: acknowledged.size, wasWriting }
}

/** Last acknowledged value of each record. */
function countsIn(lines: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines.filter(said => said.startsWith('lesson-'))) {
    const [key = '', count] = line.split(' ')
    counts.set(key, Number(count))
  }
  return counts
}

/** @returns whether an unread draft was left behind. */
function expectReadableFiles(folder: string): boolean {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter(name => /\.json(\.bak)?$/.test(name))
  for (const name of files) JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return names.some(name => name.endsWith('.tmp'))
}

async function expectKept(place: StoreFolder, acknowledged: Map<string, number>) {
  const store = await place.open()
  const kept = new Map(
    (await store.collection('counters', Counter).list('')).map(one => [one.key, one.value.count]),
  )
  await store.close()
  for (const [key, count] of acknowledged) expect(kept.get(key) ?? 0, key).toBeGreaterThanOrEqual(count)
  expect(place.alarmTexts()).toEqual([])
  expect(
    readdirSync(place.folder, { recursive: true, encoding: 'utf8' }).filter(n => n.endsWith('.tmp')),
  ).toEqual([])
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Temporal } from 'temporal-polyfill'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createPeople } from '../../src/features/attendance/check-ins/people.ts'
import { createLessons } from '../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../src/features/attendance/lessons/records/records.ts'
import { createAttendanceHistory } from '../../src/features/attendance/notices/attendance-history.ts'
import { layOut } from '../../src/ledger/ledger.ts'
import { makeLedgerFile } from '../../src/ledger/workbook.ts'
import { createLog } from '../../src/log.ts'
import { sampleLessons, sampleRoster } from '../ledger/sample.ts'
import { keepLessons } from '../ledger/stored.ts'

/**
 * A year's 台账: 3,000 members and 52 lessons, from the records on disk to the bytes of the spreadsheet.
 *
 * One process writes the records as sign-ins leave them; another, that has read nothing yet, makes the file twice: the
 * first time everything is read from disk and checked, the second time it stands in memory, as it does in a bot that
 * runs. `peakRssMb` is the most that the second process ever had, Node itself and both times included. The roster is in
 * memory. `cpuMs` is what all threads
 * worked for the first, which a busy machine changes less. `longestBlockMs` is how long a sign-in may have had
 * to wait for its turn meanwhile.
 */
const lessonCount = 52
const memberCount = 3000
const self = fileURLToPath(import.meta.url)
const year = {
  title: '2025年',
  firstDay: Temporal.PlainDate.from('2025-01-01'),
  lastDay: Temporal.PlainDate.from('2025-12-31'),
}
const roster = sampleRoster(memberCount)
const [task, folder = ''] = process.argv.slice(2)

if (task === 'prepare') await prepare()
else if (task === 'measure') await measure()
else run()

function run() {
  mkdirSync('test/out', { recursive: true })
  const place = mkdtempSync('test/out/bench-ledger-')
  try {
    child('prepare', place)
    const figures = child('measure', place)
    process.stdout.write(
      process.argv.includes('--json') ? figures : `${JSON.stringify(JSON.parse(figures), null, 2)}\n`,
    )
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** As the bot is started: its heap is told to clean up early rather than to spread. */
function flags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter(word => word.startsWith('--'))
}

function child(what: string, place: string): string {
  const { status, stdout } = spawnSync(process.execPath, [...flags(), self, what, place], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${what} ended with ${status}`)
  return stdout
}

async function open() {
  const log = createLog('error')
  const store = await openLowdbStore({
    folder,
    log,
    clock: systemClock,
    alarms: createAlarms({ clock: systemClock, log }),
  })
  return { store, records: openAttendanceRecords(store) }
}

async function prepare() {
  const { store } = await open()
  await keepLessons(store, sampleLessons(lessonCount, roster, '2025-01-04'))
  await store.close()
}

async function measure() {
  const { store, records } = await open()
  const lessons = createLessons(records)
  const known = {
    members: async () => roster,
    membersOf: async () => roster,
    find: async (ids: readonly string[]) => roster.filter(({ id }) => ids.includes(id)),
    staff: async () => new Map<string, string>(),
  }
  const people = createPeople(records, {
    roster: known,
    clock: systemClock,
  })
  const book = createAttendanceHistory({
    lessons,
    people,
    clock: systemClock,
    groupNamesOf: async () => ['优空间创客群'],
  })
  const blocks = watchBlocks()

  async function make() {
    const began = performance.now()
    const cpu = process.cpuUsage()
    const held = await book.held(
      Temporal.Instant.from('2025-01-01T00:00:00+08:00'),
      Temporal.Instant.from('2026-01-01T00:00:00+08:00'),
    )
    const ledger = await layOut(year, { lessons: held, attendees: book.attendees, roster })
    const readMs = performance.now() - began
    const file = await makeLedgerFile(ledger, { by: '陈静', at: systemClock.now() })
    return {
      ms: performance.now() - began,
      cpuMs: process.cpuUsage(cpu).user / 1000,
      readMs,
      bytes: file.bytes.length,
      rows: ledger.lines.flatMap(({ entries }) => entries.filter(entry => entry !== undefined)).length,
    }
  }

  const cold = await make()
  const warm = await make()
  const figures = {
    members: memberCount,
    lessons: lessonCount,
    rows: cold.rows,
    ms: Math.round(cold.ms),
    cpuMs: Math.round(cold.cpuMs),
    ofWhichReadingMs: Math.round(cold.readMs),
    warmMs: Math.round(warm.ms),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    fileMb: Number((cold.bytes / 1e6).toFixed(2)),
    longestBlockMs: blocks.longest(),
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  await store.close()
}

/** How long the event loop was kept from its next turn, at the worst. */
function watchBlocks() {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 5)
    last = now
  }, 5)
  timer.unref()
  return { longest: () => Math.round(longest) }
}

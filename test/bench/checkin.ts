import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLessons } from '../../src/features/attendance/lessons/lessons.ts'
import { checkInKey, openAttendanceRecords } from '../../src/features/attendance/lessons/records/records.ts'
import { createLog } from '../../src/log.ts'
import type { Store } from '../../src/ports/store.ts'
import { openCommunity } from '../conversation.ts'
import { createRecordingOutbox } from '../features/attendance/recording-outbox.ts'
import {
  type CheckInFigures,
  fillPeople,
  group,
  inRoom,
  openCheckInTown,
  quantile,
  spreadMs,
} from './parts/check-in-town.ts'

/**
 * Cost of a sign-in, from the message that reaches the bot until its record would survive a power cut: the bot as
 * it is, its dispatcher, directory and store on this disk; without the chat line and the receipts, which are batched.
 *
 * Twice, each after a start of the bot as after any night: in a data folder where this is the first lesson, and in
 * one with ten years of history, 520 lessons of 300 people each and a roster of 3,000. In each, 500 people of one
 * group sign in spread over 10 s, as a full room does (`p99Ms`), and then in another lesson all 500 in the same
 * moment (`perSecond`). The two folders take turns, round by round, so that a busy machine slows both; figures are
 * the medians of the rounds. `flatRatio` is the greater of the two degradations: p99 with history by p99 without,
 * and rate without history by rate with.
 */
const rounds = 3
const historyLessons = 520
const historyMembers = 3000
const historyCameEach = 300

mkdirSync('test/out', { recursive: true })
const folder = mkdtempSync('test/out/bench-checkin-')
const log = createLog('error')
try {
  const young = await open('young', false)
  const old = await open('old', true)
  const figures = { young: [] as CheckInFigures[], old: [] as CheckInFigures[] }
  for (let round = 0; round < rounds; round++) {
    const turns = [
      async () => figures.young.push(await young.measure(round)),
      async () => figures.old.push(await old.measure(round)),
    ]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  await young.close()
  await old.close()
  report(medians(figures.young), medians(figures.old))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function openStore(name: string): Promise<Store> {
  const alarms = createAlarms({ clock: systemClock, log })
  return openLowdbStore({ folder: join(folder, name), alarms, log })
}

async function fill(name: string, hasHistory: boolean): Promise<void> {
  const store = await openStore(name)
  const shared = { store, clock: systemClock, outbox: createRecordingOutbox(systemClock) }
  const { directory } = openCommunity(shared)
  const members = await fillPeople(store, directory, hasHistory ? historyMembers : inRoom)
  if (hasHistory) await fillLessons(store, members)
  await store.close()
}

async function open(name: string, hasHistory: boolean) {
  await fill(name, hasHistory)
  const store = await openStore(name)
  const { measure } = openCheckInTown(store, name)
  return { measure, close: () => store.close() }
}

/** A lesson a week for ten years, each with its people, its register and what the group was told. */
async function fillLessons(store: Store, members: readonly string[]): Promise<void> {
  const records = openAttendanceRecords(store)
  const lessons = createLessons(records)
  for (let week = historyLessons; week > 0; week--) {
    const startsAt = systemClock.now().subtract({ hours: 24 * 7 * week })
    const endsAt = startsAt.add({ minutes: 90 })
    const by = { name: '陈姐', at: startsAt.subtract({ hours: 1 }) }
    const plan = { title: '周末微党课', groupIds: [group] }
    const { id } = await lessons.open({ plan, startsAt, endsAt }, by)
    const came = Array.from({ length: historyCameEach }, (_, n) => (week * 37 + n) % members.length)
    await Promise.all([
      lessons.change(id, now => ({ ...now, talliedAt: endsAt.toString(), isTallyPosted: true })),
      ...came.map(person =>
        records.checkIns.update(checkInKey(id, members[person] ?? ''), () => ({
          memberId: members[person] ?? '',
          name: `优空间-创客${person}`,
          tries: [{ at: startsAt.toString() }],
          corrections: [],
          notices: [],
        })),
      ),
    ])
  }
}

function medians(figures: CheckInFigures[]): CheckInFigures {
  return {
    perSecond: quantile(
      figures.map(({ perSecond }) => perSecond),
      0.5,
    ),
    p99Ms: quantile(
      figures.map(({ p99Ms }) => p99Ms),
      0.5,
    ),
  }
}

function report(young: CheckInFigures, old: CheckInFigures) {
  const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
  const result = {
    perSecond: Math.round(young.perSecond),
    p99Ms: round(young.p99Ms, 1),
    perSecondTenYears: Math.round(old.perSecond),
    p99MsTenYears: round(old.p99Ms, 1),
    flatRatio: round(Math.max(old.p99Ms / young.p99Ms, young.perSecond / old.perSecond), 2),
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result))
    return
  }
  console.log(`${inRoom} people sign in                       first lesson   after ten years`)
  console.log(`  at once, a second                      ${result.perSecond}   ${result.perSecondTenYears}`)
  console.log(
    `  in ${spreadMs / 1000} s, p99 until it is kept, ms      ${result.p99Ms}   ${result.p99MsTenYears}`,
  )
  console.log(`  ratio                                  ${result.flatRatio}`)
}

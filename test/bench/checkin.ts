import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createNodeCron } from '../../src/adapters/node-cron.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createBot } from '../../src/bot.ts'
import { attendance } from '../../src/features/attendance/index.ts'
import { createLessons } from '../../src/features/attendance/lessons/lessons.ts'
import { checkInKey, openRecords } from '../../src/features/attendance/lessons/records.ts'
import * as people from '../../src/features/community/records.ts'
import { createLog } from '../../src/log.ts'
import type { Message } from '../../src/ports/chat.ts'
import type { Directory } from '../../src/ports/directory.ts'
import type { Store } from '../../src/ports/store.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { noExports, noForms, noGaps, openCommunity } from '../conversation.ts'
import { createRecordingOutbox } from '../features/attendance/recording-outbox.ts'

/**
 * What a sign-in costs, from the message that reaches the bot until its record would survive a power cut: the bot as
 * it is, its dispatcher, directory and store on this disk; without the chat line and the receipts, which are batched.
 *
 * Twice, each after a start of the bot as after any night: in a data folder where this is the first lesson, and in one with ten years of history, 520 lessons of 300
 * people each and a roster of 3,000. In each, 500 people of one group sign in spread over 10 s, as a full room does
 * (`p99Ms`), and then in another lesson all 500 in the same moment (`perSecond`). The two folders take turns, round by
 * round, so that a busy machine slows both; figures are the medians of the rounds. `flatRatio` is the greater of the
 * two degradations: p99 with history by p99 without, and rate without history by rate with.
 */
const rounds = 3
const inRoom = 500
const spreadMs = 10_000
const historyLessons = 520
const historyMembers = 3000
const historyCameEach = 300
const group = 'bench@group'

mkdirSync('test/out', { recursive: true })
const folder = mkdtempSync('test/out/bench-checkin-')
const log = createLog('error')
try {
  const young = await open('young', false)
  const old = await open('old', true)
  const figures = { young: [] as Figures[], old: [] as Figures[] }
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

type Figures = { perSecond: number; p99Ms: number }

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
  const outbox = createRecordingOutbox(systemClock)
  const shared = { store, clock: systemClock, outbox }
  const { feature, directory, roster } = openCommunity(shared)
  const features = [
    feature,
    attendance({
      ...shared,
      directory,
      roster,
      gaps: noGaps,
      forms: noForms,
      exports: noExports,
      scheduler: createNodeCron(log),
      keepDays: { names: 1095, reasons: 180 },
      consoleUrl: '',
    }).feature,
  ]
  const seen = store.collection('taken', ProcessedMessage)
  const bot = createBot({ features, directory, seen, clock: systemClock, log })
  const lessons = createLessons(openRecords(store))

  /** A lesson that is open now, alone in its window. */
  async function openLesson(number: number): Promise<string> {
    const startsAt = systemClock.now().subtract({ minutes: 2 })
    const plan = { title: `第 ${number} 课`, groupIds: [group] }
    const by = { name: '陈姐', at: systemClock.now() }
    const lesson = await lessons.open({ plan, startsAt, endsAt: startsAt.add({ minutes: 90 + number }) }, by)
    return lesson.id
  }

  async function signIn(round: string, person: number): Promise<number> {
    const startedAt = performance.now()
    await bot.answer(message(`${name}-${round}-${person}`, person))
    return performance.now() - startedAt
  }

  async function expectAll(lessonId: string) {
    const { checkIns } = openRecords(store)
    const count = (await checkIns.list(`${lessonId}/`)).filter(({ value }) => value.tries.length === 1).length
    if (count !== inRoom) throw new Error(`${count} of ${inRoom} signed in`)
  }

  async function measure(round: number): Promise<Figures> {
    const spread = await openLesson(2 * round)
    const startAt = performance.now()
    const waits = await Promise.all(
      Array.from({ length: inRoom }, async (_, person) => {
        await sleep(Math.max(0, startAt + (person * spreadMs) / inRoom - performance.now()))
        return signIn(`spread-${round}`, person)
      }),
    )
    await expectAll(spread)
    await lessons.change(spread, now => ({ ...now, closedAt: systemClock.now().toString() }))
    const burst = await openLesson(2 * round + 1)
    const burstAt = performance.now()
    await Promise.all(Array.from({ length: inRoom }, (_, person) => signIn(`burst-${round}`, person)))
    const perSecond = (inRoom * 1000) / (performance.now() - burstAt)
    await expectAll(burst)
    await lessons.change(burst, now => ({ ...now, closedAt: systemClock.now().toString() }))
    return { perSecond, p99Ms: quantile(waits, 0.99) }
  }

  return { measure, close: () => store.close() }
}

function message(id: string, person: number): Message {
  const at = systemClock.now()
  return {
    id,
    groupId: group,
    senderId: `wxid_${person}`,
    senderName: `优空间-创客${person}`,
    text: '签到',
    mentionsBot: false,
    sentAt: at,
    receivedAt: at,
  }
}

/** A roster, and the group that all of them are in; each speaks once, so that the bot knows who they are. */
async function fillPeople(store: Store, directory: Directory, count: number): Promise<string[]> {
  const { groups, roster } = people.openRecords(store)
  const at = systemClock.now().toString()
  const bound = people.BoundGroup.parse({ id: group, name: '创客群', boundAt: at, boundByName: '陈姐' })
  await groups.update(people.groupKey(group), () => bound)
  const place = { branch: '优空间支部', space: '优空间', team: '', phoneTail: '' }
  const rows = Array.from({ length: count }, (_, person) =>
    people.RosterRow.parse({
      ...place,
      id: `r${person.toString(36).padStart(7, '0')}`,
      name: `创客${person}`,
      alias: `优空间-创客${person}`,
    }),
  )
  await roster.update(people.rosterKey, () => ({ rows, changedAt: at, changedByName: '陈姐' }))
  const members: string[] = []
  for (let first = 0; first < count; first += 100) {
    const some = Array.from({ length: Math.min(100, count - first) }, (_, n) => message('', first + n))
    members.push(...(await Promise.all(some.map(one => directory.recognise(one)))).map(({ id }) => id))
  }
  return members
}

/** A lesson a week for ten years, each with its people, its register and what the group was told. */
async function fillLessons(store: Store, members: readonly string[]): Promise<void> {
  const records = openRecords(store)
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

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

function medians(figures: Figures[]): Figures {
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

function report(young: Figures, old: Figures) {
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

import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../../src/adapters/clock.ts'
import { createNodeCron } from '../../../src/adapters/node-cron.ts'
import { createBot } from '../../../src/bot.ts'
import { createLessons } from '../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import * as people from '../../../src/features/community/records/records.ts'
import { createLog } from '../../../src/log.ts'
import type { Message } from '../../../src/ports/chat.ts'
import type { Directory } from '../../../src/ports/directory.ts'
import type { Store } from '../../../src/ports/store.ts'
import { ProcessedMessage } from '../../../src/processed-messages.ts'
import { openCommunity } from '../../conversation.ts'
import { openAttendance } from '../../features/attendance/opened.ts'
import { createRecordingOutbox } from '../../features/attendance/recording-outbox.ts'

export const inRoom = 500
export const spreadMs = 10_000
export const group = 'bench@group'
const log = createLog('error')

export type CheckInFigures = { perSecond: number; p99Ms: number }

/**
 * The bot as it is, over a store with people; without the chat line and the receipts.
 * @param name in the ids of messages
 */
export function openCheckInTown(store: Store, name: string) {
  const outbox = createRecordingOutbox(systemClock)
  const shared = { store, clock: systemClock, outbox }
  const { feature, directory, roster } = openCommunity(shared)
  const features = [
    feature,
    openAttendance({
      ...shared,
      directory,
      roster,
      scheduler: createNodeCron(log),
    }).feature,
  ]
  const seen = store.collection('taken', ProcessedMessage)
  const bot = createBot({ features, directory, seen, clock: systemClock, log })
  const lessons = createLessons(openAttendanceRecords(store))

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
    const { checkIns } = openAttendanceRecords(store)
    const count = (await checkIns.list(`${lessonId}/`)).filter(({ value }) => value.tries.length === 1).length
    if (count !== inRoom) throw new Error(`${count} of ${inRoom} signed in`)
  }

  async function measure(round: number): Promise<CheckInFigures> {
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

  return { measure, directory }
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
export async function fillPeople(store: Store, directory: Directory, count: number): Promise<string[]> {
  const { groups, roster } = people.openCommunityRecords(store)
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

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

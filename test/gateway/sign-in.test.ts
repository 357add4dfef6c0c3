import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { openAttendanceRecords } from '../../src/features/attendance/lessons/records/records.ts'
import { createQuietLog, createWorld } from '../conversation.ts'
import type { Dump } from './orders.ts'
import { botMessages, startTown, type Town } from './town.ts'

// A whole room signs in over a real gateway, and the bot is killed in the middle of it.

const makers = 300
const group = 'g1'
const everybody = Array.from({ length: makers }, (_, n) => n + 1)

const signIn = (town: Town, n: number) =>
  town.gateway.tell({ said: { groupId: group, from: `m${n}`, text: '签到' } })

const receiptsIn = (dump: Dump) =>
  botMessages(dump, group).filter(({ text }) => /刚签到|迟到/u.test(text) && text.includes('实到'))
const isComplete = ({ text }: { text: string }) => text.includes(`实到 ${makers} 人`)

/** A group is told at most once in this time, by the bot's clock. */
const receiptSeconds = 20

/**
 * Moves the clock on until the group is told of more than it was in the dump. The receipts are counted in that dump and
 * not later: on a busy machine the time passes by itself, and the last one comes before the clock is moved.
 */
async function nextReceipt(town: Town, before: Dump): Promise<Dump> {
  await town.answersAgain()
  await town.forward({ seconds: receiptSeconds })
  return town.settled(dump => receiptsIn(dump).length > receiptsIn(before).length)
}

async function checkInsOf(town: Town) {
  const { clock } = createWorld()
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const store = await openLowdbStore({ folder: join(town.folder, 'state'), alarms, log })
  const found = await openAttendanceRecords(store).checkIns.list('')
  await store.close()
  return found.map(({ value }) => value)
}

test('300 people sign in while the bot is killed: none is lost or doubled, in at most five messages', async () => {
  const town = await startTown({ groups: 1, makers })
  await town.gateway.tell({
    said: { groupId: group, from: 'chenjing', text: '开课 周末微党课 15:00-16:30' },
  })
  await town.settled(dump => botMessages(dump, group).some(({ text }) => text.includes('开课了')))
  const begun = Date.parse(town.now())
  const opened = await town.gateway.dump()
  for (const n of everybody.slice(0, 50)) await signIn(town, n)
  await nextReceipt(town, opened)
  for (const n of everybody.slice(50, 150)) await signIn(town, n)
  await town.bot.kill()
  // While it is dead people go on, and the gateway delivers what they said once it is back.
  for (const n of everybody.slice(150, 200)) await signIn(town, n)
  await town.restartBot()
  for (const n of everybody.slice(200)) await signIn(town, n)
  await town.gateway.tell({ redeliver: { count: makers, fresh: false } })
  let dump = await town.gateway.dump()
  while (!receiptsIn(dump).some(isComplete)) dump = await nextReceipt(town, dump)
  const seconds = (Date.parse(town.now()) - begun) / 1000
  await town.bot.stop()

  const checkIns = await checkInsOf(town)
  // On a busy machine a name may come too late for the record of its sign-in, but every sign-in is in.
  const signed = checkIns.filter(({ name }) => !['陈静', '张唯'].includes(name))
  expect(signed).toHaveLength(makers)
  expect(new Set(signed.map(({ memberId }) => memberId)).size).toBe(makers)
  expect(signed.filter(({ tries }) => tries.length !== 1)).toEqual([])

  const told = receiptsIn(dump).flatMap(({ text }) => text.match(/创客\d+/gu) ?? [])
  expect(new Set(told).size).toBe(told.length)
  // Five where it takes at most 100 s: a slow machine gives the bot time for more.
  expect(receiptsIn(dump).length).toBeLessThanOrEqual(Math.max(5, Math.ceil(seconds / receiptSeconds)))
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../src/adapters/clock.ts'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createPeople } from '../../../src/features/attendance/people.ts'
import { nextReceipt, noticesOf } from '../../../src/features/attendance/receipts.ts'
import { openRecords } from '../../../src/features/attendance/records.ts'
import { tallyOf } from '../../../src/features/attendance/rules.ts'
import { createWorld } from '../../conversation.ts'

/** A lesson as version 1 wrote it, with a code, three people and a receipt that told of one. */
const version1 = {
  id: '20261128-abcdef',
  title: '周末微党课',
  groupIds: ['g'],
  startsAt: '2026-11-28T06:00:00Z',
  endsAt: '2026-11-28T07:30:00Z',
  opensBeforeMinutes: 15,
  lateAfterMinutes: 10,
  openedByName: '陈姐',
  openedAt: '2026-11-28T05:00:00Z',
  isTallyPosted: false,
  code: { secret: 's', since: '2026-11-28T05:30:00Z' },
  misses: { c: { name: '王五', count: 2 } },
  checkIns: {
    a: { memberId: 'a', name: '张三', signedAt: '2026-11-28T06:03:00Z', corrections: [] },
    b: {
      memberId: 'b',
      name: '李四',
      leave: { at: '2026-11-28T05:50:00Z', reason: '出差' },
      corrections: [],
    },
    c: {
      memberId: 'c',
      name: '王五',
      signedAt: '2026-11-28T06:20:00Z',
      receivedAt: '2026-11-28T06:25:00Z',
      corrections: [{ to: 'absent', at: '2026-11-28T08:00:00Z', byName: '陈姐' }],
    },
  },
  notices: [
    { memberId: 'a', groupId: 'g', about: 'signed', isAfterTally: false, receipt: 1 },
    { memberId: 'b', groupId: 'g', about: 'leave', isAfterTally: false, receipt: 0 },
  ],
  receipts: [{ groupId: 'g', isPosted: true }],
}

async function openOldFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-former-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { clock, log, alarms } = createWorld()
  mkdirSync(join(folder, 'lessons'))
  const file = { version: 1, records: { '20261128-abcdef/lesson': version1 } }
  writeFileSync(join(folder, 'lessons', '20261128-abcdef.json'), JSON.stringify(file))
  const store = await openLowdbStore({ folder, clock, log, alarms })
  onTestFinished(() => store.close())
  const records = openRecords(store)
  const nobody = { members: async () => [], membersOf: async () => [], find: async () => [] }
  return { records, people: createPeople(records, { roster: nobody, clock: systemClock }) }
}

test('a lesson of an older data folder keeps its people, and what was told stays told', async () => {
  const { records, people } = await openOldFolder()
  const lesson = await records.lessons.get('20261128-abcdef/lesson')
  if (!lesson) throw new Error('the lesson is gone')
  const held = await people.held(lesson)
  const tally = tallyOf(held, Temporal.Instant.from('2026-11-29T00:00:00Z'))
  const names = (state: 'present' | 'leave' | 'absent') => tally[state].map(({ name }) => name)
  expect([names('present'), names('leave'), names('absent')]).toEqual([['张三'], ['李四'], ['王五']])
  const notices = noticesOf(held.people.flatMap(({ checkIn }) => checkIn ?? []))
  const next = nextReceipt(notices, await people.receiptsOf(lesson), {
    groupId: 'g',
    at: Temporal.Instant.from('2026-11-28T06:30:00Z'),
  })
  expect(next?.notices.map(({ memberId }) => memberId)).toEqual(['b'])
  expect(next?.number).toBe(2)
})

test('moving them again, as after a crash, changes nothing', async () => {
  const { records, people } = await openOldFolder()
  const lesson = await records.lessons.get('20261128-abcdef/lesson')
  if (!lesson) throw new Error('the lesson is gone')
  const before = await people.checkInsOf(lesson)
  await people.change(lesson, 'a', now => now && { ...now, name: '张三丰' })
  expect(await people.checkInsOf(lesson)).toEqual(
    before.map(one => (one.memberId === 'a' ? { ...one, name: '张三丰' } : one)),
  )
  expect((await records.lessons.get('20261128-abcdef/lesson'))?.former).toBeUndefined()
})

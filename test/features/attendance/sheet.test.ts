import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { LessonWithPeople } from '../../../src/features/attendance/check-ins/rules.ts'
import { sayTally } from '../../../src/features/attendance/check-ins/tally-words.ts'
import { viewLive } from '../../../src/features/attendance/console/views/lesson-views.ts'
import type { CheckIn } from '../../../src/features/attendance/lessons/records/check-in-records.ts'
import { attendeesOf, headOf } from '../../../src/features/attendance/notices/attendance-history.ts'
import { makeLessonFile } from '../../../src/ledger/workbook.ts'
import { attendee, lessonAt } from './lessons.ts'

const person = (memberId: string, name: string, more: Partial<CheckIn>) =>
  attendee({ memberId, name, ...more })
const lesson = lessonAt('2026-11-28T14:00:00+08:00', { title: '周末/微党课' })
const held = {
  lesson,
  people: [
    person('a', '优空间-张三', { tries: [{ at: '2026-11-28T05:50:00Z' }] }),
    person('b', '=cmd|calc!A0', { tries: [{ at: '2026-11-28T06:21:30Z' }] }),
    person('c', '李四', { leave: { at: '2026-11-28T05:00:00Z', reason: '\t+出差' } }),
    person('d', '王五', {
      corrections: [{ to: 'absent', at: '2026-11-28T08:00:00Z', byName: '陈姐', why: '早退' }],
    }),
    person('e', '赵六', { tries: [{ at: '2026-11-28T08:00:00Z', receivedAt: '2026-11-28T08:40:00Z' }] }),
  ],
}

async function read(of: LessonWithPeople = held, after: Temporal.DurationLike = { hours: 3 }) {
  const at = Temporal.Instant.from(lesson.endsAt).add(after)
  const attendees = attendeesOf(of, at)
  const exported = { by: '陈姐', at }
  const file = await makeLessonFile(headOf(of.lesson, ['优空间创客群']), { attendees, roster: [], exported })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file.bytes.slice().buffer)
  const sheet = book.getWorksheet('签到表')
  if (!sheet) throw new Error('no sheet')
  const people = () =>
    [10, 11, 12, 13, 14].map(n => [2, 5, 7, 8].map(c => sheet.getRow(n).getCell(c).value ?? ''))
  return { file, sheet, people }
}

test('the sheet names everybody with state, time and how late, without reasons', async () => {
  const { file, sheet, people } = await read()
  expect(file.name).toBe('签到表-周末 微党课-2026-11-28.xlsx')
  expect(people().sort()).toEqual([
    ["'=cmd|calc!A0", '自愿参加，迟到', 21, ''],
    ['优空间-张三', '自愿参加', '', ''],
    ['李四', '请假，不在应到', '', ''],
    ['王五', '缺勤', '', '2026年11月28日 16:00 陈姐 更正为缺勤'],
    ['赵六', '截止后签到', '', '线路延误，16:40 才收到'],
  ])
  const row = [10, 11, 12, 13, 14].find(n => sheet.getCell(`B${n}`).value === '优空间-张三')
  expect(sheet.getCell(`F${row}`).value).toEqual(new Date(Date.UTC(2026, 10, 28, 13, 50)))
  expect(sheet.getCell('A2').value).toBe('时间：2026年11月28日 14:00–15:30')
})

test('who was expected counts as expected, and as nothing else', async () => {
  const expected = held.people.map(one => ({ ...one, isExpected: true, branch: '优空间支部' }))
  const { sheet, people } = await read({ lesson, people: expected })
  expect(people().map(([name, state]) => [name, state])).toEqual(
    expect.arrayContaining([
      ['优空间-张三', '到'],
      ["'=cmd|calc!A0", '迟到'],
      ['赵六', '缺勤'],
    ]),
  )
  expect(['A6', 'B6', 'C6', 'E6', 'F6', 'H6'].map(cell => sheet.getCell(cell).result ?? 0)).toEqual([
    5, 2, 1, 1, 2, 0,
  ])
})

test.each([
  ['with a list of who is expected', true, '自愿参加', '自愿参加，迟到'],
  ['without one', false, '到', '迟到'],
])('a state has one name in chat, on the page and in the sheet: %s', async (_, isListed, came, cameLate) => {
  const signed = (at: string) => ({ tries: [{ at }] })
  const people = [
    { ...person('a', '张三', signed('2026-11-28T05:50:00Z')), isExpected: isListed },
    person('b', '李四', signed('2026-11-28T05:51:00Z')),
    person('c', '王五', signed('2026-11-28T06:21:30Z')),
  ]
  const names = { 张三: '到', 李四: came, 王五: cameLate }
  const now = Temporal.Instant.from(lesson.endsAt).add({ hours: 1 })
  const { sheet, people: rows } = await read({ lesson, people })
  expect(Object.fromEntries(rows().map(([name, state]) => [name, state]))).toMatchObject(names)
  const page = String(await viewLive({ lesson, people }, { now, showsReasons: true }))
  const told = sayTally({ lesson, people }, now)
  for (const [name, state] of Object.entries(names)) {
    expect(page).toMatch(new RegExp(`>${name}</td>\\s*<td data-label="状态"><span[^>]*>${state}</span>`))
    expect(told).toMatch(new RegExp(`^${state}：.*${name}`, 'mu'))
  }
  expect(['A6', 'B6', 'C6'].map(cell => sheet.getCell(cell).result ?? 0)).toEqual([isListed ? 1 : 0, 3, 1])
})

test('who made it up without being expected was not there', async () => {
  const decision = { isConfirmed: true, at: '2026-11-28T09:00:00Z', byName: '陈姐' }
  const makeUp = { at: '2026-11-28T08:00:00Z', words: '弄清了加计扣除', decision }
  const people = [person('a', '张三', { makeUp })]
  const { sheet, people: rows } = await read({ lesson, people })
  expect(rows()[0]?.slice(0, 2)).toEqual(['张三', '补学'])
  expect(['A6', 'B6'].map(cell => sheet.getCell(cell).result ?? 0)).toEqual([0, 0])
})

test('before the end, who has not come yet is not absent', async () => {
  const expected = [{ ...attendee({ memberId: 'f', name: '钱七' }), isExpected: true }]
  const { sheet } = await read({ lesson, people: expected }, { minutes: -30 })
  expect(sheet.getCell('E10').value).toBe('还没到')
  expect(sheet.getCell('F6').result ?? 0).toBe(0)
  expect(JSON.stringify(sheet.getSheetValues())).toContain('签到还没截止')
})

test('no text that people choose becomes a formula', async () => {
  const { sheet } = await read({ ...held, lesson: { ...lesson, title: '=HYPERLINK("http://x")' } })
  expect(sheet.getCell('A1').type).toBe(ExcelJS.ValueType.String)
  expect(sheet.getCell('B10').numFmt).toBe('@')
})

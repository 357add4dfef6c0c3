import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { CheckIn } from '../../../src/features/attendance/check-in-records.ts'
import type { Held } from '../../../src/features/attendance/rules.ts'
import { makeSheet } from '../../../src/features/attendance/sheet.ts'
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

async function read(of: Held = held) {
  const at = Temporal.Instant.from(lesson.endsAt).add({ hours: 3 })
  const file = await makeSheet(of, { groupNames: ['优空间创客群'], at })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file.bytes.slice().buffer)
  const sheet = book.getWorksheet('签到表')
  if (!sheet) throw new Error('no sheet')
  return { file, sheet }
}

test('the sheet names everybody with state, time, how late and why', async () => {
  const { file, sheet } = await read()
  expect(file.name).toBe('签到表-周末 微党课-2026-11-28.xlsx')
  const rows = [6, 7, 8, 9, 10].map(n => [1, 2, 3, 5, 6].map(c => sheet.getRow(n).getCell(c).value ?? ''))
  expect(rows).toEqual([
    [1, '优空间-张三', '到', '', ''],
    [2, "'=cmd|calc!A0", '迟到', 21, ''],
    [3, '李四', '请假', '', '请假： +出差'],
    [4, '王五', '缺勤', '', '2026年11月28日 16:00 陈姐 更正为缺勤（早退）'],
    [5, '赵六', '截止后签到', '', '线路延误，16:40 才收到'],
  ])
  expect(sheet.getCell('D6').value).toEqual(new Date(Date.UTC(2026, 10, 28, 13, 50)))
  expect(sheet.getCell('A2').value).toBe('时间：2026年11月28日 14:00–15:30')
})

test('totals are live formulas whose kept results are right', async () => {
  const { sheet } = await read()
  const totals = [12, 13, 14, 15, 16, 17, 18, 19, 20].map(n => [
    sheet.getCell(`B${n}`).value,
    sheet.getCell(`C${n}`).value,
  ])
  const count = (state: string) => `COUNTIF($C$6:$C$10,"${state}")`
  expect(totals).toEqual([
    ['到', { formula: count('到'), result: 1 }],
    ['迟到', { formula: count('迟到'), result: 1 }],
    ['请假', { formula: count('请假'), result: 1 }],
    ['补学', { formula: count('补学') }],
    ['未核对', { formula: count('未核对') }],
    ['缺勤', { formula: count('缺勤'), result: 1 }],
    ['还没到', { formula: count('还没到') }],
    ['截止后签到', { formula: count('截止后签到'), result: 1 }],
    ['实到（到 + 迟到）', { formula: 'C12+C13', result: 2 }],
  ])
})

test('it prints on A4, one page wide, with its head on every page', async () => {
  const { sheet } = await read()
  expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 })
  expect(sheet.pageSetup.printTitlesRow).toBe('5:5')
})

test('a lesson where nobody was is a sheet as well', async () => {
  const { sheet } = await read({ lesson, people: [] })
  expect(sheet.getCell('C16').value).toMatchObject({ formula: 'C8+C9' })
})

test('no text that people choose becomes a formula', async () => {
  const { sheet } = await read({ ...held, lesson: { ...lesson, title: '=HYPERLINK("http://x")' } })
  expect(sheet.getCell('A1').type).toBe(ExcelJS.ValueType.String)
  expect(sheet.getCell('B7').numFmt).toBe('@')
})

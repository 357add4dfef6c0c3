import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import type { ChatFile } from '../../ports/chat.ts'
import { asCellText } from '../../text/cells.ts'
import { inShanghai, sayFullTime } from '../../text/time.ts'
import type { Lesson } from './records.ts'
import { type Held, lastCorrection, type Row, type State, signedTry, type Tally, tallyOf } from './rules.ts'
import { clockTime, remarksOf, stateWords } from './words.ts'

const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const columns = [
  { header: '序号', width: 6 },
  { header: '姓名', width: 26 },
  { header: '状态', width: 12 },
  { header: '签到时间', width: 12 },
  { header: '迟到（分钟）', width: 13 },
  { header: '备注', width: 34 },
]
const headerRow = 5
/** In this order on paper: those who were there, then those who said so, then the rest. */
const order: State[] = ['present', 'late', 'leave', 'made-up', 'unverified', 'absent', 'awaited', 'tried']

/** The lesson's sign-in sheet, ready for A4, its totals as live formulas. */
export async function makeSheet(
  held: Held,
  { groupNames, at }: { groupNames: readonly string[]; at: Temporal.Instant },
): Promise<ChatFile> {
  const { lesson } = held
  const tally = tallyOf(held, at)
  const book = new ExcelJS.Workbook()
  book.calcProperties.fullCalcOnLoad = true
  const sheet = book.addWorksheet('签到表', {
    views: [{ state: 'frozen', ySplit: headerRow }],
    pageSetup: {
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${headerRow}:${headerRow}`,
    },
    headerFooter: { oddFooter: '&L签到表&R第 &P 页，共 &N 页' },
  })
  sheet.columns = columns.map(({ width }) => ({ width }))
  writeHead(sheet, lesson, groupNames)
  const people = writePeople(sheet, lesson, tally)
  writeTotals(sheet, tally, people)
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  return { name: fileNameOf(lesson), mimeType, bytes }
}

function writeHead(sheet: ExcelJS.Worksheet, lesson: Lesson, groupNames: readonly string[]) {
  sheet.getCell('A1').value = asCellText(lesson.title)
  sheet.getCell('A1').font = { bold: true, size: 16 }
  sheet.getCell('A2').value =
    `时间：${sayFullTime(Temporal.Instant.from(lesson.startsAt))}–${clockTime(lesson.endsAt)}`
  sheet.getCell('A3').value = asCellText(`群：${groupNames.join('、')}`)
  const row = sheet.getRow(headerRow)
  row.values = columns.map(({ header }) => header)
  row.font = { bold: true }
  row.eachCell(cell => {
    cell.border = { bottom: { style: 'thin' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } }
  })
}

/** @returns how many rows were written */
function writePeople(sheet: ExcelJS.Worksheet, lesson: Lesson, tally: Tally): number {
  const people = order.flatMap(state => tally[state])
  for (const [index, one] of people.entries()) {
    const { standing, checkIn } = one
    const signed = checkIn && signedTry(lesson, checkIn)
    const row = sheet.getRow(headerRow + 1 + index)
    row.values = [
      index + 1,
      asCellText(one.name),
      stateWords[standing.state],
      signed ? asWallClock(signed.at) : '',
      standing.lateMinutes ?? '',
      asCellText(remarkOf(lesson, one)),
    ]
    // As text, so that a name which looks like a formula stays a name when somebody edits the cell.
    row.getCell(2).numFmt = '@'
    row.getCell(4).numFmt = 'hh:mm'
    row.getCell(6).numFmt = '@'
    row.getCell(6).alignment = { wrapText: true, vertical: 'top' }
  }
  return people.length
}

function writeTotals(sheet: ExcelJS.Worksheet, tally: Tally, people: number) {
  const states = `$C$${headerRow + 1}:$C$${headerRow + Math.max(people, 1)}`
  const first = headerRow + Math.max(people, 1) + 2
  for (const [index, state] of order.entries()) {
    const row = sheet.getRow(first + index)
    row.getCell(2).value = stateWords[state]
    row.getCell(3).value = {
      formula: `COUNTIF(${states},"${stateWords[state]}")`,
      result: tally[state].length,
    }
  }
  const attended = sheet.getRow(first + order.length)
  attended.getCell(2).value = '实到（到 + 迟到）'
  attended.getCell(3).value = { formula: `C${first}+C${first + 1}`, result: tally.attended }
  attended.font = { bold: true }
}

function remarkOf(lesson: Lesson, { checkIn }: Row): string {
  const remarks = checkIn ? remarksOf(lesson, checkIn) : []
  const last = checkIn && lastCorrection(checkIn)
  if (!last) return remarks.join('；')
  const why = last.why ? `（${last.why}）` : ''
  const corrected = `${sayFullTime(Temporal.Instant.from(last.at))} ${last.byName} 更正为${stateWords[last.to]}${why}`
  return [...remarks, corrected].join('；')
}

/** Spreadsheets know no zones, and the library writes a date's UTC fields: these are Shanghai's wall clock. */
function asWallClock(at: string): Date {
  const { year, month, day, hour, minute, second } = inShanghai(Temporal.Instant.from(at))
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

function fileNameOf(lesson: Lesson): string {
  const day = inShanghai(Temporal.Instant.from(lesson.startsAt)).toPlainDate().toString()
  return `签到表-${lesson.title.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim() || '课程'}-${day}.xlsx`
}

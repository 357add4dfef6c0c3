import type { Worksheet } from 'exceljs'
import type { Temporal } from 'temporal-polyfill'
import type { HeldLesson } from '../../ports/attendance.ts'
import { asCellText } from '../../text/cells.ts'
import { inShanghai, sayDate, sayFullTime } from '../../text/dates/time.ts'
import { type Counts, definitions, expectedOf, guestsOf, markLegend, sumOfCounts } from '../counts.ts'
import { type AttendanceLedger, groupBy } from '../ledger.ts'
import { cellStyles, quotedSheetName, type Value, writeRow } from './cells.ts'
import { lessonTotalCell } from './lesson-sheet.ts'
import { firstMemberRow, memberSheetName, totalColumn } from './member-sheet.ts'
import { printLayout, writeAcross, writeSignatures } from './sheets.ts'
import { sumsOf, totalStyles, totalTitles, totalWidths } from './totals.ts'

export const summarySheetName = '汇总'
const wide = totalTitles.length + 2
const letters = 'CDEFGHIJKL'
const headRow = 4
export type Exported = { by: string; at: Temporal.Instant }

export const summarySheetOptions = (foot: string) =>
  printLayout({ landscape: true, head: [1, headRow], foot })

/** `people` and `sum` for the row of the sheet on which it stands. */
type Row = {
  name: string
  counts: Counts
  people(row: number): Value
  sum(place: number, row: number): string
}

/** The first sheet: totals by branch, by space and by lesson, what they mean, and who took it out when. */
export function writeSummary(
  sheet: Worksheet,
  ledger: AttendanceLedger,
  { exported, lessonSheets }: { exported: Exported; lessonSheets: readonly string[] },
): void {
  const { period, lessons, lines } = ledger
  sheet.columns = [{ width: 34 }, { width: 7 }, ...totalWidths.map(width => ({ width: width + 1 }))]
  writeAcross(sheet, 1, { text: `出勤台账（${period.title}）`, columns: wide, style: cellStyles.title })
  sheet.getRow(1).height = 30
  const days = `期间：${sayDate(period.firstDay)}至${sayDate(period.lastDay)}　　上课 ${lessons.length} 次　　成员 ${lines.length} 人`
  writeAcross(sheet, 2, { text: days, columns: wide, style: cellStyles.about })
  const who = `导出：${exported.by}，${sayFullTime(exported.at)}　　姓名、支部、众创空间以导出时的成员名单为准`
  writeAcross(sheet, 3, { text: who, columns: wide, style: cellStyles.about })
  writeRow(
    sheet,
    headRow,
    ['支部／众创空间／课程', '人数', ...totalTitles].map(text => [text, cellStyles.head] as const),
  )
  let at = headRow + 1
  at = writeTable(sheet, at, { title: '一、按支部', rows: groupRows(ledger, 'branch') })
  at = writeTable(sheet, at, { title: '二、按众创空间', rows: groupRows(ledger, 'space') })
  at = writeTable(sheet, at, {
    title: '三、按课程',
    rows: lessons.map((lesson, index) =>
      lessonRow(lesson, ledger.lessonCounts[index], lessonSheets[index] ?? ''),
    ),
  })
  at += 1
  writeAcross(sheet, at, { text: '说明', columns: wide, style: cellStyles.note })
  for (const text of [`成员出勤表里的记号：${markLegend}。`, ...definitions]) {
    at += 1
    writeAcross(sheet, at, { text, columns: wide, style: cellStyles.note })
    sheet.getRow(at).height = 26
  }
  writeSignatures(sheet, at + 2, { by: exported.by, columns: wide })
}

/** EXACT, since a name may hold what a criterion would read as a pattern. */
function groupRows({ lines, lessons }: AttendanceLedger, by: 'branch' | 'space'): Row[] {
  const of = quotedSheetName(memberSheetName)
  const last = firstMemberRow + lines.length - 1
  const column = by === 'branch' ? 'C' : 'D'
  const names = `${of}!$${column}$${firstMemberRow}:$${column}$${last}`
  return groupBy(lines, by).map(group => ({
    name: group.name,
    counts: sumOfCounts(group.lines.map(({ counts }) => counts)),
    people: row => ({ formula: `SUMPRODUCT(--EXACT(${names},$A${row}))`, result: group.lines.length }),
    sum: (place, row) => {
      const total = totalColumn(lessons.length, place)
      return `SUMPRODUCT(--EXACT(${names},$A${row}),${of}!$${total}$${firstMemberRow}:$${total}$${last})`
    },
  }))
}

function lessonRow(lesson: HeldLesson, counts = sumOfCounts([]), sheetName: string): Row {
  const { month, day } = inShanghai(lesson.startsAt)
  const cell = (place: number) => `${quotedSheetName(sheetName)}!${lessonTotalCell(place)}`
  return {
    name: `${month}月${day}日 ${lesson.title}`,
    counts,
    people: () => ({ formula: `${cell(0)}+${cell(9)}`, result: expectedOf(counts) + guestsOf(counts) }),
    sum: cell,
  }
}

type Table = { title: string; rows: readonly Row[] }

/** @returns the row below it */
function writeTable(sheet: Worksheet, at: number, { title, rows }: Table): number {
  writeAcross(sheet, at, { text: title, columns: wide, style: cellStyles.section })
  const top = at + 1
  for (const [index, row] of rows.entries()) {
    const here = top + index
    const values = sumsOf(row.counts, {
      sum: place => row.sum(place, here),
      cell: place => `${letters[place]}${here}`,
    })
    writeRow(sheet, here, [
      [asCellText(row.name), cellStyles.name],
      [row.people(here), cellStyles.number],
      ...values.map((value, place) => [value, totalStyles(false)[place] ?? cellStyles.number] as const),
    ])
  }
  const last = Math.max(top, top + rows.length - 1)
  const sumRow = last + 1
  const sums = sumsOf(sumOfCounts(rows.map(({ counts }) => counts)), {
    sum: place => `SUM(${letters[place]}${top}:${letters[place]}${last})`,
    cell: place => `${letters[place]}${sumRow}`,
  })
  writeRow(sheet, sumRow, [
    ['合计（人次）', cellStyles.sumName],
    [undefined, cellStyles.sum],
    ...sums.map((value, place) => [value, totalStyles(true)[place] ?? cellStyles.sum] as const),
  ])
  return sumRow + 1
}

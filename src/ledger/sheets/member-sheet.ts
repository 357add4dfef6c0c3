import type { Worksheet } from 'exceljs'
import type { Temporal } from 'temporal-polyfill'
import { asCellText } from '../../text/cells.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { emWidthOf } from '../cell-size.ts'
import { kinds, markLegend } from '../counts.ts'
import type { AttendanceLedger, LedgerMember } from '../ledger.ts'
import { cellStyles, columnName, markStyles, writeRow } from './cells.ts'
import { printLayout, writeAcross, writeSignatures } from './sheets.ts'
import { isRate, sumsOf, totalStyles, totalsOf, totalTitles, totalWidths } from './totals.ts'

export const memberSheetName = '成员出勤'
const names = [
  { header: '序号', width: 5 },
  { header: '姓名', width: 11 },
  { header: '支部', width: 17 },
  { header: '众创空间', width: 13 },
]
const dateRow = 3
const titleRow = 4
export const firstMemberRow = titleRow + 1
/** Lessons that stay readable side by side on one landscape page. */
const lessonsPerPage = 20
const lessonWide = 5.4
const longestTitle = 8
const lineHigh = 14
const rowsAtOnce = 100

/** The column in which the total of this place stands, after the lessons. */
export const totalColumn = (lessons: number, place: number) => columnName(names.length + lessons + 1 + place)

export const memberSheetOptions = (lessons: number, foot: string) =>
  printLayout({
    landscape: true,
    pagesWide: Math.max(1, Math.ceil(lessons / lessonsPerPage)),
    head: [dateRow, titleRow],
    names: { frozen: 2, repeated: 'A:B' },
    foot,
  })

/** Members by lessons: a mark each, totals to the right of every member and below every lesson. */
export async function writeMembers(
  sheet: Worksheet,
  ledger: AttendanceLedger,
  { by, pause }: { by: string; pause(): Promise<void> },
): Promise<void> {
  const { lessons, lines } = ledger
  sheet.columns = [
    ...names.map(({ width }) => ({ width })),
    ...lessons.map(() => ({ width: lessonWide })),
    ...totalWidths.map(width => ({ width })),
  ]
  writeHead(sheet, ledger)
  for (const [index, line] of lines.entries()) {
    writeLine(sheet, firstMemberRow + index, { number: index + 1, line, lessons: lessons.length })
    sheet.getRow(firstMemberRow + index).commit()
    if (index % rowsAtOnce === rowsAtOnce - 1) await pause()
  }
  const end = writeTotals(sheet, ledger)
  writeSignatures(sheet, end + 1, { by, columns: firstPageWide(lessons.length) })
}

/** Columns on the first page: a heading over more would be cut. */
const firstPageWide = (lessons: number) =>
  lessons > lessonsPerPage ? names.length + lessonsPerPage : names.length + lessons + totalTitles.length

/** Width of those columns, in characters of half width. */
const firstPageCharacters = (lessons: number) =>
  [...names.map(({ width }) => width), ...Array<number>(lessons).fill(lessonWide), ...totalWidths]
    .slice(0, firstPageWide(lessons))
    .reduce((sum, width) => sum + width, 0)

function writeHead(sheet: Worksheet, { period, lessons }: AttendanceLedger): void {
  const wide = firstPageWide(lessons.length)
  writeAcross(sheet, 1, { text: `成员出勤表（${period.title}）`, columns: wide, style: cellStyles.title })
  sheet.getRow(1).height = 28
  const legend = `记号：${markLegend}；空格：这节课不在应到之列`
  writeAcross(sheet, 2, { text: legend, columns: wide, style: cellStyles.note })
  sheet.getRow(2).height =
    lineHigh * Math.ceil((2 * emWidthOf(legend)) / (firstPageCharacters(lessons.length) - 2))
  writeRow(sheet, dateRow, [
    ...names.map(({ header }) => [header, cellStyles.head] as const),
    ...lessons.map(({ startsAt }) => [sayDate(startsAt), cellStyles.head] as const),
    ...totalTitles.map(title => [title, cellStyles.head] as const),
  ])
  writeRow(sheet, titleRow, [
    ...names.map(() => [undefined, cellStyles.head] as const),
    ...lessons.map(({ title }) => [asCellText(short(title)), cellStyles.upright] as const),
    ...totalTitles.map(() => [undefined, cellStyles.head] as const),
  ])
  sheet.getRow(titleRow).height =
    14 + 13 * Math.max(3, ...lessons.map(({ title }) => [...short(title)].length))
  const merged = [...names.keys(), ...totalTitles.map((_, place) => names.length + lessons.length + place)]
  for (const column of merged) sheet.mergeCells(dateRow, column + 1, titleRow, column + 1)
}

/** As text: a date that does not fit its column is shown as ###. */
function sayDate(at: Temporal.Instant): string {
  const { month, day } = inShanghai(at)
  return `${month}/${day}`
}

/** Written upright, a long title would fill the page; it stands whole on the sheet of its lesson. */
const short = (title: string) => {
  const characters = [...title]
  return characters.length > longestTitle ? `${characters.slice(0, longestTitle - 1).join('')}…` : title
}

const blank = { ...cellStyles.number }

function writeLine(
  sheet: Worksheet,
  at: number,
  { number, line, lessons }: { number: number; line: LedgerMember; lessons: number },
): void {
  const marks = `$${columnName(names.length + 1)}${at}:$${columnName(names.length + lessons)}${at}`
  const totals = totalsOf(line.counts, {
    count: kind => `COUNTIF(${marks},"${kinds[kind].mark}")`,
    cell: place => `${totalColumn(lessons, place)}${at}`,
  })
  writeRow(sheet, at, [
    [number, cellStyles.number],
    [asCellText(line.name), cellStyles.name],
    [asCellText(line.branch), cellStyles.name],
    [asCellText(line.space), cellStyles.name],
    ...line.entries.map(entry =>
      entry ? ([kinds[entry.kind].mark, markStyles[entry.kind]] as const) : ([undefined, blank] as const),
    ),
    ...totals.map((value, place) => [value, plainStyles[place] ?? cellStyles.number] as const),
  ])
}

const plainStyles = totalStyles(false)
const sumStyles = totalStyles(true)

/** Below the names: the sums of the totals, and under each lesson how it came out. @returns the last row */
function writeTotals(sheet: Worksheet, { lessons, lines, lessonCounts, total }: AttendanceLedger): number {
  const last = Math.max(firstMemberRow, firstMemberRow + lines.length - 1)
  const sumRow = last + 1
  const sums = sumsOf(total, {
    sum: place => {
      const column = totalColumn(lessons.length, place)
      return `SUM(${column}${firstMemberRow}:${column}${last})`
    },
    cell: place => `${totalColumn(lessons.length, place)}${sumRow}`,
  })
  writeRow(sheet, sumRow, [
    [undefined, cellStyles.sumName],
    ['合计（人次）', cellStyles.sumName],
    [undefined, cellStyles.sumName],
    [undefined, cellStyles.sumName],
    ...lessons.map(() => [undefined, cellStyles.sum] as const),
    ...sums.map((value, place) => [value, sumStyles[place] ?? cellStyles.sum] as const),
  ])
  const byLesson = lessonCounts.map((counts, index) => {
    const column = columnName(names.length + 1 + index)
    const marks = `${column}$${firstMemberRow}:${column}$${last}`
    return totalsOf(counts, {
      count: kind => `COUNTIF(${marks},"${kinds[kind].mark}")`,
      cell: place => `${column}$${sumRow + 1 + place}`,
    })
  })
  const narrowRate = { ...cellStyles.rate, numFmt: '0%' }
  for (const [place, title] of totalTitles.entries()) {
    writeRow(sheet, sumRow + 1 + place, [
      [undefined, cellStyles.sumName],
      [title, cellStyles.sumName],
      [place === 0 ? '（按课）' : undefined, cellStyles.sumName],
      [undefined, cellStyles.sumName],
      ...byLesson.map(totals => [totals[place], isRate(place) ? narrowRate : cellStyles.number] as const),
    ])
  }
  return sumRow + totalTitles.length
}

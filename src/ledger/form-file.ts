import type { Style } from 'exceljs'
import { loadExcelJs } from '../lib/exceljs.ts'
import type { ChatFile } from '../ports/chat.ts'
import { asCellText } from '../text/cells.ts'
import { sayFullTime } from '../text/dates/time.ts'
import { emWidthOf, rowHeight } from './cell-size.ts'
import { cellStyles, columnName, writeRow } from './sheets/cells.ts'
import { printLayout } from './sheets/sheets.ts'
import type { Exported } from './sheets/summary-sheet.ts'

const formKind = '报名表'
/** Widths in characters of half width; what is longer is written in several lines. */
const narrowest = 8
const widest = 36

type FormSheet = {
  /** Name of the file and its sheet. Default: 报名表. */
  kind?: string
  title: string
  /** Beside the title: 「共 31 / 40 人」. */
  total: string
  columns: readonly string[]
  rows: readonly (string | number)[][]
  exported: Exported
}

/** A table as a spreadsheet, for A4: a form's answers, or what else has one line of columns. */
export async function makeFormFile({
  kind = formKind,
  title,
  total,
  columns,
  rows,
  exported,
}: FormSheet): Promise<ChatFile> {
  const { Workbook } = await loadExcelJs()
  const workbook = new Workbook()
  const heading = kind === formKind ? title : `${title}${kind}`
  const sheet = workbook.addWorksheet(
    kind,
    printLayout({ landscape: columns.length > 6, head: [3, 3], foot: heading }),
  )
  const widths = columns.map((name, at) => columnWidth([name, ...rows.map(row => row[at] ?? '')]))
  sheet.columns = widths.map(width => ({ width }))
  const wide = `A1:${columnName(columns.length)}1`
  sheet.mergeCells(wide)
  writeRow(sheet, 1, [[asCellText(heading), cellStyles.title]])
  writeRow(sheet, 2, [[`${total}。导出：${exported.by}，${sayFullTime(exported.at)}`, cellStyles.about]])
  writeRow(
    sheet,
    3,
    columns.map(name => [asCellText(name), cellStyles.head] as const),
  )
  for (const [at, row] of rows.entries()) {
    writeRow(sheet, 4 + at, row.map(cellOf))
    sheet.getRow(4 + at).height = rowHeight(row.map(String), widths)
  }
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: `${kind}-${title.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()}.xlsx`, mimeType, bytes }
}

const columnWidth = (values: readonly (string | number)[]): number =>
  values.reduce<number>(
    (width, value) => Math.min(widest, Math.max(width, 2 * emWidthOf(String(value)) + 2)),
    narrowest,
  )

const cellOf = (value: string | number): [string | number, Partial<Style>] =>
  typeof value === 'number' ? [value, cellStyles.number] : [asCellText(value), cellStyles.remark]

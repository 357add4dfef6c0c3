import ExcelJS from 'exceljs'
import { Refusal } from '../../../feature.ts'
import { readTables } from '../../../parsing/index.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { Table } from '../../../tables/index.ts'
import { asCellText, fromCellText } from '../../../text/cells.ts'
import type { RosterRow } from '../records.ts'
import { asHeader, type Field, fieldNames, fieldOf, fields, isSensitive } from './columns.ts'
import type { FileRow } from './plan.ts'

const mostRows = 20_000
/** Titles and notes stand above the header on many lists, but not more of them than this. */
const headerWithin = 10

export type ReadFile = {
  rows: FileRow[]
  /** Which column was taken for what: 「成员姓名」 for 姓名. */
  columns: { title: string; field: Field | 'id' }[]
  ignoredColumns: string[]
  /** Columns of sensitive data, which are never kept. */
  unkeptColumns: string[]
  /** Sheets besides the one that was read. */
  otherSheets: string[]
}

type RosterTable = {
  title: string
  /** The header's titles by column. */
  header: string[]
  body: string[][]
  /** The line of the first row of the body, as a spreadsheet counts. */
  bodyAt: number
}

/**
 * Reads a roster from .xlsx or CSV, by the names of its columns, below titles and in a header of one or two rows.
 * @param keepsParty whether party membership may be kept at all
 * @throws {@link Refusal} in Chinese where the file is none of these, is too large, or has no column 姓名
 */
export async function readRosterFile(bytes: Uint8Array, keepsParty: boolean): Promise<ReadFile> {
  const tables = await readTables(bytes)
  const found = tables.map(tableBelowHeader).find(table => table !== undefined)
  if (!found)
    throw new Refusal(
      `前 ${headerWithin} 行里没有找到「姓名」这一列。请检查表头，列名写成「姓名」就能认出来。`,
    )
  const { header, body, bodyAt } = found
  if (body.length > mostRows) throw new Refusal(`最多一次导入 ${mostRows} 行，请分几次。`)
  const kept = header.map(title => keptField(title, keepsParty))
  const rows = body
    .map((cells, place) => rowOf(kept, cells, bodyAt + place))
    .filter(({ line: _line, ...told }) => Object.values(told).some(value => value !== ''))
  if (rows.length === 0) throw new Refusal('表头下面没有人，请检查文件。')
  const titles = header.map(asHeader)
  const unread = titles.filter((title, place) => title !== '' && !kept[place])
  const isUnkept = (title: string) => fieldOf(title) === 'party' || isSensitive(title)
  return {
    rows,
    columns: kept.flatMap((field, place) => (field ? [{ title: (header[place] ?? '').trim(), field }] : [])),
    ignoredColumns: unread.filter(title => !isUnkept(title)),
    unkeptColumns: unread.filter(isUnkept),
    otherSheets: tables.filter(({ name }) => name !== found.title).map(({ name }) => name),
  }
}

function keptField(title: string, keepsParty: boolean): Field | 'id' | undefined {
  const field = fieldOf(title)
  return field === 'party' && !keepsParty ? undefined : field
}

function tableBelowHeader({ name, rows }: Table): RosterTable | undefined {
  const at = rows.slice(0, headerWithin).findIndex(row => row.some(cell => fieldOf(cell) === 'name'))
  if (at < 0) return undefined
  const first = rows[at] ?? []
  const second = rows[at + 1] ?? []
  if (!isHeaderBelow(first, second))
    return { title: name, header: first, body: rows.slice(at + 1), bodyAt: at + 2 }
  const columns = Math.max(first.length, second.length)
  // Of 「联系方式 / 手机」 the lower says more; where it says nothing we know, the upper stands.
  const header = Array.from({ length: columns }, (_, place) => {
    const [upper = '', lower = ''] = [first[place], second[place]]
    return lower.trim() !== '' && (fieldOf(lower) || !fieldOf(upper)) ? lower : upper
  })
  return { title: name, header, body: rows.slice(at + 2), bodyAt: at + 3 }
}

/** Whether the next row goes on with the header: it names columns, and says nothing of its own where the names stand. */
function isHeaderBelow(first: readonly string[], second: readonly string[]): boolean {
  const nameAt = first.findIndex(cell => fieldOf(cell) === 'name')
  const below = asHeader(second[nameAt] ?? '')
  const isOpen = below === '' || below === asHeader(first[nameAt] ?? '')
  return isOpen && second.some(cell => fieldOf(cell) !== undefined)
}

function rowOf(kept: readonly (Field | 'id' | undefined)[], cells: readonly string[], line: number): FileRow {
  const row = { line, id: '', ...Object.fromEntries(fields.map(field => [field, ''])) } as FileRow
  for (const [place, field] of kept.entries()) {
    if (field && row[field] === '') row[field] = fromCellText(cells[place] ?? '')
  }
  return { ...row, phoneTail: tailOf(row.phoneTail) }
}

/** Of a whole number only its end is kept, also where a space, a dash or a second number stands with it. */
function tailOf(written: string): string {
  const number = /\d(?:[\s-]?\d){4,}/u.exec(written.normalize('NFKC'))
  return number ? number[0].replaceAll(/\D/gu, '').slice(-4) : written.replaceAll(/\s/gu, '')
}

/**
 * The roster as a file that imports again unchanged. Party membership never stands in it: files are passed on.
 * @param rows in the order of the file
 */
export async function makeRosterFile(rows: readonly RosterRow[]): Promise<ChatFile> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名单', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const columns = [...fields.filter(field => field !== 'party'), 'id'] as const
  sheet.columns = columns.map(field => ({
    header: field === 'id' ? '编号' : fieldNames[field],
    width: field === 'team' || field === 'note' ? 26 : 16,
    // Where a leading zero would get lost when somebody edits the file.
    ...(field === 'phoneTail' ? { style: { numFmt: '@' } } : {}),
  }))
  sheet.getRow(1).font = { bold: true }
  sheet.pageSetup.printTitlesRow = '1:1'
  for (const row of rows) sheet.addRow(columns.map(field => asCellText(row[field])))
  return {
    name: '成员名单.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: new Uint8Array(await book.xlsx.writeBuffer()),
  }
}

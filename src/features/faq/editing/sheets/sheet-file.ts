import type ExcelJS from 'exceljs'
import { Refusal } from '../../../../feature.ts'
import { rowHeight } from '../../../../ledger/cell-size.ts'
import { loadExcelJs } from '../../../../lib/exceljs.ts'
import { readTables } from '../../../../parsing/index.ts'
import type { ChatFile } from '../../../../ports/chat.ts'
import type { Table } from '../../../../tables/index.ts'
import type { Base } from '../changes/pieces.ts'
import { choices, fieldWords } from '../changes/words.ts'
import {
  type DocumentRow,
  documentColumns,
  type EntryRow,
  entryColumns,
  laterFields,
  rowOfDocument,
  rowOfEntry,
} from './sheet-columns.ts'

const mostRows = 20_000
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Rows by the line on which a spreadsheet shows them. */
export type Lined<T> = { line: number; row: T }
export type ReadSheet = {
  entries: Lined<EntryRow>[]
  documents: Lined<DocumentRow>[]
  ignoredColumns: string[]
}

/**
 * Saved as CSV, a cell that begins with a sign would become a formula (OWASP, CSV injection): it gets one apostrophe,
 * which {@link fromCell} takes off. Nothing else of the text is touched, so that a round trip changes nothing.
 */
export const asCell = (text: string) => (/^'*[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text)

function fromCell(cell: string): string {
  const text = cell.replaceAll(/\r\n?/gu, '\n')
  return /^'+[=+\-@＝＋－＠\t\r]/u.test(text) ? text.slice(1) : text
}

/**
 * The base as a workbook that imports again unchanged: the entries, and the documents that they rest on.
 * @param nameOf what a programme is called in the sheet; the import takes names and ids. Default: its id.
 */
export async function makeEntrySheet(
  base: Base,
  name: string,
  nameOf = (programme: string) => programme,
): Promise<ChatFile> {
  const { Workbook } = await loadExcelJs()
  const workbook = new Workbook()
  const files = [...base.values()]
  const entries = files.flatMap(({ programme, entries }) =>
    entries.map(entry => rowOfEntry(nameOf(programme), entry)),
  )
  addSheet(workbook, '条目', {
    columns: entryColumns.map(field => [field, fieldWords[field]]),
    rows: entries,
  })
  const documents = files.flatMap(({ programme, documents }) =>
    Object.entries(documents).map(([name, document]) => rowOfDocument(nameOf(programme), name, document)),
  )
  addSheet(workbook, '文件', { columns: Object.entries(documentColumns), rows: documents })
  addChoices(workbook.getWorksheet('条目'), entries.length)
  return { name, mimeType: xlsxType, bytes: new Uint8Array(await workbook.xlsx.writeBuffer()) }
}

/**
 * In a workbook `_x0041_` means 「A」; its first character must be written as such a code
 * itself (ECMA-376, ST_Xstring).
 */
const escaped = (text: string) => text.replaceAll(/_(?=x[\da-f]{4}_)/giu, '_x005F_')

type Written = { columns: [field: string, word: string][]; rows: readonly Record<string, string>[] }

const wide = new Set([
  'otherQuestions',
  'details',
  'short',
  'firstLines',
  'clauses',
  'question',
  'title',
  'url',
])

/** A4, on one page or, of many columns, two pages side by side. */
const pageOf = (columns: Written['columns']) => ({
  paperSize: 9,
  orientation: 'landscape' as const,
  fitToPage: true,
  fitToWidth: columns.length > 12 ? 2 : 1,
  fitToHeight: 0,
})

/** A sheet of texts: nothing in it is a number, a date or a formula. */
export function addSheet(workbook: ExcelJS.Workbook, title: string, { columns, rows }: Written): void {
  const sheet = workbook.addWorksheet(title, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
    pageSetup: { ...pageOf(columns), printTitlesRow: '1:1' },
  })
  const widths = columns.map(([field]) => (wide.has(field) ? 44 : 16))
  sheet.columns = columns.map(([, header], at) => ({
    header,
    width: widths[at] ?? 16,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const row of rows) {
    const texts = columns.map(([field]) => asCell(row[field] ?? ''))
    sheet.addRow(texts.map(escaped)).height = rowHeight(texts, widths)
  }
}

/** Cells with few possible words get a list to choose from, some rows beyond the last for new entries too. */
function addChoices(sheet: ExcelJS.Worksheet | undefined, rows: number): void {
  if (!sheet) return
  for (const [at, field] of entryColumns.entries()) {
    const words = choices[field]
    if (!words) continue
    for (let line = 2; line <= Math.min(rows, 2000) + 50; line++)
      sheet.getCell(line, at + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${words.join(',')}"`],
      }
  }
}

/**
 * Reads a workbook as {@link makeEntrySheet} makes it; columns by their names, in any order.
 * @throws {@link Refusal} in Chinese where it is no such file
 */
export async function readEntrySheet(bytes: Uint8Array): Promise<ReadSheet> {
  return entrySheetIn(await tablesIn(bytes))
}

/** Whether a sheet has the columns of {@link makeEntrySheet}. */
export const isEntrySheet = (tables: readonly Table[]) =>
  tables.some(({ rows }) => rows[0]?.includes(fieldWords.question) && rows[0].includes(fieldWords.id))

/** The same from the tables of a file. */
export function entrySheetIn(tables: readonly Table[]): ReadSheet {
  const entries = tables.find(({ rows }) => rows[0]?.includes(fieldWords.question))
  const documents = tables.find(({ rows }) => rows[0]?.includes(documentColumns.issuer))
  if (!entries?.rows[0]?.includes(fieldWords.id))
    throw new Refusal(
      '没有找到条目：第一行要有「编号」「标准问法」这些列，可以先导出一份照着改；只有「问题」「答案」两列的表也收，收成草稿。',
    )
  if (entries.rows.length > mostRows + 1) throw new Refusal(`最多一次导入 ${mostRows} 行，请分几次。`)
  const words = new Set<string>([...Object.values(fieldWords), ''])
  return {
    entries: linedRows(entries, Object.entries(fieldWords)) as Lined<EntryRow>[],
    documents: documents
      ? (linedRows(documents, Object.entries(documentColumns)) as Lined<DocumentRow>[])
      : [],
    ignoredColumns: (entries.rows[0] ?? []).filter(word => !words.has(word)),
  }
}

/** The tables of a file: every cell as text, the first row the names of the columns. @throws {@link Refusal} */
export async function tablesIn(bytes: Uint8Array): Promise<Table[]> {
  const tables = await readTables(bytes)
  return tables.map(({ name, rows }) => ({
    name,
    rows: rows.map((row, at) => row.map(cell => (at === 0 ? asHeader(cell) : fromCell(cell)))),
  }))
}

const asHeader = (text: string) => text.replaceAll(/\s/gu, '')

function linedRows(
  { rows }: Table,
  fields: [field: string, word: string][],
): Lined<Record<string, string>>[] {
  const [header = [], ...body] = rows
  const columns = fields.map(([field, word]) => ({ field, at: header.indexOf(word) }))
  return body.flatMap((cells, index) => {
    const row = Object.fromEntries(columns.map(({ field, at }) => [field, (cells[at] ?? '').trim()]))
    for (const field of laterFields) if (!header.includes(fieldWords[field])) delete row[field]
    return Object.values(row).every(cell => !cell) ? [] : [{ line: index + 2, row }]
  })
}

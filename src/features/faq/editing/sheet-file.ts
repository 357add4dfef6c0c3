import ExcelJS from 'exceljs'
import { Refusal } from '../../../feature.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { Base } from './pieces.ts'
import {
  choices,
  type DocumentRow,
  documentColumns,
  type EntryRow,
  entryColumns,
  rowOfDocument,
  rowOfEntry,
} from './sheet-columns.ts'
import { fieldWords } from './words.ts'

/** The console takes 5 MB; a packed sheet of 5,000 entries is about 1 MB. */
const largestBytes = 5 * 1024 * 1024
export const mostRows = 20_000
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
const fromCell = (text: string) => (/^'+[=+\-@＝＋－＠\t\r]/u.test(text) ? text.slice(1) : text)

/** The base as a workbook that imports again unchanged: the entries, and the documents that they rest on. */
export async function makeEntrySheet(base: Base, name: string): Promise<ChatFile> {
  const book = new ExcelJS.Workbook()
  const files = [...base.values()]
  const entries = files.flatMap(({ programme, entries }) =>
    entries.map(entry => rowOfEntry(programme, entry)),
  )
  addSheet(book, '条目', { columns: entryColumns.map(field => [field, fieldWords[field]]), rows: entries })
  const documents = files.flatMap(({ programme, documents }) =>
    Object.entries(documents).map(([name, document]) => rowOfDocument(programme, name, document)),
  )
  addSheet(book, '文件', { columns: Object.entries(documentColumns), rows: documents })
  addChoices(book.getWorksheet('条目'), entries.length)
  return { name, mimeType: xlsxType, bytes: new Uint8Array(await book.xlsx.writeBuffer()) }
}

/** In a workbook `_x0041_` means 「A」; its first sign must be written as such a code itself (ECMA-376, ST_Xstring). */
const escaped = (text: string) => text.replaceAll(/_(?=x[\da-f]{4}_)/giu, '_x005F_')

type Written = { columns: [field: string, word: string][]; rows: readonly Record<string, string>[] }

const wide = new Set(['otherQuestions', 'details', 'short', 'question', 'title', 'url'])

/** A sheet of texts: nothing in it is a number, a date or a formula. */
export function addSheet(book: ExcelJS.Workbook, title: string, { columns, rows }: Written): void {
  const sheet = book.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] })
  sheet.columns = columns.map(([field, header]) => ({
    header,
    width: wide.has(field) ? 44 : 16,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const row of rows) sheet.addRow(columns.map(([field]) => escaped(asCell(row[field] ?? ''))))
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
  const tables = await tablesIn(bytes)
  const entries = tables.find(({ rows }) => rows[0]?.includes(fieldWords.question))
  const documents = tables.find(({ rows }) => rows[0]?.includes(documentColumns.issuer))
  if (!entries?.rows[0]?.includes(fieldWords.id))
    throw new Refusal('没有找到条目：第一行要有「编号」「标准问法」这些列。可以先导出一份，照着它改。')
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

export type Table = { rows: string[][] }

/** The tables of a workbook: every cell as text, the first row the names of the columns. @throws {@link Refusal} */
export async function tablesIn(bytes: Uint8Array): Promise<Table[]> {
  if (bytes.length === 0) throw new Refusal('这个文件是空的，请另选一个。')
  if (bytes.length > largestBytes) throw new Refusal('文件超过 5 MB，请分几份再传。')
  const book = new ExcelJS.Workbook()
  try {
    await book.xlsx.load(bytes.slice().buffer)
  } catch {
    throw new Refusal('这个文件打不开。请用 .xlsx：在表格软件里打开，另存为 .xlsx 再传。')
  }
  return book.worksheets.map(sheet => {
    const rows: string[][] = []
    sheet.eachRow({ includeEmpty: true }, (row, line) => {
      const cells: string[] = []
      row.eachCell({ includeEmpty: true }, (cell, column) => {
        cells[column - 1] = textOf(cell)
      })
      rows[line - 1] = Array.from(cells, text => text ?? '')
    })
    return { rows: Array.from(rows, row => row ?? []).map((row, at) => (at === 0 ? row.map(asHeader) : row)) }
  })
}

const asHeader = (text: string) => text.replaceAll(/\s/gu, '')

/** What a person sees in a cell: dates as days, rich text as text, a formula as its result. */
function textOf({ value, text }: ExcelJS.Cell): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return fromCell(text.replaceAll(/\r\n?/gu, '\n'))
}

function linedRows(
  { rows }: Table,
  fields: [field: string, word: string][],
): Lined<Record<string, string>>[] {
  const [header = [], ...body] = rows
  const columns = fields.map(([field, word]) => ({ field, at: header.indexOf(word) }))
  return body.flatMap((cells, index) => {
    const row = Object.fromEntries(columns.map(({ field, at }) => [field, (cells[at] ?? '').trim()]))
    return Object.values(row).every(cell => cell === '') ? [] : [{ line: index + 2, row }]
  })
}

import ExcelJS from 'exceljs'
import { Refusal } from '../feature.ts'
import type { Table } from './index.ts'
import { checkZip, ZipFault } from './zip.ts'

/** Merges over more cells than any list has, each of which would be made. */
const mostMergedCells = 200_000
const mostColumns = 200
const mostRows = 100_000

/** Templates put these on whole columns of a million cells; none of them is anything that was written. */
const unread = ['dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'picture', 'extLst']

const words: Record<ZipFault['kind'], string> = {
  broken: '这个 .xlsx 打不开，可能已经损坏。请在表格软件里打开、另存一份再导入。',
  'too-large': '这个 .xlsx 解压后太大。请把要导入的那一页复制到一个新文件里，再导入。',
  locked: '这个文件设了密码。请在表格软件里去掉密码、另存一份再导入。',
}

/** @throws {@link Refusal} where it cannot be opened, or would take more room than a list needs */
export async function readWorkbook(bytes: Uint8Array): Promise<Table[]> {
  checkWorkbook(bytes)
  const book = new ExcelJS.Workbook()
  try {
    // ExcelJS declares a Buffer of its own; a plain ArrayBuffer does.
    await book.xlsx.load(bytes.slice().buffer, { ignoreNodes: unread })
  } catch {
    throw new Refusal(words.broken)
  }
  return book.worksheets.filter(sheet => sheet.actualRowCount > 0).map(tableOf)
}

function checkWorkbook(bytes: Uint8Array): void {
  let sheets = 0
  try {
    checkZip(bytes, (name, unpacked) => {
      if (!/^xl\/worksheets\/[^/]+\.xml$/u.test(name)) return
      sheets += 1
      if (mergedCellsIn(new TextDecoder().decode(unpacked)) > mostMergedCells) throw new ZipFault('too-large')
    })
  } catch (cause) {
    if (cause instanceof ZipFault) throw new Refusal(words[cause.kind])
    throw cause
  }
  if (sheets === 0) throw new Refusal('这个文件里没有表格（可能是文档或压缩包）。请选 .xlsx 或 CSV 文件。')
}

function mergedCellsIn(sheet: string): number {
  let cells = 0
  for (const [, left = '', top, right = '', bottom] of sheet.matchAll(
    /<mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"/gu,
  )) {
    cells += (columnOf(right) - columnOf(left) + 1) * (Number(bottom) - Number(top) + 1)
  }
  return cells
}

const columnOf = (letters: string) =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)

function tableOf(sheet: ExcelJS.Worksheet): Table {
  if (sheet.rowCount > mostRows)
    throw new Refusal(`「${sheet.name}」这一页有 ${sheet.rowCount} 行，太多了。请删掉下面的空行再导入。`)
  const rows: string[][] = []
  sheet.eachRow({ includeEmpty: true }, row => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      if (column <= mostColumns) cells.push(textOfCell(cell))
    })
    rows.push(cells)
  })
  return { name: sheet.name, rows }
}

/** Every cell of a merged one says the same: a 支部 written once beside ten names is everybody's. */
function textOfCell({ master }: ExcelJS.Cell): string {
  const { value, numFmt } = master
  if (typeof value === 'string') return value
  if (typeof value === 'number') return textOfNumber(value, numFmt)
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return textOfDate(value)
  if (typeof value === 'object' && 'error' in value) return value.error
  if (typeof value === 'object' && ('formula' in value || 'sharedFormula' in value)) {
    return textOfResult(value.result, numFmt)
  }
  return master.text
}

/** What a formula came to when the file was saved; nothing is ever calculated here. */
function textOfResult(result: ExcelJS.CellFormulaValue['result'], numFmt: string): string {
  if (result === undefined || result === null) return noResult
  if (typeof result === 'number') return textOfNumber(result, numFmt)
  if (result instanceof Date) return textOfDate(result)
  return typeof result === 'object' ? result.error : String(result)
}

/** Stands for a formula that was never calculated, as spreadsheets mark what went wrong. */
export const noResult = '#公式没有结果'

/** 12 under the format 0000 is read as people see it. */
function textOfNumber(value: number, numFmt: string | undefined): string {
  return numFmt && /^0+$/u.test(numFmt) ? String(value).padStart(numFmt.length, '0') : String(value)
}

/** A date in a spreadsheet is of no time zone, and ExcelJS gives it as UTC. */
const textOfDate = (date: Date) => date.toISOString().slice(0, 10)

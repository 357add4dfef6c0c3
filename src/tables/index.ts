import { Refusal } from '../feature.ts'
import { textOfFile } from '../lib/character-sets.ts'
import { longestCell, mostColumns } from './limits.ts'
import { otherKind } from './other-files.ts'
import { rowsOfSeparatedText } from './separated-text.ts'
import { readWorkbook } from './workbook.ts'

/** One sheet: its cells as people see them, row by row, from the first row on. */
export type Table = {
  /** Empty for a CSV. */
  name: string
  rows: string[][]
  /** The sheet is hidden. */
  isHidden?: boolean
  /** Rows that are hidden, by a filter say; from 1. */
  hiddenRows?: number[]
  /** Columns that are hidden; from 1. */
  hiddenColumns?: number[]
}

const largestBytes = 5 * 1024 * 1024

/**
 * Reads what people send as a list: .xlsx, or CSV in UTF-8, GB18030 or UTF-16, by what is in the file, whatever it
 * is called. Merged cells say the same in each; dates are 2026-11-28; what a formula came to is read, never
 * calculated.
 * @returns the sheets with anything in them, at least one
 * @throws {@link Refusal} in Chinese, with what to do, for anything else
 */
export async function readTables(bytes: Uint8Array): Promise<Table[]> {
  if (bytes.length === 0) throw new Refusal('这个文件是空的，请另选一个。')
  if (bytes.length > largestBytes) throw new Refusal('文件超过 5 MB，请只保留要导入的那一页。')
  const tables = startsWith(bytes, zipStart)
    ? readWorkbook(bytes)
    : [{ name: '', rows: rowsOfSeparatedText(textOf(bytes)).map(withinLimits) }]
  if (tables.every(({ rows }) => rows.length === 0)) throw new Refusal('这个文件里没有内容，请另选一个。')
  return tables
}

const withinLimits = (row: readonly string[]) =>
  row.slice(0, mostColumns).map(cell => cell.slice(0, longestCell))

const pdfStart = [0x25, 0x50, 0x44, 0x46]
const zipStart = [0x50, 0x4b, 3, 4]
/** Old Office files, and what Office makes of a file with a password. */
const oleStart = [0xd0, 0xcf, 0x11, 0xe0]
/** The oldest .xls begin with their BIFF version. */
const biffStarts = [
  [0x09, 0x08],
  [0x09, 0x04],
  [0x09, 0x02],
  [0x09, 0x00],
]

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, place) => bytes[place] === byte)

function textOf(bytes: Uint8Array): string {
  if (startsWith(bytes, oleStart)) {
    throw new Refusal(
      Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
        ? '这个文件设了打开密码。请在表格软件里去掉密码、另存一份再导入。'
        : saveAsXlsx,
    )
  }
  if (biffStarts.some(start => startsWith(bytes, start)) && bytes[2] !== undefined && bytes[3] === 0)
    throw new Refusal(saveAsXlsx)
  if (startsWith(bytes, pdfStart))
    throw new Refusal(
      '这是 PDF，读不出表格。请用原来的表格文件，或者把内容复制到表格里，另存为 .xlsx 再导入。',
    )
  const otherwise = otherKind(bytes)
  if (otherwise) throw new Refusal(otherwise)
  const text = textOfFile(bytes)
  if (text === undefined) throw new Refusal('认不出这个文件。请用 .xlsx，或者 UTF-8、GB18030 编码的 CSV。')
  if (/^\s*<(?:!doctype|html|table|\?xml|meta)/iu.test(text.slice(0, 200)))
    throw new Refusal('这是网页或 XML 格式的表格。请用表格软件打开，另存为 .xlsx 再导入。')
  return text
}

const saveAsXlsx =
  '这是旧版的 .xls 文件（改名成 .xlsx 也不行）。请用 WPS 或 Excel 打开，点「文件 → 另存为」，类型选「.xlsx」，再导入。'

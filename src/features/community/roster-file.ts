import ExcelJS from 'exceljs'
import { Refusal } from '../../feature.ts'
import type { ChatFile } from '../../ports/chat.ts'
import { asCellText, fromCellText, splitCsv } from '../../text/cells.ts'
import type { RosterRow } from './records.ts'
import type { FileRow } from './roster-rules.ts'

const largestBytes = 5 * 1024 * 1024
const mostRows = 20_000
/** Titles and notes stand above the header on many lists, but not more of them than this. */
const headerWithin = 10

type Field = Exclude<keyof FileRow, 'line'>
/** Columns by what people call them, without spaces and brackets. */
const columnNames: Record<Field, string[]> = {
  id: ['编号', '成员编号'],
  name: ['姓名', '名字', '成员姓名', '姓 名'],
  branch: ['支部', '党支部', '所在支部', '所属支部'],
  space: ['众创空间', '空间', '所在空间', '所属空间', '孵化器'],
  team: ['企业/团队', '企业', '团队', '公司', '企业名称', '团队名称', '单位', '工作单位'],
  phoneTail: ['手机尾号', '尾号', '手机后四位', '手机', '手机号', '手机号码', '电话', '联系电话'],
  alias: ['群昵称', '群名片', '微信昵称', '昵称'],
}

/** Party membership is sensitive personal data, which the tally does not need. */
const neverKept = /^(政治面貌|是否党员|党员|入党时间|身份证号?码?)$/u

export type ReadFile = { rows: FileRow[]; ignoredColumns: string[]; unkeptColumns: string[] }

/**
 * Reads a roster from .xlsx or CSV (UTF-8 or GB18030), by the names of its columns.
 * @throws {@link Refusal} in Chinese where the file is none of these, is too large, or has no column 姓名
 */
export async function readRosterFile(bytes: Uint8Array): Promise<ReadFile> {
  if (bytes.length === 0) throw new Refusal('这个文件是空的，请另选一个。')
  if (bytes.length > largestBytes) throw new Refusal('文件超过 5 MB，请只保留名单那一页再导入。')
  const table = await tableOf(bytes)
  const headerAt = table.slice(0, headerWithin).findIndex(row => row.some(cell => fieldOf(cell) === 'name'))
  if (headerAt < 0) throw new Refusal(`前 ${headerWithin} 行里没有找到「姓名」这一列，请检查表头。`)
  const header = table[headerAt] ?? []
  const body = table.slice(headerAt + 1)
  if (body.length > mostRows) throw new Refusal(`最多一次导入 ${mostRows} 行，请分几次。`)
  const rows = body
    .map((cells, index) => rowOf(header, cells, headerAt + 2 + index))
    .filter(({ line: _line, ...told }) => Object.values(told).some(value => value !== ''))
  if (rows.length === 0) throw new Refusal('表头下面没有人，请检查文件。')
  const unknown = header.map(asHeader).filter(cell => cell !== '' && !fieldOf(cell))
  return {
    rows,
    ignoredColumns: unknown.filter(cell => !neverKept.test(cell)),
    unkeptColumns: unknown.filter(cell => neverKept.test(cell)),
  }
}

function rowOf(header: readonly string[], cells: readonly string[], line: number): FileRow {
  const row: FileRow = { line, id: '', name: '', branch: '', space: '', team: '', phoneTail: '', alias: '' }
  for (const [index, title] of header.entries()) {
    const field = fieldOf(title)
    if (field && row[field] === '') row[field] = fromCellText(cells[index] ?? '')
  }
  // Of a whole number only its end is kept.
  const digits = row.phoneTail.replaceAll(/[\s-]/gu, '')
  return { ...row, phoneTail: /^\d{5,15}$/u.test(digits) ? digits.slice(-4) : digits }
}

const asHeader = (cell: string) => cell.normalize('NFKC').replaceAll(/\s|[(（].*?[)）]|[*:：]/gu, '')

function fieldOf(cell: string): Field | undefined {
  const title = asHeader(cell)
  return (Object.keys(columnNames) as Field[]).find(field => columnNames[field].includes(title))
}

async function tableOf(bytes: Uint8Array): Promise<string[][]> {
  const [a, b, c, d] = bytes
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return xlsxTable(bytes)
  if (a === 0xd0 && b === 0xcf) {
    throw new Refusal('这是旧版的 .xls 文件（改名成 .xlsx 也不行），请在表格软件里另存为 .xlsx 再导入。')
  }
  return splitCsv(textOf(bytes))
}

function textOf(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
    }
  }
  throw new Refusal('认不出这个文件。请用 .xlsx，或者 UTF-8、GB18030 编码的 CSV。')
}

async function xlsxTable(bytes: Uint8Array): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  try {
    await book.xlsx.load(bytes.slice().buffer)
  } catch {
    throw new Refusal('这个 .xlsx 打不开，可能已经损坏。请在表格软件里打开、另存一份再导入。')
  }
  const sheet = book.worksheets.find(one => one.actualRowCount > 0)
  if (!sheet) throw new Refusal('这个表格里没有内容，请另选一个。')
  const table: string[][] = []
  sheet.eachRow({ includeEmpty: true }, row => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, cell => void cells.push(textOfCell(cell)))
    table.push(cells)
  })
  return table
}

/** Every cell of a merged one says the same: a 支部 written once beside ten names is everybody's. */
function textOfCell(cell: ExcelJS.Cell): string {
  const { master } = cell
  return master.value === null ? '' : master.text
}

/** The roster as a file that imports again unchanged. */
export async function makeRosterFile(rows: readonly RosterRow[]): Promise<ChatFile> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名单', { views: [{ state: 'frozen', ySplit: 1 }] })
  const columns = ['name', 'branch', 'space', 'team', 'phoneTail', 'alias', 'id'] as const
  sheet.columns = columns.map(field => ({
    header: columnNames[field][0] ?? '',
    width: 18,
    style: { numFmt: '@' },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const row of rows) sheet.addRow(columns.map(field => asCellText(row[field])))
  return {
    name: '成员名单.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: new Uint8Array(await book.xlsx.writeBuffer()),
  }
}

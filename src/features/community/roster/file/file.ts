import { loadExcelJs } from '../../../../lib/exceljs.ts'
import { readTablesWith } from '../../../../parsing/index.ts'
import type { ChatFile } from '../../../../ports/chat.ts'
import { asCellText } from '../../../../text/cells.ts'
import type { RosterRow } from '../../records/records.ts'
import { fieldNames, fields } from './columns.ts'
import type { ReadFile } from './people-in-file.ts'

const peopleInFile = new URL('./people-in-file.ts', import.meta.url)

/**
 * Reads a roster from .xlsx or CSV, see `peopleInFile`.
 * @param keepsParty whether party membership may be kept at all
 * @throws {@link Refusal} in Chinese where the file is none of these, is too large, or has no column 姓名
 */
export const readRosterFile = (bytes: Uint8Array, keepsParty: boolean): Promise<ReadFile> =>
  readTablesWith(bytes, { module: peopleInFile, name: 'peopleInFile', args: [keepsParty] })

/**
 * The roster as a file that imports again unchanged. Party membership never stands in it: files are passed on.
 * @param rows in the order of the file
 */
export async function makeRosterFile(rows: readonly RosterRow[]): Promise<ChatFile> {
  const { Workbook } = await loadExcelJs()
  const book = new Workbook()
  const sheet = book.addWorksheet('名单', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const columns = [...fields.filter(field => field !== 'party'), 'id'] as const
  sheet.columns = columns.map(field => ({
    header: field === 'id' ? '编号' : fieldNames[field],
    width: field === 'team' || field === 'note' ? 26 : 16,
    // Where a leading zero would get lost when a person edits the file.
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

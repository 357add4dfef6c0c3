import { Refusal } from '../../../../feature.ts'
import { readTables, type Table } from '../../../../tables/index.ts'
import { fromCellText } from '../../../../text/cells.ts'
import { asHeader, fieldOf, fields, isSensitiveColumn, type RosterField } from './columns.ts'
import { withHeader, withoutHeader } from './headless.ts'
import { findPeople, headerWithin, type RosterLine, type RosterTable } from './layout.ts'
import { withNamesApart } from './not-a-person.ts'
import {
  nothingBeside,
  places,
  readPerson,
  readPhoneTail,
  withoutInvisible,
  withoutSpread,
} from './person-cells.ts'
import type { FileRow } from './plan.ts'

const mostRows = 20_000

export type ReadFile = {
  rows: FileRow[]
  /** Which column was taken for what: 「成员姓名」 for 姓名. */
  columns: { title: string; field: RosterField | 'id' }[]
  ignoredColumns: string[]
  /** Columns of sensitive data, which are never kept. */
  unkeptColumns: string[]
  /** Sheets that were not read. */
  otherSheets: string[]
  /** Titles of columns in which an empty cell was read as the one above. */
  filledDown: string[]
}

/**
 * Reads a roster from .xlsx or CSV, by the names of its columns, below titles and in a header of one or two rows. Runs
 * in a worker: ten thousand rows take half a second.
 * @param keepsParty whether party membership may be kept at all
 * @throws {@link Refusal} in Chinese where the file is none of these, is too large, or has no column 姓名
 */
export async function peopleInFile(bytes: Uint8Array, keepsParty: boolean): Promise<ReadFile> {
  const tables = await readTables(bytes)
  const { found, unread: otherSheets } = peopleOf(tables)
  const [main] = found
  if (!main)
    throw new Refusal(
      `前 ${headerWithin} 行里没有找到「姓名」这一列。请检查表头，列名写成「姓名」就能认出来。`,
    )
  const keptFields = (table: RosterTable) => table.fields.map(field => keptField(field, keepsParty))
  const rows = found.flatMap(table => table.body.map(row => rowOf(keptFields(table), table.header, row)))
  const told = rows.filter(row => fields.some(field => row[field] !== '') || row.id !== '')
  if (told.length > mostRows) throw new Refusal(`最多一次导入 ${mostRows} 行，请分几次。`)
  if (told.length === 0) throw new Refusal('表头下面没有人，请检查文件。')
  const { header } = main
  const kept = keptFields(main)
  const titles = header.map(asHeader)
  const unread = titles.filter((title, place) => title !== '' && !kept[place])
  const isUnkept = (title: string) => fieldOf(title) === 'party' || isSensitiveColumn(title)
  return {
    rows: told,
    columns: kept.flatMap((field, place) =>
      field ? [{ title: titleIn(tables, header[place] ?? ''), field }] : [],
    ),
    ignoredColumns: unread.filter(title => !isUnkept(title)),
    unkeptColumns: unread.filter(isUnkept),
    otherSheets,
    filledDown: [...new Set(found.flatMap(table => table.filledDown))],
  }
}

/** A title as the file has it: 「签名」 was read as 「签名姓名」. */
function titleIn(tables: readonly Table[], title: string): string {
  const told = title.trim()
  const isWritten = () => tables.some(({ rows }) => rows.some(row => row.some(cell => cell.trim() === told)))
  return /.姓名$/u.test(told) && !isWritten() ? told.replace(/姓名$/u, '') : told
}

/** The people below a header, or of lists without one whose columns tell by themselves. */
function peopleOf(tables: readonly Table[]): ReturnType<typeof findPeople> {
  const people = findPeople(tables)
  const [table, ...others] = tables
  const headed = people.found.length > 0 || others.length > 0 ? undefined : table && withHeader(table)
  if (!headed) return people
  const { found, unread } = findPeople([headed])
  return { found: found.map(withoutHeader), unread }
}

const keptField = (field: RosterField | 'id' | undefined, keepsParty: boolean) =>
  field === 'party' && !keepsParty ? undefined : field

function rowOf(
  kept: readonly (RosterField | 'id' | undefined)[],
  header: readonly string[],
  { cells, line, isHidden, isExample, hasLeft, isHeading, isSignature }: RosterLine,
): FileRow {
  const row = { line, id: '', ...Object.fromEntries(fields.map(field => [field, ''])) } as FileRow
  // A row of our own export: marks in its name belong to the name.
  const isOurs = kept.some((field, place) => field === 'id' && (cells[place] ?? '').trim() !== '')
  for (const [place, field] of kept.entries()) {
    const cell = cells[place] ?? ''
    const mayBeMany = field === 'name' && !isOurs
    if (field && row[field] === '') row[field] = fromCellText(mayBeMany ? withNamesApart(cell) : cell)
  }
  if (!isOurs) for (const field of fields) row[field] = toldIn(row[field], field)
  const person = isOurs ? { ...nothingBeside, name: withoutSpread(row.name) } : readPerson(row.name)
  const isOfWechat = kept.some(
    (field, place) => field === 'phoneTail' && /微信|wechat/iu.test(header[place] ?? ''),
  )
  const { tail, hint } = readPhoneTail(row.phoneTail || person.phone, isOfWechat)
  const hints = [hint, isOurs ? '' : cutFrom(row.name, person.name)].filter(text => text !== '')
  return {
    ...row,
    name: person.name,
    ...Object.fromEntries(places.map(field => [field, row[field] || person[field]])),
    note: [row.note || person.remark, ...otherPlaces(row, person)].filter(text => text !== '').join('，'),
    phoneTail: tail,
    ...(hints.length > 0 ? { hint: hints.join('，') } : {}),
    ...(isHidden ? { isHidden } : {}),
    ...(isExample ? { isExample } : {}),
    ...(isHeading ? { isHeading } : {}),
    ...(isSignature ? { isSignature } : {}),
    ...(hasLeft && !isOurs ? { hasLeft } : {}),
  }
}

const longestWritten = 30
/** The cell of a name that was read as less than what stands there, but for blanks and mobile numbers: 「甘棠8888」. */
function cutFrom(cell: string, name: string): string {
  const written = cell.replaceAll(/(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)/gu, ' ')
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return name === '' || letters(written) === letters(name)
    ? ''
    : `名字那一格写的是「${written.trim().slice(0, longestWritten)}」`
}

/** Places beside the name that are not those of the columns. */
const otherPlaces = (row: FileRow, person: typeof nothingBeside) =>
  places.flatMap(field => (row[field] === '' || row[field].includes(person[field]) ? [] : [person[field]]))

const isPlace = (field: RosterField) => places.some(place => place === field)
/** 「一支部（12人）」. */
const countBehind = /\s*[（(]\s*共?\s*\d+\s*[人名位]\s*[)）]$/u

/** The text of a cell; a stroke for an empty place and 「无」 tell nothing. */
function toldIn(cell: string, field: RosterField): string {
  const written = withoutInvisible(cell).trim()
  const text = isPlace(field) ? written.replace(countBehind, '') : written
  return field !== 'name' && /^(?:[-—–/／\\]+|暂?无|没有|none|n\/a)$/iu.test(text) ? '' : text
}

import { Refusal } from '../../../../feature.ts'
import type { Table } from '../../../../tables/index.ts'
import { asHeader, fieldOf, isMarkedAsLeft, type RosterField, withTitleOfNames } from './columns.ts'
import { isExample } from './examples.ts'
import { withSignatures } from './footers.ts'
import { fieldsOf, isHeaderBeside, isOtherHeader } from './header-fields.ts'
import { branchAbove, completed, placeIn, withColumn } from './implied-cells.ts'
import { isBesideLists, isSameKind, knownFields, weightOf } from './sheet-choice.ts'

/** Titles and instructions stand above the header on many lists, but not more of them than this. */
export const headerWithin = 30

/** One row below the header. */
export type RosterLine = {
  cells: string[]
  line: number
  isHidden: boolean
  isExample: boolean
  /** A status or remark column says that this person has left. */
  hasLeft: boolean
  /** The row is a heading: the branch or space of the rows below. */
  isHeading?: true
  /** The row says who made the list, below a row that is its label. */
  isSignature?: true
}

/** A list of people as it was laid out: its header, and each row with the line that a spreadsheet shows. */
export type RosterTable = {
  /** The sheet's name. */
  title: string
  /** The rows above the header, three at most. */
  above: readonly (readonly string[])[]
  /** The header's titles by column. */
  header: string[]
  /** Field of each column; one column is the name. */
  fields: (RosterField | 'id' | undefined)[]
  body: RosterLine[]
  /** Titles of columns in which an empty cell means the one above. */
  filledDown: string[]
}

/**
 * Finds the people in a file: the sheet whose header says most, and with it every sheet that tells the same of its
 * people. Lists that stand side by side are put below each other; the name or title of a sheet, or the words over
 * one of two lists, are the branch or space where no column is.
 * @throws {@link Refusal} where people stand in columns
 */
export function findPeople(tables: readonly Table[]): { found: RosterTable[]; unread: string[] } {
  const visible = tables.filter(({ isHidden }) => !isHidden)
  const lists = (visible.length > 0 ? visible : tables).flatMap(table => tablesOf(table))
  const real = lists.filter(table => !isBesideLists(table))
  const candidates = real.some(hasPeople) ? real : lists
  const best = candidates.toSorted((a, b) => weightOf(b) - weightOf(a))[0]
  if (!best) return { found: [], unread: tables.map(({ name }) => name) }
  if (isTransposed(tables, best))
    throw new Refusal(
      '「姓名」写在第一列，一列是一个人。请把行和列对调（复制后「选择性粘贴 → 转置」），一行写一个人再导入。',
    )
  if (isCards(best))
    throw new Refusal('这份名单像卡片，一个人占了几行。请改成第一行写列名、一行写一个人再导入。')
  const found = candidates
    .filter(table => table.title === best.title || isSameKind(table, best))
    .map(table => withPlaceOfSheet(table, new Set(candidates.map(({ title }) => title)).size > 1))
  const read = new Set(found.map(({ title }) => title))
  return {
    found: found.flatMap(sideBySide),
    unread: tables.map(({ name }) => name).filter(name => !read.has(name)),
  }
}

const hasPeople = ({ fields, body }: RosterTable) =>
  body.some(({ cells }) => (cells[fields.indexOf('name')] ?? '').trim() !== '')

/** The lists of a sheet: below another header the columns are others. @param most lists that are told apart */
function tablesOf(table: Table, most = 10): RosterTable[] {
  const first = tableBelowHeader(table)
  if (!first) return []
  const beside = first.body.find(({ cells }) => isHeaderBeside(cells, first.header))
  if (beside)
    throw new Refusal(
      `第 ${beside.line} 行里又有一组列名，和左边的名单没有对齐。请把几份名单上下排好，或者一份一页，再导入。`,
    )
  const again = first.body.find(({ cells }) => isOtherHeader(cells, first.fields))
  if (!again || most === 1) return [first]
  const before = first.body.filter(({ line }) => line < again.line)
  const rest = table.rows.map((row, at) => (at < again.line - 1 ? [] : row))
  const others = tablesOf({ ...table, rows: rest }, most - 1)
  return before.length > 0 ? [{ ...first, body: before }, ...others] : others
}

/** A title that is merged over two columns stands in both, and so does each name below: the second is none. */
function withoutRepeats(header: readonly string[], body: readonly (readonly string[])[]): string[] {
  const isRepeat = (place: number) =>
    fieldOf(header[place] ?? '') === 'name' &&
    header[place] === header[place - 1] &&
    body.every(cells => ['', cells[place - 1]].includes(cells[place] ?? ''))
  return header.map((cell, place) => (isRepeat(place) ? '' : cell))
}

function tableBelowHeader({
  name,
  rows: written,
  hiddenRows = [],
  hiddenColumns = [],
}: Table): RosterTable | undefined {
  const hidden = new Set(hiddenRows)
  const rows = withTitleOfNames(written)
  const at = headerRow(rows)
  if (at < 0) return undefined
  const upper = rows[at - 1] ?? []
  const first = (rows[at] ?? []).map((cell, place) =>
    cell.trim() || !fieldOf(upper[place] ?? '') ? cell : (upper[place] ?? ''),
  )
  const second = rows[at + 1] ?? []
  const isTwoRows = isHeaderBelow(first, second)
  const from = at + (isTwoRows ? 2 : 1)
  const header = withoutRepeats(
    withoutHidden(isTwoRows ? mergedHeader(first, second) : first, hiddenColumns),
    rows.slice(from),
  )
  const body = rows.slice(from).map((cells, place) => ({
    cells,
    line: from + place + 1,
    isHidden: hidden.has(from + place + 1),
    isExample: isExample(cells, place),
    hasLeft: isMarkedAsLeft(header, cells),
  }))
  const found = fieldsOf(header, rows.slice(from))
  if (!found.includes('name')) return undefined
  return completed({
    title: name,
    above: rows.slice(Math.max(0, at - 3), at),
    header,
    fields: found,
    body: withSignatures(body),
    filledDown: [],
  })
}

/** A hidden column beside a visible one of the same field is an old one: it is told as unused. */
function withoutHidden(header: readonly string[], hiddenColumns: readonly number[]): string[] {
  const isHidden = (place: number) => hiddenColumns.includes(place + 1)
  const seen = new Set(header.map((cell, place) => (isHidden(place) ? undefined : fieldOf(cell))))
  return header.map((cell, place) => {
    const field = isHidden(place) ? fieldOf(cell) : undefined
    return field && seen.has(field) ? `隐藏列${cell.trim()}` : cell
  })
}

/** Takes the lower line of a two-line header, 「联系方式 / 手机」; the upper where the lower is unknown. */
function mergedHeader(first: readonly string[], second: readonly string[]): string[] {
  return Array.from({ length: Math.max(first.length, second.length) }, (_, place) => {
    const [upper = '', lower = ''] = [first[place], second[place]]
    return lower.trim() !== '' && (fieldOf(lower) || !fieldOf(upper)) ? lower : upper
  })
}

/** Row that names 姓名 and the most other columns. */
function headerRow(rows: readonly (readonly string[])[]): number {
  let best = -1
  let most = 0
  const start = Math.max(
    0,
    rows.findIndex(row => row.length > 0),
  )
  for (const [at, row] of rows.slice(0, start + headerWithin).entries()) {
    const known = knownFields(row)
    if (known <= most || !row.some(cell => fieldOf(cell) === 'name')) continue
    best = at
    most = known
  }
  return best
}

/** Whether the next row continues the header: it names columns, and its cell in the column of names is no name. */
function isHeaderBelow(first: readonly string[], second: readonly string[]): boolean {
  const nameAt = first.findIndex(cell => fieldOf(cell) === 'name')
  const below = asHeader(second[nameAt] ?? '')
  const isOpen = below === '' || below === asHeader(first[nameAt] ?? '')
  return isOpen && second.some(cell => fieldOf(cell) !== undefined)
}

/** 「姓名 甘棠 柏舟 / 手机 138… 139…」: fields stand below each other in the first column. */
function isTransposed(tables: readonly Table[], { title, header }: RosterTable): boolean {
  if (knownFields(header) > 1) return false
  const rows = tables.find(({ name }) => name === title)?.rows ?? []
  const down = rows
    .slice(0, headerWithin)
    .filter(row => fieldOf(row[0] ?? '') !== undefined && row.length > 1)
  return down.length >= 2 && down.some(row => fieldOf(row[0] ?? '') === 'name')
}

/** 「姓名 甘棠 / 手机 138…」 for one person after another: titles stand where most names should. */
function isCards({ fields, body }: RosterTable): boolean {
  const nameAt = fields.indexOf('name')
  const named = body.map(({ cells }) => (cells[nameAt] ?? '').trim()).filter(cell => cell !== '')
  const titles = named.filter(cell => fieldOf(cell) !== undefined)
  const isOther = titles.length === named.length || titles.some(cell => fieldOf(cell) !== 'name')
  return isOther && titles.length > named.length / 2
}

/** A printed sheet has two columns of people: from where the header begins again, the rest is another list. */
function sideBySide(table: RosterTable): RosterTable[] {
  const { header, fields, body } = table
  const titles = header.map(asHeader)
  const names = fields.flatMap((field, place) => (field === 'name' ? [place] : []))
  const [firstName = 0] = names
  const starts = names.slice(1).flatMap(nameAt => {
    const again = titles.findIndex(
      (title, place) =>
        place > firstName && place <= nameAt && title !== '' && title === titles.find(one => one !== ''),
    )
    return again > 0 ? [Math.max(again, nameAt - firstName)] : [nameAt]
  })
  const edges = [0, ...starts, header.length]
  if (edges.length === 2) return [table]
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1]
    return withPlace(
      {
        ...table,
        header: header.slice(from, to),
        fields: fields.slice(from, to),
        body: body.map(row => ({ ...row, cells: row.cells.slice(from, to) })),
      },
      field => placeIn((table.above.at(-1) ?? []).slice(from, to), field),
    )
  })
}

/** With the place that a label tells, or, where each branch or space has its own sheet, the sheet's name or title. */
const withPlaceOfSheet = (table: RosterTable, hasOthers: boolean) =>
  withPlace(table, field => {
    const place = hasOthers ? placeIn([table.title], field) : undefined
    return place ?? (field === 'branch' ? branchAbove(table.above, hasOthers) : undefined)
  })

/** Adds the columns of branch and space that are missing and can be told. */
function withPlace(
  table: RosterTable,
  placeFor: (field: 'branch' | 'space') => string | undefined,
): RosterTable {
  return (['branch', 'space'] as const).reduce((now, field) => {
    const place = table.fields.includes(field) ? undefined : placeFor(field)
    return place === undefined ? now : withColumn(now, field, () => place)
  }, table)
}

import { asHeader } from './columns.ts'
import type { RosterTable } from './layout.ts'

type Row = RosterTable['body'][number]

const ditto = /^(?:同上|[〃″"]|''|,,|，，)$/u
const heading =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])?\s*(?<branch>\S*(?:党支部|支部|党总支|党委))\s*(?:[（(]?共?\s*\d+\s*[人名位][)）]?)?$/u

/** Writes out what cells imply: 「同上」, a 支部 written once above empty cells, and headings between the people. */
export const completed = (table: RosterTable): RosterTable => filledDown(withDittos(withHeadings(table)))

/** Adds a column 支部. */
export function withBranches(table: RosterTable, branchOf: (row: Row) => string): RosterTable {
  const { header, fields, body } = table
  return {
    ...table,
    header: [...header, '支部'],
    fields: [...fields, 'branch'],
    body: body.map(row => ({
      ...row,
      cells: [...header.map((_, place) => row.cells[place] ?? ''), branchOf(row)],
    })),
  }
}

/** 「一、第一支部」 in a row by itself is the branch of the people below where no column says it. */
function withHeadings(table: RosterTable): RosterTable {
  if (table.fields.includes('branch')) return table
  const branches = new Map<Row, string>()
  let branch = ''
  for (const row of table.body) {
    branch = headingOf(row) ?? branch
    branches.set(row, headingOf(row) === undefined ? branch : '')
  }
  return branch === '' ? table : withBranches(table, row => branches.get(row) ?? '')
}

function headingOf({ cells }: Row): string | undefined {
  const told = [...new Set(cells.map(cell => cell.trim()).filter(cell => cell !== ''))]
  return told.length === 1 ? heading.exec(told[0] ?? '')?.groups?.branch : undefined
}

function withDittos(table: RosterTable): RosterTable {
  const places = table.fields.flatMap((field, place) => (isPlace(field) || field === 'team' ? [place] : []))
  return { ...table, body: carried(table.body, places, cell => ditto.test(cell)) }
}

/** A 支部 written once above empty cells, left of the names, is that of the rows below. */
function filledDown(table: RosterTable): RosterTable {
  const nameAt = table.fields.indexOf('name')
  const isNamed = (row: Row | undefined) => told(row, nameAt)
  const people = table.body.filter(isNamed)
  const isSparse = (place: number) => told(people[0], place) && people.some(row => !told(row, place))
  const columns = table.fields.flatMap((field, place) =>
    place < nameAt && isPlace(field) && isSparse(place) ? [place] : [],
  )
  if (columns.length === 0) return table
  const filled = new Map(carried(people, columns, cell => cell === '').map((row, at) => [people[at], row]))
  return {
    ...table,
    body: table.body.map(row => filled.get(row) ?? row),
    filledDown: columns.map(place => asHeader(table.header[place] ?? '')),
  }
}

/** Rows whose cells in these columns take the value above where `isImplied` holds. */
function carried(
  rows: readonly Row[],
  columns: readonly number[],
  isImplied: (cell: string) => boolean,
): Row[] {
  const above = new Map<number, string>()
  return rows.map(row => {
    const cells = [...row.cells]
    for (const place of columns) {
      if (isImplied((cells[place] ?? '').trim())) cells[place] = above.get(place) ?? ''
      else above.set(place, cells[place] ?? '')
    }
    return { ...row, cells }
  })
}

const told = (row: Row | undefined, place: number) => (row?.cells[place] ?? '').trim() !== ''
const isPlace = (field: RosterTable['fields'][number]) => field === 'branch' || field === 'space'

import type { Table } from '../../../../tables/index.ts'
import { asHeader, fieldNames, fieldOf } from './columns.ts'
import type { RosterTable } from './layout.ts'
import { areNames, isLikeTitle } from './title-patterns.ts'

const cellsOf = (pattern: RegExp) => (cells: readonly string[]) => cells.every(cell => pattern.test(cell))

/** Columns that their cells tell, the surest first. */
const kinds: readonly [title: string, isTold: (cells: readonly string[]) => boolean][] = [
  [fieldNames.phoneTail, cellsOf(/^(?:\+?86)?1[3-9]\d{9}$/u)],
  ['序号', cellsOf(/^\d{1,4}$/u)],
  [fieldNames.branch, cellsOf(/(?:支部|党总支|党委)$/u)],
  [fieldNames.space, cellsOf(/(?:空间|大厦|孵化器|园区?|工场|基地)$/u)],
  [fieldNames.team, cellsOf(/(?:公司|工作室|事务所|中心|厂|店|院|社|集团)$/u)],
  [fieldNames.name, areNames],
]

/**
 * A list whose first row is of a person, below a header as its columns tell.
 * @returns undefined where the first row holds a title or a column leaves a doubt, where none is of names, or
 *   where nothing but names stands
 */
export function withHeader(table: Table): Table | undefined {
  const rows = table.rows.filter(row => row.some(cell => cell.trim() !== ''))
  if (rows[0]?.some(cell => fieldOf(cell) !== undefined || isLikeTitle(asHeader(cell).toLowerCase())))
    return undefined
  const width = Math.max(0, ...rows.map(row => row.length))
  const columns = Array.from({ length: width }, (_, column) =>
    rows.map(row => (row[column] ?? '').replaceAll(/[\s-]/gu, '')).filter(cell => cell !== ''),
  )
  const header = columns.map(cells =>
    cells.length === 0 ? '' : kinds.find(([, isTold]) => isTold(cells))?.[0],
  )
  const filled = header.filter(title => title !== '')
  const isPlain = !filled.includes(undefined) && new Set(filled).size === filled.length
  const nameAt = header.indexOf(fieldNames.name)
  const isSure = isPlain && filled.length > 1 && columns[nameAt]?.length === rows.length
  if (!isSure) return undefined
  const hiddenRows = table.hiddenRows?.map(line => line + 1)
  return {
    ...table,
    rows: [header.map(title => title ?? ''), ...table.rows],
    ...(hiddenRows ? { hiddenRows } : {}),
  }
}

/** A list that was read below a header of ours, with its lines as the file counts them. */
export const withoutHeader = (table: RosterTable): RosterTable => ({
  ...table,
  body: table.body.map(row => ({ ...row, line: row.line - 1 })),
})

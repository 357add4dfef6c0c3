import { figuresIn } from '../../text/figures/figures.ts'
import type { PageLine } from './lines.ts'

const isRow = ({ cells, isRuled }: PageLine) => cells.length > 1 || isRuled === true
const isSame = (line: PageLine, other: PageLine | undefined) =>
  line.cells.length === other?.cells.length && line.cells.every((cell, at) => cell === other.cells[at])
const hasFigure = ({ cells }: PageLine) => cells.some(cell => /[\d一二三四五六七八九十]/u.test(cell))
/** A figure of its own: no year, no unit and no numeral within a word, by which columns are named. */
const isValue = (cell: string) =>
  /^[\d一二三四五六七八九十、.]+$/u.test(cell) ||
  figuresIn(cell).some(
    ({ kind, value, said }) =>
      /[\d一二三四五六七八九十]/u.test(said) && !(kind === 'date' && /^\d{4}$/u.test(value)),
  )
const filled = ({ cells }: PageLine) => cells.filter(cell => cell !== '').length

/** Lines without the head of a table that is drawn again where the table goes on at the top of a page. */
export function withoutRepeatedHeads(lines: readonly PageLine[]): PageLine[] {
  const again = new Set(tablesIn(lines).flatMap(repeatedIn))
  return lines.filter(line => !again.has(line))
}

/** Rows that follow each other, page by page. */
function tablesIn(lines: readonly PageLine[]): PageLine[][][] {
  const tables: PageLine[][][] = []
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    if (!isRow(line)) continue
    if (!before || !isRow(before)) tables.push([[line]])
    else if (before.page === line.page) tables.at(-1)?.at(-1)?.push(line)
    else tables.at(-1)?.push([line])
  }
  return tables
}

/**
 * A row of data may say the same as another, so a head is one only where it begins the table and all its later pages,
 * stands nowhere else and tells no figure above rows that mostly do. Its further rows say less than the first.
 */
function repeatedIn(pages: readonly PageLine[][]): PageLine[] {
  const [first = [], ...later] = pages
  const own = first.findIndex((row, at) => {
    const isFurther = at === 0 || filled(row) < filled(first[0] ?? row)
    return row.cells.some(isValue) || !isFurther || !later.every(page => page[at] && isSame(page[at], row))
  })
  const length = own < 0 ? first.length : own
  const data = pages.flatMap(page => page.slice(length))
  const isHead =
    data.filter(hasFigure).length > data.length / 2 &&
    !first.slice(0, length).some(row => data.some(other => isSame(other, row)))
  return isHead ? later.flatMap(page => page.slice(0, length)) : []
}

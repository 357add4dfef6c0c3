import type { TextItem } from './rows.ts'

/** A line that a page draws across or down; y grows downwards. */
export type Ruling = { isAcross: boolean; place: number; from: number; to: number }

/** The cells of one row of a ruled table, from the left; empty where a cell goes on from above. */
export type GridRow = { cells: TextItem[][] }

/** Lines this near to each other are one, in the page's unit. */
const tolerance = 2.5
/** A page with more is a drawing. */
const mostRulings = 2000
/** A cell with more frames text, and is no cell. */
const mostCellCharacters = 800

/**
 * Puts text into the cells of ruled tables: a cell of several lines stays one, and empty ones keep their place.
 * @returns the rows, and the text outside them
 */
export function gridsOf(
  items: readonly TextItem[],
  rulings: readonly Ruling[],
): { rows: GridRow[]; rest: TextItem[] } {
  if (rulings.length > mostRulings) return { rows: [], rest: [...items] }
  const rows: GridRow[] = []
  let rest = [...items]
  for (const table of tablesOf(rulings)) {
    const grid = createGrid(table)
    const inside = rest.filter(item => grid.boxOf(item))
    const found = grid.rowsOf(inside)
    if (found.length === 0) continue
    rows.push(...found)
    rest = rest.filter(item => !inside.includes(item))
  }
  return { rows, rest }
}

/** Lines that touch each other belong to one table. */
function tablesOf(rulings: readonly Ruling[]): Ruling[][] {
  const tables: Ruling[][] = []
  for (const ruling of rulings) {
    const touched = tables.filter(table => table.some(other => areTouching(ruling, other)))
    const joined = [ruling, ...touched.flat()]
    tables.splice(0, tables.length, ...tables.filter(table => !touched.includes(table)), joined)
  }
  return tables.filter(table => new Set(table.map(({ isAcross }) => isAcross)).size === 2)
}

function areTouching(one: Ruling, other: Ruling): boolean {
  const covers = ({ from, to }: Ruling, place: number) => place > from - tolerance && place < to + tolerance
  if (one.isAcross !== other.isAcross) return covers(one, other.place) && covers(other, one.place)
  const isAligned = Math.abs(one.place - other.place) < tolerance
  return isAligned && one.from < other.to + tolerance && other.from < one.to + tolerance
}

/** Places that lie close together as one, in order. */
function placesOf(rulings: readonly Ruling[]): number[] {
  const places: number[] = []
  for (const { place } of rulings.toSorted((a, b) => a.place - b.place))
    if (place > (places.at(-1) ?? Number.NEGATIVE_INFINITY) + 2 * tolerance) places.push(place)
  return places
}

/** Boxes between the lines of a table; boxes without a line between them are one cell. */
function createGrid(table: readonly Ruling[]) {
  const across = table.filter(({ isAcross }) => isAcross)
  const down = table.filter(({ isAcross }) => !isAcross)
  const [ys, xs] = [placesOf(across), placesOf(down)]
  const [rowCount, columnCount] = [ys.length - 1, xs.length - 1]
  const isDrawn = (lines: readonly Ruling[], place: number, at: number) =>
    lines.some(line => Math.abs(line.place - place) < 2 * tolerance && line.from < at && at < line.to)
  const middle = (places: readonly number[], at: number) => ((places[at] ?? 0) + (places[at + 1] ?? 0)) / 2
  const opensLeft = (row: number, column: number) =>
    column > 0 && !isDrawn(down, xs[column] ?? 0, middle(ys, row))
  const opensUp = (row: number, column: number) =>
    row > 0 && !isDrawn(across, ys[row] ?? 0, middle(xs, column))

  /** The box at the top left of the cell in which a box lies. */
  function cellOf(row: number, column: number): [number, number] {
    if (opensLeft(row, column)) return cellOf(row, column - 1)
    return opensUp(row, column) ? cellOf(row - 1, column) : [row, column]
  }

  /** Undefined outside the table. */
  function boxOf({ x, y, width, size }: TextItem): [number, number] | undefined {
    const column = xs.findLastIndex(place => place < x + Math.min(width, size) / 2)
    const row = ys.findLastIndex(place => place < y - size * 0.3)
    return row >= 0 && row < rowCount && column >= 0 && column < columnCount ? [row, column] : undefined
  }

  function rowsOf(items: readonly TextItem[]): GridRow[] {
    if (columnCount < 2 || rowCount < 1) return []
    const cells = new Map<string, TextItem[]>()
    for (const item of items) {
      const box = boxOf(item)
      const key = box ? cellOf(...box).join() : ''
      cells.set(key, [...(cells.get(key) ?? []), item])
    }
    const lengths = [...cells.values()].map(each => each.reduce((sum, { text }) => sum + text.length, 0))
    if (lengths.some(length => length > mostCellCharacters)) return []
    return Array.from({ length: rowCount }, (_, row) => ({
      cells: Array.from({ length: columnCount }, (_, column) => column)
        .filter(column => !opensLeft(row, column))
        .map(column => cells.get([row, column].join()) ?? []),
    })).filter(({ cells }) => cells.some(cell => cell.length > 0))
  }

  return { boxOf, rowsOf }
}

import type { PageLine } from './lines.ts'

const isRow = ({ cells, isRuled }: PageLine) => cells.length > 1 || isRuled === true
const isSame = (line: PageLine, other: PageLine | undefined) =>
  line.cells.length === other?.cells.length && line.cells.every((cell, at) => cell === other.cells[at])

/** Lines without the head of a table that is drawn again where the table goes on at the top of a page. */
export function withoutRepeatedHeads(lines: readonly PageLine[]): PageLine[] {
  let table: PageLine[] = []
  /** Rows of the head that stood at the top of this page; undefined behind them. */
  let repeated: number | undefined
  return lines.filter((line, at) => {
    if (!isRow(line)) {
      table = []
      return true
    }
    if (table.length > 0 && lines[at - 1]?.page !== line.page) repeated = 0
    if (repeated !== undefined && isSame(line, table[repeated])) {
      repeated += 1
      return false
    }
    repeated = undefined
    table.push(line)
    return true
  })
}

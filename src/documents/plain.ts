import { linesWithoutFurniture } from './layout/furniture.ts'
import { createContinuationTest } from './line-breaks.ts'
import { withoutLinkNumbers, withoutPageNumbers } from './printed.ts'
import { markerOf } from './structure/markers.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads plain text: a line is a paragraph, and a line that goes on after a full one is joined to it. */
export function readText(text: string): DocumentPage[] {
  const lines = withRows(
    withoutRunningHead(printedLines(text))
      .filter(line => !frame.test(line))
      .map(readFramed),
  )
  const goesOn = createContinuationTest(lines)
  const paragraphs: string[] = []
  for (const [at, line] of lines.entries()) {
    if (goesOn(lines[at - 1] ?? '', line)) paragraphs.push(`${paragraphs.pop() ?? ''}${line.trim()}`)
    else paragraphs.push(line)
  }
  return onePage(paragraphs)
}

/** The lines as they were before a program printed them on pages or in a window. */
const printedLines = (text: string) => withoutPageNumbers(linesWithoutFurniture(withoutLinkNumbers(text)))

/** Columns stand apart by a tab or by three blanks. */
const columnGap = /\t+| {3,}|\u3000{3,}/u
/** Lines below a running head among which the title stands. */
const mostLinesToTitle = 6

/** A first line of two columns of which one is the title right below: the running head of a first page. */
function withoutRunningHead(lines: readonly string[]): string[] {
  const at = lines.findIndex(line => line.trim() !== '')
  const columns = (lines[at] ?? '').trim().split(columnGap)
  const below = lines.slice(at + 1, at + 1 + mostLinesToTitle).map(line => line.trim())
  const isHead = columns.length > 1 && columns.some(words => words !== '' && below.includes(words))
  return isHead ? lines.slice(at + 1) : [...lines]
}

const leastRows = 3

/**
 * Lines that stand in columns become the rows of a table of figures: three or more, most of them with three columns.
 * Two columns may be offices that sign, or a title that is set wide, and a number in front is a clause's.
 */
function withRows(lines: readonly string[]): string[] {
  const cells = lines.map(line => line.trim().split(columnGap))
  const read = [...lines]
  for (let from = 0, at = 0; at <= lines.length; at += 1) {
    if (isColumned(cells[at] ?? [])) continue
    if (isTable(cells.slice(from, at)))
      for (let row = from; row < at; row += 1) read[row] = rowOf(cells[row] ?? [])
    from = at + 1
  }
  return read
}

const isColumned = (row: readonly string[]) => row.length > 1 && !markerOf(row[0] ?? '')
const isTable = (rows: readonly (readonly string[])[]) =>
  rows.length >= leastRows &&
  2 * rows.filter(row => row.length > 2).length >= rows.length &&
  rows.some(row => row.some(cell => /\d/u.test(cell)))

/** The lines between the rows of a table that is drawn with characters. */
const frame = /^\s*[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{2,}[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋\s]*$/u

/** 「│一档│10万元│」 as a row. */
function readFramed(line: string): string {
  const row = /^\s*[│┃║](.*)[│┃║]\s*$/u.exec(line)?.[1]
  return row === undefined ? line : rowOf(row.split(/[│┃║]/u))
}

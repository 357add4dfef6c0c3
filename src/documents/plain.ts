import { linesWithoutFurniture } from './layout/furniture.ts'
import { createContinuationTest, joinedLines } from './line-breaks.ts'
import { dayAlone } from './structure/dates.ts'
import { markerOf } from './structure/markers.ts'
import { officesIn } from './structure/offices.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads plain text: a line is a paragraph, and a line that goes on after a full one is joined to it. */
export function readText(text: string): DocumentPage[] {
  const framed = linesWithoutFurniture(text)
    .filter(line => !frame.test(line))
    .map(readFramed)
  const lines = withSpacedRows(framed)
  const goesOn = createContinuationTest(lines)
  const paragraphs: string[] = []
  for (const [at, line] of lines.entries()) {
    if (goesOn(lines[at - 1] ?? '', line)) paragraphs.push(joinedLines(paragraphs.pop() ?? '', line))
    else paragraphs.push(line)
  }
  return onePage(paragraphs)
}

/** Rows of a table whose columns are set by blanks alone: fewer may be lines that are spread out. */
const fewestRows = 3
/** Lines of a run with which a table may begin: trying each of them takes the square of a long run. */
const mostStarts = 5

/** Writes lines that follow each other, each of some cells with wide gaps between them, as rows. */
function withSpacedRows(lines: readonly string[]): string[] {
  const title = lines.findIndex(line => line.trim() !== '')
  const cells = lines.map((line, at) => (at === title ? [line] : cellsSetApart(line)))
  const written: string[] = []
  for (let at = 0; at < lines.length; ) {
    let end = at
    while ((cells[end]?.length ?? 0) > 1) end += 1
    const table = tableAmong(cells.slice(at, end))
    for (const line of lines.slice(at, end - table.length)) written.push(line)
    for (const row of table) written.push(row)
    if (end < lines.length) written.push(lines[end] ?? '')
    at = end + 1
  }
  return written
}

/** The rows at the end of a run of lines with several cells each; empty where they are no table. */
function tableAmong(run: readonly string[][]): string[] {
  for (let start = 0; start < mostStarts && run.length - start >= fewestRows; start += 1) {
    const rows = run.slice(start)
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
    if (rows.filter(row => row.length === width).length * 3 >= rows.length)
      return rows.map(row => rowOf([...Array(width - row.length).fill(''), ...row]))
  }
  return []
}

/** Cells of a line without a sentence in it; fewer than two for other lines. */
function cellsSetApart(line: string): string[] {
  if (/[。；！？|]|[：:]\s/u.test(line)) return []
  const cells = line.trim().split(/\s{3,}|\t+/u)
  return isSetWide(cells) ? [] : cells
}

/** 「第一条　　　总则」, 「目　　　录」, and offices or a day of a signature. */
function isSetWide(cells: readonly string[]): boolean {
  const [first = ''] = cells
  const isNumber = markerOf(first)?.length === first.length
  return (
    (cells.length === 2 && isNumber) ||
    cells.every(cell => [...cell].length === 1) ||
    cells.every(cell => officesIn(cell).length > 0) ||
    (dayAlone(first) !== undefined && /^(?:印发|发布)$/u.test(cells[1] ?? ''))
  )
}

/** The lines between the rows of a table that is drawn with characters. */
const frame = /^\s*[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{2,}[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋\s]*$/u

/** 「│一档│10万元│」 as a row. */
function readFramed(line: string): string {
  const row = /^\s*[│┃║](.*)[│┃║]\s*$/u.exec(line)?.[1]
  return row === undefined ? line : rowOf(row.split(/[│┃║]/u))
}

import { linesWithoutFurniture } from './layout/furniture.ts'
import { createContinuationTest, joinedLines } from './line-breaks.ts'
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

/** Writes lines that follow each other, each of some cells with wide gaps between them, as rows. */
function withSpacedRows(lines: readonly string[]): string[] {
  const cells = lines.map(cellsSetApart)
  const written: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const others = cells.slice(at).findIndex(row => row.length < 2)
    const end = others < 0 ? lines.length : at + others
    const rows = cells.slice(at, end)
    const width = Math.max(0, ...rows.map(row => row.length))
    if (rows.length < fewestRows || rows.filter(row => row.length === width).length * 3 < rows.length) {
      written.push(lines[at] ?? '')
      continue
    }
    for (const row of rows) written.push(rowOf([...Array(width - row.length).fill(''), ...row]))
    at = end - 1
  }
  return written
}

/** Cells of a line without a sentence in it; fewer than two for other lines. */
const cellsSetApart = (line: string): string[] =>
  /[。；！？|]|[：:]\s/u.test(line) ? [] : line.trim().split(/\s{3,}|\t+/u)

/** The lines between the rows of a table that is drawn with characters. */
const frame = /^\s*[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{2,}[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋\s]*$/u

/** 「│一档│10万元│」 as a row. */
function readFramed(line: string): string {
  const row = /^\s*[│┃║](.*)[│┃║]\s*$/u.exec(line)?.[1]
  return row === undefined ? line : rowOf(row.split(/[│┃║]/u))
}

import { plainText } from '../../text/pages/html.ts'
import { widthOf } from '../line-breaks.ts'
import { rowOf } from '../text.ts'

const table = /<table(?:(?!<table)[\s\S])*?<\/table>/giu
/** 「+----+----+」 */
const gridRule = /^\s*\+(?:[-=:]+\+)+\s*$/u
/** 「---- ------」, the line below the head of a table whose columns are set by spaces. */
const columnRule = /^\s*-{2,}(?:\s+-{2,})+\s*$/u
const closingRule = /^\s*-{4,}\s*$/u

/** Writes tables in HTML as rows, a line each. */
export const withHtmlRows = (text: string): string => text.replaceAll(table, found => `\n${rowsOf(found)}\n`)

const rowsOf = (found: string) =>
  (found.match(/<tr(?:(?!<tr)[\s\S])*?<\/tr>/giu) ?? [])
    .map(row => rowOf((row.match(/<t[dh](?:(?!<t[dh])[\s\S])*?<\/t[dh]>/giu) ?? []).map(plainText)))
    .join('\n')

/** Writes tables that are drawn with lines or set by spaces as rows, 「| a | b |」. */
export function withDrawnRows(lines: readonly string[]): string[] {
  const written: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const end = gridRule.test(lines[at] ?? '') ? endOfGrid(lines, at) : at
    if (end > at) {
      written.push(...gridRows(lines.slice(at, end)))
      at = end - 1
      continue
    }
    const columns = columnRule.test(lines[at] ?? '') ? columnsOf(lines[at] ?? '') : []
    if (columns.length < 2 || columns.length > mostColumns || (written.at(-1) ?? '').trim() === '') {
      written.push(lines[at] ?? '')
      continue
    }
    const head = written.pop() ?? ''
    const isFramed = closingRule.test(written.at(-1) ?? '')
    const below = endOfColumns(lines, at + 1, isFramed)
    written.push(...[head, ...lines.slice(at + 1, below)].flatMap(line => rowIn(line, columns)))
    at = below - 1
  }
  return written
}

function endOfGrid(lines: readonly string[], from: number): number {
  let at = from
  while (gridRule.test(lines[at] ?? '') || /^\s*\|.*\|\s*$/u.test(lines[at] ?? '')) at += 1
  return at
}

/** The lines between two rules are one row; a cell may have several. */
function gridRows(lines: readonly string[]): string[] {
  const rows: string[][] = []
  for (const line of lines) {
    if (gridRule.test(line)) {
      rows.push([])
      continue
    }
    const row = rows.at(-1) ?? []
    for (const [place, cell] of line.trim().slice(1, -1).split('|').entries())
      row[place] = `${row[place] ?? ''}${cell.trim()}`
  }
  return rows.filter(row => row.length > 0).map(row => `| ${row.join(' | ')} |`)
}

/** A rule of more marks is an ornament. */
const mostColumns = 60

/** Where columns begin, in half-width characters. */
const columnsOf = (rule: string) => [...rule.matchAll(/-+/gu)].map(({ index }) => index)

function endOfColumns(lines: readonly string[], from: number, isFramed: boolean): number {
  const isEnd = (line: string) => (isFramed ? closingRule.test(line) : line.trim() === '')
  const length = lines.slice(from).findIndex(isEnd)
  return length < 0 ? lines.length : from + length
}

function rowIn(line: string, columns: readonly number[]): string[] {
  if (line.trim() === '') return []
  const cells = columns.map(() => '')
  let width = 0
  for (const char of line) {
    const column = columns.findLastIndex(start => start <= width)
    cells[column] = `${cells[column] ?? ''}${char}`
    width += widthOf(char === ' ' ? '.' : char)
  }
  return [`| ${cells.map(cell => cell.trim()).join(' | ')} |`]
}

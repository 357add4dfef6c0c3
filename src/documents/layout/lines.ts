import { foldRadicals } from '../../text/characters.ts'
import { blocksOf, type ColumnBorders } from './columns.ts'
import { type GridRow, gridsOf, type Ruling } from './grid.ts'
import { rowsOfItems, type TextItem } from './rows.ts'

export type PageItems = {
  number: number
  height: number
  items: TextItem[]
  /** Lines of tables, where the file draws them. */
  rulings?: readonly Ruling[]
}

/** One line of a page; a line of a table has several cells. */
export type PageLine = {
  page: number
  cells: string[]
  x: number
  end: number
  y: number
  /** Size of most of its characters. */
  size: number
  /** Size of its largest characters. */
  height: number
  /** Where it stands between the top of the page, 0, and its bottom, 1. */
  place: number
  /** A row of a table whose lines are drawn. */
  isRuled?: true
  /** The borders of its column, where the page has two. */
  frame?: ColumnBorders | undefined
}

/** Shapes of a font for several characters: two dashes, 「fi」. */
const ligature = /[⸺\ufb00-\ufb04]/gu
const dash = '⸺'
/** Gaps in units of the character size. */
const wordGap = 0.2
/** Behind the number of a clause without a stop, 「1 范围」. */
const numberGap = 0.1
const wideGap = 0.8
const cellGap = 1.8

/** The lines of a page in reading order: columns one by one, rows of tables as one line each. */
export function pageLinesOf({ number, height, items, rulings = [] }: PageItems): PageLine[] {
  const page = { number, height }
  const { rows, rest } = gridsOf(withoutDoubles(items), rulings)
  const inTables = rows.map(row => tableLine(row, page))
  const [block, ...others] = blocksOf(rest)
  if (block && others.length === 0)
    return [...linesIn(block.items, page), ...inTables].sort((a, b) => a.y - b.y)
  const lines = [block, ...others].flatMap(each =>
    linesIn(each?.items ?? [], page).map(line => ({ ...line, frame: each?.frame })),
  )
  return withTables(lines, inTables)
}

/** Puts each row of a table behind the last line above it in its column. */
function withTables(lines: readonly PageLine[], rows: readonly PageLine[]): PageLine[] {
  const found = [...lines]
  for (const row of rows.toSorted((a, b) => a.y - b.y)) {
    const behind = found.findLastIndex(
      ({ y, frame }) => y < row.y && (!frame || (row.x >= frame.left - row.size && row.x < frame.right)),
    )
    found.splice(behind + 1, 0, row)
  }
  return found
}

/** A row of a ruled table: a cell of several lines is read as one. */
function tableLine({ cells }: GridRow, page: Place): PageLine {
  const lines = cells.map(cell => linesIn(cell, page))
  const [first] = lines.flat().sort((a, b) => a.y - b.y)
  const blank = { page: page.number, x: 0, end: 0, y: 0, size: 1, height: 1, place: 0 }
  return {
    ...(first ?? blank),
    isRuled: true,
    cells: lines.map(cell => cell.map(each => each.cells.join(' ')).join('')),
  }
}

type Place = { number: number; height: number }

const linesIn = (items: readonly TextItem[], page: Place): PageLine[] =>
  rowsOfItems(items).map(row => lineOf(row, page))

/** Bold type is often drawn twice, 0.3 of its size apart at most. */
function withoutDoubles(items: readonly TextItem[]): TextItem[] {
  const seen = new Map<string, TextItem[]>()
  const near = [-1, 0, 1]
  return items.filter(item => {
    if (item.text.trim() === '') return false
    const [column, row] = [item.x, item.y].map(place => Math.floor(place / (0.3 * item.size)))
    const keyAt = (x: number, y: number) => `${(column ?? 0) + x}/${(row ?? 0) + y}/${item.text}`
    const alike = near.flatMap(x => near.flatMap(y => seen.get(keyAt(x, y)) ?? []))
    if (alike.some(other => Math.hypot(other.x - item.x, other.y - item.y) < 0.3 * item.size)) return false
    seen.set(keyAt(0, 0), [...(seen.get(keyAt(0, 0)) ?? []), item])
    return true
  })
}

function lineOf(row: readonly TextItem[], page: Place): PageLine {
  const cells: string[] = []
  let end = Number.NaN
  for (const { text, x, width, size } of row) {
    const gap = (x - end) / size
    const read = foldRadicals(text).replaceAll(ligature, drawn =>
      drawn === dash ? '——' : drawn.normalize('NFKC'),
    )
    if (!(gap <= cellGap || isBlank(cells.at(-1), read))) cells.push(read)
    else {
      const before = cells.pop() ?? ''
      cells.push(`${before}${spaceFor(gap, before, read)}${read}`)
    }
    end = x + width
  }
  const [first] = row
  const size = sizeOf(row)
  const y = first?.y ?? 0
  return {
    page: page.number,
    cells: cells.map(withoutTracking),
    x: first?.x ?? 0,
    end,
    y,
    size,
    height: Math.max(...row.map(item => item.size)),
    place: y / page.height,
  }
}

/** 「工位（　　）个」 is to be filled in. */
const isBlank = (before = '', after: string) => /[（(]\s*$/u.test(before) && /^\s*[）)]/u.test(after)

/** Digits of another font are often larger than the characters beside them. */
function sizeOf(row: readonly TextItem[]): number {
  return commonest(row.flatMap(({ text, size }) => [...text].map(() => size)))
}

/** 「1.2」, 「第三条」: what stands behind it is set off by half a character. */
const label = /^(?:\d{1,2}(?:\.\d{1,2})*|第[零一二三四五六七八九十百\d]{1,5}[条章节])$/u

function spaceFor(gap: number, before: string, after: string): string {
  const isNumbered = label.test(before) && /^\p{Script=Han}/u.test(after)
  if (gap < (isNumbered ? numberGap : wordGap)) return ''
  const areWords = /[\w)]$/u.test(before) && /^[\w(]/u.test(after)
  return gap >= wideGap || areWords || isNumbered ? ' ' : ''
}

/** 「福 州 市」 is a word that was set wide. */
function withoutTracking(text: string): string {
  const tidy = text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
  const isTracked = /(?:^| )\p{Script=Han} \p{Script=Han}(?: \p{Script=Han}|$)/u.test(tidy)
  // 「陈 某 林某某」 are two names.
  return isTracked ? tidy.replaceAll(/(?<=(?:^| )\p{Script=Han}) (?=\p{Script=Han}(?: |$))/gu, '') : tidy
}

/** The size of most of these, to a tenth of the page's unit; infinite for none. */
export const commonestSize = (all: readonly { size: number }[]): number =>
  commonest(all.map(({ size }) => Math.round(size * 10) / 10))

/** Infinite for none. */
export function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? Number.POSITIVE_INFINITY
}

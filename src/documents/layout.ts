import { foldRadicals } from '../text/characters.ts'
import { blocksOf, type Frame } from './columns.ts'
import { isPageNumber, isRunning } from './furniture.ts'
import { type GridRow, gridsOf, type Ruling } from './grid.ts'
import { numberIn } from './structure/number-line.ts'
import { officesIn } from './structure/offices.ts'
import { rowOf } from './text.ts'

/** Text drawn at one place; y grows downwards. Lengths are in one unit of the page's choice. */
export type TextItem = { text: string; x: number; y: number; width: number; size: number }
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
  /** The borders of its column, where the page has two. */
  frame?: Frame | undefined
}

/** Gaps in units of the character size. */
const wordGap = 0.2
const wideGap = 0.8
const cellGap = 1.8
const indent = 0.8
/** A full line may stop so far before the right margin: closing marks hang over it, and long words go to the next line. */
const endedGap = 2
const openGap = 5

/**
 * Puts drawn text in reading order: lines, then paragraphs, over the page's end where a sentence goes on.
 * @returns the paragraphs of each page, in the pages' order; a paragraph belongs to the page on which it begins
 */
export function paragraphsOf(pages: readonly PageItems[]): string[][] {
  const all = pages.map(linesOf)
  const lines = all.flat().filter(line => !isPageNumber(line) && !isRunning(line, all))
  const found = new Map<number, string[]>(pages.map(({ number }) => [number, []]))
  const margins = marginsOf(lines)
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    const paragraphs = found.get(
      before && goesOn(before, line, margins) ? lastPage(found, before) : line.page,
    )
    if (before && goesOn(before, line, margins) && paragraphs) append(paragraphs, line)
    else paragraphs?.push(textOf(line))
  }
  return pages.map(({ number }) => found.get(number) ?? [])
}

/** 「单位：万元」 above a table. */
const unit = /^[（(]?(?:计量|金额)?单\s*位\s*[：:]/u

/** The page on which the paragraph of this line began. */
function lastPage(found: ReadonlyMap<number, string[]>, line: PageLine): number {
  let page = line.page
  while (page > 1 && found.get(page)?.length === 0) page -= 1
  return page
}

function append(paragraphs: string[], line: PageLine): void {
  const text = textOf(line)
  const before = paragraphs.pop() ?? ''
  const isLatin = /[a-z\d,.]$/iu.test(before) && /^[a-z]/iu.test(text)
  paragraphs.push(`${before}${isLatin ? ' ' : ''}${text}`)
}

/** A line of single characters wide apart is spaced out, not a row; nor is the unit of a table at the right. */
function textOf({ cells }: PageLine): string {
  if (cells.every(cell => [...cell].length === 1)) return cells.join('')
  return unit.test(cells.at(-1) ?? '') ? cells.join(' ') : rowOf(cells)
}

function linesOf({ number, height, items, rulings = [] }: PageItems): PageLine[] {
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
  return { ...(first ?? blank), cells: lines.map(cell => cell.map(each => each.cells.join(' ')).join('')) }
}

type Place = { number: number; height: number }

function linesIn(items: readonly TextItem[], page: Place): PageLine[] {
  const rows: TextItem[][] = []
  for (const item of items.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && Math.abs(first.y - item.y) < 0.5 * Math.min(first.size, item.size)) row.push(item)
    else rows.push([item])
  }
  return rows.map(row =>
    lineOf(
      row.toSorted((a, b) => a.x - b.x),
      page,
    ),
  )
}

/** Bold type is often drawn twice. */
function withoutDoubles(items: readonly TextItem[]): TextItem[] {
  const seen = new Map<string, TextItem[]>()
  return items.filter(item => {
    if (item.text.trim() === '') return false
    const alike = seen.get(item.text) ?? []
    if (alike.some(other => Math.hypot(other.x - item.x, other.y - item.y) < 0.3 * item.size)) return false
    seen.set(item.text, [...alike, item])
    return true
  })
}

function lineOf(row: readonly TextItem[], page: Place): PageLine {
  const cells: string[] = []
  let end = Number.NaN
  for (const { text, x, width, size } of row) {
    const gap = (x - end) / size
    const read = foldRadicals(text)
    if (!(gap <= cellGap)) cells.push(read)
    else cells.push(`${cells.pop() ?? ''}${spaceFor(gap, cells.at(-1) ?? '', read)}${read}`)
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

/** Digits of another font are often larger than the characters beside them. */
function sizeOf(row: readonly TextItem[]): number {
  return commonest(row.flatMap(({ text, size }) => [...text].map(() => size)))
}

function spaceFor(gap: number, before: string, after: string): string {
  if (gap < wordGap) return ''
  const areWords = /[\w)]$/u.test(before) && /^[\w(]/u.test(after)
  return gap >= wideGap || areWords ? ' ' : ''
}

/** 「福 州 市」 is a word that was set wide. */
function withoutTracking(text: string): string {
  const tidy = text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
  const isTracked = /(?:^| )\p{Script=Han} \p{Script=Han}(?: \p{Script=Han}|$)/u.test(tidy)
  return isTracked ? tidy.replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '') : tidy
}

type Margins = { left: number; right: number; leading: number }

function marginsOf(lines: readonly PageLine[]): Margins {
  const size = commonest(lines.map(line => Math.round(line.size * 10) / 10))
  // The office's name at the top may be wider than the text.
  const text = lines.filter(({ cells, size: own }) => cells.length === 1 && Math.abs(own - size) < 0.1 * size)
  const gaps = text.flatMap((line, at) => {
    const before = text[at - 1]
    return before?.page === line.page ? [(line.y - before.y) / line.height] : []
  })
  return {
    left: Math.min(...text.map(({ x }) => x)),
    right: Math.max(...text.map(({ end }) => end)),
    leading: commonest(gaps.map(gap => Math.round(gap * 10) / 10)),
  }
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? Number.POSITIVE_INFINITY
}

const heading = /^第\s*[\d零一二三四五六七八九十百]+\s*[编章节]/u

/** Whether a line continues the paragraph of the line before it: that one is full, and this one is not set off. */
function goesOn(before: PageLine, line: PageLine, { leading, ...page }: Margins): boolean {
  const { left, right } = line.frame ?? page
  const { left: leftBefore, right: rightBefore } = before.frame ?? page
  if (before.cells.length > 1 || line.cells.length > 1) return false
  if (Math.abs(before.size - line.size) > 0.1 * line.size) return false
  const isTitle = before.x > leftBefore + 3 * line.size && line.x > left + 2.5 * line.size
  // 「第二章 建设与认定」 and 「第一节 条件」 are centred below each other.
  if (isTitle && heading.test(textOf(line))) return false
  // Offices that issue a document together, and its number, are no lines of its title.
  if (isTitle && [before, line].every(each => officesIn(textOf(each)).length > 0)) return false
  if (isTitle && [before, line].some(each => numberIn(textOf(each)))) return false
  if (isTitle)
    return before.page === line.page && isCentred(before, leftBefore, rightBefore) && isCentred(line, left, right)
  // A signature stands to the right.
  if (before.x > leftBefore + 3 * line.size || line.x > left + indent * line.size) return false
  const isEnded = /[。；：！？;:!?]$/u.test(before.cells.join(''))
  if (before.end < rightBefore - (isEnded ? endedGap : openGap) * line.size) return false
  const isApart = before.page === line.page && (line.y - before.y) / line.height > leading * 1.35
  return !isApart
}

function isCentred({ x, end, size }: PageLine, left: number, right: number): boolean {
  return Math.abs((x + end) / 2 - (left + right) / 2) < 1.5 * size
}

import { isCopyLine } from '../structure/copies.ts'
import { dayAlone } from '../structure/dates.ts'
import { markerOf } from '../structure/markers.ts'
import { numberIn } from '../structure/number-line.ts'
import { officesIn } from '../structure/offices.ts'
import { isTranslation } from '../structure/paragraph-kinds.ts'
import { rowOf } from '../text.ts'
import { isMargin, isPageNumber, isTitleAbove, runningTitlesIn } from './furniture.ts'
import { commonest, commonestSize, type PageItems, type PageLine, pageLinesOf } from './lines.ts'
import { withoutOverlaid } from './overlaid.ts'
import { withoutRepeatedHeads } from './table-heads.ts'

/** In units of the character size. */
const indent = 0.8
/**
 * A full line may stop this far before the right margin: closing marks hang over it, and
 * long words go to the next line.
 */
const endedGap = 2
const openGap = 5

/**
 * Puts drawn text in reading order: lines, then paragraphs, over the page's end where a sentence goes on.
 * @returns the paragraphs of each page, in the pages' order; a paragraph belongs to the page on which it begins
 */
export function paragraphsOf(pages: readonly PageItems[]): string[][] {
  const all = withoutOverlaid(pages).map(pageLinesOf)
  const size = commonestSize(all.flat())
  const titles = runningTitlesIn(all)
  const isFurniture = (line: PageLine) =>
    isPageNumber(line) || isMargin(line, size) || titles.has(line) || isTitleAbove(line, size, all)
  const lines = withoutLoneRows(withoutRepeatedHeads(all.flat().filter(line => !isFurniture(line))))
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

/** Rows of one table stand at most this many lines apart. */
const rowDistance = 3

/** A line with one wide gap, and no row near it: 「李某　　新媒空间」 is no table. */
function withoutLoneRows(lines: readonly PageLine[]): PageLine[] {
  const isRow = ({ cells }: PageLine) => cells.length > 1
  return lines.map((line, at) => {
    const near = [
      ...lines.slice(Math.max(0, at - rowDistance), at),
      ...lines.slice(at + 1, at + 1 + rowDistance),
    ]
    if (line.isRuled || line.cells.length !== 2 || near.some(isRow)) return line
    return { ...line, cells: [line.cells.join('\u3000')] }
  })
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

type Margins = { left: number; right: number; leading: number }

function marginsOf(lines: readonly PageLine[]): Margins {
  const single = lines.filter(({ cells }) => cells.length === 1)
  const size = commonestSize(single.length > 0 ? single : lines)
  // The office's name at the top may be wider than the text.
  const text = lines.filter(({ cells, size: own }) => cells.length === 1 && Math.abs(own - size) < 0.1 * size)
  const right = Math.max(...text.map(({ end }) => end))
  const gaps = text.flatMap((line, at) => {
    const before = text[at - 1]
    const gap = before?.page === line.page ? Math.round(((line.y - before.y) / line.height) * 10) / 10 : 0
    return before && gap > 0 ? [{ gap, isFull: before.end > right - line.size }] : []
  })
  // Short paragraphs one below the other stand as far apart as paragraphs do.
  const within = gaps.filter(({ isFull }) => isFull)
  return {
    left: Math.min(...text.map(({ x }) => x)),
    right,
    leading: commonest((within.length > 0 ? within : gaps).map(({ gap }) => gap)),
  }
}

/** 「2 预约」 in a text that counts 1, 1.1. */
const plainHeading = /^\d{1,2}\s+\p{Script=Han}{1,14}$/u
const heading = /^第\s*[\d零一二三四五六七八九十百]+\s*[编章节]/u

/** Whether a line continues the paragraph of the line before it: that one is full, and this one is not set off. */
function goesOn(before: PageLine, line: PageLine, { leading, ...page }: Margins): boolean {
  const { left, right } = line.frame ?? page
  const { left: leftBefore, right: rightBefore } = before.frame ?? page
  if (before.cells.length > 1 || line.cells.length > 1) return false
  if (Math.abs(before.size - line.size) > 0.1 * line.size) return false
  if (isCopyLine(textOf(line))) return false
  const isTitle = before.x > leftBefore + 3 * line.size && line.x > left + 2.5 * line.size
  // 「第二章 建设与认定」 and 「第一节 条件」 are centred below each other.
  if (isTitle && heading.test(textOf(line))) return false
  // Offices that issue a document together, and its number, are no lines of its title.
  if (isTitle && [before, line].every(each => officesIn(textOf(each)).length > 0)) return false
  if (isTitle && [before, line].some(each => numberIn(textOf(each)) || dayAlone(textOf(each)))) return false
  if (isTitle && isTranslation(textOf(line)) !== isTranslation(textOf(before))) return false
  if (isTitle)
    return (
      before.page === line.page && isCentred(before, leftBefore, rightBefore) && isCentred(line, left, right)
    )
  // A signature stands to the right.
  if (before.x > leftBefore + 3 * line.size || line.x > left + indent * line.size) return false
  const isEnded = /[。；：！？;:!?]$/u.test(before.cells.join(''))
  // Where no line is full, the left margin is not known.
  if (isEnded && (markerOf(textOf(line)) || plainHeading.test(textOf(line)))) return false
  if (before.end < rightBefore - (isEnded ? endedGap : openGap) * line.size) return false
  const isApart = before.page === line.page && (line.y - before.y) / line.height > leading * 1.2
  return !isApart
}

function isCentred({ x, end, size }: PageLine, left: number, right: number): boolean {
  return Math.abs((x + end) / 2 - (left + right) / 2) < 1.5 * size
}

import { figuresIn } from '../../text/figures/figures.ts'
import { secrecyMarkIn } from '../secrecy.ts'
import { markerOf } from '../structure/markers.ts'
import { numberIn } from '../structure/number-line.ts'
import { officesIn } from '../structure/offices.ts'
import type { PageLine } from './lines.ts'

/** Page numbers and running heads stand above or below these shares of a page's height. */
const top = 0.1
const bottom = 0.88
/** Smaller type above this place, in units of the text's size, is no text. */
const outermost = 0.06
const smaller = 0.8
const number =
  /^(?:[-—–－―·\s]*\d{1,4}[-—–－―·\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|page\s*\d+(?:\s*of\s*\d+)?)$/iu

/** A browser prints the time above a page and its address below. */
const printed =
  /^\d{1,4}[/-]\d{1,2}[/-]\d{1,4},? \d{1,2}:\d{2}|^(?:https?|file|about|data|blob):\S*.*\d\/\d+$/u

const isAtEdge = ({ place }: PageLine) => place < top || place > bottom
const plain = ({ cells }: PageLine) => cells.join('').replaceAll(/\d+/gu, '#').replaceAll(/\s/gu, '')

/** Whether a line is the number of its page, or the time or address that a browser prints beside it. */
export function isPageNumber(line: PageLine): boolean {
  const text = line.cells.join(' ').normalize('NFKC').trim()
  return isAtEdge(line) && (number.test(text) || printed.test(text))
}

/**
 * The name of a gazette above its first page: one short line in type that is clearly smaller than the text. A secrecy
 * mark or a document number there is read.
 */
export function isMargin({ place, cells, size }: PageLine, textSize: number): boolean {
  const [text = '', ...more] = cells
  const isSmall = size < smaller * textSize && text.length < 24 && more.length === 0
  return place < outermost && isSmall && numberIn(text) === undefined && secrecyMarkIn(text) === undefined
}

/** The cells of a line without the number of its page. */
const wordsOf = ({ cells }: PageLine) => cells.filter(cell => !number.test(cell.normalize('NFKC').trim()))

/** The first line of a page and its last, as far as they have one cell beside the number of the page. */
const endsOf = (page: readonly PageLine[]) =>
  [page[0], page.at(-1)].flatMap(line =>
    line && (line.cells.length === 1 || wordsOf(line).length === 1) ? [line] : [],
  )

/** Lines at one place of their pages, in units of the height. */
const samePlace = 0.01

/**
 * Running heads and feet: lines that say the same at the same place of most pages, but for a number that counts them. A
 * document of two pages has fewer repetitions, so there only first and last lines count, and no short ones.
 */
export function runningTitlesIn(pages: readonly (readonly PageLine[])[]): ReadonlySet<PageLine> {
  if (pages.length < 2) return new Set()
  const isFew = pages.length === 2
  const edges = pages.flatMap(page => (isFew ? endsOf(page) : page).filter(isAtEdge))
  const byKey = new Map<string, PageLine[]>()
  for (const line of edges)
    for (const key of keysOf(line.cells.join(''), line.page - 1, { isFew }))
      byKey.set(key, [...(byKey.get(key) ?? []), line])
  const isRepeated = ({ place }: PageLine, alike: readonly PageLine[]) => {
    const same = alike.filter(other => Math.abs(other.place - place) < samePlace)
    return new Set(same.map(({ page }) => page)).size > pages.length / 2
  }
  const repeated = [...byKey.values()].filter(alike => alike.length > pages.length / 2)
  return new Set(repeated.flatMap(alike => alike.filter(line => isRepeated(line, alike))))
}

/** In characters. */
const shortestTitle = 4
/** A title is set in type this much larger than the text. */
const larger = 1.1
const mostTitleLines = 5
/** The beginning of a title, in characters. */
const shortestBeginning = 10
/** The end of a letterhead such as 「某某局文件」, which stands above the title only. */
const letterheadEnd = /\s*文\s*件$/u
const isOffice = (text: string) => officesIn(text.replace(letterheadEnd, '')).length > 0

/**
 * Whether a line in small type at the top of a page says the office or the title, perhaps beside the page number:
 * whole lines above the first sentence of the first page, or the beginning of a title that is too long for the line.
 */
export function isTitleAbove(
  line: PageLine,
  textSize: number,
  [first = []]: readonly (readonly PageLine[])[],
): boolean {
  const isAbove = line.place < top && line.size < smaller * textSize
  const [words = '', ...more] = wordsOf(line)
  const text = plain({ ...line, cells: [words] })
  if (!isAbove || more.length > 0 || text.length < shortestTitle) return false
  const sentence = first.findIndex(({ cells }) => /[。：:]/u.test(cells.join('')))
  const head = (sentence < 0 ? first : first.slice(0, sentence)).filter(one => one !== line)
  const isLater = line.page !== first[0]?.page
  return head.some((_, at) => {
    const titled = head.slice(at, at + mostTitleLines)
    const saidBy = (last: number) =>
      titled
        .slice(0, last + 1)
        .map(plain)
        .join('')
    const isLarge = (last: number) => titled.slice(0, last + 1).every(({ size }) => size > larger * textSize)
    const end = titled.findIndex((_each, last) => saidBy(last) === text)
    if (end >= 0) return isLarge(end) || (isLater && isOffice(text))
    const over = titled.findIndex((_each, last) => saidBy(last).startsWith(text))
    return over >= 0 && text.length >= shortestBeginning && isLarge(over)
  })
}

/** A page number between dashes or words, 「— 3 —」 「第3页」: a page ends there, wherever it stands. */
const setOff = /^(?:[-—–－―]+\s*\d{1,4}\s*[-—–－―]+|第\s*\d{1,4}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?)$/u

/**
 * The lines of a plain text that a program took from printed pages, without the numbers of pages and running heads. A
 * paragraph then goes on over the end of a page.
 */
export function linesWithoutFurniture(text: string): string[] {
  const pages = text.split('\f').flatMap((page, _, all) => pagesIn(page, all.length > 1))
  if (pages.length < 2) return pages[0] ?? []
  const repeated = (lineOf: (page: readonly string[]) => string | undefined) => {
    const found = pages.map((page, at) => keysOf(lineOf(page) ?? '', at))
    const counts = new Map<string, number>()
    for (const key of found.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
    return found.map(keys => keys.some(key => (counts.get(key) ?? 0) > 1))
  }
  const heads = repeated(page => page[0])
  const feet = repeated(page => page.at(-1))
  return pages.flatMap((page, at) => {
    const first = page[0] ?? ''
    const isHead = heads[at] || (letterheadEnd.test(first) && isOffice(first))
    const body = at > 0 && isHead ? page.slice(1) : page
    return trimmed(feet[at] ? body.slice(0, -1) : body)
  })
}

const ofText = new Set(['money', 'share', 'area', 'points', 'multiple', 'discount'])

/**
 * The words of a line as a running head or foot says them on each page: with their numbers, or with one that counts the
 * pages in front of it. Empty for a sentence and an amount; on few pages for a clause and a word or two, too, which a
 * text may say again.
 * @param at the page, from 0
 */
function keysOf(line: string, at: number, { isFew = true } = {}): string[] {
  const words = line.normalize('NFKC').replaceAll(/\s/gu, '')
  const isShort = words.replaceAll(/\d+/gu, '').length < shortestTitle && !number.test(words)
  if (isFew && (isShort || markerOf(words))) return []
  if (words === '' || /[。；;：:]$/u.test(words) || figuresIn(words).some(({ kind }) => ofText.has(kind)))
    return []
  const counted = [...words.matchAll(/\d+/gu)].map(
    ({ index, 0: said }) =>
      `${words.slice(0, index)}#${Number(said) - at}#${words.slice(index + said.length)}`,
  )
  return [...new Set([words, ...counted])]
}

/** The pages of a text, which end at page numbers. A bare number ends one only right before a form feed. */
function pagesIn(text: string, hasFormFeeds: boolean): string[][] {
  const pages: string[][] = [[]]
  const lines = trimmed(text.split(/\r\n?|\n/u))
  for (const [at, line] of lines.entries()) {
    const said = line.normalize('NFKC').trim()
    if (setOff.test(said) || (hasFormFeeds && at === lines.length - 1 && number.test(said))) pages.push([])
    else pages.at(-1)?.push(line)
  }
  return pages.map(trimmed).filter(page => page.length > 0)
}

/** Without empty lines at both ends. */
function trimmed(lines: readonly string[]): string[] {
  const written = lines.map(line => line.trim() !== '')
  return lines.slice(Math.max(0, written.indexOf(true)), written.lastIndexOf(true) + 1)
}

import { createContinuationTest, isBrokenOff, joinedLines } from '../line-breaks.ts'
import { type DocumentPage, isRow, onePage } from '../text.ts'
import { readLine } from './inline.ts'
import { withCounts } from './lists.ts'
import { withFields } from './properties.ts'
import { withDrawnRows, withHtmlRows } from './tables.ts'

/** Reads Markdown as other parsers write it: headings, lists, tables, broken lines, pieces of HTML and of TeX. */
export function readMarkdown(text: string): DocumentPage[] {
  const hasPictures = text.search(picture) >= 0
  const plain = withHtmlRows(withFields(text).replaceAll(picture, ''))
  const lines = withDrawnRows(plain.split(/\r\n?|\n/u).flatMap(partedAtBreaks))
    .filter((_, at, all) => !isPageNumber(all, at))
    .filter(line => !drawn.test(line))
  return onePage(paragraphsOf(withCounts(lines)), hasPictures ? ['文件里有图片，图片里的字没有读。'] : [])
}

/** An opening mark ends the search for the closing one, so that a text of many opening marks is read in one go. */
const picture = /!\[[^[\]]*\]\([^()]*\)/gu
const pageRule = /^\s*(?:\{\d{1,4}\}\s*)?-{5,}\s*$/u
/** Rules, what underlines a title, the line below the head of a table, fences, comments and ends of pages. */
const drawn =
  /^\s*(?:(?:\{\d{1,4}\})?\|?[\s:|-]*-{3,}[\s:|-]*\|?|\|(?:\s*:?-+:?\s*\|)+|={2,}|```.*|:{3,}.*|<!--.*-->)\s*$/u
/** A break within a paragraph parts lines; within a cell it does not. */
const partedAtBreaks = (line: string): string[] =>
  /^\s*\|/u.test(line)
    ? [line]
    : line.split(/<br\s*\/?>/iu).map((part, at) => (at === 0 ? part : part.trim()))

/** A number alone right above the rule that ends its page. */
function isPageNumber(lines: readonly string[], at: number): boolean {
  if (!/^\s*[-—–\s]*\d{1,4}[-—–\s]*$/u.test(lines[at] ?? '')) return false
  const below = lines.slice(at + 1, at + 3).find(line => line.trim() !== '')
  return below !== undefined && pageRule.test(below)
}

/** A heading, an item, a row or a quotation begins a paragraph of its own. */
const opensBlock = /^\s*(?:#{1,6}\s|[-*+]\s|\d{1,3}\\?\.\s|\||:{3})/u
/** Two blanks or a backslash at the end of a line break it, and no paragraph goes on behind a heading. */
const isClosed = (line: string) => /(?: {2}|\\)$/u.test(line) || /^\s*#{1,6}\s/u.test(line)

/** Joins the lines that a converter broke at a width; elsewhere each line is a paragraph. */
function paragraphsOf(lines: readonly string[]): string[] {
  const read = lines.map(line => readLine(line).replace(/^[^\S\u3000]+/u, ''))
  const goesOn = createContinuationTest(read)
  const written = lines.filter(line => line.trim() !== '').length
  // Where empty lines part the paragraphs, lines without one between them are one.
  const isSpaced = (lines.length - written) * 2 >= written
  const continues = (before: string, text: string) =>
    goesOn(before, text) || (isSpaced && isBrokenOff(before, text))
  const paragraphs: string[] = []
  for (const [at, text] of read.entries()) {
    const [above = '', line = ''] = [lines[at - 1], lines[at]]
    const isOpen = above.trim() !== '' && !isClosed(above) && !isRow(text) && !opensBlock.test(line)
    if (isOpen && continues(read[at - 1] ?? '', text))
      paragraphs.push(joinedLines(paragraphs.pop() ?? '', text))
    else paragraphs.push(text)
  }
  return paragraphs
}

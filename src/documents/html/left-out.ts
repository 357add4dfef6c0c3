import type { LineTest } from './links.ts'

/** In characters. */
const shortestSentence = 12
const longestBeginning = 20

/**
 * Sentences of a page that are no part of its document: a lead, comments, words of the site. A reader of the document
 * would not know of them otherwise. Menus and footers hold none.
 * @param whole all lines of the page
 * @param read those of the document
 * @returns a Chinese sentence; none where all were read
 */
export function gapsOfPage(whole: readonly string[], read: readonly string[], isOfLinks: LineTest): string[] {
  const known = new Set(read)
  const left = whole.filter(
    line => line.length >= shortestSentence && line.includes('。') && !known.has(line) && !isOfLinks(line),
  )
  const [first = ''] = left
  const beginning = first.length > longestBeginning ? `${first.slice(0, longestBeginning)}……` : first
  return left.length === 0
    ? []
    : [`网页正文之外有 ${left.length} 段文字没有读，${left.length > 1 ? '第一段是' : '是'}「${beginning}」。`]
}

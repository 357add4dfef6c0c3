import { markerOf } from './structure/markers.ts'

/** Characters of a page, of which a short one has some hundreds: numbers that stand closer are those of rows. */
const shortestPage = 150

/** Lines without the numbers of pages: numbers alone in their lines, two or more that count on, a page apart. */
export function withoutPageNumbers(lines: readonly string[]): readonly string[] {
  const numbers: { at: number; value: number; above: number }[] = []
  let above = 0
  for (const [at, line] of lines.entries()) {
    const said = /^\s*[-—–]?\s*(\d{1,3})\s*[-—–]?\s*$/u.exec(line)?.[1]
    if (said === undefined) above += line.trim().length
    else {
      numbers.push({ at, value: Number(said), above })
      above = 0
    }
  }
  const arePages = numbers.every(
    (number, place) =>
      number.above >= shortestPage &&
      (place === 0 || number.value === (numbers[place - 1]?.value ?? Number.NaN) + 1),
  )
  if (numbers.length < 2 || !arePages) return lines
  const dropped = new Set(numbers.map(({ at }) => at))
  return lines.filter((_, at) => !dropped.has(at))
}

const references = /\n\s*References\s*\n(?:\s*\n)*(?:\s*\d{1,3}\.\s+\S+\s*(?:\n|$))+\s*$/u
/** Blanks by which it sets its whole text in. */
const margin = /^ {3}/u
const linkNumber = /\[\d{1,3}\]/gu

/**
 * The text of a page as a text browser prints it (Lynx), without the numbers of its links, lines of links alone and the
 * list of addresses at the end.
 */
export function withoutLinkNumbers(text: string): string {
  const written = text.replaceAll(/\r\n?/gu, '\n')
  if (!references.test(written)) return text
  return written
    .replace(references, '\n')
    .split('\n')
    .filter(line => !isOfLinks(line.trim()))
    .map(line => line.replaceAll(linkNumber, '').replace(margin, ''))
    .join('\n')
}

/** Longest words of a tool of the site, 「【打印】」, in characters. */
const longestTool = 6
const otherPage = /^[上下]一[篇页条]\s*[:：]/u

/** Several links, a tool or the way to another page; one link with more words may be a title or a heading. */
function isOfLinks(line: string): boolean {
  const links = line.match(linkNumber) ?? []
  if (!/^[^[]{0,8}\[\d{1,3}\]/u.test(line) || /[。；]/u.test(line)) return false
  const words = line.replaceAll(linkNumber, '')
  return links.length > 1 || otherPage.test(words) || (words.length <= longestTool && !markerOf(words))
}

import type { PageLine } from './layout.ts'

/** Parts of a page's height in which page numbers and running heads stand. */
const top = 0.1
const bottom = 0.88
const number =
  /^(?:[-—–－―·\s]*\d{1,4}[-—–－―·\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|page\s*\d+(?:\s*of\s*\d+)?)$/iu

/** A browser prints the time above a page and its address below. */
const printed =
  /^\d{1,4}[/-]\d{1,2}[/-]\d{1,4},? \d{1,2}:\d{2}|^(?:https?|file|about|data|blob):\S*.*\d\/\d+$/u

const isAtEdge = ({ place }: PageLine) => place < top || place > bottom
const plain = ({ cells }: PageLine) => cells.join('').replaceAll(/\d+/gu, '#').replaceAll(/\s/gu, '')

export function isPageNumber(line: PageLine): boolean {
  const text = line.cells.join(' ').normalize('NFKC').trim()
  return isAtEdge(line) && (number.test(text) || printed.test(text))
}

const isSame = (line: PageLine, other: PageLine) =>
  Math.abs(other.place - line.place) < 0.01 && plain(other) === plain(line)

/** The first line of a page and its last; of two pages alike they are no text. */
const endsOf = (page: readonly PageLine[]) =>
  [page[0], page.at(-1)].filter(line => line?.cells.length === 1).flatMap(line => line ?? [])

/** Whether a line stands at the same place of most pages, but for its numbers. */
export function isRunning(line: PageLine, pages: readonly (readonly PageLine[])[]): boolean {
  if (!isAtEdge(line) || pages.length < 2) return false
  if (pages.length === 2) return pages.every(page => endsOf(page).some(other => isSame(line, other)))
  const same = pages.filter(page => page.some(other => isAtEdge(other) && isSame(line, other)))
  return same.length > pages.length / 2
}

import type { QuotablePassage } from '../../../ports/passages.ts'
import { joinedLabels, withoutOuterDecimals } from '../../../text/notices/clause-key.ts'

/** Labels above clauses, which are not quoted as a whole. */
const above = /^(?:第.+(?:编|部分|章|节)|附件.*)$/u
/** Headings such as 「二、支持标准」: their clauses may be quoted alone. */
export const isHeading = (text: string): boolean => text.length <= 40 && !/[。；;：:！？!?]\s*$/u.test(text)
const longestUnderHeading = 160
const opensList = /[:：]\s*$/u

/** Whether it says something by itself: the heading of a chapter does not. */
export const isClause = ({ path }: QuotablePassage) => path.some(label => !above.test(label))

/** Consecutive passages that are quoted together, and how many more their clause has. */
export type Extent = { path: readonly string[]; passages: readonly QuotablePassage[]; left: number }

/**
 * Chooses what is quoted for a passage: the largest clause around it that fits, never an item without the words that
 * open its list. Passages are whole; of a clause that is longer than the limit those that fit are taken.
 * @param limit in characters
 */
export function extentOf(all: readonly QuotablePassage[], best: QuotablePassage, limit: number): Extent {
  const first = Math.max(
    0,
    best.path.findIndex(label => !above.test(label)),
  )
  let chosen = clauseAt(all, best.path.slice(0, first + 1))
  for (let depth = first + 2; depth <= best.path.length; depth += 1) {
    const [lead] = chosen.passages
    const most = isHeading(lead?.text ?? '') ? Math.min(limit, longestUnderHeading) : limit
    const isWhole = lengthOf(chosen.passages) <= most
    if (isWhole || opensList.test(lead?.text ?? '')) break
    chosen = clauseAt(all, best.path.slice(0, depth))
  }
  const row = rowAlone(all, best)
  if (row && (chosen.passages.length === 1 || lengthOf(chosen.passages) > limit)) return row
  return fitted(chosen, limit)
}

const isRow = ({ path }: QuotablePassage) => /^表\d*$/u.test(path.at(-2) ?? '')

/** A row of a table that is too long, below the row that names its columns; undefined for what is no row. */
function rowAlone(all: readonly QuotablePassage[], best: QuotablePassage): Extent | undefined {
  if (!isRow(best)) return undefined
  const [head] = clauseAt(all, best.path.slice(0, -1)).passages
  return { path: best.path, passages: head && head !== best ? [head, best] : [best], left: 0 }
}

/** Whether a row says something: all its cells are filled, one with a figure, and it does not name the columns. */
export const isFilledRow = (passage: QuotablePassage): boolean =>
  isRow(passage) &&
  passage.path.at(-1) !== '第一行' &&
  /\d/u.test(passage.text) &&
  passage.text.split(' | ').every(cell => cell.trim() !== '')

function clauseAt(all: readonly QuotablePassage[], path: readonly string[]): Extent {
  const passages = all.filter(passage => path.every((label, at) => passage.path[at] === label))
  return { path, passages, left: 0 }
}

/** Characters of a quotation, its line ends included. */
export const lengthOf = (passages: readonly QuotablePassage[]) =>
  passages.reduce((sum, { text }) => sum + text.length + 1, 0)

function fitted({ path, passages }: Extent, limit: number): Extent {
  let count = 1
  while (count < passages.length && lengthOf(passages.slice(0, count + 1)) <= limit) count += 1
  return { path, passages: passages.slice(0, count), left: passages.length - count }
}

/** 「第三条（一）」, 「二（一）1」, 「附件1第二条」; chapters are left out, since clauses count through them. */
export const sayPath = (path: readonly string[]): string =>
  joinedLabels(
    withoutOuterDecimals(path)
      .filter(label => !/^第.+(?:编|部分|章|节)$/u.test(label) || path.length === 1)
      .map(label => label.replace(/[、.]$/u, '')),
  )

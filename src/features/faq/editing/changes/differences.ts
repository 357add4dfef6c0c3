import type { EntryRecord, FirstLine } from '../../records.ts'
import { detailLineOf, lineOfFirst } from './detail-lines.ts'

import { isSame, type Piece, type PieceAddress } from './pieces.ts'
import { changedWords, documentWords, fieldWords, policyWords, statusWords } from './words.ts'

/** One field before and after, in the words that people read, line by line. */
export type Difference = { field: string; before: string[]; after: string[] }

/** The differences between two states of a piece, by field. */
export function differencesOf(
  { part }: PieceAddress,
  before: Piece | undefined,
  after: Piece | undefined,
): Difference[] {
  const words: Readonly<Record<string, string>> = part === 'entries' ? fieldWords : documentWords
  const fields = Object.keys(words).filter(field => !isSame(before?.[field], after?.[field]))
  return fields.map(field => ({
    field: words[field] ?? field,
    before: wordsOf(field, before?.[field]),
    after: wordsOf(field, after?.[field]),
  }))
}

const wordsByField: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  policy: policyWords,
  status: statusWords,
  mayHaveChanged: changedWords,
}

function wordsOf(field: string, value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (field === 'details' && Array.isArray(value))
    return value.map(one => detailLineOf(one as EntryRecord['details'][number]))
  if (field === 'firstLines' && Array.isArray(value)) return value.map(one => lineOfFirst(one as FirstLine))
  if (Array.isArray(value)) return value.map(String)
  if (field === 'link') {
    const { url, opened } = value as { url: string; opened: boolean }
    return [`${url}（${opened ? '打开核对过' : '没有打开核对'}）`]
  }
  return [wordsByField[field]?.[String(value)] ?? String(value)]
}

const longest = 80
const shorten = (text: string) =>
  [...text].length > longest ? `${[...text].slice(0, longest - 1).join('')}…` : text

/** The same, a line for each field: 「第一行：最高30万元。 → 最高50万元。」; of lists what came and what went. */
export function sayDifferences(place: PieceAddress, before: Piece, after: Piece): string[] {
  return differencesOf(place, before, after).map(({ field, before: was, after: is }) => {
    if (was.length <= 1 && is.length <= 1)
      return `${field}：${shorten(was[0] ?? '（空）')} → ${shorten(is[0] ?? '（空）')}`
    const gone = was.filter(line => !is.includes(line))
    const added = is.filter(line => !was.includes(line))
    const parts = [
      ...(added.length > 0 ? [`加 ${added.length} 行「${shorten(added.join('；'))}」`] : []),
      ...(gone.length > 0 ? [`去 ${gone.length} 行「${shorten(gone.join('；'))}」`] : []),
    ]
    return `${field}：${parts.join('，') || '换了次序'}`
  })
}

import type { LibraryPassage } from './records.ts'

type Words = Pick<LibraryPassage, 'text' | 'path'>

const plain = (label: string) => label.normalize('NFKC').replaceAll(/\s|[、.]+$/gu, '')
/** A number is written with this many characters more than its label at most. */
const mostBesides = 4

/**
 * The number with which a passage begins, as the document writes it, with what parts it from the words: 「1、」 and 「1．」
 * where its path says 「1.」. Empty where its path has a number that is not written there.
 */
export function ownNumber({ text, path }: Words): string {
  const label = (path.at(-1) ?? '').replace(/（第[^（）]+处）$/u, '')
  const wanted = plain(label)
  if (wanted === '') return ''
  for (let end = 1; end <= label.length + mostBesides; end += 1) {
    const isNumber = plain(text.slice(0, end)) === wanted && !/^\d/u.test(text.slice(end))
    if (isNumber) return `${text.slice(0, end)}${/^[\s、.．]*/u.exec(text.slice(end))?.[0] ?? ''}`
  }
  return ''
}

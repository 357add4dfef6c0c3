import { sha256 } from '../../../lib/hash.ts'
import { clauseKey } from '../../../text/notices/clause-key.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { ownNumber } from '../library/own-number.ts'
import type { LibraryDocument, LibraryPassage } from '../library/records.ts'

/** A citation taken apart. */
export type Citation = { document: string; clause: string; mark: string | undefined }

const cited =
  /^(?:文件\s*(?<number>\d{1,7})(?:\s*号)?|《(?<title>[^》]+)》(?<named>[^第一二三四五六七八九十（(\s]*号)?|(?<name>\S*?号))\s*(?<clause>.*?)(?:\s*#(?<mark>[0-9a-f]{8}))?$/u

/** Reads 「榕科〔2026〕12号 第三条（一） #1a2b3c4d」, 「《办法》第三条」, 「文件 3 第三条」. */
export function readCitation(text: string): Citation | undefined {
  const groups = cited.exec(text.trim())?.groups
  if (!groups) return undefined
  const { number, title, named, name, clause = '', mark } = groups
  const document = number ? `#${number}` : (named ?? name ?? title ?? '')
  return { document: number ? document : plainName(document), clause: clauseKey([clause]), mark }
}

/** Whether a document is called so: by its number, its title or its number in the library. */
export const isCalled = ({ number, documentNumber, title }: LibraryDocument, name: string): boolean =>
  name === `#${number}` ||
  (documentNumber !== '' && plainName(documentNumber) === name) ||
  plainName(title) === name

/** A document's name without differences of writing. */
export const plainName = (name: string): string =>
  normalNumber(name.normalize('NFKC'))
    .replaceAll(/[《》\s]/gu, '')
    .replace(/^关于印发(.+)的通知$/u, '$1')

type Words = Pick<LibraryPassage, 'text' | 'path'>

/** The text of a passage behind its own number: a clause that only moved says the same. */
const wordsBehind = (text: string, number: string): string =>
  (text.startsWith(number) ? text.slice(number.length) : text).replace(/^[\s、.．]+/u, '')

const hashOf = (words: string): string => sha256(words).slice(0, 8)

/** Names the words of a passage. */
export const markOf = ({ text, path }: Words): string => {
  const plain = text.trim()
  return hashOf(wordsBehind(plain, ownNumber({ text: plain, path })))
}

/** Whether a citation with this mark is of these words. Older citations count a number 「1、」 among the words. */
export const hasMark = (passage: Words, mark: string | undefined): boolean =>
  markOf(passage) === mark || hashOf(wordsBehind(passage.text.trim(), passage.path.at(-1) ?? '')) === mark

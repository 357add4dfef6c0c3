import { foldCharacters } from '../../text/characters.ts'
import { titleEnd, unspaced } from './head/title.ts'
import { markerOf } from './markers.ts'
import { numberIn } from './number-line.ts'
import { officesIn } from './offices.ts'
import type { DocumentLine } from './types.ts'

const field =
  /^(发件人|寄件人|收件人|抄送人?|密送|主题|标题|日期|时间|发送(?:时间|日期)|附件|from|to|cc|bcc|subject|date|sent|attachments?)\s*:/iu
/** Lines above the head of a mail: what the person who sends it on writes, 「Email Message」. */
const mostAbove = 8
/** Lines between the head of a mail and the document in it. */
const mostBetween = 8
/** Lines from 「--」 to the end of a mail. */
const mostSigned = 8

/**
 * The document in a mail.
 * @returns its lines, and the texts above and below them that belong to the mail; both empty for other documents
 */
export function withoutMail(lines: readonly DocumentLine[]): {
  lines: DocumentLine[]
  above: string[]
  below: string[]
} {
  const start = headEnd(lines)
  if (start === undefined) return { lines: [...lines], above: [], below: [] }
  const first = start + ownBeginning(lines.slice(start))
  const sign = lines.findLastIndex(({ text }) => /^--\s*$/u.test(text.trim()))
  const end = sign > first && lines.length - sign <= mostSigned ? sign : lines.length
  const texts = lines.map(({ text }) => text)
  return { lines: lines.slice(first, end), above: texts.slice(0, first), below: texts.slice(end) }
}

/** The line behind the head of a mail, which says who sends it and to whom or about what. */
function headEnd(lines: readonly DocumentLine[]): number | undefined {
  const names = lines
    .slice(0, mostAbove + mostBetween)
    .map(({ text }) => field.exec(foldCharacters(text).trim())?.[1]?.toLowerCase())
  const at = names.findIndex(name => name !== undefined)
  if (at < 0 || at > mostAbove || lines.slice(0, at).some(({ text }) => markerOf(text))) return undefined
  const others = names.slice(at).indexOf(undefined)
  const run = others < 0 ? names.slice(at) : names.slice(at, at + others)
  const isSent = run.some(name => /^(?:[发寄]件人|from)$/u.test(name ?? ''))
  const isTold = run.some(name => /^(?:收件人|主题|标题|to|subject)$/u.test(name ?? ''))
  return isSent && isTold ? at + run.length : undefined
}

/** How many lines stand above the number, the offices or the title of the document itself. */
function ownBeginning(lines: readonly DocumentLine[]): number {
  const texts = lines.slice(0, mostBetween).map(({ text }) => text.trim())
  const begins = texts.findIndex(text => numberIn(text) !== undefined || isTitle(text))
  const clause = texts.findIndex(text => markerOf(text) !== undefined)
  if (begins < 0 || (clause >= 0 && clause < begins)) return /^content$/iu.test(texts[0] ?? '') ? 1 : 0
  let first = begins
  while (first > 0 && officesIn(texts[first - 1] ?? '').length > 0) first -= 1
  return first
}

const shortestTitle = 8
const isTitle = (text: string) =>
  text.length >= shortestTitle && !/[。；：:]/u.test(text) && titleEnd.test(unspaced(text))

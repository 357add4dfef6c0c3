import type { EntryRecord, FirstLine } from '../../records.ts'
import { aboutWords, valueOfWord, wishWords } from './words.ts'

type WrittenDetail = EntryRecord['details'][number]

const unsureMark = '〔待核实〕'
const documentMark = /〔依据 ([^〔〕]+)〕$/u
/** Parts a text that ends like a mark from the marks after it. */
const endMark = '〔〕'
const endsLikeMark = /〔(?:待核实|依据 [^〔〕]+|)〕$/u

/** A line under the answer as people write it: 「标准：最高30万元〔依据 rules〕〔待核实〕」. */
export function detailLineOf({ about, text, document, unsure }: WrittenDetail): string {
  const marks = `${document ? `〔依据 ${document}〕` : ''}${unsure ? unsureMark : ''}`
  return `${aboutWords[about]}：${text}${endsLikeMark.test(text) ? endMark : ''}${marks}`
}

/**
 * Parses such a line; {@link detailLineOf} is the inverse. A line that does not begin with one of the six words
 * is of no kind, which the check of the entry finds.
 */
export function detailInLine(line: string): Record<keyof WrittenDetail, unknown> {
  const [, word = '', said = line] = /^([^：:]{1,4})[：:]([\s\S]*)$/u.exec(line) ?? []
  const isUnsure = said.endsWith(unsureMark)
  const sure = isUnsure ? said.slice(0, -unsureMark.length) : said
  const document = documentMark.exec(sure)?.[1]
  const bare = sure.replace(documentMark, '')
  return {
    about: valueOfWord(aboutWords, word),
    text: bare.endsWith(endMark) ? bare.slice(0, -endMark.length) : bare,
    ...(document ? { document } : { document: undefined }),
    ...(isUnsure ? { unsure: true } : { unsure: undefined }),
  }
}

const wordsMark = '问到'

/**
 * A first line as people write it: 「能不能：不能找中介。」, by words in the question: 「问到担保人、反担保：……」, or by both:
 * 「能不能问到网上、线上：能网上办。」; 「〔待核实〕」 at its end as in {@link detailLineOf}.
 */
export function lineOfFirst({ for: wish, words, text, unsure }: FirstLine): string {
  const label = `${wish === undefined ? '' : wishWords[wish]}${words ? `${wordsMark}${words.join('、')}` : ''}`
  return `${label}：${text}${endsLikeMark.test(text) ? endMark : ''}${unsure ? unsureMark : ''}`
}

/** Parses such a line; {@link lineOfFirst} is the inverse. The check of the entry finds a line of no kind. */
export function firstOfLine(line: string): unknown {
  const [, label = '', said = line] = /^([^：:]+)[：:]\s*([\s\S]*)$/u.exec(line) ?? []
  const [wish = '', ...words] = label.split(wordsMark)
  const bare = said.endsWith(unsureMark) ? said.slice(0, -unsureMark.length) : said
  return {
    ...(wish === '' && words.length > 0 ? {} : { for: valueOfWord(wishWords, wish) }),
    ...(words.length > 0 ? { words: wordsIn(words.join(wordsMark)) } : {}),
    text: bare.endsWith(endMark) ? bare.slice(0, -endMark.length) : bare,
    ...(bare === said ? {} : { unsure: true }),
  }
}

const wordsIn = (list: string) =>
  list
    .split(/[、，,]/u)
    .map(word => word.trim())
    .filter(Boolean)

/** All of them, one on each line; undefined for none. */
export function firstsOfText(text: string): unknown[] | undefined {
  const lines = text
    .split(/\r?\n/u)
    .map(line => line.trim())
    .filter(Boolean)
  return lines.length > 0 ? lines.map(firstOfLine) : undefined
}

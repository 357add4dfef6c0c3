import type { QuotableDocument, QuotablePassage } from '../../../ports/passages.ts'
import { clauseKey } from '../../../text/notices/clause-key.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { namesOfTitle, withoutMarks } from './document-titles.ts'
import { type Extent, extentOf, isHeading, sayPath } from './extent.ts'

/** A document that a question names by its number or its title. */
export type AskedDocument = {
  document: QuotableDocument
  /** As it is written behind the number, 「第五条」; undefined where none is. */
  clause: string | undefined
  /** Text beside the number; empty where nothing else is asked. */
  rest: string
}

const numerals = '零一二三四五六七八九十百'
const item = '(?:第?\\([^()]{1,4}\\)项?|第[一二三四五六七八九十\\d]{1,3}[款项段])'
const clauseBehind = new RegExp(
  `^[的,，]?\\s*(第[\\d${numerals}]{1,5}条${item}*|[一二三四五六七八九十]{1,3}(?:、|(?=\\()|$)(?:\\([^()]{1,4}\\))*(?:\\d{1,2}\\.?)?)`,
  'u',
)
/** Words that ask for a document and nothing of it. */
const filler =
  /请问|帮我|给我|发我|看一?[下看]|查一?[下查]|看|查|找|这[个份]|文件|通知|全文|原文|内容|是什么|什么|讲|说|写|了|的|[\s?？。,，!！:：]/gu

/** Words that may stand right ahead of a number; another character is part of a longer one, 「闽财税〔2019〕13号」. */
const aheadOfNumber =
  /(?:^|[^\p{Script=Han}]|[的是看查按和与及跟给到问找把有]|根据|依据|依照|对照|关于|对于|解读|介绍|了解|讲讲|说说|文件|通知|文号|一下|一个|[这那]个?|请问)$/u
/** 「公告2026年第10号」 may stand behind the name of its office. */
const isWithoutOffice = /^(?:公告|通告|令|第|\d)/u

/** @returns where the number stands, and not within the number of another office; -1 where it does not */
function placeOf(number: string, text: string): number {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1))
    if (isWithoutOffice.test(number) || aheadOfNumber.test(text.slice(0, at))) return at
  return -1
}

/** The document whose number or title stands in the question, one that is in force before those that it replaced. */
export function askedDocumentIn(
  question: string,
  documents: readonly QuotableDocument[],
): AskedDocument | undefined {
  const text = normalNumber(question)
  const byNumber = documents.flatMap(document => {
    const start = document.number === undefined ? -1 : placeOf(document.number, text)
    return document.number === undefined || start < 0 ? [] : [{ document, name: document.number, start }]
  })
  if (byNumber.length > 0) return askedBy(byNumber, text)
  const plain = withoutMarks(question)
  const byTitle = documents.flatMap(document => {
    const name = namesOfTitle(document.title).find(each => plain.includes(each))
    return name === undefined ? [] : [{ document, name, start: plain.indexOf(name) }]
  })
  return askedBy(byTitle, plain)
}

/** The longest of several names in the text counts: the others may be parts of it. */
function askedBy(
  named: readonly { document: QuotableDocument; name: string; start: number }[],
  text: string,
): AskedDocument | undefined {
  const longest = Math.max(0, ...named.map(({ name }) => name.length))
  const best = named.filter(({ name }) => name.length === longest)
  const found = best.find(({ document }) => !document.isSuperseded) ?? best[0]
  if (!found) return undefined
  const { document, name, start } = found
  const behind = text.slice(start + name.length)
  const rest = `${text.slice(0, start)} ${behind}`
  const isAlone = rest.replaceAll(filler, '') === ''
  return { document, clause: clauseBehind.exec(behind)?.[1], rest: isAlone ? '' : rest.trim() }
}

/** 「闽财税〔2019〕13号」 stands in the question, of whichever document. */
export const namesNumber = (question: string): boolean =>
  /\p{Script=Han}〔\d{4}〕\d{1,5}号/u.test(normalNumber(question))

/** A passage of the clause; where it has no item of that number, one of the clause itself. */
export function clauseAsked({ passages }: QuotableDocument, clause: string): QuotablePassage | undefined {
  const key = clauseKey([clause])
  const whole = key.replace(/^(第.+?条).*$/u, '$1')
  // 「第二条」 of a notice whose clauses are 「一、」 and 「二、」.
  const topic = whole.replace(/^第(.+)条$/u, '$1')
  const at = (wanted: string) => passages.find(({ path }) => clauseKey(path) === wanted)
  return at(key) ?? at(whole) ?? (passages.some(isArticle) ? undefined : at(topic))
}

const isAttached = (path: readonly string[]) => /^附/u.test(path[0] ?? '')
const isArticle = ({ path }: QuotablePassage) => path.some(label => /^第.+条/u.test(label))

/** 「榕科〔2026〕12号里没有「第二十条」，最后一条是第十条。」 */
export function sayMissing({ number, title, passages }: QuotableDocument, clause: string): string {
  const own = passages.filter(({ path }) => !isAttached(path))
  const [last] = own.findLast(isArticle)?.path.filter(label => /^第.+条/u.test(label)) ?? []
  const end = last ? `，最后一条是${last}` : ''
  return `${number ?? `《${title}》`}里没有「${clause}」${end}。`
}

const mostHeadings = 15

/** The headings of a document, or its first clause where it has none. */
export function overviewOf({ passages }: QuotableDocument, limit: number): Extent {
  const headings = passages
    .filter(({ path, text, isHeld }) => path.length === 1 && isHeading(text) && isHeld !== true)
    .slice(0, mostHeadings)
  const [first] = passages
  if (headings.length > 1 || !first) return { path: [], passages: headings, left: 0 }
  return { ...extentOf(passages, first, limit), path: [] }
}

/** A clause of a document, to show how one is asked for. */
export const exampleClause = ({ passages }: QuotableDocument): string => {
  const found = passages.find(isArticle) ?? passages.find(({ path }) => /^[一二三四]、$/u.test(path[0] ?? ''))
  return found
    ? sayPath(found.path.slice(0, found.path.findIndex(label => /^第.+条|、$/u.test(label)) + 1))
    : ''
}

const asksForce =
  /(?:什么时候|何时|哪一?天|几时|几号|多久).{0,8}(?:施行|实施|执行|生效|起效|失效|作废|到期|过期)|(?:施行|实施|执行|生效|失效|到期|过期).{0,4}(?:日期|时间|吗|没有)|有效期|还有效/u
const saysForce = /(?:自|从).{2,30}(?:施行|实施|执行|生效)|有效期/u

/** The clause that says from when until when a document holds, where the question asks for it. */
export const forceClauseFor = (
  question: string,
  { passages }: QuotableDocument,
): QuotablePassage | undefined =>
  asksForce.test(question)
    ? passages.findLast(({ path, text }) => saysForce.test(text) && !isAttached(path))
    : undefined

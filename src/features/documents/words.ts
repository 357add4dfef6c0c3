import { sayKeptDay } from '../../text/dates/kept-day.ts'
import { joinedLabels, withoutOuterDecimals } from '../../text/notices/clause-key.ts'
import type { InForce, LibraryDocument, LibraryPassage } from './library/records.ts'
import { isQuotable } from './library/rules.ts'

export const basePath = '/documents'

/** 「榕科〔2026〕12号」, or the title where it has no number. */
export const documentNameOf = ({
  documentNumber,
  title,
}: Pick<LibraryDocument, 'documentNumber' | 'title'>): string => documentNumber || `《${title}》`

/** 「第三条（一）」; 「第 4 段」 for a paragraph without a number. */
export const clauseOf = ({ path }: Pick<LibraryPassage, 'path'>, at: number): string =>
  path.length > 0 ? joinedLabels(withoutOuterDecimals(path)) : `第 ${at + 1} 段`

/** Within a sentence, 「二、」 is 「二」. */
export const sayClause = (clause: string): string => clause.replace(/[、.]$/u, '')

/** 「2026年3月2日起，到2029年3月1日止（第九条）」. */
function sayInForce({ from, until, saidIn }: InForce): string {
  if (!from && !until) return '文件里没有写起止日期'
  const days = [
    from ? `${sayKeptDay(from)}起` : '',
    until ? `到${sayKeptDay(until)}止` : '没有写到哪天止',
  ].filter(Boolean)
  return `${days.join('，')}${saidIn ? `（${sayClause(saidIn)}）` : ''}`
}

/** A line for each document of a collection: 「《某某办法》：2025年3月1日起，到2027年2月28日止（第二条）」. */
export const sayParts = ({ parts = [] }: Pick<LibraryDocument, 'parts'>): string[] =>
  parts.map(({ title, inForce }) => `《${title}》：${sayInForce(inForce)}`)

/** The days of a document; of a collection, that each document in it has its own. */
export function sayValidity({ inForce, parts = [] }: Pick<LibraryDocument, 'inForce' | 'parts'>): string {
  if (parts.length === 0) return sayInForce(inForce)
  const whole = inForce.from || inForce.until ? `整本${sayInForce(inForce)}；` : ''
  return `${whole}收着 ${parts.length} 份文件，各有各的`
}

/** Whether pages of this file can be drawn. */
export const hasPages = ({ kind }: LibraryDocument['file']): boolean => kind === 'pdf' || kind === 'ofd'

/** Whether its pages are known: other files are one page whatever their length, unless they say where pages end. */
export const isPaged = (file: LibraryDocument['file']): boolean => hasPages(file) || file.pages > 1

/** A title as it stands within a sentence: marks within its marks are the inner ones. */
export const inTitleMarks = (title: string): string =>
  `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`

/** Parts of an OFD that a drawn page does not show. */
export const ofdNote = '这一页是照文件里的字和线画的：图片只画了框，印章没有画，字体也可能和原件不一样。'

/** 「1.2 MB」. */
export function saySize(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** The places of passages, from 0, that are not quoted since a person has to type their figures once more. */
export const untypedIn = ({ passages }: Pick<LibraryDocument, 'passages'>): number[] =>
  passages.flatMap((passage, at) => (isQuotable(passage) ? [] : [at]))

/** Most pages that a sentence names. */
const mostNamed = 6

/**
 * 「第 2、3 页的文字你还没有翻到。」, for who is to approve.
 * @param unseen places of passages, from 0, at least one
 */
export function sayUnseen({ passages, file }: LibraryDocument, unseen: readonly number[]): string {
  if (!isPaged(file)) return `后面还有 ${unseen.length} 段你没有翻到。`
  const pages = [...new Set(unseen.map(at => passages[at]?.page ?? 1))]
  const named = pages.slice(0, mostNamed).join('、')
  return `第 ${named} 页${pages.length > mostNamed ? `等 ${pages.length} 页` : ''}的文字你还没有翻到。`
}

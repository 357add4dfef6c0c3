import { foldCharacters } from '../../../text/characters.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { dayAlone } from '../dates.ts'
import { isStandard, numberIn } from '../number-line.ts'
import { officeActing, officeOfTitle, officesIn, plainOffice } from '../offices.ts'
import type { DocumentLine } from '../types.ts'
import { addresseesIn, isAddressees, isBody, isCoverField } from './body-start.ts'
import {
  caption,
  coded,
  datedStandard,
  dayInBrackets,
  dayOfCaption,
  furniture,
  officeAndDay,
} from './head-lines.ts'
import { readLabels } from './labels.ts'
import { isCategory, isTranslated, titleAmong, titleEnd, titleLine, unspaced } from './title.ts'

/** The head as it is read, before the signature is known. */
export type HeadReading = {
  /** In the mark of the office and above the title. */
  issuers: string[]
  /** As the page of the web labels them. */
  labelledIssuers: string[]
  number: string | undefined
  title: string
  date: string | undefined
  addressees: string[]
  isRepealed: boolean
  /** How many lines it takes. */
  length: number
}

const longestHead = 40
const repealed =
  /^[[【(（]?\s*(?:已|此件已|本文件已|该文件已)?(?:废止|失效)\s*[\]】)）]?$|(?:此件|本文件|该文件)已(?:于.{0,16})?(?:废止|失效)/u
/** Reads the lines above the body: mark of the office, number, title, whom it is sent to. */
export function readHead(lines: readonly DocumentLine[]): HeadReading {
  const head: HeadReading = {
    issuers: [],
    labelledIssuers: [],
    number: undefined,
    title: '',
    date: undefined,
    addressees: [],
    isRepealed: false,
    length: 0,
  }
  const titles: string[][] = [[]]
  for (const [at, { text }] of lines.slice(0, longestHead).entries()) {
    const below = lines.slice(at + 1, at + 1 + mostCoverLines).map(line => line.text)
    if (isBody(text, { titles, below })) break
    head.length += 1
    if (isCoverField(text, below)) continue
    if (beginsTitle(lines.slice(at, at + mostTitleOffices), { titles, head })) {
      titles.at(-1)?.push(titleLine(text))
      continue
    }
    if (isAddressees(text, titles)) {
      head.addressees = addresseesIn(text)
      break
    }
    readHeadLine(text, { head, titles, below: below.slice(0, mostTitleLines) })
  }
  return { ...head, title: titleAmong(titles) }
}

/** 「甲局 乙局」 and 「丙局关于……的通知」 below each other are one title where the mark has named the offices. */
function beginsTitle(
  lines: readonly DocumentLine[],
  { titles, head }: { titles: readonly string[][]; head: HeadReading },
): boolean {
  const [first = '', ...below] = lines.map(({ text }) => text)
  const isOpen = (titles.at(-1)?.length ?? 0) > 0
  const next = below.find(text => officesIn(text).length === 0) ?? ''
  return (
    officesIn(first).length > 0 &&
    (!isOpen || officesIn(titles.at(-1)?.at(-1) ?? '').length > 0) &&
    ((head.number !== undefined && about.test(next)) || agreement.test(next) || ofSession.test(next))
  )
}

const mostTitleOffices = 8
const mostTitleLines = 4
const mostCoverLines = 10
/** An agreement is called by its parties. */
const agreement = /^[^。；;：:]{0,40}(?:协议|协议书|合同|备忘录)$/u
/** 「某某协会」 above 「第二届理事会第三次会议决议」. */
const ofSession = /^第[一二三四五六七八九十百\d]+[届次]/u
const about = /^[^。；;：:]{0,40}关于/u

function readHeadLine(
  text: string,
  { head, titles, below }: Pick<HeadLine, 'head' | 'titles' | 'below'>,
): void {
  const folded = foldCharacters(text).trim()
  const isTitleOpen = (titles.at(-1)?.length ?? 0) > 0 && !titleEnd.test(titles.at(-1)?.join('') ?? '')
  const line = { text, folded, head, titles, below, isTitleOpen }
  if (repealed.test(folded)) head.isRepealed = true
  else if (readNumberLine(line) || readDayLine(line) || readOfficeLine(line)) titles.push([])
  else addTitleLine(text, titles)
}

type HeadLine = {
  text: string
  folded: string
  head: HeadReading
  titles: string[][]
  /** The next lines, as many as a title may have. */
  below: readonly string[]
  isTitleOpen: boolean
}

/** A line of labels, a document number, or furniture of the page. @returns whether it is one */
function readNumberLine({ text, folded, head, titles, below }: HeadLine): boolean {
  const labelled = readLabels(text)
  if (labelled) {
    if (head.labelledIssuers.length === 0) head.labelledIssuers = labelled.issuers
    head.number ??= labelled.number
    head.date ??= labelled.date
    if (labelled.title && titles.flat().length === 0) titles.push([labelled.title])
    return true
  }
  const found = numberIn(text)
  if (found && head.number === undefined) {
    head.number = numberOf(found, { titles, head })
    if (/〔\d{4}〕/u.test(head.number)) takeUnknownOffices({ titles, head, below })
  }
  return Boolean(found) || furniture.test(folded) || coded.test(folded)
}

/** Names above the number of a document whose title stands below it are those of its offices, of whatever kind. */
function takeUnknownOffices({ titles, head, below }: Pick<HeadLine, 'titles' | 'head' | 'below'>): void {
  const hasTitleBelow = below.some((_, count) => titleEnd.test(below.slice(0, count + 1).join('')))
  const names = titles.flat().map(name => name.replace(/文\s*件$/u, ''))
  const areOffices = names.every(name => unknownOffice.test(name) && !titleEnd.test(name))
  if (!hasTitleBelow || names.length === 0 || !areOffices) return
  head.issuers.unshift(...names.map(plainOffice))
  titles.splice(0, titles.length, [])
}
const unknownOffice = /^(?!关于)\p{Script=Han}[\p{Script=Han}（）()·]{3,29}$/u

/** A line that tells the day of the document. @returns whether it is one */
function readDayLine({ text, folded, head }: HeadLine): boolean {
  const patterns = [dayInBrackets, caption, datedStandard]
  if (!dayAlone(text) && !patterns.some(pattern => pattern.test(folded))) return false
  head.date ??= dayOfCaption(text)
  head.labelledIssuers = head.labelledIssuers.length > 0 ? head.labelledIssuers : officeActing(text)
  return true
}

/** A line of offices, which is part of the title while that is open. @returns whether it is one */
function readOfficeLine({ text, folded, head, below, isTitleOpen }: HeadLine): boolean {
  const acting = officeActing(text)
  if (acting.length > 0) {
    head.labelledIssuers = acting
    return true
  }
  const dated = officeAndDay(text)
  if (isTitleOpen && !dated && dayAlone(below[0] ?? '') === undefined) return false
  const marked = dated === undefined && isMark(folded) ? markOffices(folded) : undefined
  const offices = marked ?? officesIn(dated?.office ?? text)
  const isMarkLine = marked !== undefined && marked.length > 0
  head.issuers.push(...offices)
  if (dated) head.date ??= dated.day
  return isMarkLine || offices.length > 0
}

function addTitleLine(text: string, titles: string[][]): void {
  const line = titleLine(text)
  if (isTranslated(line, titles.at(-1) ?? [])) return
  if (isCategory(titles.at(-1) ?? [])) titles.push([])
  // A page of the web says its title twice.
  if (unspaced(line) === unspaced(titles.at(-1)?.join('') ?? '')) titles.push([])
  titles.at(-1)?.push(line)
}

/** 「第12号」 below an order or an announcement goes with what stands above it. */
function numberOf(found: string, { titles, head }: { titles: string[][]; head: HeadReading }): string {
  const above = titles.at(-1)?.join('') ?? ''
  if (isStandard(found)) return found
  const isShort = /^(?:第|\d|〔.{1,3}届〕)/u.test(found)
  if (!isShort) return normalNumber(found)
  if (/(?:令|公告|通告)$/u.test(above)) {
    const office = above.replace(/(?:令|公告|通告)$/u, '')
    const [ofTitle] = officeOfTitle(above)
    if (ofTitle) return normalNumber(`${ofTitle}${above.slice(office.length)}${found}`)
    if (officesIn(office).length > 0) head.issuers.push(plainOffice(office))
    return normalNumber(`${above}${found}`)
  }
  return normalNumber(found)
}

const isMark = (folded: string) => /^[^。,;:]{0,60}文\s*件$/u.test(folded) && !/关于|的文\s*件$/u.test(folded)

const markOffices = (folded: string) =>
  officesIn(
    folded.replace(/[\s|]*文\s*件$/u, '').replaceAll(/(?<=\p{Script=Han})\s(?=\p{Script=Han}(?:\s|$))/gu, ''),
  )

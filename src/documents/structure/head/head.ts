import { normalNumber } from '../../../text/notices/document-number.ts'
import { dayAlone } from '../dates.ts'
import { isStandard } from '../number-line.ts'
import { joinedTitle, officeOfTitle, officesIn, plainOffice } from '../offices.ts'
import type { DocumentLine } from '../types.ts'
import { addresseesIn } from './addressees.ts'
import { dayOfCaption, numberOfCaption, officesOfCaption } from './head-lines.ts'
import { factsOf, type LineFacts } from './line-facts.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { titleLine, unspaced } from './title.ts'

/** The head as it is read, before the signature is known. */
export type HeadReading = {
  /** In the mark of the office and above the title. */
  issuers: string[]
  /** As the page of the web labels them. */
  labelledIssuers: string[]
  /** In the first lines of the title, with nothing else in them. */
  titleIssuers: string[]
  number: string | undefined
  title: string
  date: string | undefined
  /** Where no day of the signature is told. */
  published: string | undefined
  addressees: string[]
  isRepealed: boolean
  /** How many lines it takes. */
  length: number
  /** How unlike the head of an official document it is, from 0; see `costs.ts`. */
  cost: number
}

const longestHead = 40

/** Reads the lines above the body: mark of the office, number, title, whom it is sent to. */
export function readHead(lines: readonly DocumentLine[]): HeadReading {
  const facts = factsOf(lines.slice(0, longestHead))
  const { segments, cost } = segmentsOf(facts, namesSigned(lines))
  const head: HeadReading = {
    issuers: [],
    labelledIssuers: [],
    titleIssuers: [],
    number: undefined,
    title: '',
    date: undefined,
    published: undefined,
    addressees: [],
    isRepealed: false,
    length: segments.at(-1)?.end ?? 0,
    cost,
  }
  for (const [place, segment] of segments.entries())
    readSegment(head, facts.slice(segment.at, segment.end), {
      segment,
      above: segments.slice(0, place),
      facts,
    })
  return head
}

const mostNamesSigned = 4

/** Names of whatever kind that stand right above a day. */
function namesSigned(lines: readonly DocumentLine[]): Set<string> {
  const ends = lines.flatMap(({ text }, at) => (dayAlone(text) === undefined ? [] : [at]))
  return new Set(
    ends.flatMap(end =>
      lines.slice(Math.max(0, end - mostNamesSigned), end).map(({ text }) => unspaced(text)),
    ),
  )
}

type Place = { segment: Segment; above: readonly Segment[]; facts: readonly LineFacts[] }

function readSegment(head: HeadReading, lines: readonly LineFacts[], place: Place): void {
  const [line] = lines
  if (!line) return
  const { kind } = place.segment
  if (kind === 'title') readTitle(head, lines)
  else if (kind === 'addressees')
    head.addressees = addresseesIn(lines.map(({ text }) => text.trim()).join(''))
  else if (kind === 'number') head.number ??= numberOf(line.number ?? '', head, place)
  else if (kind === 'labels') readLabelled(head, line)
  else if (kind === 'mark') readOffice(head, line)
  else if (kind === 'day') {
    const caption = lines.map(({ text }) => text.trim()).join('')
    head.date ??= dayOfCaption(caption)
    head.number ??= numberOfCaption(caption)
    if (head.labelledIssuers.length === 0) head.labelledIssuers = officesOfCaption(caption)
  } else if (line.isRepealed) head.isRepealed = true
  else head.published ??= line.published
}

function readTitle(head: HeadReading, lines: readonly LineFacts[]): void {
  head.title = withoutKind(joinedTitle(lines.map(({ text }) => titleLine(text))))
  const rest = lines.findIndex(({ offices }) => offices.length === 0)
  // The parties of an agreement do not issue it.
  if (/(?:协议|协议书|合同|备忘录)$/u.test(head.title)) return
  head.titleIssuers = lines.slice(0, Math.max(0, rest)).flatMap(({ offices }) => offices)
}

/** 「【规范性文件】」, which a page writes in front of a title. */
const withoutKind = (title: string) => title.replace(/^【\p{Script=Han}{2,6}】(?=.{8})/u, '')

function readLabelled(head: HeadReading, { labels }: LineFacts): void {
  if (head.labelledIssuers.length === 0) head.labelledIssuers = labels?.issuers ?? []
  head.number ??= labels?.number
  head.date ??= labels?.date
  head.published ??= labels?.published
  if (head.title === '') head.title = labels?.title ?? ''
}

function readOffice(head: HeadReading, line: LineFacts): void {
  if (line.acting.length > 0) {
    head.labelledIssuers = [...line.acting]
    return
  }
  const known = line.dated ? officesIn(line.dated.office) : line.offices
  // A page says below the title which site or section publishes it.
  if (line.dated && head.title !== '') {
    if (head.labelledIssuers.length === 0) head.labelledIssuers = [...known]
    head.date ??= line.dated.day
    return
  }
  head.issuers.push(...(known.length > 0 ? known : [plainOffice(line.folded.replace(/文\s*件$/u, ''))]))
  head.date ??= line.dated?.day
}

/** 「第12号」 below an order or an announcement goes with what stands above it. */
function numberOf(found: string, head: HeadReading, { above, facts }: Place): string {
  const isShort = /^(?:第|\d|〔(?:.{1,3}届|\d{4})〕)/u.test(found)
  if (isStandard(found)) return found
  if (!isShort) return normalNumber(found)
  const words = above.flatMap(({ kind, at, end }) =>
    kind === 'mark' || kind === 'aside' ? facts.slice(at, end).map(({ text }) => unspaced(text)) : [],
  )
  const named = unspaced(head.title) || words.join('')
  if (!/(?:令|公告|通告)$/u.test(named)) return normalNumber(found)
  const office = named.replace(/(?:令|公告|通告)$/u, '')
  const [ofTitle] = officeOfTitle(named)
  if (ofTitle) return normalNumber(`${ofTitle}${named.slice(office.length)}${found}`)
  if (named.includes('关于')) return normalNumber(found)
  if (officesIn(office).length > 0) head.issuers.push(plainOffice(office))
  return normalNumber(`${named}${found}`)
}

import { memoize } from '../../../lib/memoize.ts'
import type { QuotableDocument } from '../../../ports/passages.ts'
import { fold } from '../../../text/fold.ts'
import { asksOfElsewhere, isAlongside, placesIn } from '../../../text/places.ts'
import { ownDistrict } from '../live-entries.ts'

/** Shorter names are also words of other questions. */
const shortestTitle = 6
const shortestOffice = 4
/** Names of titles and offices are kept: each question is held against every document. */
const kept = { most: 5000, longest: 500 }

const marks = /[《》〈〉「」『』“”"'\s]/gu
const kindOfDocument =
  /(?:办法|规定|规程|细则|意见|措施|方案|规划|计划|条例|指南|指引|通知|公告|通告|目录|政策|若干条|\d+条)$/u
const edition = /[（(](?:试行|暂行|修订|\d{4}年?(?:修订|版|本)?)[^（）()]{0,8}[）)]$/u
const issuedWith = /(?:印发|发布|公布|转发)《(.+?)》/u

/** Without the signs around titles and blanks, so that both are compared as they are read aloud. */
export const withoutMarks = (text: string): string => text.replace(marks, '')

/**
 * The names by which a title is known, longest first: whole, of what it is issued
 * with, without the office before it.
 */
export const namesOfTitle = memoize(readTitle, kept)

function readTitle(title: string): string[] {
  const inner = issuedWith.exec(title)?.[1]
  const whole = [title, ...(inner ? [inner] : [])].flatMap(name => [
    name,
    afterOffice(name),
    afterPlace(name),
  ])
  return [...new Set(whole.flatMap(name => [name, name.replace(edition, '')]).map(withoutMarks))]
    .filter(name => name.length >= shortestTitle && kindOfDocument.test(name.replace(edition, '')))
    .sort((a, b) => b.length - a.length)
}

const afterOffice = (title: string) => title.replace(/^.{2,40}?(?=关于)/u, '')
const afterPlace = (title: string) => title.replace(/^\p{Script=Han}{2,6}?[省市区县]/u, '')

const shortForms: readonly [RegExp, string][] = [
  [/科学技术(?=[局厅委部])/gu, '科技'],
  [/工业和信息化(?=[局厅委部])/gu, '工信'],
  [/人力资源(?:和|与)?社会保障(?=[局厅部])/gu, '人社'],
  [/市场监督管理(?=局)/gu, '市监'],
  [/市场监管(?=局)/gu, '市监'],
  [/发展(?:和|与)?改革(?=委)/gu, '发改'],
  [/委员会/gu, '委'],
  [/(?<=\p{Script=Han}{2})[省市](?=\p{Script=Han}{0,12}[局厅委办])/gu, ''],
]

/** The name of an office as people say it: 「温州科技局」. */
const officeName = (text: string) =>
  shortForms.reduce((said, [words, short]) => said.replace(words, short), withoutMarks(fold(text)))

/** Documents of an office, and the text without the office. */
type OfOffice = { documents: readonly QuotableDocument[]; rest: string }

/**
 * Documents of an office that a question names, or of another place of which it asks;
 * undefined where it does neither.
 */
export function documentsOfOffice(question: string, all: readonly QuotableDocument[]): OfOffice | undefined {
  const said = officeName(question)
  const officesSaid = (document: QuotableDocument) =>
    officesOf(document).filter(office => office.length >= shortestOffice && said.includes(office))
  const documents = all.filter(document => officesSaid(document).length > 0)
  const [office] = documents.flatMap(officesSaid).sort((a, b) => b.length - a.length)
  return office === undefined
    ? documentsOfPlace(fold(question), all)
    : { documents, rest: said.replace(office, '') }
}

const officesIn = memoize((issuer: string) => issuer.split(/[\s、，,；;]+/u).map(officeName), kept)
const officesOf = ({ issuer = '' }: QuotableDocument) => officesIn(issuer)

function documentsOfPlace(folded: string, all: readonly QuotableDocument[]): OfOffice | undefined {
  const elsewhere = placesIn(folded).filter(isElsewhere)
  if (elsewhere.length === 0 || !asksOfElsewhere(folded, elsewhere)) return undefined
  const documents = all.filter(({ title, issuer = '' }) =>
    placesOf(`${issuer} ${title}`).some(
      place => isElsewhere(place) && elsewhere.some(other => isAlongside(place, other)),
    ),
  )
  const rest = elsewhere.reduce((left, place) => left.replace(place, ''), folded)
  return documents.length > 0 ? { documents, rest } : undefined
}

const placesOf = memoize((text: string) => placesIn(fold(text)), kept)
const isElsewhere = (place: string) => !isAlongside(place, ownDistrict)

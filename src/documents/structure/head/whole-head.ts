import type { DocumentOrigin } from '../../text.ts'
import type { imprintIn } from '../copies.ts'
import { isSection, officeOfTitle, withSpacedOffices } from '../offices.ts'
import type { Signature } from '../signature.ts'
import type { DocumentHead } from '../types.ts'
import type { HeadReading } from './head.ts'
import { isMedia, type LabelsBelow } from './labels.ts'
import { officeOfKind } from './title.ts'
import { isFullOffice, nameSigned, officeActingInTitle, officesSaidIn } from './witnesses.ts'

/** Parts of a document that tell of its head, apart from the lines above the body. */
export type Witnesses = {
  signature: Signature | undefined
  below: LabelsBelow
  imprint: ReturnType<typeof imprintIn>
  /** The offices between which an agreement is made. */
  parties: string[]
  /** Paragraphs of the body, in their order. */
  texts: readonly string[]
  /** Told by a page of the web outside its text. */
  origin: DocumentOrigin | undefined
}

/** The signature has the full names and the day; the mark at the top has the order of the offices; labels come last. */
export function headOf(reading: HeadReading, witnesses: Witnesses): DocumentHead {
  const { number, title, addressees } = reading
  const { signature, below, imprint, parties, origin } = witnesses
  const issuers = [...new Set(issuersOf(reading, witnesses))].slice(0, mostIssuers)
  const full = issuers.map(fullNameAmong([...reading.labelledIssuers, ...reading.issuers]))
  return {
    issuers: withoutAliases(withoutOwnOffices([...new Set(full.map(officeOfSection))])),
    number,
    title: withSpacedOffices(title, issuers.length > 0 ? issuers : parties),
    date:
      signature?.date ??
      below.date ??
      reading.date ??
      reading.published ??
      below.posted ??
      imprint.date ??
      origin?.published,
    addressees,
  }
}

/** 「共青团某某区委员会」 signs for 「中国共产主义青年团某某区委员会」. */
const withoutAliases = (issuers: readonly string[]) =>
  issuers.filter(
    issuer =>
      !issuers.includes(issuer.replace(/^共青团/u, '中国共产主义青年团')) || !issuer.startsWith('共青团'),
  )

/** A joint notice has some dozens. */
const mostIssuers = 100

/** Those that the most trusted of the witnesses names which names any. */
function issuersOf(reading: HeadReading, witnesses: Witnesses): readonly string[] {
  const { signature, below, imprint, texts, origin } = witnesses
  const { title, labelledIssuers, titleIssuers, issuers, besides } = reading
  const signed = new Set(signature?.issuers)
  const isSame = issuers.some(issuer => signed.has(issuer))
  // A page stands below the name of its site; label and signature agree on another office.
  const isOfSite = !isSame && labelledIssuers.some(issuer => signed.has(issuer))
  // 「信息中心」 in a byline is no mark of the office that signs with its whole name.
  const isByline = !issuers.some(isFullOffice) && [...signed].some(isFullOffice)
  const marked = isOfSite || (isByline && !isSame) ? [] : issuers
  const named = marked.length === 0 || isSame ? [...marked, ...signed] : marked
  const trusted = [
    named,
    labelledIssuers.filter(issuer => !isSection(issuer) && !isMedia(issuer)),
    below.issuers.filter(issuer => !isSection(issuer)),
    officeOfTitle(title),
    titleIssuers,
    officeOfKind(title),
    imprint.issuers,
    besides,
    nameSigned(title, texts),
    officeActingInTitle(title, texts),
    officesSaidIn(texts),
    labelledIssuers,
    below.issuers,
    (origin?.offices ?? []).filter(name => isFullOffice(name) && !name.endsWith('大厅')).slice(0, 1),
  ]
  return trusted.find(({ length }) => length > 0) ?? []
}

/** 「平江区创业中心」 signs, and the label above says 「闽东市平江区创业中心」. */
const fullNameAmong = (known: readonly string[]) => (issuer: string) =>
  known.find(name => name.length > issuer.length && name.endsWith(issuer)) ?? issuer

/** 「某某省科学技术厅资源处」 signs for its office. */
const officeOfSection = (issuer: string) =>
  /^(.{4,}(?:厅|局|委员会))\p{Script=Han}{2,8}(?:处|科|股)$/u.exec(issuer)?.[1] ?? issuer

/** 「某某区人民政府办公室」 below the mark of 「某某区人民政府」 prints for it. */
const withoutOwnOffices = (issuers: readonly string[]) =>
  issuers.filter(issuer => !issuers.includes(/^(.*)(?:办公室|办公厅|秘书处)$/u.exec(issuer)?.[1] ?? ''))

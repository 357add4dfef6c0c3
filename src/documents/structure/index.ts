import { foldRadicals } from '../../text/characters.ts'
import type { DocumentText } from '../text.ts'
import { isDecimal } from './decimal.ts'
import { type HeadReading, readHead } from './head/head.ts'
import { officeOfTitle, officesIn, withSpacedOffices } from './offices.ts'
import { createOutline, holdArticles } from './outline.ts'
import { imprintIn, sectionsOf } from './sections.ts'
import { noSurroundings, surroundingsIn } from './sequence.ts'
import type { Signature } from './signature.ts'
import type { DocumentHead, DocumentLine, ParsedDocument } from './types.ts'
import { readValidity } from './validity.ts'

export type { DocumentHead, ParsedDocument } from './types.ts'

/**
 * Reads the structure of an official document (GB/T 9704): its head, its clauses word for word, and what it says of its
 * own validity. Every character of the text is in a passage or in `outside`.
 */
export function parseDocument({ pages }: DocumentText): ParsedDocument {
  const lines: DocumentLine[] = pages.flatMap(({ number, paragraphs }) =>
    paragraphs.map(text => ({ page: number, text: foldRadicals(text) })),
  )
  const reading = withDecreed(readHead(lines), lines)
  const { lines: body, signature } = sectionsOf(lines.slice(reading.length), reading.title)
  const texts = body.map(({ text }) => text)
  const surroundings = surroundingsIn(texts)
  const outline = createOutline({
    topicsHoldArticles: holdArticles(texts),
    isDecimal: isDecimal(texts),
    addressees: reading.addressees,
  })
  const headLines = lines.slice(0, reading.length).map(({ text }) => text)
  const outside = [...headLines]
  for (const [at, { role, label, ...line }] of body.entries()) {
    if (label !== undefined) outline.begin(label)
    if (role === 'clause') outline.add(line, surroundings[at] ?? noSurroundings)
    else outside.push(line.text)
  }
  const head = headOf(reading, signature, imprintIn(outside))
  return {
    head,
    passages: outline.passages,
    validity: { ...readValidity(outline.passages, headLines, head.date), isRepealed: reading.isRepealed },
    outside,
    gaps: pages.flatMap(({ gaps }) => gaps),
  }
}

/**
 * 「某某市人民政府令」 and 「某某省人民代表大会常务委员会公告」 have no title of their own: they are called by the rules
 * that they issue, which they name first.
 */
function withDecreed(reading: HeadReading, lines: readonly DocumentLine[]): HeadReading {
  const issuer = /^(.+)(?:令|公告)$/u.exec(reading.title)?.[1] ?? ''
  if (officesIn(issuer).length === 0) return reading
  const named = /^《([^《》]{4,60})》.*(?:公布|施行|发布)/u.exec(lines[reading.length]?.text.trim() ?? '')
  return named?.[1] ? { ...reading, title: named[1].replaceAll('〈', '《').replaceAll('〉', '》') } : reading
}

/** The signature has the full names and the day; the mark at the top has the order of the offices; labels come last. */
function headOf(
  reading: ReturnType<typeof readHead>,
  signature: Signature | undefined,
  imprint: ReturnType<typeof imprintIn>,
): DocumentHead {
  const { number, title, addressees } = reading
  const signed = signature?.issuers ?? []
  const isSame = reading.issuers.some(issuer => signed.includes(issuer))
  const named = reading.issuers.length === 0 || isSame ? [...reading.issuers, ...signed] : reading.issuers
  const issuers =
    [named, reading.labelledIssuers, officeOfTitle(title), imprint.issuers].find(
      ({ length }) => length > 0,
    ) ?? []
  return {
    issuers: [...new Set(issuers)],
    number,
    title: withSpacedOffices(title, issuers),
    date: signature?.date ?? reading.date ?? imprint.date,
    addressees,
  }
}

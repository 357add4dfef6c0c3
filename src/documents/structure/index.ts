import { foldRadicals } from '../../text/characters.ts'
import type { DocumentText } from '../text.ts'
import { hasPlainTopics, isDecimal } from './clauses/decimal.ts'
import { countingWords } from './clauses/named.ts'
import { numberedPieces } from './clauses/numbered.ts'
import { againOf, createOutline } from './clauses/outline.ts'
import { noSurroundings, surroundingsIn } from './clauses/sequence.ts'
import { contentsIn } from './contents.ts'
import { imprintIn } from './copies.ts'
import { type GatheredDocument, gapsOfGathered, gapsOfOthers, gatheredIn } from './gathered.ts'
import { greetsListeners } from './head/addressees.ts'
import { type HeadReading, readHead } from './head/head.ts'
import { type LabelsBelow, labelsBelow, noLabels } from './head/labels.ts'
import { withHeadLinesParted } from './head/parted-lines.ts'
import { officeOfKind } from './head/title.ts'
import { withFieldRows, withLabelsJoined } from './label-lines.ts'
import { withoutMail } from './mail.ts'
import { isSection, officeOfTitle, officesIn, withSpacedOffices } from './offices.ts'
import { type BodyLine, sectionsOf } from './sections.ts'
import type { Signature } from './signature.ts'
import type { DocumentHead, DocumentLine, GatheredPart, ParsedDocument, Passage } from './types.ts'
import { readValidity } from './validity.ts'

export type { DocumentHead, ParsedDocument } from './types.ts'

/**
 * Reads the structure of an official document (GB/T 9704): its head, its clauses word for word, and what it says of its
 * own validity. Every character of the text is in a passage or in `outside`.
 */
export function parseDocument({ pages }: DocumentText): ParsedDocument {
  const mail = withoutMail(
    pages.flatMap(({ number, paragraphs }) =>
      paragraphs.map(text => ({ page: number, text: foldRadicals(text) })),
    ),
  )
  const lines = withLabelsJoined(withHeadLinesParted(withFieldRows(mail.lines)))
  const { reading, gathered, besides } = readFirst(lines)
  const headLines = lines.slice(0, reading.length).map(({ text }) => text)
  const body = lines.slice(reading.length)
  const contents = contentsIn(body)
  const first = readPart(body.slice(0, gathered[0]?.at), { ...reading, contents, prefix: undefined })
  const others = gathered.map(({ at, title }, place) =>
    readGathered(body.slice(at, gathered[place + 1]?.at), title),
  )
  const passages = withUniquePaths([first, ...others].flatMap(part => part.passages))
  const below = [first, ...others].flatMap(part => part.outside)
  const outside = [...mail.above, ...headLines, ...below, ...mail.below]
  const isOne = gathered.length === 0
  const head = headOf(reading, isOne ? first.signature : undefined, {
    below: isOne ? labelsBelow(body) : noLabels,
    imprint: imprintIn(outside),
    parties: partiesIn(passages),
  })
  const validity = isOne ? readValidity(passages, headLines, head.date) : nothingOfValidity
  return {
    head,
    passages,
    validity: { ...validity, isRepealed: reading.isRepealed },
    parts: others.map(({ part }) => part),
    outside,
    gaps: [
      ...pages.flatMap(({ gaps }) => gaps),
      ...gapsOfGathered(gathered),
      ...gapsOfOthers(besides, passages),
    ],
  }
}

/**
 * Reads the head, and finds the documents that a file gathers: `at` counts from the first line below the head. A file
 * gathers some only where its contents name them, where a cover alone stands above them, or where it has no title and
 * number of its own. `besides` are those below the first where the file is read as one all the same.
 */
function readFirst(lines: readonly DocumentLine[]): {
  reading: HeadReading
  gathered: GatheredDocument[]
  besides: GatheredDocument[]
} {
  const contents = contentsIn(lines)
  const all = gatheredIn(lines, contents)
  const first = all[0]?.at ?? 0
  const cover = readHead(lines.slice(0, first))
  const own = withDecreed(readHead(lines), lines)
  const isCover =
    cover.title !== '' &&
    cover.number === undefined &&
    cover.addressees.length === 0 &&
    lines.slice(0, first).every((_, at) => at < cover.length || contents.has(at))
  const isListed = all.filter(each => each.isListed).length > 1
  if (!isCover && !isListed && (own.title !== '' || own.number !== undefined))
    return { reading: own, gathered: [], besides: all.filter(({ at }) => at >= own.length) }
  const reading = cover.title === '' ? own : cover
  const below = all.filter(({ at }) => at >= reading.length)
  return { reading, gathered: below.map(each => ({ ...each, at: each.at - reading.length })), besides: [] }
}

/** Each document of a collection says its own. */
const nothingOfValidity = { from: undefined, until: undefined, repeals: [] }

type PartReading = Pick<HeadReading, 'title' | 'addressees'> & {
  contents: ReadonlySet<number>
  prefix: string | undefined
}

/** Reads what stands below a head. */
function readPart(lines: readonly DocumentLine[], { title, addressees, contents, prefix }: PartReading) {
  const { lines: body, signature } = sectionsOf(lines, { title, contents })
  const texts = body.map(({ text }) => text)
  const counting = {
    isDecimal: isDecimal(texts),
    hasPlainTopics: hasPlainTopics(texts),
    words: countingWords(texts),
  }
  const outline = createOutline({ addressees, prefix })
  const outside: string[] = []
  for (const part of partsOf(body)) {
    const surroundings = surroundingsIn(part.map(clauseText), counting.words)
    const clauses = part.flatMap(({ role, label: _, ...line }, at) =>
      role === 'clause' ? [{ line, around: surroundings[at] ?? noSurroundings }] : [],
    )
    const [{ label } = {}] = part
    if (label !== undefined) outline.begin(label)
    for (const piece of numberedPieces(clauses, counting)) outline.add(piece)
    outside.push(...part.flatMap(({ role, text }) => (role === 'outside' ? [text] : [])))
  }
  return { passages: outline.passages, outside, signature }
}

/** Empty for a line outside the clauses. */
const clauseText = ({ role, text }: BodyLine) => (role === 'clause' ? text : '')

/** The document itself and what is attached, each with the lines that begin it. */
function partsOf(body: readonly BodyLine[]): BodyLine[][] {
  const starts = body.flatMap(({ label }, at) => (label === undefined || at === 0 ? [] : [at]))
  return [0, ...starts].map((start, place) => body.slice(start, starts[place]))
}

/** A document of a collection: its paths begin with its title. */
function readGathered(
  lines: readonly DocumentLine[],
  title: string,
): ReturnType<typeof readPart> & { part: GatheredPart } {
  const { length, addressees, date, isRepealed } = readHead(lines)
  const headLines = lines.slice(0, length).map(({ text }) => text)
  const below = lines.slice(length)
  const read = readPart(below, { title, addressees, contents: contentsIn(below), prefix: title })
  const own = read.passages.map(passage => ({ ...passage, path: passage.path.slice(1) }))
  const validity = { ...readValidity(own, headLines, read.signature?.date ?? date), isRepealed }
  return { ...read, outside: [...headLines, ...read.outside], part: { title, validity } }
}

/** Two documents of a collection may have one title. */
function withUniquePaths(passages: readonly Passage[]): Passage[] {
  const seen = new Map<string, number>()
  return passages.map(passage => {
    const key = passage.path.join('\n')
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 ? passage : { ...passage, path: againOf(passage.path, count) }
  })
}

/**
 * 「某某市人民政府令」 and 「某某省人民代表大会常务委员会公告」 have no title of their own: they are called by the rules
 * that they issue, which they name first.
 */
function withDecreed(reading: HeadReading, lines: readonly DocumentLine[]): HeadReading {
  const issuer = /^(.+)(?:令|公告)$/u.exec(reading.title)?.[1] ?? ''
  if (officesIn(issuer).length === 0 && issuer !== '中华人民共和国主席') return reading
  const named = /^《([^《》]{4,60})》.*(?:公布|施行|发布)/u.exec(lines[reading.length]?.text.trim() ?? '')
  return named?.[1] ? { ...reading, title: named[1].replaceAll('〈', '《').replaceAll('〉', '》') } : reading
}

/** The offices between which an agreement is made: 「甲方（运营方）：某某区人民政府」. */
const partiesIn = (passages: readonly Passage[]): string[] =>
  passages.flatMap(({ text }) => {
    const named = /^[甲乙丙丁]\s*方\s*(?:[（(][^（）()]{1,12}[)）])?\s*[：:]\s*(\S+)$/u.exec(text.trim())?.[1]
    return named ? officesIn(named) : []
  })

/** 「平江区创业中心」 signs, and the label above says 「闽东市平江区创业中心」. */
const fullNameAmong = (known: readonly string[]) => (issuer: string) =>
  known.find(name => name.length > issuer.length && name.endsWith(issuer)) ?? issuer

/** 「某某省科学技术厅资源处」 signs for its office. */
const officeOfSection = (issuer: string) =>
  /^(.{4,}(?:厅|局|委员会))\p{Script=Han}{2,8}(?:处|科|股)$/u.exec(issuer)?.[1] ?? issuer

/** 「某某区人民政府办公室」 below the mark of 「某某区人民政府」 prints for it. */
const withoutOwnOffices = (issuers: readonly string[]) =>
  issuers.filter(issuer => !issuers.includes(/^(.*)(?:办公室|办公厅|秘书处)$/u.exec(issuer)?.[1] ?? ''))

/** A joint notice has some dozens. */
const mostIssuers = 100

/** The signature has the full names and the day; the mark at the top has the order of the offices; labels come last. */
function headOf(
  reading: ReturnType<typeof readHead>,
  signature: Signature | undefined,
  {
    below,
    imprint,
    parties,
  }: { below: LabelsBelow; imprint: ReturnType<typeof imprintIn>; parties: string[] },
): DocumentHead {
  const { number, title, addressees } = reading
  const signed = new Set(signature?.issuers)
  const isSame = reading.issuers.some(issuer => signed.has(issuer))
  // A page stands below the name of its site; label and signature agree on another office.
  const isOfSite = !isSame && reading.labelledIssuers.some(issuer => signed.has(issuer))
  const marked = isOfSite ? [] : reading.issuers
  const named = marked.length === 0 || isSame ? [...marked, ...signed] : marked
  const found =
    [
      named,
      reading.labelledIssuers.filter(issuer => !isSection(issuer)),
      below.issuers,
      officeOfTitle(title),
      reading.titleIssuers,
      officeOfKind(title),
      imprint.issuers,
      reading.labelledIssuers,
    ].find(({ length }) => length > 0) ?? []
  const issuers = [...new Set(found)].slice(0, mostIssuers)
  const full = issuers.map(fullNameAmong([...reading.labelledIssuers, ...reading.issuers]))
  return {
    issuers: withoutOwnOffices([...new Set(full.map(officeOfSection))]),
    number,
    title: withSpacedOffices(title, issuers.length > 0 ? issuers : parties),
    date: signature?.date ?? below.date ?? reading.date ?? reading.published ?? imprint.date,
    addressees: greetsListeners(addressees, title) ? [] : addressees,
  }
}

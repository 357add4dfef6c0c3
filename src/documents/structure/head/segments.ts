import { isSection } from '../offices.ts'
import { costOfBody, costOfLines, costOfTitle, costs } from './costs.ts'
import type { LineFacts } from './line-facts.ts'
import { mostLinesAt, repeatedIn } from './repeated-lines.ts'
import { calledTo, captionTo } from './several-lines.ts'
import { isCategory, isTranslated, officeOfKind, titleEnd, unspaced } from './title.ts'

/** Kinds of lines of a head; `aside` tells none of its fields: a translation, a category, the title again. */
type SegmentKind =
  | 'mark'
  | 'number'
  | 'labels'
  | 'furniture'
  | 'day'
  | 'field'
  | 'title'
  | 'aside'
  | 'addressees'

/** Lines that follow each other, from `at` to the one before `end`. */
export type Segment = { kind: SegmentKind; at: number; end: number }

type Way = {
  cost: number
  at: number
  kind: SegmentKind | undefined
  hasNumber: boolean
  title: string | undefined
  before: Way | undefined
}

type Head = {
  lines: readonly LineFacts[]
  /** Names that stand above a day further down. */
  signed: ReadonlySet<string>
  /** Where lines that stand in the head twice end, by their first line. */
  repeated: ReadonlyMap<number, readonly number[]>
  /** Titles by their first line, each with its cost. */
  titlesAt: (at: number) => readonly Titled[]
  /** From each line on, how many tell a number or the label of an office, or are furniture of the page. */
  headLinesFrom: readonly number[]
  /** Labels name an office, and no line of offices names it. */
  isLabelledOtherwise: boolean
}

type Titled = { end: number; title: string; cost: number }

/** Segments in their order, the body behind the last; `cost` as in {@link costs}, 0 for a head that is as usual. */
type Segmentation = { segments: Segment[]; cost: number }

/**
 * Chooses the segmentation of the lines at the top of a document that costs least.
 * @param signed names that stand above a day further down
 */
export function segmentsOf(lines: readonly LineFacts[], signed: ReadonlySet<string>): Segmentation {
  const labelled = new Set(
    lines
      .flatMap(({ labels, acting }) => [...(labels?.issuers ?? []), ...acting])
      .filter(office => !shortName.test(office) && !isSection(office)),
  )
  const isNamed = lines.some(({ offices }) => offices.some(office => labelled.has(office)))
  const start = { cost: 0, at: 0, kind: undefined, hasNumber: false, title: undefined, before: undefined }
  const below = headLinesFrom(lines)
  // A text without a head costs this; no way that costs more is ever the best.
  const most = costOfEnd(start, { lines, headLinesFrom: below })
  const head: Head = {
    isLabelledOtherwise: labelled.size > 0 && !isNamed,
    lines,
    signed,
    repeated: repeatedIn(lines),
    titlesAt: createTitles(lines, most),
    headLinesFrom: below,
  }
  const ways: Way[][] = [[start], ...lines.map(() => [])]
  const whole: Way[] = []
  for (let at = 0; at <= lines.length; at += 1)
    for (const way of cheapestOf(ways[at] ?? [])) {
      whole.push({ ...way, cost: way.cost + costOfEnd(way, head) })
      for (const next of stepsFrom(way, head)) if (next.cost <= most) ways[next.at]?.push(next)
    }
  const best = whole.reduce((one, other) => (other.cost < one.cost ? other : one), whole[0] ?? start)
  const found: Segment[] = []
  for (let way = best; way.before; way = way.before)
    if (way.kind) found.push({ kind: way.kind, at: way.before.at, end: way.at })
  return { segments: found.toReversed(), cost: best.cost }
}

/** 「区政府办」 as the source of a page. */
const shortName = /^[省市区县局]/u

function headLinesFrom(lines: readonly LineFacts[]): number[] {
  const isOfPage = lines.map(
    ({ labels, folded, number }) =>
      number !== undefined ||
      labels?.number !== undefined ||
      (labels?.issuers.length ?? 0) > 0 ||
      pageFurniture.test(folded),
  )
  return lines.map((_, at) => isOfPage.slice(at, at + mostLinesBelow).filter(Boolean).length)
}
const mostLinesBelow = 12
const pageFurniture = /^(?:当前位置|您(?:当前|现在)?的?位置|【?字[号体])/u

/** The cheapest of the ways that may go on alike. */
function cheapestOf(ways: readonly Way[]): Way[] {
  const cheapest = new Map<string, Way>()
  for (const way of ways) {
    const key = `${way.kind} ${way.hasNumber} ${way.title === undefined ? '' : titleEnd.test(unspaced(way.title))}`
    if (way.cost < (cheapest.get(key)?.cost ?? Number.POSITIVE_INFINITY)) cheapest.set(key, way)
  }
  return [...cheapest.values()]
}

/** How unlike the place behind a head this one is. */
function costOfEnd({ at, kind, title }: Way, head: Pick<Head, 'lines' | 'headLinesFrom'>): number {
  const { lines } = head
  const line = lines[at]
  const body = line && kind !== 'addressees' ? costOfBody(line, lines[at + 1], title ?? '') : 0
  return body + (head.headLinesFrom[at] ?? 0) * costs.headBelow + (title === undefined ? costs.untitled : 0)
}

/** The next lines as each of the segments that they may be. */
function stepsFrom(way: Way, head: Head): Way[] {
  const line = head.lines[way.at]
  if (!line || way.kind === 'addressees') return []
  return [...singlesFrom(way, head, line), ...(way.title === undefined ? titlesFrom(way, head) : [])]
}

const stepTo = (way: Way, kind: SegmentKind, { end, cost }: { end: number; cost: number }): Way => ({
  cost: way.cost + cost,
  at: end,
  kind,
  hasNumber: way.hasNumber || kind === 'number',
  title: way.title,
  before: way,
})

/** Lines that are segments of their own, and lines that stand there twice. */
function singlesFrom(way: Way, head: Head, line: LineFacts): Way[] {
  const { at } = way
  const office = costOfOffice(head, at)
  const kinds: [SegmentKind, boolean, number][] = [
    ['number', line.number !== undefined, way.hasNumber ? costs.numberAgain : 0],
    ['labels', line.labels !== undefined, 0],
    ['furniture', line.isFurniture || line.isRepealed, 0],
    ['day', line.isDay, 0],
    ['field', line.isCoverField, 0],
    [
      'addressees',
      line.isCalling && !line.isFurniture && way.title !== undefined,
      line.isCoverField || line.opensTable ? costs.calledField : 0,
    ],
    ['mark', office !== undefined, office ?? 0],
    ['aside', true, costOfAside(way, head)],
  ]
  const singles = kinds.flatMap(([kind, isOne, cost]) =>
    isOne ? [stepTo(way, kind, { end: at + 1, cost })] : [],
  )
  const captionEnd = captionTo(head.lines, at)
  if (captionEnd !== undefined) singles.push(stepTo(way, 'day', { end: captionEnd, cost: 0 }))
  const calledEnd = way.title === undefined ? undefined : calledTo(head.lines, at)
  if (calledEnd !== undefined)
    singles.push(stepTo(way, 'addressees', { end: calledEnd, cost: costs.calledLine * (calledEnd - at - 1) }))
  const repeated = (head.repeated.get(at) ?? []).map(end =>
    stepTo(way, 'aside', { end, cost: costs.usualAside }),
  )
  return [...singles, ...repeated, ...titlesAgain(way, head)]
}

/** The title that a page has above the document, with the offices in front that issue it, or without them. */
function titlesAgain(way: Way, { titlesAt }: Head): Way[] {
  if (way.title === undefined) return []
  const own = unspaced(way.title)
  return titlesAt(way.at).flatMap(({ end, title, cost }) => {
    const said = unspaced(title)
    if (said === own || Math.min(said.length, own.length) < shortestAgain) return []
    if (said.endsWith(own) && officeEnd.test(said.slice(0, -own.length)))
      return [{ ...stepTo(way, 'title', { end, cost: costs.usualAside + cost }), title }]
    return own.endsWith(said) ? [stepTo(way, 'aside', { end, cost: costs.usualAside + cost })] : []
  })
}
const shortestAgain = 8
const officeEnd = /[局厅部委办会院府室心司行处社学区园]$/u

function costOfAside({ at, title }: Way, { lines, isLabelledOtherwise }: Head): number {
  const { text = '', offices = [] } = lines[at] ?? {}
  const isUsual =
    isCategory([text]) || officeOfKind(text).length > 0 || isTranslated(text, [lines[at - 1]?.text ?? ''])
  if (isUsual) return costs.usualAside
  const isOffice = offices.length > 0 && !isLabelledOtherwise
  const isMenu = title === undefined && text.length <= longestMenu && !titleEnd.test(text) && !isOffice
  return isMenu ? costs.menu : costs.aside
}
const longestMenu = 8

function titlesFrom(way: Way, { lines, titlesAt }: Head): Way[] {
  const isBelowMark = way.kind === 'mark' && !way.hasNumber && lines[way.at - 1]?.isMark === false
  const above = isBelowMark ? costs.markAboveTitle : 0
  return titlesAt(way.at).map(({ end, title, cost }) => ({
    ...stepTo(way, 'title', { end, cost: above + cost }),
    title,
  }))
}

/**
 * Titles by their first line, each line read once.
 * @param most what a title may cost
 */
function createTitles(lines: readonly LineFacts[], most: number): Head['titlesAt'] {
  const known = new Map<number, readonly Titled[]>()
  return at => {
    const found = known.get(at) ?? titlesFromLine(lines, at, most)
    known.set(at, found)
    return found
  }
}

function titlesFromLine(lines: readonly LineFacts[], at: number, most: number): Titled[] {
  const found: Titled[] = []
  const last = at + mostLinesAt(lines, at)
  for (let end = at + 1; end <= last; end += 1) {
    const titled = lines.slice(at, end)
    if (costOfLines(titled) > most) break
    found.push({ end, title: titled.map(({ text }) => text.trim()).join(''), cost: costOfTitle(titled) })
  }
  return found
}

/** undefined where the line names no office. */
function costOfOffice({ lines, signed, isLabelledOtherwise }: Head, at: number): number | undefined {
  const line = lines[at]
  if (!line) return undefined
  if (line.offices.length > 0 && isLabelledOtherwise) return costs.otherOffice
  if (line.offices.length > 0 || line.dated || line.acting.length > 0) return costs.office
  const name = line.folded.replace(/文\s*件$/u, '')
  if (!unknownOffice.test(name) || titleEnd.test(name)) return undefined
  if (signed.has(unspaced(name))) return costs.office
  return isAboveNumber(lines, at) || lines[at + 1]?.isDay ? costs.unknownOffice : undefined
}
const unknownOffice = /^(?!关于)\p{Script=Han}[\p{Script=Han}（）()·]{3,29}$/u

/** Names above the number of a document are those of its offices, of whatever kind. */
function isAboveNumber(lines: readonly LineFacts[], at: number): boolean {
  const number = lines.slice(at + 1).findIndex(line => line.number !== undefined)
  const between = lines.slice(at + 1, at + 1 + number)
  return number >= 0 && between.every(({ folded }) => unknownOffice.test(folded))
}

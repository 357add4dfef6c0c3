import { withoutLongBlanks } from '../../text/characters.ts'
import { deniesTheNamed, withCountsApart, withoutAwayCounts } from './list-counts.ts'
import { besideLabels, isRemark, type ListLabel, labelOf, ofSeveral, tellsNothing } from './list-labels.ts'
import { explained, markedBy, tellUntold } from './list-legend.ts'
import { namesOfLine } from './list-line.ts'
import { chainHead, isSigned, isTold, linesOfList, numberOf, withoutNumber } from './list-lines.ts'
import {
  apartByPlace,
  namesOfRow,
  onceEach,
  splitsIntoNames,
  unansweredIn,
  withPlainGaps,
} from './list-row.ts'
import { labelOfOthers, partWithin, sentenceIn, withPlainLabels } from './list-sentences.ts'
import { isStatus, nameIn, type PastedStatus, statusIn } from './list-status.ts'
import { readTable } from './list-table.ts'
import { isRestDoubtful, type Total, total, totalsIn } from './list-totals.ts'
import { withoutLongRuns } from './plain-signs.ts'
import type { ListDay } from './table-people.ts'
import { transcriptEntries } from './transcript.ts'

/** One name on a pasted list, as it was written. */
export type PastedEntry = {
  name: string
  /** The name with the words behind it, which may be of the name itself, longest first: 「陈小董」 for 「陈小」. */
  wholes?: string[]
  /** Words in brackets behind the name or messages of the person, which may tell of another person. */
  remark?: string
  status: PastedStatus
  /** Cell of a column of companies or branches, or words in brackets, which tell two of one name apart. */
  place?: string
  /** Status where the absence in `remark` is another person's; without it that of `away` is open. */
  statusBeside?: PastedStatus
  /** The status stands once beside words that may be several names: 「甘棠 柏舟 请假」. */
  isOfLast?: true
  /** Words before a colon in front of the first name of its line, which may be a label for this one too. */
  label?: string
  /** Further cells of the row that may be names: 「甘棠 | 柏舟 | 郑风」. */
  alsoNames?: string[]
  /** The name stands only among those who should come: another line about the person holds. */
  isExpected?: boolean
  /** Words in brackets behind a label, which are a name only where a person is called so. */
  isAside?: true
}

const mostLines = 500

/** 「请假1人（卫淇）」 beside the totals. */
const namesInBrackets =
  /(?<word>请假|事假|病假|公假|出差|未到|没到|缺席|缺勤|旷课)\s*\d+\s*[人位名]?\s*[(（](?<names>[^()（）]{0,60}\p{Script=Han}{2}[^()（）]{0,60})[)）]/gu
const wholeLine = /^(?:以上|全体|全部)|^-+$/u

type Reading = {
  entries: ReadEntry[]
  headingStatus: PastedStatus
  isExpected: boolean
  /** A heading or a label has begun a part of the list. */
  hasParts?: true
  /** Totals in a row, up to the line before, by the status that they count: 「实到：10人」, 「请假：2人」. */
  totals: Total[]
}
/**
 * `isTold`: its line ends in a word about being there. `isBare`: nothing else stands in its line and below.
 * `isMarked`: its line is a name and a mark of presence. `isRest`: it is here as one of 「其余均到」.
 */
export type ReadEntry = PastedEntry & {
  isTold?: boolean
  isBare?: boolean
  isMarked?: boolean
  isRest?: true
}

/**
 * The names on a list that a person pasted: a 接龙, a paper list typed off, or cells of a sheet, each with what the list
 * says of it. In a 接龙 the last run of numbers is the list; what stands above is its title.
 * @param options `day`: of the lesson, which chooses between columns of several lessons. Default: none is chosen
 * @returns each name once, at most 500
 */
export function readPasted(pasted: string, { day }: { day?: ListDay } = {}): PastedEntry[] {
  const { text, blank, hasLegend } = explained(withoutLongRuns(withoutLongBlanks(pasted)))
  const entries: ReadEntry[] = apartByPlace(
    readTable(text, { blank, day }) ??
      (hasLegend ? undefined : transcriptEntries(text)) ??
      readLines(linesOfList(text), blank),
  )
  const rest = entries.filter(({ isRest }) => isRest)
  if (rest.length > 0 && isRestDoubtful(text, entries)) for (const entry of rest) entry.status = 'unclear'
  const named = new Set(entries.flatMap(entry => (entry.isExpected || entry.isAside ? [] : [entry.name])))
  return onceEach(entries, ({ name, wholes }) => wholes?.[0] ?? name)
    .filter(({ name, isExpected }) => !isExpected || !named.has(name))
    .slice(0, mostLines)
    .map(({ isExpected, isTold: _, isBare: __, isMarked: ___, isRest: ____, place: _____, ...entry }) =>
      isExpected ? { ...entry, isExpected } : entry,
    )
}

export const namesIn = (text: string): string[] => readPasted(text).map(({ name }) => name)
function readLines(lines: readonly string[], blank = ''): ReadEntry[] {
  const reading: Reading = { entries: [], headingStatus: 'here', isExpected: false, totals: [] }
  for (const [at, line] of lines.entries()) {
    const before = reading.entries.length
    const named = [...line.matchAll(namesInBrackets)].filter(({ groups }) => !isStatus(groups?.names ?? ''))
    for (const { groups } of named) addPieces(groups?.names ?? '', 'away', reading)
    const rest = named.reduce((left, [words]) => left.replace(words, ''), line)
    for (const part of rest.split(partWithin)) readSentence(part, reading)
    if (isTold(line)) for (const entry of reading.entries.slice(before)) entry.isTold = true
    markedBy(line, reading.entries, before)
    readBeside(rest, reading)
    const isLast = totalsIn(lines[at + 1] ?? '').length === 0
    if (reading.totals.length > 0 && isLast) beginCounted(reading, () => namesBehind(lines.slice(at + 1)))
  }
  const unanswered = unansweredIn(lines)
  for (const entry of reading.entries) if (unanswered.has(entry.name)) entry.status = 'unclear'
  const isWhole = !reading.hasParts || lines.filter(isSigned).length > 1
  tellUntold(reading.entries, blank, isWhole)
  return reading.entries
}

/** 「今天到的有甘棠，其他人都没来」: those who are not named are for a person to decide. */
function readSentence(line: string, reading: Reading): void {
  const sentence = chainHead.test(line) ? undefined : sentenceIn(withoutNumber(line))
  const { headingStatus, isExpected, entries } = reading
  for (const { name, status } of sentence?.named ?? [])
    entries.push({ name, status: headingStatus === 'here' ? status : 'unclear', isExpected })
  for (const name of sentence?.unnamed ?? []) {
    const haveCome = labelOfOthers(name) === '到'
    for (const entry of entries)
      if (haveCome && entry.isExpected) Object.assign(entry, { status: 'here', isRest: true })
    entries.push({ name, status: 'unclear', isExpected })
  }
  if (sentence?.rest === '') return
  const parts = withPlainLabels(sentence?.rest ?? line)
  for (const part of parts.length > 0 ? parts : ['']) readLine(part, reading)
}

/** Names in brackets behind a label, 「请假（甘棠、柏舟）」: of what they are told a person decides. */
function readBeside(line: string, reading: Reading): void {
  const { words, isAwayAbove } = besideLabels(line)
  for (const name of words) reading.entries.push({ name, status: 'unclear', isAside: true })
  if (isAwayAbove && reading.headingStatus === 'here') reading.headingStatus = 'unclear'
}

function readLine(line: string, reading: Reading): void {
  if (chainHead.test(line)) return
  const isNumbered = numberOf(line) !== undefined
  const body = withoutNumber(line)
  const label = isNumbered ? undefined : labelOf(body)
  reading.totals.push(...totalsIn(line))
  if (line === '') endPart(reading)
  else if (!total.test(label?.rest ?? '') && isRemark(body, label)) doubtLast(reading, ofSeveral.test(body))
  else if (label) readPart(label, reading)
  else if (total.test(body) || tellsNothing(body)) return
  else if (wholeLine.test(body)) readOfAll(body, reading)
  else if (isNumbered && !splitsIntoNames(body)) addWhole(body, reading)
  else addPieces(body, reading.headingStatus, reading)
  // 「没上线也没来：」 below 「线下：」 speaks against it: of those below a person decides.
  const speaksAgainst = reading.entries.at(-1)?.status !== reading.headingStatus
  if (!label && reading.hasParts && speaksAgainst && /[:：]$/u.test(body)) reading.headingStatus = 'unclear'
}

/** 「以上3人已到，卫淇未到」: unless those above have come, a person decides about them. */
function readOfAll(body: string, reading: Reading): void {
  const [ofAll = '', ...others] = body.split(/[，,;；。]+/u)
  if (statusIn(` ${ofAll}`, 'here') !== 'here')
    for (const entry of reading.entries) if (entry.status === 'here') entry.status = 'unclear'
  for (const part of others) if (part.trim() !== '') readLine(part.trim(), reading)
}

function doubtLast({ entries }: Reading, isOfAll: boolean): void {
  for (const entry of isOfAll ? entries : entries.slice(-1))
    if (entry.status === 'here') entry.status = 'unclear'
}

/** The names below totals are those of one kind; where the totals are of two, their numbers tell of which. */
function beginCounted(reading: Reading, namesBelow: () => number): void {
  const counted = reading.totals.filter(({ status, count }) => status !== 'expected' && count > 0)
  reading.totals = []
  const kinds = [...new Set(counted.map(({ status }) => status))]
  if (kinds.length === 0) return
  const names = kinds.length === 1 ? 0 : namesBelow()
  const fitting = kinds.filter(
    kind => kinds.length === 1 || counted.some(({ status, count }) => status === kind && count === names),
  )
  beginPart(fitting.length === 1 ? (fitting[0] ?? 'unclear') : 'unclear', reading)
}

/** Number of names up to the next part. */
function namesBehind(lines: readonly string[]): number {
  const beginsPart = (line: string) => numberOf(line) === undefined && labelOf(line) !== undefined
  const next = lines.findIndex(line => line !== '' && (beginsPart(line) || totalsIn(line).length > 0))
  return readLines(next < 0 ? lines : lines.slice(0, next)).length
}

/** Names behind a blank line may still belong to those who are away: a person decides. */
function endPart(reading: Reading): void {
  const isBegun = reading.entries.at(-1)?.status === 'away'
  if (reading.headingStatus === 'away' && isBegun) reading.headingStatus = 'unclear'
}

function readPart({ kind, rest, within = '' }: ListLabel, reading: Reading): void {
  if (kind === 'none' || total.test(rest)) return
  if (within !== '') readPart({ kind: rest === '' ? kind : 'unclear', rest: within }, reading)
  // 「请假（甘棠）」: whether the lines below are of the others who are away, a person decides.
  const begun = within !== '' && rest === '' && kind === 'away' ? 'unclear' : kind
  // A label with names behind it stands for its own line.
  const part = rest === '' ? reading : { ...reading }
  beginPart(begun, part)
  const from = reading.entries.length
  addPieces(rest, part.headingStatus, part)
  if (kind === 'here' && deniesTheNamed(rest))
    for (const entry of reading.entries.slice(from)) entry.status = 'unclear'
}

function beginPart(kind: Exclude<ListLabel['kind'], 'none'>, reading: Reading): void {
  if (kind === 'place') return
  reading.hasParts = true
  reading.isExpected = kind === 'expected'
  reading.headingStatus = kind === 'expected' ? 'unclear' : kind
}

/** A plus stands between a name and a company: 「柏舟+木石 请假」. */
function addWhole(written: string, reading: Reading): void {
  const body = written.replaceAll(/(?<=\p{Script=Han})[+＋](?=\p{Script=Han})/gu, ' ')
  const named = nameIn(body)
  if (named.name === '') return
  const { headingStatus, isExpected } = reading
  reading.entries.push({ ...named, status: statusIn(body, headingStatus), isExpected })
}

/** 「甘棠、柏舟到；郑风请假」: each part may have a status of its own, which stands behind its names. */
function addPieces(written: string, headingStatus: PastedStatus, reading: Reading): void {
  // Below or behind 「实到：」 a number of absent people is of others than those who are named.
  const text = withPlainGaps(
    withCountsApart(reading.hasParts && headingStatus === 'here' ? withoutAwayCounts(written) : written),
  )
  const read = text.includes('\t') ? namesOfRow : namesOfLine
  const [first, ...others] = read(text, headingStatus)
  if (!first) return
  const label = labelBefore.exec(text)?.groups?.label?.trim()
  const labelled = others.map(entry => (label === undefined ? entry : { ...entry, label }))
  reading.entries.push(...[first, ...labelled].map(entry => ({ ...entry, isExpected: reading.isExpected })))
}

const labelBefore = /^(?<label>[^:：]{1,20})(?:(?<!\d)[:：]|[:：](?!\d))/u

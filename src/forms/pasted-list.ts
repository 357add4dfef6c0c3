import { withoutLongBlanks } from '../text/characters.ts'
import { type ListLabel, labelOf } from './list-labels.ts'
import { chainHead, linesOfList, numberOf, withoutNumber } from './list-lines.ts'
import { sentenceIn, withPlainLabels } from './list-sentences.ts'
import { isStatus, type PastedStatus, statusIn, statusOfCell, withoutRemarks } from './list-status.ts'
import { notNames, readTable } from './list-table.ts'

/** One name on a pasted list, as it was written. */
export type PastedEntry = {
  name: string
  status: PastedStatus
  /** The status stands once beside words that may be several names: 「甘棠 柏舟 请假」. */
  isOfLast?: true
}

const mostLines = 500

/** 「请假1人（卫淇）」 beside the totals. */
const namesInBrackets =
  /(?<word>请假|事假|病假|公假|出差|未到|没到|缺席|缺勤|旷课)\s*\d+\s*[人位名]?\s*[(（](?<names>[^()（）]{0,60}\p{Script=Han}{2}[^()（）]{0,60})[)）]/gu
/** Another part of a list in the same line: 「到会：甘棠 缺席：郑风」. */
const partWithin =
  /(?<=\S)[\s，,;；。]+(?=(?:应到|实到|到会|参会|出席|签到|参加|迟到|请假|事假|病假|公差|出差|未到|没来|缺席|缺勤|缺|未签到|未参加)(?:人员|名单|同志)?\s*(?:[(（]?\s*\d+\s*[人位名]?\s*[)）]?)?\s*[:：])/gu
const total =
  /^(?:共计?|合计|总计|总数|小计|应到|实到|请假|缺席|未到|人数|总人数)?[\s:：]*\d+\s*[人位名]?(?:[，,、;；\s]*(?:共计?|合计|应到|实到|请假|缺席|未到|迟到|出差)[\s:：]*\d+\s*[人位名]?)*[，,、;；\s。.]*$/u
const wholeLine = /^(?:以上|全体|全部)|^-+$/u
const separators = /[、，,;；\t/／\\+＋&|]+/u

type Reading = {
  entries: ReadEntry[]
  headingStatus: PastedStatus
  isExpected: boolean
  /** The line before was a label with a number alone: 「实到：10人」. */
  isBehindTotal: boolean
}
/** `isExpected`: it stands only among those who should come. */
type ReadEntry = PastedEntry & { isExpected?: boolean }

/**
 * The names on a list that a person pasted: a 接龙, a paper list typed off, or cells of a sheet, each with what the list
 * says of it. In a 接龙 the last run of numbers is the list; what stands above is its title.
 * @returns each name once, at most 500
 */
export function readPasted(pasted: string): PastedEntry[] {
  const text = withoutLongBlanks(pasted)
  const table = readTable(text)
  const entries: ReadEntry[] = table ?? readLines(linesOfList(text))
  const byName = new Map<string, ReadEntry>()
  for (const entry of entries) {
    const before = byName.get(entry.name)
    if (before && entry.isExpected) continue
    // A name in two parts of a list is for a person to decide.
    const isApart = before && !before.isExpected && before.status !== entry.status
    byName.set(entry.name, isApart ? { ...entry, status: 'unclear' } : entry)
  }
  return [...byName.values()].slice(0, mostLines).map(({ isExpected: _, ...entry }) => entry)
}

export const namesIn = (text: string): string[] => readPasted(text).map(({ name }) => name)

function readLines(lines: readonly string[]): ReadEntry[] {
  const reading: Reading = { entries: [], headingStatus: 'here', isExpected: false, isBehindTotal: false }
  for (const line of lines) {
    const named = [...line.matchAll(namesInBrackets)].filter(({ groups }) => !isStatus(groups?.names ?? ''))
    for (const { groups } of named) addPieces(groups?.names ?? '', 'away', reading)
    const rest = named.reduce((left, [words]) => left.replace(words, ''), line)
    for (const part of rest.split(partWithin)) readSentence(part, reading)
  }
  return reading.entries
}

/** 「今天到的有甘棠，其他人都没来」: those who are not named are for a person to decide. */
function readSentence(line: string, reading: Reading): void {
  const sentence = chainHead.test(line) ? undefined : sentenceIn(withoutNumber(line))
  const { headingStatus, isExpected, entries } = reading
  for (const { name, status } of sentence?.named ?? [])
    entries.push({ name, status: headingStatus === 'here' ? status : 'unclear', isExpected })
  for (const name of sentence?.unnamed ?? []) entries.push({ name, status: 'unclear', isExpected })
  if (sentence?.rest === '') return
  const parts = withPlainLabels(sentence?.rest ?? line)
  for (const part of parts.length > 0 ? parts : ['']) readLine(part, reading)
}

function readLine(line: string, reading: Reading): void {
  if (chainHead.test(line)) return
  const isNumbered = numberOf(line) !== undefined
  const body = withoutNumber(line)
  const label = isNumbered ? undefined : labelOf(body)
  const wasTotal = reading.isBehindTotal
  reading.isBehindTotal = label !== undefined && label.rest !== '' && total.test(label.rest)
  if (line === '') endPart(reading)
  else if (isRemark(body, label)) doubtLast(reading)
  else if (label && reading.isBehindTotal && !wasTotal) readCounted(label, reading)
  else if (label) readPart(label, reading)
  else if (total.test(body) || isTitleRow(body) || wholeLine.test(body)) return
  else if (isNumbered && !splitsIntoNames(body)) addWhole(body, reading)
  else addPieces(body, reading.headingStatus, reading)
}

const isTitleRow = (body: string) => body.split(/\s+/u).every(cell => notNames.test(cell))

/** Words that stand alone and speak against the name above them: 「（出差）」, 「备注：请假」. */
function isRemark(body: string, label: ListLabel | undefined): boolean {
  const bracketed = /^[（(](?<inner>[^（）()]+)[)）]$/u.exec(body)?.groups?.inner
  if (bracketed !== undefined) return statusIn(` ${bracketed}`, 'here') !== 'here'
  if (!label || label.rest === '') return false
  if (label.kind === 'none') return statusIn(` ${label.rest}`, 'here') !== 'here'
  return label.kind === 'away' && isStatus(label.rest)
}

function doubtLast({ entries }: Reading): void {
  const last = entries.at(-1)
  if (last?.status === 'here') last.status = 'unclear'
}

/** 「假：1人」 begins a part; one of several totals in a row does not. */
function readCounted({ kind }: ListLabel, reading: Reading): void {
  if (kind === 'here' || kind === 'away') beginPart(kind, reading)
}

/** Names behind a blank line may still belong to those who are away: a person decides. */
function endPart(reading: Reading): void {
  const isBegun = reading.entries.at(-1)?.status === 'away'
  if (reading.headingStatus === 'away' && isBegun) reading.headingStatus = 'unclear'
}

function readPart({ kind, rest }: ListLabel, reading: Reading): void {
  if (kind === 'none') return
  if (total.test(rest)) return
  // A label with names behind it stands for its own line.
  const part = rest === '' ? reading : { ...reading }
  beginPart(kind, part)
  addPieces(rest, part.headingStatus, part)
}

function beginPart(kind: Exclude<ListLabel['kind'], 'none'>, reading: Reading): void {
  if (kind === 'place') return
  reading.isExpected = kind === 'expected'
  reading.headingStatus = kind === 'expected' ? 'unclear' : kind
}

/** 「1. 张三、李四」 are two names; 「1. 张三 要加班，晚十分钟」 is one with a remark. */
function splitsIntoNames(body: string): boolean {
  const pieces = body.split(separators).map(piece => piece.trim())
  return (
    body.includes('\t') || pieces.every(piece => /^[\p{Script=Han}·]{2,4}$/u.test(piece) && !isStatus(piece))
  )
}

function addWhole(body: string, reading: Reading): void {
  const name = withoutRemarks(body)
  if (name === '') return
  const { headingStatus, isExpected } = reading
  reading.entries.push({ name, status: statusIn(body, headingStatus), isExpected })
}

/** Names with a mark each, and nothing between them: 「甘棠（√）柏舟（×）」. */
const bracketedMarks =
  /(?<=\p{Script=Han}\s{0,2}[（(][^()（）]{1,12}[）)])\s*(?=\p{Script=Han}{2,4}\s{0,2}[（(])/gu

/** Names with a mark each may stand in one line by spaces: 「甘棠√ 柏舟×」. */
const piecesOf = (written: string) => {
  const text = written.replaceAll(bracketedMarks, '、')
  return /\p{Script=Han}\S{0,12}[√✓✔✅×✗✘❌○△□)）]\S{0,4}\s{1,9}\p{Script=Han}/u.test(text)
    ? text.split(/[、，,;；\s]+/u)
    : text.split(separators)
}

/** 「甘棠、柏舟到；郑风请假」: each part may have a status of its own, which stands behind its names. */
function addPieces(written: string, headingStatus: PastedStatus, reading: Reading): void {
  const bracketed = written.replaceAll(/[（(][^（）()]*[)）]/gu, inner =>
    inner.replaceAll(/[、，,;；]/gu, ' '),
  )
  const parts =
    written.includes('、') && !written.includes('\t') ? bracketed.split(/(?<=[，,;；。])/u) : [bracketed]
  const joined: string[] = []
  for (const part of parts) {
    const isBehind = isStatus(part.replace(/[，,;；。\s]+$/u, '').trim())
    joined.push(isBehind ? `${joined.pop() ?? ''}${part}` : part)
  }
  for (const part of joined) addPart(part, headingStatus, reading)
}

function addPart(written: string, headingStatus: PastedStatus, { entries, isExpected }: Reading): void {
  // A stroke for an empty place is no separator.
  const text = written.replace(/\s+[/／]\s*$/u, ' □')
  const isTable = text.includes('\t')
  const bare: ReadEntry[] = []
  let heading = headingStatus
  let last: ReadEntry | undefined
  let isMarked = false
  for (const piece of piecesOf(text).map(part => part.trim())) {
    if (piece === '' || notNames.test(piece)) continue
    if (isStatus(piece) && last === undefined && !isTable) {
      // 「请假，甘棠」: the word stands before its names.
      heading = statusOfCell(piece)
      continue
    }
    if (isStatus(piece) || (isTable && last !== undefined)) {
      const status = statusOfCell(piece)
      if (last && isTable && isMarked && status !== 'unclear' && status !== last.status)
        last.status = 'unclear'
      else if (last && status !== 'here') last.status = isTable && status === 'unclear' ? last.status : status
      isMarked ||= isStatus(piece)
      continue
    }
    const name = withoutRemarks(piece)
    if (name === '') continue
    const status = statusIn(piece, heading)
    const isOfLast = status === 'away' && heading !== 'away' && name.includes(' ')
    last = { name, status, isExpected, ...(isOfLast ? { isOfLast } : {}) }
    if (name === piece && last.status === 'here') bare.push(last)
    entries.push(last)
  }
  if (last?.status === 'away' && awayBehind.test(text) && heading === 'here')
    for (const one of bare) one.status = 'unclear'
}

/** 「甘棠、柏舟 请假」: whether the word is for both, a person knows. */
const awayBehind =
  /[、，,;；]\s*\p{Script=Han}{2,4}\s+\p{Script=Han}+[。.，,;；\s]*$|、\s*\p{Script=Han}{2,4}?(?:请假|缺席|缺勤|缺|没来|没到|未到|[事病]假|出差)[。.，,;；\s]*$/u

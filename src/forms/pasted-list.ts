import type { RosterMember } from '../ports/roster.ts'
import { withoutLongBlanks } from '../text/characters.ts'
import { fold } from '../text/fold.ts'
import { cleanName, nameParts } from '../text/names/names.ts'
import { type ListLabel, labelOf } from './list-labels.ts'
import { chainHead, linesOfList, numberOf, withoutNumber } from './list-lines.ts'
import { isStatus, type PastedStatus, proxy, statusIn, statusOfCell, withoutRemarks } from './list-status.ts'
import { notNames, readTable } from './list-table.ts'

/** One name on a pasted list, as it was written. */
export type PastedEntry = {
  name: string
  status: PastedStatus
  /** The status stands once beside words that may be several names: 「甘棠 柏舟 请假」. */
  isOfLast?: true
}

/** A name and whom it may mean: one is a match, none or several are for a person to decide. */
export type PastedLine = { line: string; status: PastedStatus; found: RosterMember[] }

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
/** Titles speak of the lesson, of times and places. */
const title =
  /课|会议|活动|名单|签到表|地点|时间|报名|统计|培训|路演|沙龙|论坛|要求|自带|注意|通知|截止|Saturday|Sunday|lesson|meeting/iu

const separators = /[、，,;；\t/／\\+＋&|]+/u

type Reading = { entries: ReadEntry[]; headingStatus: PastedStatus; isExpected: boolean }
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
  const reading: Reading = { entries: [], headingStatus: 'here', isExpected: false }
  for (const line of lines) {
    const named = [...line.matchAll(namesInBrackets)].filter(({ groups }) => !isStatus(groups?.names ?? ''))
    for (const { groups } of named) addPieces(groups?.names ?? '', 'away', reading)
    const rest = named.reduce((left, [words]) => left.replace(words, ''), line)
    for (const part of rest.split(partWithin)) readLine(part, reading)
  }
  return reading.entries
}

function readLine(line: string, reading: Reading): void {
  if (chainHead.test(line)) return
  const isNumbered = numberOf(line) !== undefined
  const body = withoutNumber(line)
  const label = isNumbered ? undefined : labelOf(body)
  if (line === '') endPart(reading)
  else if (label) readPart(label, reading)
  else if (total.test(body) || isTitleRow(body) || wholeLine.test(body)) return
  else if (isNumbered && !splitsIntoNames(body)) addWhole(body, reading)
  else addPieces(body, reading.headingStatus, reading)
}

const isTitleRow = (body: string) => body.split(/\s+/u).every(cell => notNames.test(cell))

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

function addPieces(written: string, headingStatus: PastedStatus, { entries, isExpected }: Reading): void {
  // A stroke for an empty place is no separator.
  const text = written.replace(/\s+[/／]\s*$/u, ' □')
  const isTable = text.includes('\t')
  const bare: ReadEntry[] = []
  let last: ReadEntry | undefined
  for (const piece of piecesOf(text).map(part => part.trim())) {
    if (piece === '' || notNames.test(piece)) continue
    if (isStatus(piece) || (isTable && last !== undefined)) {
      const status = statusOfCell(piece)
      if (last && status !== 'here') last.status = isTable && status === 'unclear' ? last.status : status
      continue
    }
    const name = withoutRemarks(piece)
    if (name === '') continue
    const status = statusIn(piece, headingStatus)
    const isOfLast = status === 'away' && headingStatus !== 'away' && name.includes(' ')
    last = { name, status, isExpected, ...(isOfLast ? { isOfLast } : {}) }
    if (name === piece && last.status === 'here') bare.push(last)
    entries.push(last)
  }
  if (last?.status === 'away' && awayBehind.test(text) && headingStatus === 'here')
    for (const one of bare) one.status = 'unclear'
}

/** 「甘棠、柏舟 请假」: whether the word is for both, a person knows. */
const awayBehind = /[、，,;；]\s*\p{Script=Han}{2,4}\s+\p{Script=Han}+[。.\s]*$/u

/**
 * Finds the person whom each name means. 「张三」 is who is called so, 「张三 优空间」 the one of that space; two of one name stay two. Names in
 * one line by spaces are told apart where each of them is a person. Titles that mean no person are left out.
 * @param people those who belong to the lesson's groups and roster, each once
 */
export function matchNames(entries: readonly PastedEntry[], people: readonly RosterMember[]): PastedLine[] {
  const places = new Set(people.flatMap(({ branch, space, team }) => [branch, space, team]))
  const match = (name: string) => matchOne(name, people, places)
  return entries.flatMap(({ name, status, isOfLast }): PastedLine[] => {
    const tokens = name.split(/\s+/u)
    const each = tokens.map(match)
    const areNames = tokens.length > 1 && each.every(found => found.length > 0) && isSeveralPeople(each)
    // Whether those before the last are away too, a person must say.
    if (areNames)
      return tokens.map((line, at) => ({
        line,
        status: isOfLast && at < tokens.length - 1 ? 'unclear' : status,
        found: each[at] ?? [],
      }))
    const found = status === 'unclear' && proxy.test(name) ? [] : match(name)
    if (found.length === 0 && title.test(name)) return []
    return [{ line: name, status: isBehindLabel(name, found, places) ? 'unclear' : status, found }]
  })
}

/** 「缺位：张三」: an unknown label before a name. */
function isBehindLabel(name: string, [only]: readonly RosterMember[], places: ReadonlySet<string>): boolean {
  const [label = '', ...rest] = name.split(/[:：]/u)
  const word = label.trim()
  return only !== undefined && rest.join('').trim() !== '' && !places.has(word) && matchesNot(word, only)
}

const matchesNot = (word: string, { name }: RosterMember) =>
  sameName(word) !== sameName(name) && !nameParts(word).some(part => isNamed(part, name))

/** 「张三 优空间」 names one person twice over; 「张三 李四」 two. */
const isSeveralPeople = (each: readonly RosterMember[][]) =>
  new Set(each.map(found => found.map(({ id }) => id).join())).size === each.length &&
  each.every((found, at) => each.every((other, to) => at === to || !found.some(one => other.includes(one))))

function matchOne(
  line: string,
  people: readonly RosterMember[],
  places: ReadonlySet<string>,
): RosterMember[] {
  const exact = people.filter(({ name }) => sameName(name) === sameName(line))
  if (exact.length > 0) return exact
  const parts = nameParts(line)
  // 「优空间」 alone is a place, also where a person is called «优空间-李四».
  const named = people.filter(({ name }) => parts.some(part => !places.has(part) && isNamed(part, name)))
  if (named.length < 2 || parts.length < 2) return named
  const placed = named.filter(({ branch, space, team, name }) =>
    [branch, space, team, ...nameParts(name)].some(
      place => place !== '' && parts.some(part => !isNamed(part, name) && place.includes(part)),
    ),
  )
  return placed.length > 0 ? placed : named
}

/** Names are the same in Traditional characters, and spread over cells by spaces: 「张 三」. */
const sameName = (name: string) =>
  fold(cleanName(name)).replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')

/** A roster says 「张三」 and a group 「优空间-张三」 or 「张三-优空间」: the first and the last part may be the name. */
const isNamed = (part: string, name: string) => {
  const own = nameParts(name)
  return own.at(-1) === part || own[0] === part
}

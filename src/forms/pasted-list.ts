import type { RosterMember } from '../ports/roster.ts'
import { fold } from '../text/fold.ts'
import { cleanName, nameParts } from '../text/names.ts'

/** Status of a name on a list: there, not there, or something that only a person can decide (「甲代乙」). */
type PastedStatus = 'here' | 'away' | 'unclear'

/** One name on a pasted list, as it was written. */
export type PastedEntry = { name: string; status: PastedStatus }

/** A name and whom it may mean: one is a match, none or several are for a person to decide. */
export type PastedLine = { line: string; status: PastedStatus; found: RosterMember[] }

const mostLines = 500

const numbering = /^\s*(?:[(（]\s*)?(?<number>\d{1,4})\s*(?:[.、．)）:：]|(?=\s+\p{Script=Han}))\s*/u
/** 「#接龙」, and 「#Group Note」 where WeChat speaks English. */
export const chainHead =
  /^\s*#?\s*(?:接[龙龍]|group\s*note)\s*$|^\s*#\s*(?:接[龙龍]|group\s*note)(?:[\s:：]|$)/iu

const awayWords =
  /请假|事假|病假|公假|年假|产假|未到|没到|未签|没签|没来|未来|不来|来不了|去不了|不去|不参加|参加不了|无法参加|不能参加|不到|缺席|缺勤|旷课|未参加|没参加|未出席|[×✗✘✖❌✕╳]/u
const awayMark = /(?:^|[\s\t,，:：（(])[xX](?:$|[\s）)])/u
const hereWords =
  /^(?:已?到(?:了|场|会)?|已?签到?(?:了)?|出席|参加|参会|实到|[√✓✔✅☑☒]\uFE0F?|\+1|1|是|迟到.*|晚到.*|晚\S{0,3}分钟?|正常|线上|线下|🙋.*)$/u
const proxy =
  /^(?<who>[\p{Script=Han}·]{2,5})\s*(?:代替|代|替|帮)\s*(?<whom>[\p{Script=Han}·]{2,5})(?:签到?|打卡|报名)?$/u

/** A line that names a part of the list: 「请假：」「未到 2 人：张三、李四」「实到人员」. */
const heading =
  /^(?<word>应到|实到|已到|到会|参会|出席|签到|参加|到场|迟到|请假|事假|病假|公假|未到|没到|缺席|缺勤|旷课|未签到|未参加|线上|线下|补签)(?:人员|名单|同志|的|者)?\s*(?:[(（]?\s*\d*\s*[人位名]?\s*[)）]?)\s*(?:[:：]\s*(?<rest>.*))?$/u
const total =
  /^(?:共计?|合计|总计|总数|小计|应到|实到|请假|缺席|未到|人数|总人数)?[\s:：]*\d+\s*[人位名]?(?:[，,、;；\s]*(?:共计?|合计|应到|实到|请假|缺席|未到|迟到)[\s:：]*\d+\s*[人位名]?)*[。.]?$/u
/** Cells of a table and words over a list that are no names. */
const notNames =
  /^(?:序号|编号|姓名|名字|单位|支部|空间|团队|公司|电话|手机|手机号|联系方式|备注|说明|签到|签名|时间|签到时间|日期|职务|性别|是否到场|状态|出勤|情况|班组|部门|名单|例.*|\d[\d\s:：./年月日-]*|1[3-9]\d{9})$/u
/** Titles speak of the lesson, of times and places. */
const title =
  /课|会议|活动|名单|签到表|地点|时间|报名|统计|培训|路演|沙龙|论坛|要求|自带|注意|通知|截止|Saturday|Sunday|lesson|meeting/iu

const separators = /[、，,;；\t/／+＋&|]+/u

type Reading = { entries: PastedEntry[]; headingStatus: PastedStatus }

/**
 * The names on a list that somebody pasted: a 接龙, a paper list typed off, or cells of a sheet, each with what the list
 * says of it. In a 接龙 the last run of numbers is the list; what stands above is its title.
 * @returns each name once, at most 500
 */
export function readPasted(text: string): PastedEntry[] {
  const lines = linesOfList(text.split(/\r?\n/u).map(line => line.trim()))
  const reading: Reading = { entries: [], headingStatus: 'here' }
  for (const line of lines) readLine(line, reading)
  const byName = new Map<string, PastedEntry>()
  for (const entry of reading.entries) {
    const before = byName.get(entry.name)
    // A name in two parts of a list is for a person to decide.
    byName.set(entry.name, before && before.status !== entry.status ? { ...entry, status: 'unclear' } : entry)
  }
  return [...byName.values()].slice(0, mostLines)
}

export const namesIn = (text: string): string[] => readPasted(text).map(({ name }) => name)

function linesOfList(lines: readonly string[]): string[] {
  if (!lines.some(line => chainHead.test(line))) return lines.filter(line => !/^例/u.test(line))
  const firsts = lines.flatMap((line, at) => (numberOf(line) === 1 ? [at] : []))
  const start = firsts.at(-1) ?? lines.findLastIndex(line => chainHead.test(line)) + 1
  const rest = lines.slice(start)
  return rest.some(line => numberOf(line) !== undefined)
    ? rest.filter(line => numberOf(line) !== undefined)
    : rest
}

function numberOf(line: string): number | undefined {
  const number = numbering.exec(line)?.groups?.number
  return number === undefined ? undefined : Number(number)
}

function readLine(line: string, reading: Reading): void {
  if (line === '' || chainHead.test(line)) {
    if (line === '') reading.headingStatus = 'here'
    return
  }
  const isNumbered = numberOf(line) !== undefined
  const body = line.replace(numbering, '').trim()
  const part = isNumbered ? undefined : heading.exec(body)?.groups
  if (part) {
    const status = awayWords.test(part.word ?? '') ? 'away' : 'here'
    if (!part.rest?.trim()) reading.headingStatus = status
    else if (!total.test(part.rest.trim())) addPieces(part.rest, status, reading)
    return
  }
  if (total.test(body) || notNames.test(body)) return
  if (isNumbered && !splitsIntoNames(body)) addWhole(body, reading)
  else addPieces(body, reading.headingStatus, reading)
}

/** 「1. 张三、李四」 are two names; 「1. 张三 要加班，晚十分钟」 is one with a remark. */
const splitsIntoNames = (body: string) =>
  body.includes('\t') || body.split(separators).every(piece => /^[\p{Script=Han}·]{2,4}$/u.test(piece.trim()))

function addWhole(body: string, reading: Reading): void {
  const name = withoutRemarks(body)
  if (name === '') return
  reading.entries.push({ name, status: statusIn(body, reading.headingStatus) })
}

function addPieces(text: string, headingStatus: PastedStatus, { entries }: Reading): void {
  const isTable = text.includes('\t')
  let last: PastedEntry | undefined
  for (const piece of text.split(separators).map(part => part.trim())) {
    if (piece === '' || notNames.test(piece)) continue
    const isRemark = isStatus(piece) || (isTable && last !== undefined)
    if (isRemark) {
      if (last && awayIn(piece)) last.status = 'away'
      continue
    }
    const name = withoutRemarks(piece)
    if (name === '') continue
    last = { name, status: statusIn(piece, headingStatus) }
    entries.push(last)
  }
}

const awayIn = (text: string) => awayWords.test(text) || awayMark.test(text)
/** A cell or piece that holds a status alone and no name. */
const isStatus = (text: string) =>
  hereWords.test(text) ||
  text
    .replace(awayWords, '')
    .replace(/^[xX]$/u, '')
    .trim() === ''

function statusIn(text: string, headingStatus: PastedStatus): PastedStatus {
  if (proxy.test(withoutRemarks(text))) return 'unclear'
  return awayIn(text) ? 'away' : headingStatus
}

/** The name alone: brackets, marks and words about being there go. */
function withoutRemarks(text: string): string {
  return text
    .replaceAll(/[（(【[][^）)】\]]*[）)】\]]/gu, ' ')
    .replaceAll(/[✅✔√✓☑☒×✗✘✖❌✕╳🙋]\uFE0F?/gu, ' ')
    .replaceAll(
      /(?:^|[\s:：]+)(?:已?到|已?签到?|\+1|参加|出席|迟到|请假|事假|病假|公假|未到|没到|缺席|缺勤|不来|来不了|x|X)(?=\s|$)/gu,
      ' ',
    )
    .replaceAll(/[：:]\s*$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/**
 * Whom each name means. 「张三」 is who is called so, 「张三 优空间」 the one of that space; two of one name stay two. Names in
 * one line by spaces are told apart where each of them is somebody. Titles that mean nobody are left out.
 * @param people those who belong to the lesson's groups and roster, each once
 */
export function matchNames(entries: readonly PastedEntry[], people: readonly RosterMember[]): PastedLine[] {
  const places = new Set(people.flatMap(({ branch, space, team }) => [branch, space, team]))
  const match = (name: string) => matchOne(name, people, places)
  return entries.flatMap(({ name, status }): PastedLine[] => {
    const tokens = name.split(/\s+/u)
    const each = tokens.map(match)
    const areNames = tokens.length > 1 && each.every(found => found.length > 0) && isSeveralPeople(each)
    if (areNames) return tokens.map((line, at) => ({ line, status, found: each[at] ?? [] }))
    const found = status === 'unclear' && proxy.test(name) ? [] : match(name)
    if (found.length === 0 && title.test(name)) return []
    return [{ line: name, status, found }]
  })
}

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
  // 「优空间」 alone is a place, also where somebody is called «优空间-李四».
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

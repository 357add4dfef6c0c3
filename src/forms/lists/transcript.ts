import { familyNames } from '../../text/names/family-names.ts'
import { isStatus, nameIn, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import type { PastedEntry } from './pasted-list.ts'

const day =
  '(?:(?:\\d{4}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?\\s*)?(?:(?:[上下]午|晚上|昨天|今天|星期.|周.)\\s*)*'
const time = '\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?'
const nameFirst = new RegExp(`^(?<who>\\S.{0,28}?)\\s+${day}${time}$`, 'u')
const timeFirst = /^\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?<who>\S.{0,28})$/u
const writerOf = (line: string): string | undefined =>
  (timeFirst.exec(line) ?? nameFirst.exec(line))?.groups?.who

/** Headings with a time, which are no writers: 「上午场 9:00」, 「签到时间 13:55」. */
const heading =
  /签[到退]|名单|时间|地点|截止|开始|结束|[应实]到|课|会议|会$|活动|沙龙|路演|培训|论坛|^第|[场组批班队群轮拨]$|^[上中下]午|^晚上|^[^-－—_/|·\s]*(?:支部|空间|公司|大厦|工场|中心|园区)$/u

const signing = /签到|打卡|已到/u
/** 「在」, 「我来啦」. */
const arrived = /^(?:我|人|俺)?(?:已经?|也|都|刚|终于|总算)*(?:[在到来](?:了|啦|的|呢|咯|场|啊|哦)*)+$/u
/** Questions, calls to others, wishes, and what is still to come. */
const ofOthers =
  /[?？吗@你谁们他她帮替代]|怎么|什么|几点|哪|如何|大家|各位|抓紧|赶紧|记得|(?:签到?|[假到来席勤课])了?的\p{Script=Han}|快要?到|马上|就到|准备|开始|忘|[上下]次/u
const toCome = /路上|马上|快要?到|晚点|赶过?来|在赶/u
/** Times and reasons before 「请假」 that begin as family names do. */
const ownWords = /^(?:我|俺|本人|自己|[今明后]天|[今明]晚|家里|家中|时间|临时|老师|领导|有事|于是|实在|因)/u
const another =
  /^\p{Script=Han}{2,3}?(?:今[天晚]|也|都|临时|因\p{Script=Han}{1,4})?(?:[、和跟与]\p{Script=Han}{2,3}){0,8}(?:请|没|未|不|来不|缺|出差|生病|已?签到|打卡|已到)/u
const isOfAnother = (piece: string) =>
  !ownWords.test(piece) && familyNames.has(piece.charAt(0)) && another.test(piece)

const isAwayPiece = (piece: string) => statusIn(` ${piece}`, 'here') === 'away'
const isHerePiece = (piece: string) =>
  arrived.test(piece) ||
  (isStatus(piece) && statusOfCell(piece) === 'here') ||
  (signing.test(piece) && !isOfAnother(piece) && statusIn(` ${piece}`, 'here') === 'here')

const piecesOf = (messages: readonly string[]) =>
  messages
    .flatMap(one => one.replaceAll(/\[[^\]\s]{1,6}\]/gu, ' ').split(/[，,。；;！!～~\s]+/u))
    .filter(one => one !== '')

/** The writer of messages and the status that they tell: of two that differ a person decides. */
function entryOf(who: string, messages: readonly string[]): PastedEntry {
  const pieces = piecesOf(messages)
  const own = pieces.filter(one => !ofOthers.test(one))
  const isHere = own.some(isHerePiece) && !pieces.some(one => toCome.test(one))
  const isAway = own.some(one => isAwayPiece(one) && !isOfAnother(one))
  const hasAway = own.some(isAwayPiece)
  const status = isAway && !isHere ? 'away' : isHere && !hasAway ? 'here' : 'unclear'
  const isOwnAway = own.some(one => isAwayPiece(one) && ownWords.test(one))
  const statusBeside: PastedStatus = isHere && !isOwnAway ? 'here' : 'unclear'
  const remark = messages.filter(one => piecesOf([one]).some(isAwayPiece) && !/[?？吗]/u.test(one)).join('；')
  return { ...nameIn(who), status, ...(remark === '' ? {} : { remark, statusBeside }) }
}

/** 「甘棠 到」 within a message: the line is of a list. */
const listed = /^\p{Script=Han}{2,4}\s+(?<status>\S+)$/u
const isListed = (line: string) => isStatus(listed.exec(line)?.groups?.status ?? '甲')

/**
 * Writers of messages copied out of a chat, each below a line with the name of the writer and the time. A name and
 * a time with other words below, as 「优空间」, are of a list.
 * @returns undefined for any other text
 */
export function transcriptEntries(text: string): PastedEntry[] | undefined {
  const lines = text.split(/\r?\n/u).map(line => line.trim())
  const full = lines.filter(line => line !== '')
  const starts = full.flatMap((line, at) => (writerOf(line) === undefined ? [] : [at]))
  const isEachSaid = starts.every((at, n) => (starts[n + 1] ?? full.length) - at > 1)
  if (starts[0] !== 0 || starts.length < 2 || !isEachSaid) return undefined
  const said = starts.map((at, n) => ({
    who: writerOf(full[at] ?? '') ?? '',
    messages: full.slice(at + 1, starts[n + 1]),
  }))
  const all = said.flatMap(({ messages }) => messages)
  const isList = isMost(said, ({ who }) => heading.test(who)) || isMost(all, isListed)
  if (isList || !all.some(isSaid)) return undefined
  return [...Map.groupBy(said, ({ who }) => who)].map(([who, each]) =>
    entryOf(
      who,
      each.flatMap(({ messages }) => messages),
    ),
  )
}

const isMost = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length * 2 >= all.length

/** Words that only a person says of themselves or of the way: no name and no place. */
const isSaid = (message: string) =>
  piecesOf([message]).some(
    one => isHerePiece(one) || isAwayPiece(one) || /堵|路上|开会|走不开|晚[点到]|[吗?？]/u.test(one),
  )

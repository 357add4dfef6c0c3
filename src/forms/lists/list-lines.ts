import { withoutLongBlanks } from '../../text/characters.ts'
import { simplify } from '../../text/traditional.ts'
import { awayByHeading } from './list-counts.ts'
import { type ListLabel, labelOf, statusWordOf } from './list-labels.ts'
import { endsInStatus, isStatus, type PastedStatus, statusIn } from './list-status.ts'
import { totalsIn } from './list-totals.ts'
import { withPlainSigns } from './plain-signs.ts'

const numbering =
  /^\s*(?:[(（]\s*)?(?<number>\d{1,4})\s*(?:[.．](?!\d{1,2}(?!\d))|[、)）:：]|(?=\s+\p{Script=Han})|(?=(?![楼号月日点时人名位年届期])\p{Script=Han}{2}))\s*/u
/** Numbers from one on, in a row in Unicode: ①, ⑴, ⒈, ❶. */
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛❶❷❸❹❺❻❼❽❾❿'
/** A number that begins another name in the same line: 「1.甘棠 2.柏舟」, 「1 甘棠 √ 5 柏舟 ×」. */
const numberWithin =
  /(?<=[\p{Script=Han})）✅√×❌✓✔✗△▲○◯〇⭕□☐])(?:[\s，,、;；]*(?=\d{1,3}[.、．]\s*\p{Script=Han})|[ \t]+(?=\d{1,3}[ \t]+\p{Script=Han}{2,4}(?:\s|$)))/gu
/** Words that begin another part of the list in the same line: 「实到：甘棠；请假：柏舟」. */
const labelWithin =
  /(?<!除[^:：\n]{0,40})[，,、；;。]\s*(?=[^\s:：，,、；;。）)]{1,8}\s*(?:[（(]\s*\d+\s*[人位名]?\s*[)）]|\d+\s*[人位名]?)?\s*[:：]\s*\D)/gu
const boxes: readonly [RegExp, string][] = [
  [/[[［]\s*[xX✓√]\s*[\]］]/gu, '✓'],
  [/[[［]\s*[\]］]/gu, '□'],
]
/** Totals behind the name of a branch. */
const totals = /[（(][^()（）]{0,30}(?:应到|实到|共|合计)\s*\d+[^()（）]{0,30}[)）]/gu
/** 「#接龙」, and 「#Group Note」 where WeChat speaks English. */
export const chainHead =
  /^\s*[#＃]?\s*(?:接[龙龍]|group\s*note|jielong|chain)\s*$|^\s*[#＃]\s*(?:接[龙龍]|group\s*note|jielong)(?:[\s:：]|$)/iu

const chainWord = /^\s*[#＃]\s*(?:接[龙龍]|group\s*note)\s*/iu

/** The lines of a list, each with one number at most; in a 接龙 those of the last run of numbers. */
export function linesOfList(text: string): string[] {
  const lines = joinedPairs(
    withPlainNumbers(withoutCountsBehind(withDoubtfulHeadings(withPlainSigns(text))))
      .split(/\r?\n/u)
      .flatMap(plainLines),
  )
  if (!lines.some(line => chainHead.test(line))) return lines.filter(line => !/^例(?!会)/u.test(line))
  const start = startOfChain(lines)
  const rest = lines.slice(start)
  const numbered = rest.filter(line => numberOf(line) !== undefined)
  const last = rest.findLastIndex(line => numberOf(line) !== undefined)
  const listed = rest.filter(
    (line, at) =>
      numberOf(line) !== undefined ||
      bracketed.test(line) ||
      partOf(line) !== undefined ||
      (at > last && tellsOfOthers(line)),
  )
  const above = lines.slice(0, start).map(line => partOf(line.replace(chainWord, '')))
  const kind = above.findLast(part => part?.rest === '')?.kind
  return [
    ...(kind === 'away' ? ['请假：'] : kind === 'unclear' ? ['待定：'] : []),
    ...(numbered.length > 0 ? listed : rest),
  ]
}

const plainLines = (line: string): string[] =>
  withPlainCall(
    line
      .trim()
      .replace(/^[-*•·]\s+/u, '')
      .replace(ruled, '$<ruled>')
      .replace(below, '$<below>'),
  )

/** The text with the names below a heading as doubtful where it counts more absences than the names tell. */
function withDoubtfulHeadings(text: string): string {
  const lines = text.split('\n')
  let isDoubtful = false
  let inForce: PastedStatus = 'here'
  return lines
    .flatMap((line, at) => {
      const away = awayByHeading(line)
      const begun = away === undefined ? statusBegunBy(line) : undefined
      inForce = begun ?? inForce
      isDoubtful &&= begun === undefined
      // Below 「请假：」 the absences that a heading counts are the names themselves.
      if (away === undefined || inForce !== 'here') return [line]
      const rest = lines.slice(at + 1)
      const next = rest.findIndex(other => awayByHeading(other) !== undefined || other.trim() === '')
      const part = next < 0 ? rest : rest.slice(0, next)
      const told = part.filter(other => statusIn(` ${other}`, 'here') === 'away').length
      const before = isDoubtful
      isDoubtful = away > told
      return [line, ...(isDoubtful ? ['待定：'] : before ? ['到：'] : [])]
    })
    .join('\n')
}

/** Status of the names below a line; undefined where it begins no part of the list. */
function statusBegunBy(line: string): PastedStatus | undefined {
  const statuses = plainLines(line).flatMap(plain => {
    if (numberOf(plain) !== undefined) return []
    const label = labelOf(plain)
    const counted = totalsIn(plain).filter(({ count }) => count > 0)
    const kinds =
      counted.length > 0 ? counted.map(({ status }) => status) : label?.rest === '' ? [label.kind] : []
    return kinds.filter(kind => kind !== 'none' && kind !== 'place')
  })
  const kinds = new Set<string>(statuses.length > 1 ? statuses.filter(kind => kind !== 'expected') : statuses)
  const [only] = kinds
  if (only === undefined) return undefined
  return kinds.size === 1 && (only === 'here' || only === 'away') ? only : 'unclear'
}

/** The last run of numbers from one on, and the runs before it where each is a part of one list with its label. */
function startOfChain(lines: readonly string[]): number {
  const head = lines.findLastIndex(line => chainHead.test(line))
  const firsts = lines.flatMap((line, at) => (numberOf(line) === 1 ? [at] : []))
  let start = firsts.at(-1) ?? head + 1
  for (const at of firsts.toReversed()) {
    if (at <= head || !isBelowLabel(lines, at)) break
    start = at
  }
  return start
}

function isBelowLabel(lines: readonly string[], at: number): boolean {
  const above = lines.slice(0, at).findLast(line => line !== '') ?? ''
  if (numberOf(above) !== undefined) return false
  return partOf(above)?.rest === '' || labelOf(above)?.kind === 'place'
}

/** A label that plainly tells who was there or not; a title that only speaks of coming is none. */
function partOf(line: string): ListLabel | undefined {
  const label = labelOf(line)
  if (label?.kind === 'away') return label
  const status = statusWordOf(line.replace(/[:：].*$/u, ''))
  return status !== undefined && label?.kind === status ? label : undefined
}

/** 「打过电话的：甘棠请假，柏舟没来」 below a 接龙. */
const tellsOfOthers = (line: string) => /^[^:：]{1,12}[:：]\s*\p{Script=Han}{2,4}(?:请|[没未]|缺)/u.test(line)

/** 「——请假——」, 「（以下请假）」; two tildes strike a name out. */
const ruled = /^(?:[-—–_*]{2,}|~{3,})\s*(?<ruled>[^\s\-—–_*~]{1,12})\s*(?:[-—–_*]{2,}|~{3,})$/u
const below = /^[（(](?<below>以下[^（）()]{1,12})[)）]$/u
/** 「（出差）」 below a name. */
const bracketed = /^[（(][^（）()]{1,20}[)）]$/u

/** 「#接龙 请假的请接龙」 is of those who do not come; 「不能来的报一下」 may be followed by those who come. */
function withPlainCall(line: string): string[] {
  const call = simplify(line).replace(chainWord, '')
  const label = callOfAway.test(call) ? '请假：' : unsureCall.test(call) ? '待定：' : undefined
  return label === undefined ? [line] : [...(chainHead.test(line) ? ['#接龙'] : []), label]
}
const absent =
  '(?:请假|[事病公]假|出差|缺席|缺勤|[未没]到|没有?来|不来|不能来|[来到去]不了|不能?参加|参加不了)'
const between = '了?(?:的|者|人员)[^不别勿无免提私，,。；;\\s]{0,8}'
const callOfAway = new RegExp(`${absent}(?:${between}接(?:龙|一下)|(?:统计|登记|报备|汇总)表?[:：]?$)`, 'u')
const unsureCall = new RegExp(`^[^，,。；;\\s]{0,6}${absent}${between}(?:填|报|登记|写)`, 'u')

/** The number in front of a name. */
export function numberOf(line: string): number | undefined {
  const number = numbering.exec(line)?.groups?.number
  return number === undefined ? undefined : Number(number)
}

export const withoutNumber = (line: string) => line.replace(numbering, '').trim()

const countBehind = /(?<=\p{Script=Han})[-－](?<count>\d{1,3})(?=[\s，,、;；]|$)/gu
/** 「甘棠-1」, 「柏舟-2」: numbers behind names, each another. 「甘棠+1」, 「柏舟-1」 say who comes. */
function withoutCountsBehind(text: string): string {
  const counts = [...text.matchAll(countBehind)].map(({ groups }) => Number(groups?.count))
  const isOneEach = new Set(counts).size === counts.length && !counts.includes(0)
  return counts.length > 1 && isOneEach && !/[+＋]\d/u.test(text) ? text.replaceAll(countBehind, '') : text
}

const withPlainNumbers = (text: string) =>
  withPlainMarks(text)
    .replaceAll(/(?<digits>\d+)\uFE0F?\u20E3/gu, '\n$<digits>. ')
    .replaceAll(new RegExp(`[${circled}]`, 'gu'), char => `\n${(circled.indexOf(char) % 20) + 1}. `)
    .replaceAll(numberWithin, '\n')
    .split('\n')
    .map(withPlainRun)
    .join('\n')

const withPlainMarks = (text: string) =>
  // Marks leave blanks behind.
  withoutLongBlanks(
    boxes
      .reduce((now, [box, mark]) => now.replaceAll(box, mark), text)
      .replaceAll(/[=＝]/gu, ' ')
      .replaceAll(/-{0,40}[>＞]+|[→⇒➡]\uFE0F?/gu, ' ')
      .replaceAll(totals, ''),
  ).replaceAll(labelWithin, '\n')

/** 「1甘棠 2柏舟 3郑风」: numbers without a dot begin another name where several stand in one line. */
const withPlainRun = (line: string) =>
  plainRun.test(line)
    ? line
        .replaceAll(houseBefore, '\n$<house> ')
        .replaceAll(/[\s，,、;；]+(?=\d{1,3}(?![楼号月日点时人名位年届期支])\p{Script=Han}{2})/gu, '\n')
    : line
const remark = '(?:[（(][^()（）]{0,20}[)）])?'
const plainRun = new RegExp(
  `^\\s*\\d{1,3}\\p{Script=Han}{2,4}${remark}(?:[\\s，,、;；]+\\d{1,3}\\p{Script=Han}{2,4}${remark})+`,
  'u',
)
/** 「3号楼郑风」: a name with its place. */
const houseBefore =
  /[\s，,、;；]+(?<house>\d{1,3}(?:号?楼|号院|[栋幢层室]|支部))\s*(?=\p{Script=Han}{2,4}(?:[\s，,、;；（(]|$))/gu

const longestSaid = 8

/** A name beside its signature: 「1 甘棠 甘棠」. */
export const isSigned = (line: string): boolean =>
  /^\s*(?:\d{1,3}[\s.、]*)?(?<name>\p{Script=Han}{2,4})\s+\k<name>\s*$/u.test(line)

/** A name with its own status, 「甘棠 到」: the line below is of another person. */
export const isTold = (line: string) =>
  endsInStatus(line) ||
  /^\s*[√✓✔✅☑]/u.test(line) ||
  isSigned(line) ||
  isStatus(/(?<=\S[\s:：，,；;、]{1,40}[都均]?)[^\s:：，,；;、都均]+$/u.exec(line)?.[0] ?? '甲')

/** 「实到，甘棠」, 「参会人员 甘棠」: a part of a list, and no name of a writer. */
const isLabelled = (line: string) => {
  const [label = '', ...rest] = line.split(/[\s，,：:；;、]+/u).filter(part => part !== '')
  return rest.length > 0 && isStatus(label.replace(/(?:\d+人?|人员|名单)$/u, ''))
}

/** 「柏舟（到）」. */
const isBracketed = (line: string) =>
  isStatus(/(?<=\p{Script=Han}{2}\s{0,2}[（(])[^()（）]{1,12}(?=[)）]$)/u.exec(line)?.[0] ?? '甲')

/** Messages under the names of their writers, as copied out of a chat: each name and the word below it in one line. */
function joinedPairs(lines: string[]): string[] {
  const full = lines.filter(line => line !== '')
  const isSaid = (line: string) =>
    isStatus(line) || (line.length <= longestSaid && statusIn(` ${line}`, 'here') !== 'here')
  const isPaired =
    full.some(line => numberOf(line) === undefined) &&
    full.every((line, at) =>
      at % 2 === 1
        ? isSaid(line) && !isBracketed(line)
        : !isSaid(line) && !isTold(line) && !isBracketed(line) && !isLabelled(line),
    )
  if (full.length < 4 || full.length % 2 === 1 || !isPaired) return lines
  return full.flatMap((name, at) => (at % 2 === 0 ? [`${name.replace(/[:：]$/u, '')} ${full[at + 1]}`] : []))
}

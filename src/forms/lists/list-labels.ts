import { simplify } from '../../text/traditional.ts'
import { familyBefore } from './list-sentences.ts'
import { isStatus, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import { notNames } from './table-people.ts'

/** A line that names a part of the list, and what stands behind its colon. */
export type ListLabel = {
  /** `expected` names who should come; `none` is no list of people; `place` is a branch, a space or a group. */
  kind: PastedStatus | 'expected' | 'none' | 'place'
  rest: string
  /** Names in brackets behind the label: 「签到名单（甘棠、柏舟先到）」. */
  within?: string
}

const frame = /^[【[《〈「]\s*(?<inner>[^】\]》〉」]{1,20})\s*[】\]》〉」]\s*[:：]?\s*/u
const numbered = /^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]\s*)/u
const count = /(?<!\s)\s*(?:[（(]\s*)?(?:(?:共|合计)\s*)?\d+\s*(?:[人位名个票]\s*)?(?:[)）]\s*)?$/u
const before =
  /^(?:以下|下列|另外?|其中|今[天日晚]|昨[天晚]|本[次周]|这次|此次|现场|因[故事公私]|确认|全部|名单|已?报名?了?(?:但|却)?|没报名?(?:但|却)?|登记了?(?:但|却)?)(?:人员|同志|党员|成员|几位|的)*/u
/** 「✅到：」. */
const picture = /^(?:\p{Extended_Pictographic}|\ufe0f|\s)+/u
/** Around 「🌟未到🌟」 and 「★请假★」. */
const ornament = /^[★☆◆◇◎▼▽※=~#*\s]+|(?:[★☆◆◇◎▼▽※=~#*\s]|\p{Extended_Pictographic}|\ufe0f)+$/gu
/** 「12.5签到」. */
const dayBefore =
  /^(?:1[0-2]|0?[1-9])(?:[./]|月)(?:3[01]|[12]\d|0?[1-9])[日号]?\s*(?:[上下]午|晚上)?\s*(?=\p{Script=Han})/u
const after = /(?:请?接[龙龍]|这些|[这几]+位|人员|名单|同志|党员|成员|情况|者|人|有|是|为|如下|的)+$/u

const awayWords =
  '假|病|事|旷|已?请假|事假|病假|公假|告假|休假|公差|出差|外出|公出|未到(?:场|会)?|没到(?:场|会)?|没有?来|不来|不能来|来不了|缺席|缺勤|缺课|缺|(?:还|尚|仍)?(?:差|缺少?|少)|旷课|未签到?|没签到?|未参加|没有?参加|不参加|未出席|未参会|absent|on ?leave|leave'
const hereWords =
  '在场|实到|到课|准时(?:到)?|出勤|全勤|已参加|已到|到会|到场|到了?|来了?|参会|出席|签到|已签到?|参加|迟到?|晚到|晚来|早退|线上|线下|现场|补签|present|attended|late'
/** Also within a longer heading; a single character is not. */
const longAway = /请假|[事病公]假|出差|未到|没到|没有?来|不来|缺席|缺勤|未签|没签|未参加|没参加|未出席/u
const several = (words: string) => new RegExp(`^(?:${words})(?:[、，和及与或/](?:${words}))*$`, 'iu')
const away = several(awayWords)
const here = several(hereWords)
const expected = /^(?:应到|应参加|应参会|应出席)(?:会|场)?$/u
const wholeList = /(?:全体|全员)(?:人员|同志|党员|成员)?名单$/u
/** 「没有缺席」: those behind it came, or they are who is not away; a person decides. */
const denied = /^(?:无人?|没有?人?|未|不)(?:缺[席勤课]?|请假|未到|没到|旷[课工]?|迟到)$/u
const unclear =
  /^(?:其[他余它]|剩下|余下|剩余|别)的?$|^(?:未|没有?)(?:反馈|回复|确认|接龙|报名)$|^(?:待定|待确认|不确定|不一定|可能来|未知|代签|代到|补课|补学|[候替]补|备选|轮候|排队)$|^(?:主讲|讲师|主持|记录|联系|负责|组织(?!生活))/u
const none =
  /^(?:备注|说明|注|附|地点|时间|日期|主题|内容|议题|要求|通知|会议室|电话|议程|状态|是否|(?:签到|到场|参加)情况|截止|发起人?|发布人|创建|参与人数|共|合计|总计|统计|人数)/u
const placeBefore =
  /(?:支部|空间|公司|大厦|工场|中心|园区|小组|会场|基地|团队|群众|积极分子|组|队|群)$|^第[一二三四五六七八九十\d]+/u
/** A line of its own: the name of a person beside a place is no such line. */
const placeAlone =
  /^(?:\p{Script=Han}{2,}|[一二三四五六七八九十])(?:支部|空间|公司|大厦|工场|会场|园区|小组)$/u

/** No label of a part is longer. */
const longestLabel = 80

/** @returns undefined for a line that is no label */
export function labelOf(line: string): ListLabel | undefined {
  const simple = simplify(line)
  const framed = frame.exec(simple)
  const [label, rest] = framed ? [framed.groups?.inner ?? '', simple.slice(framed[0].length)] : cut(simple)
  const kind = label.length > longestLabel || label.includes('\t') ? undefined : kindOf(label, rest)
  const written = rest === '' ? '' : line.slice(line.length - rest.length).trim()
  return kind && { kind, rest: written, within: namesBeside(label, rest !== '') }
}

const brackets = /\s*[（(](?<inner>[^（）()]+)[)）]$/u
const reason = /^(?:[病事公年婚产丧私]假?|因[公私事病]|出差)$/u

/** Words in brackets that may be names, or speak for another status than the label's, are a part of it. */
const withoutBrackets = (label: string, hasRest: boolean) =>
  label.replace(brackets, (all, inner: string) => {
    const isPlain = (hasRest || inner.length > 4) && !/[、，,；;除]/u.test(inner)
    const isRemark = isPlain && statusIn(` ${inner}`, 'here') === 'here'
    return isRemark || reason.test(inner) || namesBeside(label, hasRest) !== '' ? '' : all
  })

function namesBeside(label: string, hasRest: boolean): string {
  const inner = brackets.exec(label)?.groups?.inner ?? ''
  const names = inner.replace(countBehind, '').split(/[、，,\s]+/u)
  return names.every(isLikeName) && (names.length > 1 || !hasRest) ? names.join('、') : ''
}
const isLikeName = (word: string) => !isStatus(word) && (word.includes('·') || familyBefore.test(word))
/** 「甘棠、柏舟两人先到」. */
const countBehind = /(?<=\p{Script=Han}{2})(?:\d{1,2}|[两二三四五六七八九十])[人位名][^没未不缺假]*$/u

const labelWithBrackets =
  /(?<=^\s{0,9}|(?<lead>[，,；;。])\s{0,9})(?<label>[^（）():：，,；;。\s]{1,20})\s*[（(](?<inner>[^（）()]{2,80})[)）]/gu

/**
 * Words in brackets behind labels, which may be names of people: 「请假（甘棠）」.
 * @returns `isAwayAbove`: the lines below may be of those who are away too
 */
export function besideLabels(line: string): { words: string[]; isAwayAbove: boolean } {
  const labels = [...line.matchAll(labelWithBrackets)].flatMap(({ 0: all, index, groups }) => {
    const behind = line.slice(index + all.length).trim()
    // 「甘棠，请假（家里有事）」 is of the name before it.
    const isBeside = /[，,]/u.test(groups?.lead ?? '') && !/^[:：]/u.test(behind)
    const kind = isBeside ? undefined : labelOf(`${groups?.label}：甲乙`)?.kind
    const words = (groups?.inner ?? '')
      .split(/[、，,;；\s]+/u)
      .filter(word => /\p{Script=Han}{2}/u.test(word) && !isStatus(word) && !reason.test(word))
    return kind && words.length > 0 ? [{ kind, words, isLast: /^[:：]?$/u.test(behind) }] : []
  })
  return {
    words: labels.flatMap(({ words }) => words),
    isAwayAbove: labels.some(({ kind, isLast }) => isLast && kind === 'away'),
  }
}

function cut(line: string): [label: string, rest: string] {
  // A colon between digits belongs to a time.
  const colon = line.search(/(?<!\d)[:：]|[:：](?!\d)/u)
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function wordOf(label: string): string {
  const bare = label
    .replace(picture, '')
    .replace(numbered, '')
    .replace(dayBefore, '')
    .replace(count, '')
    .replaceAll(/\s+/gu, '')
  const inner = bare.replace(before, '').replace(after, '')
  // 「现场」 is a word of its own as well as one before another.
  return inner === '' ? bare.replace(after, '') : inner
}

/** Status that words in front of names tell, without names of their own: 「请假2人」, 「缺席的是」. */
export function statusWordOf(words: string): PastedStatus | undefined {
  const word = wordOf(simplify(words).trim())
  if (away.test(word)) return 'away'
  if (here.test(word)) return 'here'
  if (denied.test(word)) return 'unclear'
  return word !== '' && isStatus(word) ? statusOfCell(word) : undefined
}

function kindOf(written: string, rest: string): ListLabel['kind'] | undefined {
  const label = written.replace(ornament, '')
  const hasRest = rest !== ''
  const bare = withoutBrackets(label.replace(count, ''), hasRest)
  const word = wordOf(bare)
  if (away.test(word)) return 'away'
  if (here.test(word)) return 'here'
  if (expected.test(word) || wholeList.test(bare)) return 'expected'
  if (denied.test(word) || unclear.test(word)) return 'unclear'
  if (none.test(word) && hasRest) return 'none'
  const ofPlace = hasRest ? absenceOfPlace(label, rest) : undefined
  if (ofPlace) return ofPlace
  if (hasRest ? placeBefore.test(word) : placeAlone.test(bare)) return 'place'
  // 「人员：」 and 「名单：」 say nothing of those who follow.
  if (hasRest && /^(?:姓名)?$/u.test(word)) return 'place'
  // 「组织生活会到：」; 「今晚会到：」 is to come.
  if (hasRest && /(?:会|课|学习|培训|活动)到$/u.test(word)) return statusIn(word, 'here')
  // Longer than a name, so a heading: 「周末微党课签到」, or of a kind that is not known.
  if (!hasRest || !/^\p{Script=Han}{5,20}$/u.test(word)) return undefined
  if (longAway.test(word)) return 'away'
  return /签到|到场|到会|参会|出席|参加/u.test(word) ? 'here' : 'unclear'
}

/** Words that stand alone and speak against the name above them: 「（出差）」, 「备注：请假」. */
export function isRemark(body: string, label: ListLabel | undefined): boolean {
  const bracketed = /^[（(](?<inner>[^（）()]+)[)）]$/u.exec(body)?.groups?.inner
  if (bracketed !== undefined) return statusIn(` ${bracketed}`, 'here') !== 'here'
  if (!label || label.rest === '') return false
  if (label.kind === 'none') return statusIn(` ${label.rest}`, 'here') !== 'here'
  return label.kind === 'away' && isStatus(label.rest)
}

/** 「来的打勾」. */
const howToMark = /^\S{0,8}(?:打[个了]?[勾钩√✓]|画[个了]?[勾钩√✓])\S{0,4}$/u
/** Whether a line is of titles, or says how to mark the list. */
export const tellsNothing = (body: string) =>
  howToMark.test(body) || body.split(/\s+/u).every(cell => notNames.test(cell))

/** 「（线下的没来）」 is of more than the name above it. */
export const ofSeveral = /^[（(].*(?:的|以[上下]|[前后]面|[\d两二三四五六七八九十][人位个])/u

/** A place and the words behind it: 「第二组缺一」, 「二支部（缺席1人）」. The name of a place, 「未来空间」, tells nothing. */
const placeAndWords =
  /^[^（(]*(?:支部|空间|公司|大厦|工场|中心|园区|小组|会场|基地|团队|群众|积极分子|[组队群])[（(]?(?<words>.*)$/u
const wordsAndPlace = /^(?:请假|[没未][到来]|缺席|缺勤|不来)了?的/u
/** Nothing but numbers and times before it: 「（甘棠请假）」 is of one name. */
const absence =
  /^(?:[今本这][天日晚次]|[有还仍另共其中、，,]|(?:[一二两三四五六七八九十]|\d{1,3})[人位名])*(?:缺(?:[席勤课人一二两三四五六七八九十\d]|$)|(?:没有?|未)[到来签参出]|请假|不[来到]|[没无]人[来到参]|出差|外出|[事病公]假|病|旷课)/u
/** Absence of one person, 「第二组（组长柏舟请假）」, or of a number beside those who came, 「优空间（到2人，缺1人）」. */
const absenceWithin =
  /^第.*(?:缺[席勤课]|[没未][到来]|请假)|\d\s*[人位名]?[，,、；\s]*(?:缺|[没未][到来]|请假)/u
const deniedOfPlace = /(?:无人?|没有?人?|未|不)(?:缺|请假|旷|迟到)/u
const countOfPlace = /[一二两三四五六七八九十]|\d{1,3}/u
const betweenNames = /[、，,;；/\s]+|(?<=\p{Script=Han}{2})[和跟与及](?=\p{Script=Han}{2})/u

/**
 * Status of names behind a place with words of absence: 「第二组缺一：郑风」. Where the words deny it, or count other than the
 * names, it is open.
 * @param names what stands behind the colon
 * @returns undefined where the words tell of no absence
 */
function absenceOfPlace(label: string, names: string): 'away' | 'unclear' | undefined {
  if (wordsAndPlace.test(label)) return placeAndWords.test(label) ? 'away' : undefined
  const words = placeAndWords.exec(label)?.groups?.words?.replaceAll(/[\s）)]+/gu, '') ?? ''
  if (deniedOfPlace.test(words)) return 'unclear'
  if (!absence.test(words)) return absenceWithin.test(label) ? 'unclear' : undefined
  const digits = countOfPlace.exec(words)?.[0]
  if (digits === undefined) return 'away'
  const count = Number(digits) || '一二三四五六七八九十'.indexOf(digits.replace('两', '二')) + 1
  return count === names.split(betweenNames).filter(name => name !== '').length ? 'away' : 'unclear'
}

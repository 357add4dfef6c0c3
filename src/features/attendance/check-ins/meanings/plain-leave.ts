import { clausesOf } from '../../../../text/asides/asides.ts'
import {
  type AsideMeaning,
  asksLeave,
  courtesy,
  isOfAnother,
  leaveLength,
  leaveOpening,
  mistyped,
  noOtherWord,
  noReason,
} from './aside-meaning.ts'
import { leaveProbability, longestNear, talkProbability } from './near-attendance.ts'
import { mayBeName } from './sign-in-meaning.ts'

/** The bot, or who runs the lesson, named before a leave: 「@创客助手 请假」. */
const mention = /^@\S+\s+/u
const ask = `[请告](?:${leaveLength})?[病事公]?假${noOtherWord}(?:一下|[一1]?[次节]|[一1]天|半天|了|啦|哈|哦|咯)*`
const lesson = '微?党课|课|活动|沙龙|讲座|培训|学习|[本这][节次堂]'
const lessonWord = new RegExp(lesson, 'u')
/** 「我也请假」, 「老人住院这节课请假」: words before it only where the lesson is named. */
const asked = new RegExp(
  `^(?<before>|.+?(?=${leaveOpening}))(?<own>(?:${leaveOpening}|的?(?:(?<![节堂次])课(?!程)|学习))*)(?:${ask})+$`,
  'u',
)
const bare = /^(?:今[天日])?(?:[病事]假(?:[一1][次天]|半天)?|请?假条)$/u
const formWords =
  /^(?:特此?请假|望?批?准(?:假|了)?|[请望]批准|请?谅解|见谅|抱歉|sorry|麻烦(?:登记|记一下)|下次一定(?:来|到)?)$/u
const others = /[他她它你谁都们]|(?<![跟向和给])您|[帮替代]\p{Script=Han}{0,4}请|员工|同事|我[和跟俩]/u
const asks =
  /[?？吗]|怎(?!么?[都也])|(?<!什|[怎多])么|咋|如何|哪|谁|什么(?![都也])|啥|几[个次回节堂]|多少|呢$|没有$|不$|(?<said>\p{Script=Han})不\k<said>/u
const otherDay = /明[天日]|[昨前后]天|[上下][周次个]|不用|撤|取消|改/u
/** 「要是赶不上就请假」, 「三点以后请假」: not yet, or a part of the lesson. */
const unsure = /要是|如果|可能|本来|看情况|犹豫|不过|但是?|以?后请假|[后下中]半|中途|半小时|分钟/u

/** 「周六的课我请假」: the day of the lesson, which who knows the lessons compares. */
const ofWeekday = /[这本]?个?(?:周|星期|礼拜)(?<day>[一二三四五六日天])(?:的(?=\p{Script=Han}))?/gu

/** With mention and weekday; longer texts are not even searched. */
const longestWritten = 200

/** So probable that a leave is kept which stands between other words. */
const sureLeave = 0.9
/** So probable that 「请假」 with many letters right behind it, or with a question, asks for leave. */
const mayBeLeave = 0.5
/** As 「请假签合同」 at least, where few letters stand right behind it. */
const leastLeave = 0.01
const fewLetters = 10
/** So probable that talk of leave gets no word. */
const surelyTalk = 0.8

/**
 * A leave that its sender asks for this lesson, wherever the word stands: 「发烧了，请假」, 「我也请假，孩子生病」. Read by its words, and
 * by what was learnt.
 * @param text as it was sent; more than 40 characters are never read
 * @returns an `excuse` where that is sure of it too; `leave` where it may be one, to be told how to ask
 */
export function plainLeave(text: string): AsideMeaning | undefined {
  if (text.length > longestWritten) return undefined
  const days = new Set([...text.matchAll(ofWeekday)].map(one => one.groups?.day?.replace('天', '日')))
  const [weekday, ...more] = days
  if (more.length > 0) return undefined
  const leave = leaveIn(text.replace(mention, '').replaceAll(ofWeekday, ''))
  return leave?.kind === 'excuse' && weekday !== undefined ? { ...leave, weekday } : leave
}

function leaveIn(said: string): AsideMeaning | undefined {
  if (said.length > longestNear || [others, asks, otherDay, unsure].some(words => words.test(said)))
    return undefined
  const clauses = clausesOf(said)
  if (clauses.some(isOfAnother)) return undefined
  const at = clauses.findIndex(one => bare.test(one) || mistyped.test(one) || isAsked(one))
  if (at < 0)
    return beginsAsLeave(clauses) && talkProbability(said) <= surelyTalk ? { kind: 'leave' } : undefined
  if (clauses.slice(0, at).some(isName)) return undefined
  const before = asked.exec(clauses[at] ?? '')?.groups?.before ?? ''
  const reasons = [...clauses.slice(0, at), before, ...clauses.slice(at + 1)].filter(isReason)
  if (reasons.length === 0) return undefined
  const plain = clauses.with(at, mistyped.test(clauses[at] ?? '') ? '请假' : (clauses[at] ?? '')).join('，')
  const probability = leaveProbability(plain)
  if (probability >= sureLeave) return { kind: 'excuse', reason: reasons.join(' ') }
  return probability >= mayBeLeave ? { kind: 'leave' } : undefined
}

const isAsked = (clause: string) => {
  const { before, own } = asked.exec(clause)?.groups ?? {}
  return (
    before !== undefined && (before === '' || lessonWord.test(own ?? '')) && !/^[^我]*假了$/u.test(clause)
  )
}

const beginsAsLeave = ([first = '']: readonly string[]) => asksLeave.test(first)

const isName = (clause: string) => /^\p{Script=Han}{2,4}$/u.test(clause) && mayBeName(clause)

/** 「事假，黄瑞英」 is signed, and says no reason. */
const isReason = (clause: string) =>
  clause !== '' && ![formWords, courtesy, asksLeave].some(words => words.test(clause)) && !isName(clause)

/** As a reason of its own may hold such a word: 「请假 客户问怎么装机」, 「请假，怎么都走不开」. */
const plainQuestion =
  /^(?:怎(?!么?[都也])|如何|什么(?![都也])|几|多[久少]|要不要|能不能|可不可以|[找跟]谁|发哪)|(?:[?？吗么呢]|没有|不)[\p{P}\s]*$/u
/** Words about leave at work as such: 「请假扣钱」, 「请假去面试的人真多」. */
const ofLeaveAtWork = /^[被也会算]*(?:扣|全勤|旷工|审批|系统|软件|小程序|记录|人数)|的人.{0,2}多/u
/** Perhaps another word: 「请假期加班的报餐」, but 「请假期末考试」. */
const maybeOtherWord = /^[如定日期货牙药酒币]/u
/** Letters right behind the word: 「请假扣钱」. */
const anyAsk = new RegExp(ask, 'u')
const hasLettersBehind = (said: string) => {
  const found = anyAsk.exec(said)
  return found !== null && /^[\p{L}\d]/u.test(said.slice(found.index + found[0].length))
}

/**
 * Whether a leave as it was read is none after all: a question, or talk of leave. Asked before each record of a leave.
 * @param isOpen whether a sign-in window is open: only then is 「请假签合同」, which is not sure, kept. Default: true
 * @returns `ask` where its sender may want leave and is told how; `talk` where it is surely about other things
 */
export function leaveDoubt(text: string, reason: string, isOpen = true): 'ask' | 'talk' | undefined {
  const said = text.replace(mention, '')
  const isAttached = hasLettersBehind(said)
  const doubts = isAttached ? [noReason, asks, ofLeaveAtWork] : [plainQuestion]
  const isDoubtful = doubts.some(words => words.test(reason))
  if (!isAttached && !isDoubtful) return undefined
  if (said.length > longestNear) return isAttached && isDoubtful ? 'ask' : undefined
  const probability = leaveProbability(said)
  const isOther = isAttached && maybeOtherWord.test(reason) && probability < mayBeLeave
  if (isAttached && (isDoubtful || isOther)) return talkProbability(said) > surelyTalk ? 'talk' : 'ask'
  const isShort = isAttached && reason.length <= fewLetters
  // 「请假两天去三亚，机票贵得离谱」.
  const least = isShort && isOpen ? leastLeave : isAttached ? sureLeave : mayBeLeave
  return probability >= least ? undefined : 'ask'
}

import { alternation } from './alternation.ts'
import { unitsOf } from './tokens.ts'

/**
 * Intents of a question by the words that ask for them. General Chinese, no subject's own words. One
 * question may want several things: 「多少钱什么时候发」.
 */
const askedBy: readonly RegExp[] = [
  /怎么|如何|咋|怎样|流程|步骤|手续|程序|申请|申报|办理|怎办|咋办|操作|方法|办法|渠道|途径/u,
  /多少|几个点|几钱|金额|额度|标准|比例|几成|税率|费率|利率|上限|最高|最多|价格|费用|收费|限额|多高|多大/u,
  /哪里|哪儿|那里|那儿|在哪|在那|去哪|去那|哪个部门|那个部门|找谁|哪办|入口|网址|平台|地址|网站|地点|哪个网|系统/u,
  /什么时候|啥时候|何时|几月|几号|哪天|时间|日期|截止|期限|哪年|那年/u,
  /多久|多长时间|几天|几年|几个月|有效期|周期|年限|时长/u,
  /条件|要求|门槛|资格|谁能|谁可以|哪些人|那些人|对象|范围|哪些企业|那些企业|适用/u,
  /材料|资料|手里要|带什么|准备什么|证明|哪些文件|表格|证件/u,
  /什么是|是什么|什么意思|是啥|啥意思|什么叫|含义|定义|指什么|介绍/u,
  /吗|能不能|可不可以|是不是|有没有|会不会|要不要|行不行|是否|可否|能否|么$|不$|没$|可以/u,
  /为什么|为啥|为何|原因|怎么回事|怎么会/u,
  /区别|不同|差别|不一样|关系|哪个好|对比|一回事/u,
  /好处|优惠|奖励|补贴|补助|扶持|支持|待遇|福利|作用|有啥用|有什么用/u,
  /谁|哪家|哪位|何人|什么人/u,
  /哪些|那些|有什么|有啥|几种|包括|内容|什么/u,
]

/** The wishes of a folded question as bits, to be compared with those of another; 0 where none is known. */
export function intentsOf(folded: string): number {
  return askedBy.reduce((bits, words, i) => (words.test(folded) ? bits | (1 << i) : bits), 0)
}

/** Words left in a question that only asks, once its asking words are removed. */
const bareWords =
  /[去里拿领钱办报弄做发给交收用准备需另外呢吧嘛呀啊的了是在我你们它这那个还再要能会可以请问都和就下来到得着、，,。？?！!\s]/gu

/** The longest first, so that of 「有什么」 nothing is left. */
const askingWords = new RegExp(
  askedBy
    .flatMap(words => words.source.split('|'))
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'gu',
)

/** True for a question that names nothing it could be about: 「那要什么材料」「能拿多少钱」. Folded. */
export function asksOnly(folded: string): boolean {
  return folded !== '' && intentsOf(folded) !== 0 && namesNothing(folded)
}

/** True also where nothing is asked: 「呢」, or no words at all. Folded. */
export const namesNothing = (folded: string): boolean =>
  folded.replace(askingWords, '').replace(bareWords, '') === ''

const whatToDo =
  /(?:需?要|应该|该|得)?(?:做|干|弄|忙)(?:些|点)?(?:什么|啥|哪些事)(?:事情?|工作|准备)?(?=$|[，,。；;？?！!呢啊呀])/u

/** A folded question for what to do, 「到期前要做什么」, as it is asked most: 「到期前怎么办」. Undefined for any other. */
export const asHowTo = (folded: string): string | undefined =>
  whatToDo.test(folded) ? folded.replace(whatToDo, '怎么办') : undefined

const support = /补贴|补助|扶持|优惠|奖励|资助|支持|给钱|好处/u
const business = /创业|创办|(?:开|办|注册|成立)[了个家间一]*(?:小)?(?:公司|企业|厂|店)|小店/u
/** Words beside the two that name no particular subject. */
const besideSupport =
  /政策|国家|政府|区里|市里|省里|个人|自己|本人|公司|企业|小微|初创|新|刚|今年|现在|目前|有没有?|哪些|什么|可以|享受|申请|请问|想要?|[我你们就是会能拿领得到去来一个家间点些吗呢啊吧么的了有给不没啥和都，,。.？?！!\s]/gu

/** True for a question about support for a business that says no more of it: 「开公司有什么补贴」. Folded. */
export function asksForSupportOnly(folded: string): boolean {
  if (!support.test(folded) || !business.test(folded)) return false
  return folded.replace(business, '').replace(support, '').replace(besideSupport, '') === ''
}

const functionCodes = new Set(
  Array.from(
    '的了吗呢吧啊呀么嘛哦噢哈诶是有在我你他们这那个和与及或就都也还要能会可以请问想被把给对于为从到去来上下里中让如何怎样什啥哪谁几多少咋办得着过一些种很太再又才只因所而但若则且其之此应该需谢好俺咱大家现今时候',
    char => char.charCodeAt(0),
  ),
)

/** True for a character, given by its code, that tells how something is asked and not what about. */
export function isFunctionCode(code: number): boolean {
  return functionCodes.has(code)
}

const smallTalk = alternation(
  [
    /尊敬的|领导|盼复|望复|答复|回复|解答|在线等|辛苦|听说|听讲|听人说|朋友|请教|咨询|打听|问问|问一?下/u,
    /问个|帮忙|帮我|帮看|麻烦|谢谢|多谢|感谢|老师|大佬|各位|大家|群里|有人知道|知道|了解|搞懂|明白|你好/u,
    /您好|在吗|昨天|今天|刚刚|刚才|最近|目前|比如|打算|准备|考虑|头一回|第1次|到底|究竟|其实|真的|具体/u,
    /大概|顺便|另外|万一|如果|假如|是不是|我们公司|我司|我公司|咱们|我们|我的/u,
  ],
  'gu',
)

/** For each unit of a text, whether it is only small talk: 「听说」「各位老师」. No two questions differ by it. */
export const smallTalkIn = (units: readonly string[]): boolean[] => unitsWithin(units, smallTalk)

/** For each unit of a text, whether it stands in a word that asks: 「流程」 「多少钱」. */
export const askingWordsIn = (units: readonly string[]): boolean[] => unitsWithin(units, askingWords)

function unitsWithin(units: readonly string[], words: RegExp): boolean[] {
  const unitAt = units.flatMap((unit, at) => Array.from({ length: unit.length }, () => at))
  const found = units.map(() => false)
  for (const { 0: word, index } of units.join('').matchAll(words)) {
    for (let i = index; i < index + word.length; i++) found[unitAt[i] ?? 0] = true
  }
  return found
}

const asking =
  /什么|啥|哪|谁|几(?=$|[月天年日个号点成万次家块岁条种样折])|多少|多[久长大高远]|怎么|怎样|怎办|如何|咋|吗|么$|呢$|是否|可否|能否|有没|(?<yes>[\u4e00-\u9fff])不\k<yes>|不$|了没|没$|真的假的|是真是假/u

/** Whether a folded clause asks something: by a question word, not by its subject. */
export const asks = (folded: string): boolean => asking.test(folded)

/** Where one clause of a folded text ends and the next begins. */
const betweenClauses = /[，,。；;！!？?\s]+/u

/** Whether a clause of a folded text asks something. */
export const asksAnything = (folded: string): boolean => folded.split(betweenClauses).some(asks)

/** In shorter texts everything belongs to the question, as far as what it is about goes. */
const leastUnits = 24
/** In shorter texts no clause is told around the question. */
const leastOfClauses = 12
/** A shorter clause asks about the one before it: 「……拿去多扣，行不行」. */
const leastAsked = 8

/**
 * For each unit of a folded text, whether it stands in an asking clause and not in the story around it:
 * 「我公司在台江，做软件的，请问高企怎么报？谢谢」. All of them where nothing is asked, or the text is short.
 */
export const askingUnits = (folded: string, units: readonly string[]): boolean[] =>
  unitsOfAskingClauses(folded, units, leastUnits)

/** The same in shorter texts too: 「中山路开店，创业担保贷款怎么申请」 asks nothing about the road. */
export const askingClauseUnits = (folded: string, units: readonly string[]): boolean[] =>
  unitsOfAskingClauses(folded, units, leastOfClauses)

function unitsOfAskingClauses(folded: string, units: readonly string[], least: number): boolean[] {
  const clauses = folded.split(betweenClauses).map(text => ({ text, length: unitsOf(text).length }))
  const all = units.map(() => true)
  const isAsked = clauses.map(({ text }) => asks(text))
  const total = clauses.reduce((sum, { length }) => sum + length, 0)
  if (units.length < least || total !== units.length || !isAsked.includes(true)) return all
  return clauses.flatMap(({ length }, at) => {
    const next = clauses[at + 1]
    const isAskedNext = isAsked[at + 1] === true && next !== undefined && next.length < leastAsked
    return Array.from({ length }, () => isAsked[at] === true || isAskedNext)
  })
}

import type { Temporal } from 'temporal-polyfill'
import type { Message } from '../../../../ports/chat.ts'
import { inShanghai, weekdayName } from '../../../../text/dates/time.ts'
import { familyNames } from '../../../../text/names/family-names.ts'

/** A word about attendance in place of a sign-in. */
export type AsideMeaning =
  /** 「请个假，孩子发烧」: leave with its reason, and the day of the week that it names: 「六」. */
  | { kind: 'excuse'; reason: string; weekday?: string }
  /** 「没签上」「今天来不了」「晚到十分钟」「签错了」: told what to send. */
  | { kind: 'trouble' | 'wrong' }
  /**
   * `isVague`: said to others as often, 「马上」 to a person who waits for a file; in a group it counts
   * only where it mentions the bot.
   */
  | { kind: 'leave' | 'late'; isVague?: true }
  /** 「请假，不过四点以后能赶过来」: before the window opens, leave until the sign-in. */
  | { kind: 'late'; reason: string }
  /** 「取消请假」. */
  | { kind: 'back' }

export const word = '(?:签到|打卡|报到|签个到|签下到|签一下到)'
export const particle = '(?:了|啦|咯|喽|哈|哦|呀)'
const besideOpening = '我|人|刚|才|终于|一直|路上|有点|稍微|实在|又|已经|抱歉|不好意思|对不起'
const besideWords = [
  '(?:迟到|来晚|来迟|晚到|忘|网卡|坐下|坐好|进来|进门|赶到|下车|停好车|听着)(?:了|啦)',
  '没网|断网|没信号|[没才]?看[到见](?:消息|通知)?|没注意|已阅|刚才?忘了?(?:发|签)',
  '在?(?:腾讯会议|直播间|会议室|教室|会场|现场)里?(?:前|后|中)?排?',
  '(?:坐)?在(?:最?[前后中]面?|第.)(?:一|几|面)?排',
  '(?:坐|站)?在(?:最?[前后中]面|后边|角落|后排)(?:站|坐)?着?|在的|线上听',
  '老师辛苦了?|(?:请|麻烦)(?:记录|登记|记一下|登记一下)|请?多多?关照',
  '(?:现在)?补(?:签|上|发|一下)?|(?:开始|正在|在)?听课|到|线上|线下|远程|现场|线上参加',
]
/** Said of one's own coming or late coming beside the word: 「迟到了，签到」「刚看到，签到」. A plan, 「晚点到」, is none. */
export const besideSelf = new RegExp(`^(?:${besideOpening})*(?:${besideWords.join('|')})${particle}*$`, 'u')

const troubleWords = `(?:没|没有|忘记?|不能|无法|没法)(?:${word}|签上|签成)(?!的)|(?:${word}|签)(?:不上|不了|不到|失败|没反应|没用|没成功|不成功|出错)|没签$`
const trouble = new RegExp(troubleWords, 'u')
/** Said by a person who tries to sign in: 「前面没签上？」, 「点了签到没反应？」. */
const ownTrouble = new RegExp(
  `^(?:我|俺|本人|刚才|刚(?!才)|前面|之前|怎么|为什么|为啥|一直|还是|又|也|[点按发]了|好像|是不是|现在|系统|手机|网络|小程序|总是|老是)*(?:${troubleWords})`,
  'u',
)
const notSigned = new RegExp(`没有?${word}`, 'u')
const wrong = new RegExp(`(?:签错|(?:取消|撤回|撤销)${word}|${word}(?:错了|作废|撤回|取消))`, 'u')
/**
 * No two alternatives for the same letters, here and with those of coming late: else
 * the time doubles with each word.
 */
const opening =
  '我|本人|人|今天|今晚|今朝|[这本]?周[一二三四五六日天]|这次|的?(?:微?党课|课|活动)|临时|家里|有事|有会|开会|恕|在外地|身体不舒服|身体不适|真的|确实|这边|那边|先|就|有点事|有课|加班|出差|公司|抱歉|不好意思|可能|要|就|实在|晚上|下午|上午'
const leaveWords = [
  '[来去到]不[了成得]|参加不[了成]|不(?:来|去|过[来去]|到|参加)了|不能?(?:来|去|到场?|参加)|不克(?:前来|参加|出席)|[来去]弗了',
  '缺席|[冇莫毋唔](?:得?空|得?闲|时间|法)(?:来|去|参加)?',
  '没法(?:来|去|到|参加)|没办法(?:来|去|参加)|赶不(?:到|过[来去]|回[来去])',
  '(?:开会)?走不开|抽不[开出]身|(?:回|过)不[来去]|没(?:空|时间)(?:来|去|参加)?',
]
const leave = new RegExp(`^(?:${opening})*(?:${leaveWords.join('|')})(?:了|啦|哈|咯|喽|呀)*$`, 'u')
const soon = new RegExp(
  `^(?:我)?(?:等一?会儿?|等一?下|一会儿?|稍后|晚点|待会儿?|回头)(?:再|就|来)?${word}(?:哈|哦)?$`,
  'u',
)
const takesBack =
  /^(?:我|本人)?(?:(?:要|想)?(?:取消|撤销|撤回|收回)(?:我的|刚才的)?请?假|(?:不用|不)(?:再)?请假|(?:来)?销假)(?:了|吧|啦)*(?:能来|可以来|来得了|我能来|我来)?(?:了|啦)?$/u
export const leaveOpening =
  '我|本人|今天|今晚|这次|本次|临时|抱歉|不好意思|老师(?!请假了)|[跟向和](?:您|组织|支部|书记|老师|各位|领导)|的?(?:微?党课|[本这][节堂次]?课|课程|活动|沙龙|讲座|培训)|要|想|申请|请求|请批准|也|就|先|得|只能|特此?|今日|[上下]午|[本这][节堂](?!课)|麻烦|[帮替]我'
/** 「请假冒」 and 「请假条」 are other words, 「请假装修」 is not. */
export const noOtherWord = '(?![冒设条单使借释扮]|装(?![修货机卸车箱])|[一1]赔)'
const hours = '[\\d一两二三四半]{1,2}个?小时'
export const leaveLength = `个|[一1]?天|半天|[一1]?次|下|一下|${hours}`
export const asksLeave = new RegExp(
  `^(?:${leaveOpening})*[请告](?:${leaveLength})?[病事公]?假${noOtherWord}(?:一下|[一1]?[次天]|半天|${hours}|了|啦|哈)*`,
  'u',
)
/** 「请假」 as dictation and typing errors write it. */
export const mistyped =
  /^(?:我|今天|要|想)*(?:[病事公]假$|假请|请加(?=$|一下|[一1]次|了)|请[甲价架佳贾]|[清青轻情]假)(?:一下|[一1]次|[一1]天|了|啦|哈)*$/u
const number = '[\\d一二两三四五六七八九十几半]{1,3}'
const span = `(?:${number}(?:分钟|个?小时|刻钟)|半个?小时|半个?钟头?)`
const lateOpening = `${opening}|预计|估计|大概|大约|恐怕|堵车|到(?:楼下|门口|停车场)了|路上堵(?!车)|路上|在路上|还没到|还(?!没到)`
const lateWords = [
  '来不及|赶不上|(?:正?在)?停车中?|在楼下|晚来',
  `[晚迟](?=${number}分钟|半)|晚点到?|晚(?:一?[点些])[到来]?|晚(?=一会)|稍晚点?到?|晚到|迟到|迟点到?|迟一点到?`,
  '到(?:楼下|门口|停车场)(?=了|啦|$)|(?:正?在)?找停?车位|马上(?:就?到(?:门口|楼下)?|[过上进]?来)?|快到|堵在(?:路上|\\p{Script=Han}{1,3}[路桥环口道]|.环)|在路上|路上|堵车中?|一会儿?就?到',
  `(?<=路上|堵车|停车)(?:稍等|等一?下)|[请再]?等我(?=${number}分钟|一?下|一会)`,
  `(?:大概|大约|估计)?(?:还有|还要|还得|还需|再过|要)?${span}(?:左右)?(?:以?后|内)?[就能才]?[到来]`,
  `(?:还有|还要|还得|还需|再过|要)${span}(?:左右)?`,
  `(?:还有|还剩|再过|就差)${number}个?(?:红绿灯|路口|站|公里)`,
]
const howLong = `(?:一会儿?|一下|几分钟|${span})`
const late = new RegExp(
  `^(?:${lateOpening})*(?:会|得|有|要)?(?:${lateWords.join('|')})${howLong}?(?:了|啦|哈)*$`,
  'u',
)
export const noReason =
  /^(?:的|人(?!在)|条|单|表|理由|要(?!带|接|送|去|加班|照顾|陪|出差|开会|上课)|需|得|找|多|太|可以|流程|制度|次)|怎(?!么?[都也])|如何|什么(?![都也])|几天/u

/** 「张三 请假 出差」: by 张三, or for 张三. */
const isNameBeforeLeave = ([first = '', second = '']: readonly string[]) =>
  /^\p{Script=Han}{2,4}$/u.test(first) && familyNames.has(first.charAt(0)) && asksLeave.test(second)

const saidToAnyone = new RegExp(
  `^(?:不(?:来|去|到了?|到场|参加)|缺席|马上|[请再]?等我(?:${howLong})?)(?:啦|哈|咯|喽|呀|哦)*$`,
  'u',
)
const lateReason = new RegExp(`^(?:${lateOpening})+$`, 'u')

/** 「堵车，马上」 is said of oneself, 「好的，马上」 to a person who asked for something. */
function isVagueIn(clauses: readonly string[]): boolean {
  const before = clauses.slice(0, -1)
  return (
    saidToAnyone.test(clauses.at(-1) ?? '') && !before.some(one => lateReason.test(one) || isOwnReason(one))
  )
}

/** Whether these clauses say that their sender does not come, and none may be about another person. */
export const isOwnLeaveIn = (clauses: readonly string[]): boolean =>
  leave.test(clauses.join('')) || clauses.every(isOwnReason)

const ownReason = new RegExp(`^(?:${opening})+$|^(?:我|路上|有点)*堵车(?:了|啦)$`, 'u')
const isOwnReason = (clause: string) =>
  [leave, ownReason, besideSelf].some(words => words.test(clause)) || asksLeave.exec(clause)?.[0] === clause

const titled = /老师|讲师|主讲|嘉宾|书记|主任|领导|经理|组长|班长|同学|先生|女士/u
const named =
  /^(?!路上|路口|高架|高速|高铁|单位|时间|家里)\p{Script=Han}{2,3}(?:临时)?(?:有(?:点)?事|有课|堵车|生病|发烧|出差|加班|请假|不舒服)/u
/** Whether a clause tells of another person: 「李老师堵车」 and 「张三有事」 before 「来不了」. */
export const isOfAnother = (clause: string): boolean =>
  titled.test(clause) || (familyNames.has(clause.charAt(0)) && named.test(clause))

const contrast = '不过|但是?|可是|只是|我|本人'
const partOfLesson =
  '[上中下]午(?=.{1,3}点)|晚上(?=.{1,3}点)|今[天晚]|[\\d一二两三四五六七八九十]{1,3}点(?:半|一刻|[\\d一二三四五十]{1,3}分)?|晚[点些](?:时候)?|稍[后晚]|中途|[后下]半[节场段程]|(?:开完会|忙完|办完事?|处理完|结束)'
const comingWords = `(?:${contrast}|${partOfLesson}|${span}|左右|以?后|之后|内|应该|一定|大概|估计|可能|还是?|也|就|再|能|会|可以|争取|尽量)*`
/**
 * 「请假，不过四点以后能赶过来」: the whole clause is of oneself and of this lesson. 「四点会来」 may be of a guest, and leave
 * that is kept without need ends with the sign-in.
 */
const comesAfterAll = new RegExp(
  `^(?:(?=.*(?:${contrast}))${comingWords}(?<=能|会|可以|争取|尽量|再|就)(?:过来|来|到(?:场|会)?)|${comingWords}(?<=能|会|可以|争取|尽量|再|就)赶(?:过来|回来|来|到))(?:现场|会场|教室)?(?:的|了|啦|哈)*$`,
  'u',
)

/** Leave that is asked for in the first clause, with what stands behind it as its reason. */
export function excuseIn(clauses: readonly string[]): AsideMeaning | undefined {
  const [first = '', ...more] = clauses
  const asked = asksLeave.exec(first)
  if (!asked) return undefined
  const told = [first.slice(asked[0].length), ...more].filter(one => one !== '')
  const reason = told.join(' ')
  if (reason === '') return { kind: 'leave' }
  if (told.some(one => comesAfterAll.test(one))) return { kind: 'late', reason }
  return noReason.test(reason) ? undefined : { kind: 'excuse', reason }
}

/** Said behind a leave: 「抱歉啊各位」, 「下次补」. */
export const courtesy =
  /^(?:(?:抱歉|不好意思|对不起|见谅|请?谅解|谢谢)(?:啊|哈|了|各位|大家|老师)*|下次(?:再|一定)?(?:补(?:上|课)?|来|参加)(?:哈|吧)?)$/u

/** Meaning of the clauses together, or of the last of them: coming late, not coming, or a failed sign-in. */
export function asideIn(given: readonly string[]): AsideMeaning | undefined {
  const said = given.filter(one => !courtesy.test(one))
  const clauses = said.length > 0 ? said : given
  const meaning = plainAsideIn(clauses)
  const isVague = (meaning?.kind === 'leave' || meaning?.kind === 'late') && isVagueIn(clauses)
  return isVague ? { kind: meaning.kind, isVague } : meaning
}

function plainAsideIn(clauses: readonly string[]): AsideMeaning | undefined {
  const said = clauses.join('')
  const last = clauses.at(-1) ?? ''
  if (wrong.test(said)) return { kind: 'wrong' }
  if (takesBack.test(said)) return { kind: 'back' }
  if (mistyped.test(said)) return { kind: 'leave' }
  if (isNameBeforeLeave(clauses)) return { kind: 'leave' }
  if (soon.test(said)) return { kind: 'late' }
  const isOwn = !/大家|各位|谁|哪|怎|[他她你]|都/u.test(said) && !clauses.slice(0, -1).some(isOfAnother)
  if (leave.test(said) || (isOwn && (leave.test(last) || asksLeave.exec(last)?.[0] === last)))
    return { kind: 'leave' }
  if (late.test(said) || (isOwn && late.test(last))) return { kind: 'late' }
  return isTrouble(said) ? { kind: 'trouble' } : undefined
}

/** Whether a message says that its sender could not sign in. */
const isTrouble = (said: string): boolean =>
  trouble.test(said) && !/大家|各位|谁|哪|怎(?!么(?:签|打)不)/u.test(said)

/** Whether a question says so of its sender; 「没签到？」 without 「我」 asks another person. */
export const isOwnTrouble = (clauses: readonly string[]): boolean =>
  isTrouble(clauses.join(' ')) &&
  clauses.some(one => ownTrouble.test(one) && (!notSigned.test(one) || /我|本人/u.test(one)))

const unsigned = new RegExp(
  `^(?<name>\\p{Script=Han}{2,4}?)(?:今天|刚才|好像|也|还|都)*(?:没|没有|未|忘记?了?)(?:${word}|签)(?:上|成)?(?:了|啊|哦|呢)*$`,
  'u',
)

/** Words before 「没签到」 that may be a name: 「小王没签到」. 「我没签到」 is one's own. */
export const namesNotSigned = (clauses: readonly string[]): string[] =>
  clauses.flatMap(one => unsigned.exec(one)?.groups?.name ?? [])

const weekday = /(?:周|星期|礼拜)(?<name>[一二三四五六日天])/gu

/** 「周三来不了」 on a Saturday is about another lesson, or about none. */
function isOfOtherDay(text: string, at: Temporal.Instant): boolean {
  const named = [...text.matchAll(weekday)].map(one => one.groups?.name?.replace('天', '日'))
  return named.length > 0 && !named.includes(weekdayName(inShanghai(at)))
}

/**
 * Whether a message in a group, with such words, is no matter of attendance: words that may as well be said to
 * others, or an absence on another day. What mentions the bot is for it.
 * @param at when it was said
 */
export function isLeftToTalk(
  { kind, isVague }: { kind: string; isVague?: true },
  { groupId, mentionsBot, text }: Message,
  at: Temporal.Instant,
): boolean {
  if (groupId === undefined || mentionsBot) return false
  return isVague === true || ((kind === 'leave' || kind === 'late') && isOfOtherDay(text, at))
}

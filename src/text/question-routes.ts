import { memoize } from '../lib/memoize.ts'
import { alternation } from './alternation.ts'
import { asideOf } from './asides/asides.ts'
import { fold } from './fold.ts'

/**
 * Which part of the bot a message addressed to it is for. `open`: what may be applied for now; `due`: what ends soon;
 * `sent`: what was pushed; `again`: the last push once more; `pushes`: when the next ones come; `lesson`:
 * when, where and who of the next lesson; `signed-up`, `signed-in`: one's own; `leave`: how to ask for leave;
 * `role`: how to become organizer, reviewer or auditor. The others are small talk, what a person or the help
 * answers, and the knowledge base.
 */
export type QuestionRoute =
  | 'open'
  | 'due'
  | 'sent'
  | 'again'
  | 'pushes'
  | 'lesson'
  | 'signed-up'
  | 'signed-in'
  | 'leave'
  | 'role'
  | 'attendance'
  | 'instructor'
  | 'ticket'
  | 'bot'
  | 'small-talk'
  | 'knowledge'

/** Longer messages tell a situation. */
const longest = 40
/** Longer texts are not even folded: whatever is unseen in them, they have more than {@link longest} characters. */
const longestWritten = 400
/** And longer ones than this ask for one matter, not for all that is open. */
const longestOpen = 18

const pushed =
  /推(?:送|了|的|过)|^你(?:今天|昨天|刚才|上周)?发(?:的|了)|(?:群里|你)发(?:的|了|过)|速递|发的(?:那|这)|(?:那|这)[条个篇]?(?:推送|通知|速递|消息|链接)/u
const pushedWhen = /今天|昨天|前天|[这上本]个?(?:周|星期|礼拜|月|次|回|期)|刚才|刚刚|早上|上午|最近|之前|都/u
const repeat =
  /再(?:发|推|转|贴|来)|重(?:发|新发)|(?:发|贴|转)(?:一遍|一下|一次|出来)|没看到|找不到|翻不到|又?不见了/u
const when = '(?:几点|什么时候|啥时候|何时|哪天|几号|周几|星期几|礼拜几|多久)'
const push = '(?:推送|推(?![荐广行进出动迟选免举销])|政策速递|速递|发政策|发推送|发通知|发速递)'
const pushTimes = new RegExp(
  [
    // 「几点推送」, 「推送每天几点」, 「推送的安排」.
    `${when}(?:[会要再还才]|开始|一次)*${push}`,
    `${push}(?:的?时间)?(?:[会要再都是在还一般]|每次|每天)*${when}`,
    `${push}的?(?:时间|安排|计划)(?:[吗呢?？]|$)`,
    // 「下一次的推送」, 「这周还推吗」.
    `(?:下一?次|下回|下个|下一[条个期])(?:的)?${push}`,
    '(?:(?:[这下本]?个?(?:周|星期)[一二三四五六日天末]?|[今明后]天|还|还会|会|有没有)+)推(?:送)?(?:不推|吗|么|不|没|嘛)',
  ].join('|'),
  'u',
)
/** 「昨天几点推送的」 asks for a push that was. */
const pushedBefore =
  /昨天|前天|上一?[次回]|上个?(?:周|星期|月)|推(?:送)?(?:了|过|的(?!时间|安排|计划))|发(?:了|过|的)/u
const asksWhat = /什么|啥|哪|多少|几|吗|么|[?？]|呢|有没/u

const appliedFor = alternation([
  /(?:可以?|能|好|该|正在|在)?(?:申报|申请|报名?|申|领|拿)(?:的|项目|什么|啥|哪)/u,
  /(?:什么|啥|哪些|哪个|有没有)[^，。？?]{0,6}(?:可以?|能|好|正在|在)(?:申报|申请|报|申|领|拿)/u,
  /(?:项目|政策|补贴|奖励|机会|窗口)[^，。]{0,4}(?:开着|开放|在报|还开|正开|能报|可报|申报中)/u,
  /(?:申报|项目)(?:机会|清单|列表|日历|窗口)/u,
])
const now =
  /现在|最近|目前|眼下|近期|当前|今天|这阵子?|这段时间|[这本]个?(?:月|周|星期|礼拜|季度|年)|下个?(?:月|周)|还有|正在|手头/u
const ends = /截止|截至|到期|快结束|要结束|最后[一几]天|快到|收口|关门|过期/u
const endsWhich = /哪|什么|啥|几|有没|吗|最近|这|本|下|快|要|还有/u
const whichEnd =
  /(?:快|要|将)(?:要)?(?:截止|到期|结束)的?(?:有|是)?(?:哪|什么|啥)|(?:哪些|哪个|什么|啥)[^，。]{0,4}(?:快|要|将)(?:要)?(?:截止|到期)/u
const daysLeft = /还[有剩](?:几|多少)天|(?:几|多少)天(?:截止|结束|到期)|还来得及|赶得上/u
const openNow = alternation([
  /(?:现在|今年|目前|眼下|最近|这个?月|还)(?:还)?(?:能|可以|在|让)?(?:报|申报|申请)(?:名)?(?:吗|么|不|没|嘛|啊)/u,
  /开始(?:申报|报)了?[吗没么]|(?:申报|报名)开始了?[吗没么]/u,
])

const ownSignUp = alternation([
  // Whether it worked.
  /我[^，。]{0,4}报(?:上)?名?(?:了|上)?[没吗么]|我报(?:上)?了?(?:名)?(?:没|吗|么|成功)|我(?:有没有|是不是)报上?名/u,
  /报名(?:成功|上)[^，。]{0,3}[吗没么]/u,
  // The list of the sign-ups of one member.
  /^(?:看看?|查看?|查一下)?我的报名(?:情况|记录|信息|了?哪些|[呢吗?？]|$)/u,
  /我(?:都|一共)?报(?:名)?(?:了|过|的)?(?:名)?(?:哪|什么|啥|几|多少)/u,
])
const ownSignIn =
  /(?:我|刚才|上次|今天|昨天)[^，。]{0,8}(?:签到|打卡|签上)[^，。]{0,6}(?:没|吗|么|成功|上了|不|了没)|(?:签到|打卡)(?:成功|上)[^，。]{0,3}[吗没么]|我(?:签|打)上?了?[没吗]/u
const leave = /(?:怎么|咋|如何|想|要|可以|能)[^，。]{0,4}(?:请假|销假)|请假(?:怎么|咋|找谁|流程|要|跟谁)/u
/** Leave of employees is for the knowledge base. */
const leaveAtWork = /[员职]工|工资|薪|试用期|劳动|合同|[产年婚丧]假/u
/** Questions for the topic and the speaker of a lesson. */
const talk = alternation([
  // 「明天谁讲」
  /^(?:[今明后]天|下次|下节|这次|周[一二三四五六日末])(?:的?课)?(?:是|由)?(?:谁|哪位|哪个老师)(?:来)?(?:讲|主讲|上)/u,
  // 「今天是哪位老师主讲」
  /^(?:今天|明天|这|下)?(?:一?[次节堂]|个)?课?(?:是|由|请)?(?:谁|哪位(?:老师)?|哪个老师)(?:来|给我们|给大家)*(?:讲课|主讲|授课|上课)/u,
  // 「下次讲什么」
  /^(?:[今明后]天|下次|这次)讲(?:什么|啥)/u,
  // 「主讲老师叫什么名字」
  /^(?:(?:这次|下次|[今明后]天|周末)的?)?(?:讲课|主讲|授课|上课)的?(?:老师|嘉宾|人)?(?:是|叫)?(?:谁|哪位|哪个|什么名字)/u,
])
const role = '(?:组织者|审核(?:人|员|$)|审计员|管理员)'
const becoming = new RegExp(
  `(?:申请|想|要|可以|能|怎么|怎样|如何|谁能|我来)[^，。]{0,4}(?:做|当|成为|担任|变成|申请|添?加|增加|换)(?:[一1]?[个名位]|本?群的?)?${role}|^(?:我想?要?)?申请(?:[一1]?[个名位])?${role}`,
  'u',
)
const ownAttendance =
  /我[^，。]{0,6}(?:到了|来了|去了|上了|缺了|缺勤|出勤|迟到)[^，。]{0,4}(?:几|多少)[次节堂]?|我的(?:出勤|考勤)/u

/**
 * The one place that decides what a message is about, for every feature that answers questions in chat.
 * @param text as it was sent, without the mention
 */
export const routeOf = memoize(chooseRoute, { most: 200, longest: 200 })

function chooseRoute(text: string): QuestionRoute {
  if (text.length > longestWritten) return 'knowledge'
  const folded = fold(text).replace(/\s+/gu, '')
  if (folded.length <= longest) {
    const own = ownRoute(folded)
    if (own) return own
  }
  const aside = asideOf(text)
  if (aside === undefined) return 'knowledge'
  if (aside === 'lessons') return 'lesson'
  if (aside === 'instructor' || aside === 'ticket' || aside === 'bot') return aside
  return 'small-talk'
}

/** Words of a question for everything that is open or ends soon. */
const general = alternation(
  [
    // When.
    /最近|现在|目前|眼下|近期|当前|今[天年]|这阵子?|这段时间|[这本下]个?(?:月|周|星期|礼拜|季度|年)/u,
    // Questions for all of them.
    /什么|哪些|哪个|有没有|多少|项目|政策|补贴|补助|奖励|机会|窗口/u,
    // Applying, and the end of it.
    /申报|申请|报名|截止|截至|到期|结束|过期|可以|正在|开始|还有|还剩|来得及|赶得上/u,
    // Words of address, and short words.
    /请问|大家|老师|我们|公司|企业|东西/u,
    /[啥能报申领拿的了吗么呢吧有在开着要快几天还年月周号让好可都是哪我你想问一下个，,。？?！! ]/u,
  ],
  'gu',
)

/** Whether a folded question about what is open names a matter of its own: 「科技券还能申请不」. */
export function namesMatter(folded: string): boolean {
  return folded.replace(general, '').length >= 2
}

const isDue = (folded: string) =>
  daysLeft.test(folded) ||
  whichEnd.test(folded) ||
  (ends.test(folded) && now.test(folded) && endsWhich.test(folded))

function ownRoute(folded: string): QuestionRoute | undefined {
  if (leave.test(folded) && !leaveAtWork.test(folded)) return 'leave'
  if (ownSignIn.test(folded)) return 'signed-in'
  if (ownSignUp.test(folded) && !pushed.test(folded)) return 'signed-up'
  if (ownAttendance.test(folded)) return 'attendance'
  if (talk.test(folded)) return 'lesson'
  if (becoming.test(folded)) return 'role'
  if (pushed.test(folded) && repeat.test(folded)) return 'again'
  if (pushTimes.test(folded) && !pushedBefore.test(folded)) return 'pushes'
  if (pushed.test(folded) && pushedWhen.test(folded) && asksWhat.test(folded)) return 'sent'
  if (folded.length > longestOpen) return undefined
  if (isDue(folded)) return 'due'
  if (openNow.test(folded) || (appliedFor.test(folded) && now.test(folded) && asksWhat.test(folded)))
    return 'open'
  return undefined
}

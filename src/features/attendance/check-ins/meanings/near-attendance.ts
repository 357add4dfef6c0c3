import { clausesOf } from '../../../../text/asides/asides.ts'
import { isAskedOfOthers } from './call-words.ts'
import { isSelf } from './own-words.ts'
import { withPlainDigits } from './typed-codes.ts'

/** The matter of words that no reader of attendance took, and so the answer that fits them. */
type NearAttendance = 'unclear' | 'other' | 'leave' | 'otherLeave' | 'late' | 'makeUp' | 'leaving'

/** Longer messages tell a matter of their own. */
const longest = 30

const actWord = '签到?|打卡|报到|请假|迟到|晚到|缺席|补[学签]'
const calls = [
  '大家(?!好)|各位(?!老师|好|领导)|全体|所有人|同志|同学们?|小伙伴',
  '抓紧|赶紧|赶快|尽快|记得|务必|别忘|请(?=[各大没还尚签打到在有])',
  '(?:提醒|通知)(?:一下|一声|大家|各位|没|到)',
  `(?:${actWord})了?的(?=[\\p{P}\\s请赶记先都举可来人也还]|$)`,
  `(?:${actWord})(?:马上|快要?|就要|即将)?截止(?!.*[吗没?？])`,
  '(?:截止|截至)(?:到|时间|是|[:：\\d])|(?:现在)?开始(?:签到|打卡|报到)(?!了?[吗没?？])',
]
const call = new RegExp(calls.join('|'), 'u')
/** Persons spoken of or to. */
const others =
  /谁(?=[没还来到签请在是迟缺都])|[他她]|你(?!好)|(?<![我咱俺])们(?!好)|哪[几些位]|几[位个]|多少人|有人/u

/** Rules of companies, beside which the same words mean something else. */
const company = /员工|职工|工资|社保|劳动|扣钱|罚款|辞退|合同|制度|考勤|违规|规定/u

const forPerson =
  /(?:帮|替|代)(?:我|忙|[他她]们?|\p{Script=Han}{2,4}?)?(?:补签到?|签[个下]?到|签一下|打[个下]?卡|报[个下]?到)(?:一下)?[了吗吧啊]*$/u
const forPersonLeave = /^(?:我)?(?:帮|替|代)(?!.*[孩娃儿])\p{Script=Han}{2,4}?请个?假$/u
/** Acts by their full names. The first that a clause holds is its matter. */
const acts: readonly [NearAttendance, RegExp][] = [
  ['leave', /请(?:[一半]?[个天次]|一?下|[病事])?假|[病事]假(?!条)|假条(?=[发交给])|来不了/u],
  ['makeUp', /(?:上(?:周|次|节课)没[来去听])?要?补学/u],
  ['leaving', /签退/u],
  [
    'unclear',
    /补?签(?:[一个下]{0,2}到|[上过])|补签|(?<=忘[了记]?)签|签(?=在哪)|打(?:[一个下上]{1,2})?卡|报[个下]?到/u,
  ],
  ['late', /迟到|晚点?到|赶不上(?:开头|开场|签到|前面)/u],
]
const anyAct = new RegExp(acts.map(([, act]) => act.source).join('|'), 'gu')
/** Words beside an act that name no other person, thing, day or event. */
const besideAct = [
  '我|俺|本人|今[天晚]|今儿个?|现在|刚才|刚刚?|已经?|还|又|也|先|得|要|想|会|可能|大概|估计|好像|是不是|能|可以',
  '没有?|不|忘[了记]?|(?:家里|公司|单位|临时)*有[急点]?事|失败|成功|的?反应|显示|回应|知道',
  '怎么办|怎么|怎样|如何|咋|为什么|为啥|什么|多少|弄|用|发|是|[给找跟交]{1,2}谁说?|在?(?:哪个群?|哪里?)|几点|码|截止|到',
  '[\\d一二两三四五六七八九十几半来]+(?:分钟|个?小时|次)|[一几]?(?:下|次|会儿?)|请?个?[谅见]解?',
  '有点|真|实在|抱歉|不好意思|对不起|老师|请问|[了啦哈哦呀呢吗么嘛吧啊的]',
]
const besideActWords = new RegExp(besideAct.join('|'), 'gu')
const codeDigits = /(?<!\d)\d{4}(?!\d)/u

/** The act that a clause is about, where it is about nothing else. */
const actOf = (clause: string): NearAttendance | undefined =>
  acts.find(([, act]) => {
    const rest = clause.replace(codeDigits, '').replaceAll(anyAct, '')
    return act.test(clause) && rest.replaceAll(besideActWords, '') === ''
  })?.[0]

/** Whole messages that tell of the way to the lesson or of its room. */
const onTheWay =
  /^(?:我|人|还|正|刚|现在)*(?:在(?:电梯|地铁|公交|高架|高速)[里上]?|刚?下高速|堵在\p{Script=Han}{1,7}[路桥口环道上这里]|找不到(?:教室|会场|会议室|直播))[了啦呢啊的]*$/u
const sitting =
  /^(?:(?:我|人|已经?|都|早就?)*坐好了|(?:我|已经?)+坐在(?:[这那]|最?[前后中]|第|教室|会场|角落)[儿里面排边一二三四五六]*)[了啦啊的]*$/u
const cannot = /^(?:我|今[天晚]|今儿个?|可能|真|实在)*[来去到]不[了成][了啦]*$/u
/** 「我们公司三个人都来了」, 「跟老公一起来的」. */
const together =
  /^(?:(?:我|咱|俺)们?(?:公司|单位|团队|这边|组)?(?:[和跟与]\p{Script=Han}{1,4}?)?(?:[俩一二两三四五六七八九十几\d]个?人?|都|也|一起|已经|全)+|[和跟与]\p{Script=Han}{1,4}一起)(?:到|来)(?:的|了|齐|啦)+$/u

/**
 * Finds a matter of attendance in words that no reader took, so that none is dropped in silence while a window is open:
 * 「怎么没有签到的反应」, 「我在电梯里」. Nothing is counted by it. A clause must be about one act of the speaker and
 * nothing else, or the whole message about the way: all other words stay talk.
 * @param text as it was sent; more than 30 characters are never read
 */
export function nearAttendance(text: string): NearAttendance | undefined {
  if (text.length > longest || company.test(text) || call.test(text) || text.startsWith('帮助'))
    return undefined
  const clauses = clausesOf(text)
  if (clauses.some(one => forPerson.test(one))) return 'other'
  if (clauses.some(one => forPersonLeave.test(one))) return 'otherLeave'
  if (others.test(text)) return undefined
  if (isTogether(clauses)) return 'unclear'
  const act = clauses.map(actOf).find(one => one !== undefined)
  if (act) return act !== 'makeUp' && isAsked(text, clauses) ? undefined : act
  const whole = clauses.join('')
  if (onTheWay.test(whole)) return 'late'
  if (sitting.test(whole)) return 'unclear'
  return cannot.test(whole) ? 'leave' : undefined
}

/** All clauses but a code and a number of persons tell who came with the speaker. */
function isTogether(clauses: readonly string[]): boolean {
  const told = clauses
    .map(one => one.replace(codeDigits, ''))
    .filter(one => !/^[两三四五六\d]?个?人?$/u.test(one))
  return told.length > 0 && told.every(one => together.test(one))
}

/** 「签到了吗」 asks other people. */
const isAsked = (text: string, clauses: readonly string[]) =>
  /[?？吗]/u.test(text) && isAskedOfOthers(text) && !clauses.some(isSelf)

/** The code asked for by itself: 「码是多少啊」, 「数字看不清」. */
const codeAsked =
  /^(?:签到|现场|屏幕上?|今天|四位)?的?(?:码|数字?|口令)(?:是|在|要|都|我|有点|还|也)*(?:多少|什么|哪里?看?|几|看?不[清到见]楚?|没看[清到见]楚?|忘了|没有?|呢)[了啊呀呢吗的]*$|^(?:我|还|屏幕)*(?:没看[清到见]|看不[清到见]|不知道|没有|忘了)(?:签到|屏幕上?的?)?(?:码|数字|口令)[了啊呀]*$/u
/** Four digits alone, or beside words of one's own sign-in: 「我的是2890对吧」. */
const codeSent =
  /^(?:我的?)?(?:签到?|已?到|打卡|码|数字|口令)?[是为]?#(?:签到?|到|打卡)?(?:怎么|没有?|不|对|反应|成功|吗|么|吧|啊|了|是)*$|签到#|#签到|^#我.*[到来]了$/u
/** One digit too few, and neither a round sum nor a number with a meaning, as 「666」, 「123」 and 「520」. */
const tooFew = /^(?!(?<digit>\d)\k<digit>+$|007|123|365|52[01]|996|\d\d0)\d{3}$/u

/** Whether a short message asks for the code of a lesson, or sends one, where a lesson asks for a code. */
export function isNearCode(text: string): boolean {
  if (text.length > longest || call.test(text)) return false
  const said = clausesOf(withPlainDigits(text)).join('')
  return tooFew.test(said) || codeAsked.test(said) || codeSent.test(said.replace(codeDigits, '#'))
}

/** Whether words end as of a person who came, whose name may stand before: 「优空间小美已到」. */
export const endsAsArrived = (text: string): boolean =>
  text.length <= longest && /\p{Script=Han}{2}(?:[已也]到|[到来][了啦]|在了)[\p{P}\p{S}\s]*$/u.test(text)

import { clausesOf } from '../../../../text/asides/asides.ts'
import { asideIn, isOfAnother } from './aside-meaning.ts'
import { isAskedOfOthers } from './call-words.ts'
import { isSelf } from './own-words.ts'
import { withPlainDigits } from './typed-codes.ts'

/** The matter of words that no reader of attendance took, and so the answer that fits them. */
type NearAttendance = 'unclear' | 'other' | 'leave' | 'otherLeave' | 'late' | 'makeUp' | 'leaving'

/** Longer messages tell a matter of their own. */
const longest = 30

/** 「签约」, 「打卡点」, 「签到表」: words of attendance within the names of things. */
const things = [
  '签[一两]?份|签(?:完|个|好|了)?(?:约|意向|字|证|署|订|收|单|发|批|注|售|合同|协议)|签名(?!到)|签下(?!到)',
  '签(?:了|的|下)?(?:[一两]?[份家笔单]|那家)?\\p{Script=Han}{0,4}(?:合作|客户|战略|订单|单子|劳务|租房|房子)',
  '续签|网签|面签|草签|标签|书签|便签|抽签|牙签|电子签(?!到)',
  '网红打卡|去\\p{Script=Han}{0,4}打卡|打卡(?:[地机景群]|点(?!名)|圣地|拍照)',
  '(?:签到|报到)(?:[墙板牌屏笔桌礼表册簿率奖证处]|台(?!江)|背景|统计|情况|名单|时间)',
  '假条?(?:模板|格式|规定)|请假制度',
]
const thing = new RegExp(things.join('|'), 'gu')

/** Rules of companies and matters of policy, beside which the same words mean something else. */
const company = /员工|职工|工资|社保|医保|公积金|劳动|扣钱|罚款|辞退|合同|制度|考勤|违规|规定|年假|产假|全勤/u
const policy = /政策|补贴|补助|补[税缴报贴]|税|贷|申报|申请|认定|备案|专利|高企|高新|项目|发票|执照/u
const isOfCompany = (text: string) => company.test(text) || policy.test(text)

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

const forPerson =
  /(?:帮|替|代)(?:我|忙|[他她]们?|\p{Script=Han}{2,4}?)?.{0,2}(?:补?签|打.{0,2}卡|报.{0,2}到)/u
const forPersonLeave = /(?:帮|替|代)(?:忙|[他她]们?|\p{Script=Han}{2,4}?)?请.{0,3}假/u
const signingOut = /签退|早退/u
const signing = /签|打(?:[个完了过]|一?下|不[了上])?卡|报[个下]?到(?![底期时])/u
const leaving = /请.{0,4}假|[病事]假|假条|缺[席课]|[来去到]不了(?:怎么办|咋办|要)/u
/** 「陈姐请假了吗」. */
const asksOfLeave = /^(?!我|可以|现在|今天|怎么)\p{Script=Han}{2,4}请假了?[吗没]/u
const lateness =
  /(?<![延推])迟(?![早疑延钝缓])|晚到|来晚|赶[不得]上|来[不得]及|找不到(?:教室|会场|会议室|地方|地点|门|路|直播)/u
const makingUp = /补[学课]/u

const mover = '(?:我|俺|人|还|正|刚|马上|现在|在|已经|都|快|也)*'
const ways =
  '路上|地铁|公交|电梯|楼下|楼梯|门口|停车场|高架|车上|上楼|进门|下车|停(?:个|好|一?下)?车|停好|高速|出站|出门|过来|赶来|骑车|开车|打车|走路'
const onward = `(?:${ways}|太慢|好慢|不动|里|上|中|晚|呢|了|啦|的|在|还|要|得|就来?|一会儿?)*`
const stuck = '堵(?:在\\p{Script=Han}{1,6}|死|车)(?:上|这|了|啦)*'
/** On the way: 「路上呢」, 「骑车过来还要一会」, 「堵在乌龙江大桥」. */
const moving = new RegExp(`^${mover}(?:[上下进坐到]?(?:${ways})${onward}|${stuck})$`, 'u')
const sitting = /^(?:我|俺|人|已经|都|早就?|刚)*[坐站](?:在\p{Script=Han}{1,8}|好|下|着)(?:了|啦|的|呢)*$/u
/** 「我们公司三个人都来了」. */
const together =
  /^(?:(?:我|咱|俺)们?(?:公司|单位|团队|这边|组)?)?(?:[和跟与]\p{Script=Han}{1,4}?)?(?:[俩一二两三四五六七八九十几\d]+个?人?|都|也|一起|已经|全)+(?:到|来)(?:的|了|齐|啦|咯)+$/u
/** Said of oneself, in any words of time before it, and of goods and guests. */
const cannot =
  /^(?!.*(?:[货款钱车电]|快递|外卖|客[户人]|包裹|师傅)).{0,8}[来去到过]不(?:了|成)[了啦哈哦]*[\p{P}\s]*$/u
const sorry = /不好意思|抱歉|对不起/u
const busy = /加班|开会|有事|出差|有课|发烧|生病|要去|要带|得带/u

/**
 * Finds a matter of attendance in words that no reader took, so that none is dropped in silence while a window is open:
 * 「怎么没有签到的反应」, 「我在电梯里」. Nothing is counted by it. Calls to others, questions about them, and words of
 * attendance within the names of other things stay talk.
 * @param text as it was sent; more than 30 characters are never read
 */
export function nearAttendance(text: string): NearAttendance | undefined {
  if (text.length > longest || isOfCompany(text) || text.startsWith('帮助')) return undefined
  const words = text.replaceAll(thing, '')
  const clauses = clausesOf(words)
  if (call.test(words)) return undefined
  if (forPerson.test(words)) return 'other'
  if (forPersonLeave.test(words)) return 'otherLeave'
  if (others.test(words)) return undefined
  if (makingUp.test(words)) return 'makeUp'
  if (/[?？吗]/u.test(words) && isAskedOfOthers(words) && !clauses.some(isSelf)) return undefined
  if (leaving.test(words)) return asksOfLeave.test(words) ? undefined : 'leave'
  if (signingOut.test(words)) return 'leaving'
  if (signing.test(words) || clauses.join('') === '在') return 'unclear'
  return lateness.test(words) ? 'late' : sideways(words, clauses)
}

/** Words without the name of an act: said of one's own way or place, and by one clause alone. */
function sideways(words: string, clauses: readonly string[]): NearAttendance | undefined {
  if (/[?？吗]/u.test(words) || clauses.some(isOfAnother)) return undefined
  if (clauses.some(one => moving.test(one))) return 'late'
  if (clauses.some(one => sitting.test(one) || together.test(one))) return 'unclear'
  if (cannot.test(words) || (sorry.test(words) && busy.test(words))) return 'leave'
  const [aside] = clauses.map(one => asideIn([one])).filter(one => one && !('isVague' in one))
  return aside?.kind === 'leave' || aside?.kind === 'late' ? aside.kind : undefined
}

/** Codes of other things. */
const otherCode = /(?:取件|验证|优惠|邀请|付款|收款|信用|二维|条形|车牌|房间|手机|电话)/u
/** Fewer or more digits than a code has; 「666」 is laughter. */
const wrongLength = /^(?!(?<digit>\d)\k<digit>+$)(?:\d{3}|\d{5})$/u
const codeWord = /(?<![验证代编号条房手])码(?!头|农|洋)|口令|四位|数字/u
const fourDigits = /(?<![\d-])\d{4}(?![\d年元块万人版台次])/u

/** Whether a short message speaks of the code of a lesson, or holds four digits, where a lesson asks for one. */
export const isNearCode = (text: string): boolean =>
  text.length <= longest &&
  !call.test(text) &&
  !isOfCompany(text) &&
  !otherCode.test(text) &&
  (wrongLength.test(text.trim()) || codeWord.test(text) || fourDigits.test(withPlainDigits(text)))

/** Whether words end as of a person who came, whose name may stand before: 「优空间小美已到」. */
export const endsAsArrived = (text: string): boolean =>
  text.length <= longest && /\p{Script=Han}{2}(?:[已也]到|[到来][了啦]|在了)[\p{P}\p{S}\s]*$/u.test(text)

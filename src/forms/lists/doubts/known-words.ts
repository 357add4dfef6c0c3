import { familyNames } from '../../../text/names/family-names.ts'
import { withoutRemarks, withoutStatus } from '../list-status.ts'
import { notNames } from '../list-table.ts'

/** Stands for the name of a person of the roster. */
export const nameMask = '\uE000'
/** Stands for a branch, a space or a team of the roster. */
export const placeMask = '\uE001'

const number = '[〇零一两二三四五六七八九十百\\d]{1,5}'
const counts =
  `(?:共计?|合计|总计|小计|总数|人数|参与人数|[应实]到|应参加|应参会|报名)|${number}(?:\\s*[人位名个票次]|分钟?|个?半?小时)|` +
  `${number}(?:年|月|[日号]|[点时分]半?)|(?<![迟晚])[到假缺迟]\\s*\\d{1,3}(?!\\s*[分点个小])|[xX×]\\d{1,3}|第${number}[份条期讲次批轮]|\\d{1,3}\\s?min(?:ute)?s?|左右|一会儿`
const posts =
  '(?:副|正|总|预备|入党|党)?(?:党员|书记|支书|主任|组长|班长|队长|经理|主席|代表)|(?:组织|宣传|纪检|学习|生活)?委员|党员创客|创客|群主|领导|' +
  '同志|老师|同学|先生|女士|教授|博士|律师|秘书|董事长|董总|本人|成员|学员|人员|员工|职工|队员|负责人|积极分子|群众|大家好?|这些|各位|这些人|所有人|全员|全体|几位|' +
  `(?<=${nameMask})[总董工哥姐]`
const days =
  '今[天日晚]|昨[天日晚]|明[天日晚]|[本这此]次|(?:周|星期|礼拜)[一二三四五六日天末]|[上下中]午|晚上|早上|全天|[上中下]?[半午]?场|时间|日期|地点|主题'
const titles =
  '(?:签到|到场|到会|参会|出席|参加|请假|缺席|考勤|出勤)?(?:名单|登记|统计|汇总|记录|结果|情况|状态|一览|名册|表|册|单)|群?接龙|姓名|名字|序号|编号|备注|说明|例|' +
  '(?:周末)?微?党课|主题党日|党日|组织生活会?|会议|活动|学习|培训|论坛|沙龙|路演|读书会|讲座|党员大会|支部大会|[到出]课|同上|按[^，,。；;\\s]{1,6}(?:笔画|拼音|顺序|排序|排列)'
const links =
  '以上|以下|下列|上述|其中|另外|还有|以及|包括|分别|加上|如下|全部?|其[他余]|已经?|现在|目前|刚才|刚刚?|后来|临时|我们?|咱们?|你好|您好|谢谢|辛苦了?|' +
  '补签|一起|共同|单独|提前|早到|后到|准时|按时|正常|在场|现场|线上|线下|旁听|扫码|定位|手写|签字|签名|到齐|来齐|跳过|暂无|无故|因[公私病事]|' +
  '\\[(?:强|握手|抱拳|玫瑰|OK|微笑|鼓掌|庆祝|奋斗|呲牙|加油|拥抱|合十|爱心|太阳)\\]|present|attended|late|absent|on ?leave|online|yes|ok'
const known = new RegExp([counts, posts, days, titles, links].join('|'), 'giu')
const place = new RegExp(
  `${placeMask}(?:党?支部|空间)?|(?:第?${number}|(?:(?![在去回被从往离未不没])[A-Za-z\\p{Script=Han}]){1,8}?)(?:支部|空间|小组|组|分?公司|大厦|工场|中心|园区|基地|团队|科技|软件|设计|` +
    `文化|传媒|传播|数据|信息|网络|生物|智能|教育|咨询|街道|社区)+|${number}(?:[号栋幢]?楼|楼?层)`,
  'gu',
)
/** 「优空间-甘棠」, 「甘棠+云帆」: a place at a name, as members of a group call themselves. */
const alias = new RegExp(
  `\\p{Script=Han}{2,6}[-_—·]\\s*(?=${nameMask})|(?<=${nameMask})\\s?[-_—·+＋]\\s?(?:\\p{Script=Han}{2,6}|[A-Za-z]{2,20})(?!\\p{L})`,
  'gu',
)
/** 「要请假的备注一下」, 「来的打勾」. */
const call =
  /(?:要|需要?|想)?(?:请假|不能来|来不了|不来|能来|来|参加|到)的?(?:人|同志)?(?:请|要|也|提前|都)*(?:备注|说明|注明|私聊|报备|告知|说一声|接|打[个了]?[勾钩√✓])(?:一下|我)?|请?(?:大家|各位)?接[龙龍]|请(?!.{0,2}假)/gu
const numbering = /^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．])/u
/** Characters between other words that say nothing. */
const idle =
  /(?<!\p{Script=Han})[的了有是为和跟与及都均也等人位名个共在各到来签迟早晚另并且则又年月日票能空无啦咯呀啊]+(?!\p{Script=Han})/gu
const unknown = /[\p{Script=Han}\p{Script=Latin}]/u

/** A text without what asks its readers for an answer, which tells of no one. */
export const withoutCalls = (text: string): string => text.replaceAll(call, ' ')

/** A text without branches, spaces, teams and companies. */
export const withoutPlaces = (text: string): string => text.replaceAll(alias, ' ').replaceAll(place, ' ')

/**
 * Whether a text has words that no list is known to have.
 * @param text with names and places of the roster as {@link nameMask} and {@link placeMask}
 */
export function hasUnknownWords(text: string): boolean {
  if (notNames.test(text.trim())) return false
  const bare = withoutPlaces(withoutCalls(text.replace(numbering, ' '))).replaceAll(known, ' ')
  return unknown.test(withoutStatus(bare).replaceAll(idle, ' '))
}

/** Whether a piece is of a person whom the roster does not have: 「小陈」, 「林姐」, 「Tony」. */
export function isOutsider(piece: string): boolean {
  const name = withoutRemarks(piece.replaceAll(/[\d.:：、．]+/gu, ' '))
  if (/^阿?[A-Za-z][A-Za-z .]{1,30}$/u.test(name)) return true
  if (!/^\p{Script=Han}{2,4}$/u.test(name)) return false
  return (
    familyNames.has(name.charAt(0)) || familyNames.has(name.slice(0, 2)) || /^[小老阿]|[姐哥总]$/u.test(name)
  )
}

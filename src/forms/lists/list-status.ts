import { simplify } from '../../text/traditional.ts'
import { soundsLikeAbsence } from './absence-sounds.ts'

/** Status of a name on a list: there, not there, or something that only a person can decide (「甲代乙」). */
export type PastedStatus = 'here' | 'away' | 'unclear'

const leaveWords =
  String.raw`请了?\S{0,2}假|告假|休假|[调轮补]休|[事病公年产婚丧]假|公差|出差|外出|公出|在外地|` +
  '(?<!交)假条|住院|手术|隔离|生病|病了|发烧|发热|感冒|不舒服|值班|探亲'
const notThereWords =
  '未到|没到|未签(?!退)|没签(?!退)|没有?来|没能来|未能|未来|不来|来不了|去不了|不去|不参加|参加不了|无法参加|不能参加|不能来|到不了|' +
  '[来去到]不[成得到]|赶不过|[冇莫毋唔][有得]?[来到]|赶不[到回]|不到'
const missedWords =
  String.raw`缺席|缺勤|缺课|缺卡|旷课|旷会|旷工|(?<=^\p{Script=Han}{2,4})[缺假]$|未参加|没有?参加|未出席|没有?出席|没有?到|没有?签|` +
  '离线(?!活动|学习|课)|不在(?![乎意编册状内])|未入会|未进会|取消|退出|已退|放弃|有事'
const awaySigns = '[×✗✘✖❌✕╳🙅⛔🚫🤒🤕😷🤧🏥🛌🛏]'
const awayInEnglish =
  String.raw`(?<=\s)(?:leave|absent|away|off)$|(?<![a-z])(?:(?:on\s+)?leave(?!\s+early)|absent|sick|no[- ]?show|` +
  String.raw`not?\s+(?:coming|attending|available)|can(?:no|['’]?)t\s+(?:come|attend|make)|business\s+trip|out\s+of\s+town)(?![a-z])`
const awayWords = new RegExp(
  [leaveWords, notThereWords, missedWords, awaySigns, awayInEnglish].join('|'),
  'iu',
)
/** A mark of presence speaks against words of an absence; beside another mark it is of another name. */
const awayInWords = new RegExp([leaveWords, notThereWords, missedWords].join('|'), 'u')
/** A letter or one character that stands by itself: 「郑风 缺」「卫淇（假）」. */
const awayMark =
  /(?<=^|[\s\t,，:：（(【])(?:[xXNn0]|no(?!\s+[a-z])|否|无|缺|旷|假|病|事|公|休|差|请|未|退|叉)(?=$|[\s）)】,，])/iu
/** Marks of no plain meaning, and what leaves open whether the person came. */
const unclearMark =
  /[○◯〇⭕△▲□☐■◻⬜➖❓❔⏳？?❎🔴🟥🟡🈚🈲⚠]|[（(]\s*(?:代|替|帮)|[（(][^（）()]{1,8}(?:代[签到打为]?|替签?|帮签)\s*[)）]|~~|\u0336|[-－][01]\s*$|(?<=\p{Script=Han})[-－—]+\s*$|(?<!\d)0\s*人/u
const deniedAbsence = '(?:没有?|无|不)人?(?:缺[席勤课]|请假|旷[课工]|迟到|早退)'
const unsure =
  '可能|也许|或许|不一定|不确定|待定|待确认|看情况|再说|尽量|争取|不知|未知|未反馈|未回复|没回复|补课|补学|回放|录播|' +
  '(?:在|还在)?路上|赶来|赶过来|马上到|收到|知悉|知道了|明白|[候替]补|轮候|录像|看?直播|待回复|未回|没回|已读|失败|' +
  String.raw`离职|退群|掉线|(?<![替])补(?![签充录时贴选交助发缴办])|交假条|[调转]走|[调转]出|半天|缺[\d一二两三]次|代签|替签|代打卡|代到|代为|委托|改天|下次|[✈🚄]`
/** 「说要来」, 「等会儿到」. */
const toCome =
  '(?<![参与到开大例党]|生活|党员|委员)(?:要|会|想|打算|准备|正在|马上|待会儿?|一会儿?|等下|等会儿?|稍后)[就再]?(?:过?来|到(?!会)|赶)'
const doubt = new RegExp(`${deniedAbsence}|${unsure}|${toCome}`, 'u')
/** Said of who was there, if late or for a while: beside a reason to be away, a person has to decide. */
const presence =
  /迟到|(?<!没)赶到|晚到|晚来|[稍]晚|晚点|晚些|晚\S{0,4}分|早退|先走|[上下]午(?:已经?|就)?[到来在]|半场|已到|到了|到场|到会|来了|已签|线上|在线|视频/u
/** A negation that none of the words above explains. Names have none of these characters. */
const negation = /[不没]|(?<![a-z])no\s(?!need|problem|worr)|(?<=[\s，,：:（(])[未无](?!故)/iu
/** Where a person went or is, which none of the words above explains: 「被客户叫走了」, 「人在医院」. */
const whereabouts =
  /(?<![到来签齐重复卡加席会退场]|(?:先|早|提前)走)了\s*[)）]?\s*$|(?<=[\s，,：:（(])(?:人|还){0,2}在(?![线场座岗群册编听这]|[现会]场|教室|会议室|课堂)\p{Script=Han}/u
/** A mark by itself at the end, behind a space: it may mean anything. */
const strangeMark = /\s(?:\p{Extended_Pictographic}\uFE0F?|[-—–－/／]+|-\d|[A-Za-z])\s*$|[*＊]\s*$/u
/** A yes by itself: 「甘棠 Y」. */
const plainYes = /(?<=[\s:：])[Yy]\s*$/u
const goodMarks = /[√✓✔✅☑☒👍👌🙋✋🆗💯]\uFE0F?/gu
const presentWords =
  '已?到(?:了|场|会)?|已?签到?(?:了)?|来了|出席|参加|参会|实到|出勤|全勤|到[课岗]|(?:签到|打卡)成功'
const presentMarks = String.raw`[√✓✔✅☑☒👍👌🙋✋🆗💯]\uFE0F?|\+1|1|是|有|[Yy]|yes`
/** 「迟到约10分钟」, 「迟到 堵车」. */
const lateWords =
  String.raw`迟|(?:迟到|晚到)[了者]?(?:\s*(?:约|大概|大约)?[\d几半一二两三四五十].{0,6}|[^\p{Script=Han}\s].{0,7}|` +
  String.raw`\s*(?:堵车|有事|加班|开会|路上))?|准时(?:到)?|晚\S{0,3}分钟?|早退|正常|线上|线下|` +
  String.raw`🙋(?:\p{Emoji_Modifier}|\u200d|\ufe0f|♀|♂)*`
const hereWords = new RegExp(`^(?:${presentWords}|${presentMarks}|${lateWords})$`, 'u')
const clock = /\d{1,2}[:：]\d{2}/u
export const proxy =
  /^(?<who>[\p{Script=Han}·]{2,5})\s*(?:代替|代|替|帮)\s*(?<whom>[\p{Script=Han}·]{2,5})(?:签到?|打卡|报名)?$/u

/** A cell or piece that holds a status alone and no name. */
export function isStatus(written: string): boolean {
  const text = simplify(written)
  return (
    hereWords.test(text) ||
    text.replace(awayWords, '').replace(awayMark, '').replace(unclearMark, '').replace(doubt, '').trim() ===
      ''
  )
}

/** Status that a cell of its own tells; an empty one tells nothing. */
export function statusOfCell(written: string): PastedStatus {
  const cell = simplify(written).trim()
  if (hereWords.test(cell)) return 'here'
  const parts = cell.split(/[/／→]/u).filter(part => part !== '')
  // 「到/请假」.
  if (parts.length > 1 && parts.every(isStatus) && new Set(parts.map(statusOfCell)).size > 1) return 'unclear'
  const status = statusIn(cell, 'unclear')
  return status === 'unclear' && clock.test(cell) && !doubt.test(cell) ? 'here' : status
}

/** Status of a name with the words beside it. */
export function statusIn(written: string, headingStatus: PastedStatus): PastedStatus {
  // 「阿不来提」 is a name.
  const text = simplify(written)
    .replaceAll(goodMarks, '')
    .replaceAll(/阿不(?=\p{Script=Han})/gu, '阿')
  if (proxy.test(withoutRemarks(written)) || unclearMark.test(text) || doubt.test(text)) return 'unclear'
  const rest = text.replaceAll(new RegExp(awayWords, 'giu'), ' ')
  const isMarked = written.search(goodMarks) >= 0 && awayInWords.test(text)
  const isHereToo = presence.test(rest) || isMarked
  if (rest !== text || awayMark.test(text)) return isHereToo ? 'unclear' : 'away'
  if (soundsLikeAbsence(text)) return 'unclear'
  if (negation.test(text) || whereabouts.test(text) || strangeMark.test(text.replace(plainYes, '')))
    return 'unclear'
  return headingStatus
}

const marks = /[✅✔√✓☑☒×✗✘✖❌✕╳🙋👍👌✋🆗💯🙅⛔🚫🤒🤕😷🤧🏥🛌🛏✈🚄○◯〇⭕△▲□☐■◻⬜➖❓❔⏳]\uFE0F?/gu
const wordsBesideName =
  String.raw`已?到(?:了|场|会)?|已?签到?(?:了)?|来了|\+1|\d人|参加|出席|出勤|全勤|\d人到|迟到\S*|早退|请假|事假|病假|公假|公差|出差|外出|` +
  '取消|未到|没到|没来|缺席|缺勤|缺课|缺|旷|假|补签|正常|不来了?|来不了|待定|有事|一起[来到]?|本人[来到]?|单独[来到]|' +
  String.raw`leave|absent|away|off|\d{1,2}[:：]\d{2}|x|X`
const besideName = new RegExp(String.raw`(?:^|[\s:：]+)(?:${wordsBesideName})(?=\s|$)`, 'gu')
/** Words behind a name: a title, or a status that stands with it. */
const titleBehind = String.raw`同志|老师|同学|先生|女士|书记|主任|教授|博士|律师|秘书|委员|经理|董事长|董|总|等[人位名]?|等?[\d一二两三四五六七八九十]{1,3}[人位名]|本人`
const statusBehind =
  '[都均皆也]?(?:线[上下])?(?:到|到场|到会|参会|参加|准时到|迟到|早退|晚到|缺|已到|迟到[了约大\\d]\\S*|签到|打卡|出席|已签到?|到了|来了|请假|没有?来|没能来|没到|没有?参加|未到|未签到?|没签到?|因[公事病私故](?:请假|出差)|请[事病公]假|[冇莫毋唔][有得]?来|来不[了成得到]|在外地|假|缺席|缺勤|因公出差(?:未到)?|出差|病假|事假)了?'
const behindName = String.raw`(?<=^(?:\p{Script=Han}{2,4}[和跟与及])?\p{Script=Han}{2,4})`
const afterName = new RegExp(`${behindName}(?:(?:${titleBehind})?${statusBehind}|${titleBehind})$`, 'gu')
const withStatus = new RegExp(`${behindName}(?:${titleBehind})?${statusBehind}$`, 'u')
const status = new RegExp(`(?<=\\p{Script=Han}{2})${statusBehind}$`, 'u')

/** 「甘棠13800138000」. */
const phone = /(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)/gu

/** No name with its remarks is longer; of a longer piece the beginning is read. */
const longestPiece = 200

/** The name alone: brackets, marks and words about being there go. */
export const withoutRemarks = (text: string): string => tidy(withoutMarks(text).replaceAll(afterName, ''))

/** 「柏舟到」: the words behind a name are a status and no title. */
export const endsInStatus = (piece: string): boolean => withStatus.test(piece)

/**
 * The name alone and, where words behind it may be of the name itself, the name with them: 「陈小董」. Longest first.
 * `remark`: what stands in brackets behind it.
 */
export function nameIn(text: string): { name: string; wholes?: string[]; remark?: string; place?: string } {
  const bare = withoutMarks(text)
  const name = withoutRemarks(text)
  const wholes = [tidy(bare), tidy(bare.replace(status, ''))].filter(whole => whole !== name)
  const remark = bracketed.exec(simplify(text.slice(0, longestPiece)))?.groups?.inner
  const place = placeBehind.exec(text.slice(0, longestPiece))?.groups?.place ?? ''
  return {
    name,
    ...(wholes.length > 0 ? { wholes } : {}),
    ...(remark === undefined ? {} : { remark }),
    ...(place === '' || isStatus(place) ? {} : { place }),
  }
}

/** Words in brackets that are long enough to tell of another person. */
const bracketed = /[（(【[](?<inner>[^（）()【】[\]]*\p{Script=Han}{4}[^（）()【】[\]]*)[）)】\]]/u

/** Brackets behind a name, which may hold its company. */
const placeBehind = /\p{Script=Han}\s*[（(【[](?<place>[\p{Script=Han}A-Za-z0-9]{2,20})[）)】\]]/u

const withoutMarks = (text: string) =>
  simplify(text.slice(0, longestPiece))
    .replaceAll(/[（(【[〔［][^）)】\]〕］]{0,200}[）)】\]〕］]/gu, ' ')
    .replaceAll(marks, ' ')
    .replaceAll(phone, ' ')
    .replaceAll(/\p{Extended_Pictographic}\uFE0F?/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(besideName, ' ')

const tidy = (name: string) =>
  name
    .replaceAll(/^@|(?<=[\s\p{Script=Han}])@/gu, ' ')
    .replace(/^\s*(?:后来|另外|还有|加上|以及|然后)(?=\p{Script=Han}{2,4})/u, '')
    .replaceAll(/^[：:\s]+|[：:。.\s/／*＊—–？?-]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()

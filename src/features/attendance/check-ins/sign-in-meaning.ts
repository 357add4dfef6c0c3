import { fold } from '../../../text/fold.ts'

/** Meaning of a group message for attendance while a lesson's window is open. */
export type SignInMeaning =
  | { kind: 'self'; code?: string }
  /** Four digits alone: a code, where the lesson asks for one. */
  | { kind: 'digits'; code: string }
  /** A name beside the word: a person cannot sign in for another. */
  | { kind: 'other' }
  /** 「没签上」「今天来不了」「晚到十分钟」: told what to send. */
  | { kind: 'trouble' | 'leave' | 'late' }

const word = '(?:签到|打卡|报到|签个到|签下到|签一下到)'
/** As it is also typed. */
const act = `(?:${word}|签倒|签道|迁到|前到|千到|报道|qiandao|签dao|qd)`
const particles = '(?:了|啦|咯|喽|哈|哦|噢|呀|成功|一下|完毕)*'
const self = new RegExp(
  `^(?:我|俺|本人)?(?:已经|已|来|先|刚刚|刚|要|想|完成)?(?:${act})?${act}${particles}(?<code>\\d{4})?$`,
  'u',
)
const codeFirst = new RegExp(`^(?<code>\\d{4})${act}?${particles}$`, 'u')
const here = /^(?:我|本人)?(?:已经|已|人)?(?:到(?:场|位|会)?|(?:我?来(?:了|啦|咯|喽))+)(?:了|啦|咯|喽|哈)*$/u
const trouble = new RegExp(
  `^(?:我|怎么)?(?:还|又)?(?:没|没有|忘记|忘|不能|无法|没法)${act}(?:上|成功)?(?:了|啊|呀)*$`,
  'u',
)
const opening =
  '我|本人|今天|今晚|这次|临时|家里|有事|有点事|公司|抱歉|不好意思|可能|要|就|实在|晚上|下午|上午'
const leave = new RegExp(
  `^(?:${opening})*(?:来不了|去不了|到不了|参加不了|不来了|不去了|不能(?:来|去|到|参加)|没法(?:来|去|到|参加)|没办法(?:来|去|参加)|赶不到|想?请个?假)(?:了|啦|哈|一下)*(?:出差|开会|加班|生病|有事)?$`,
  'u',
)
const late = new RegExp(
  `^(?:${opening}|堵车|路上堵|在路上)*(?:会|得)?(?:晚点到?|晚一点到?|晚些到?|晚到|迟到|迟点到?|迟一点到?|马上到|快到了|在路上|路上了)(?:一会儿?|一下|几分钟|[\\d一二三四五六七八九十半]{1,3}(?:分钟|小时))?(?:了|啦|哈)*$`,
  'u',
)
const forOther = new RegExp(
  `^(?:我)?(?:帮|替|代)?(?<name>[\\p{Script=Han}·]{2,6})(?:${word}${particles}|已到)$`,
  'u',
)
const nameBehind = new RegExp(`^(?:帮|替|代)?${word}(?<name>[\\p{Script=Han}·]{2,3})$`, 'u')
/** Calls and questions about signing in, by organizers or among makers. */
const notNames =
  /^(?:大家|各位|请|记得|开始|截止|结束|还没|没|忘|怎么|怎样|如何|几点|什么|今天|明天|现在|可以|赶紧|赶快|快|马上|不用|不能|没法|无法|要|再|补|扫码|重新|继续|已经|课上|群里|在线|线上|现场|人员|全部|都|谁|哪|这次|下次|需要|必须|抓紧|提醒|组织|通知|帮忙)|[怎什几哪谁办证表码签册课]|(?:大家|时间|码|表|情况|名单|方式|地点|提醒|系统|吗|么|呢|处|人|簿)$/u

const asides = [
  ['trouble', trouble],
  ['leave', leave],
  ['late', late],
] as const

/**
 * Reads what plainly means to sign in: 「打卡」「我到了」「已签到」「2890 签到」「签到👍」, whatever stands between and behind;
 * and what is said in its place: 「今天来不了」「晚到十分钟」.
 * @returns undefined for what does not look like attendance
 */
export function signInMeaning(text: string): SignInMeaning | undefined {
  if (text.length > 30 || /[?？吗]/u.test(text)) return undefined
  const said = fold(text.replaceAll(/[+＋]1(?!\d)/gu, '')).replaceAll(/[\p{P}\p{S}\s]+/gu, '')
  const digits = /^(?<code>\d{4})$/u.exec(said)?.groups?.code
  if (digits !== undefined) return { kind: 'digits', code: digits }
  const meant = self.exec(said) ?? codeFirst.exec(said)
  if (meant) return { kind: 'self', ...(meant.groups?.code ? { code: meant.groups.code } : {}) }
  if (here.test(said)) return { kind: 'self' }
  for (const [kind, pattern] of asides) if (pattern.test(said)) return { kind }
  const name = (forOther.exec(said) ?? nameBehind.exec(said))?.groups?.name
  return name !== undefined && !notNames.test(name) ? { kind: 'other' } : undefined
}

import { clausesOf } from '../../../../text/asides/asides.ts'

const longest = 40
const act = '(?:签退|签个退|签下退|签一下退|早退|qiantui|sign(?:ed)?out|check(?:ed)?out)'
const particles = '(?:了|啦|咯|喽|哈|哦|呀|成功|完成|完毕|一下|走人|走了|撤了|离开|回家|谢谢|ok)*'
const self = new RegExp(
  `^(?:下课(?:了|啦)?|结束(?:了|啦)?)?(?:我|俺|本人)?(?:先|已经|已|来|申请|提前|现在|刚)*${act}{1,4}${particles}$`,
  'u',
)
/** 「要签退」 is also an answer and an announcement; it is one's own where it says so, or beside a reason to leave. */
const planned = new RegExp(
  `^(?:(?:下课|结束)(?:了|啦))?(?<own>我|俺|本人)?(?:先|现在|要|得|需要|提前)+${act}{1,4}${particles}$`,
  'u',
)
const leaving =
  '(?:家里|公司|单位|店里|孩子|后面|下面|待会)?(?:还|也|临时)?有(?:点|急|个)?(?:事情?|会|课|约|客户)(?:了|啦)?|(?:要|得)?(?:去)?(?:接(?:孩子|小孩|人)|赶(?:车|高铁|飞机|火车|地铁)|开会|上班)(?:了|啦)?|(?:得|要|就)?(?:先|提前)?(?:走|撤|溜|离开|回去|回家|回公司)(?:一步)?(?:了|啦|咯)?'
const opening =
  '(?:(?:各位|大家|老师)(?=我|俺|本人)|我|俺|本人|实在|临时|那|也|就|要|得|需要|有人|抱歉|不好意思|对不起)*'
/** A reason to leave, and nothing more. */
const reason = new RegExp(`^${opening}(?:${leaving})+$`, 'u')
/** Said of one's own leaving beside the word. Thanks with other words behind them stand last. */
const beside = new RegExp(
  `^${opening}(?:(?:${leaving}|(?:下课|上完|听完|结束|学完|到点|时间到)(?:了|啦|咯)?|学到(?:了|很多|不少)|收获(?:很大|满满)|(?:老师)?讲[得的](?:很|真|太|非常)?好|辛苦(?:了|老师)?|老师(?:辛苦了?|再见)|大家再见|再见|拜拜|(?:谢谢|感谢)(?:大家|各位|您)?(?:老师)?)+(?:(?:谢谢|感谢)\\S{0,4})?|(?:谢谢|感谢)\\S{0,4})$`,
  'u',
)

/**
 * Whether a message plainly means that its sender leaves the lesson: 「我有事先走，签退」, 「下课啦签退走人」. A question, a
 * call to others and another person's leaving are none.
 */
export function isSignOut(text: string): boolean {
  if (text.length > longest || /[?？吗么]/u.test(text)) return false
  const clauses = clausesOf(text)
  const isPlan = clauses.some(one => reason.test(one)) ? isPlanned : isOwnPlan
  const isSelf = (one: string) => self.test(one) || isPlan(one)
  return clauses.some(isSelf) && clauses.every(one => isSelf(one) || beside.test(one))
}

/**
 * Whether a message says that its sender goes without saying 签退: 「先走一步」, 「有事先撤了」. Also said of a break, so that it
 * signs no one out.
 */
export function isLeaving(text: string): boolean {
  if (text.length > longest || /[?？吗么]|有人/u.test(text)) return false
  const clauses = clausesOf(text)
  return (
    clauses.some(one => reason.test(one) && goes.test(one)) &&
    clauses.every(one => reason.test(one) || beside.test(one))
  )
}

const goes = /(?:先|提前|[得要就])(?:走|撤|溜|离开|回)|我(?:走|撤|溜)/u
const isPlanned = (clause: string) => planned.test(clause)
const isOwnPlan = (clause: string) =>
  planned.exec(clause)?.groups?.own !== undefined || (isPlanned(clause) && /先|提前/u.test(clause))

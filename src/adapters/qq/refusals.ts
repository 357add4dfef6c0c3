import { LineDownError, RefusedError, ThrottledError } from '../../ports/chat.ts'
import { refusalWords } from '../../ports/line-traits.ts'
import type { ApiAnswer } from './api.ts'

/** Too fast in this conversation, as far as one can tell; where several say so at once, the account is meant. */
const tooFastHere = new Set([40_034_100, 22_009])
/** Too fast in any use of the interface. */
const tooFast = 100_001
const tryAgain = new Set([50_015_001, 50_055_001, 40_054_016])
const replyOver = new Set([40_034_005, 40_034_128, 304_103, 40_034_024])
const sentAlready = 40_054_005

/** The reply window is over, or the message is not known: a message of our own may still go. */
export const isReplyOver = ({ code }: ApiAnswer): boolean => code !== undefined && replyOver.has(code)

/** The same reply was sent before: it counts as sent. */
export const isSentAlready = ({ code }: ApiAnswer): boolean => code === sentAlready

export const isRefused = ({ code }: ApiAnswer): boolean => code !== undefined && code !== 0

const gone = '机器人不在这个 QQ 群里了。请群主在群设置「机器人」里重新添加，再说一次「绑定本群」。'

const words: Record<number, [string, 'target' | 'line']> = {
  40034101: [gone, 'target'],
  40054003: [gone, 'target'],
  40034102: [refusalWords.noPush, 'target'],
  40034105: [refusalWords.noPush, 'target'],
  40034006: ['QQ 认为内容不合规，没有发出去。请改一改字句再发。', 'target'],
  40054002: ['机器人在这个 QQ 群里被禁言了，请群主解除禁言再发。', 'target'],
  40054007: ['内容太长，QQ 没有收。请分成几条发。', 'target'],
  40054010: [refusalWords.link, 'target'],
  40054013: ['对方关掉了机器人的消息，请换别的办法联系。', 'target'],
  304036: ['QQ 没有给这个机器人发 markdown 的权限，请在 QQ 开放平台申请。', 'line'],
  40034127: ['QQ 没有给这个机器人发 markdown 的权限，请在 QQ 开放平台申请。', 'line'],
  11251: ['QQ 没有给这个机器人发群消息的权限，请在 QQ 开放平台「功能配置」里申请。', 'line'],
  11253: ['QQ 没有给这个机器人这项权限，请在 QQ 开放平台「功能配置」里申请。', 'line'],
  10004: ['机器人被 QQ 封禁了，请到 QQ 开放平台看通知、申诉。', 'line'],
  11265: ['机器人被 QQ 封禁了，请到 QQ 开放平台看通知、申诉。', 'line'],
}

const notConnected = new Map([
  [tooFast, 'QQ 说连得太频繁，要过一会儿再连。断开的这段时间，群里的话收不到。'],
  ...[0, 100_007, 100_016].map((code): [number, string] => [
    code,
    'QQ 不认这个机器人：请核对 QQ_APP_ID 和 QQ_APP_SECRET（QQ 开放平台「开发设置」），没有错的话看看机器人有没有被封禁。',
  ]),
])

/** Why the platform does not let the bot connect, and what to do. @param code 0 where it named none */
export const notConnectedWords = (code: number): string =>
  notConnected.get(code) ??
  words[code]?.[0] ??
  `QQ 没有让机器人连上（错误 ${code}）。一直这样的话，请在 QQ 开放平台查这个错误码。`

/** Whether the platform does not take the bot, rather than this try. @param code 0 where it named none */
export const isRefusedForGood = (code: number): boolean =>
  code !== 0 && code !== tooFast && (notConnected.has(code) || words[code]?.[1] === 'line')

/** The error for an answer that says no: nothing was sent. */
export function refusalOf({ code = 0, message = '' }: ApiAnswer): Error {
  const cause = new Error(`qq ${code} ${message}`)
  if (tooFastHere.has(code)) return new ThrottledError(cause.message, 'target')
  if (code === tooFast) return new ThrottledError(cause.message)
  if (tryAgain.has(code)) return new LineDownError(cause.message)
  const [text, fault] = words[code] ?? [`QQ 没有收（错误 ${code}），请在 QQ 开放平台查这个错误码。`, 'line']
  return new RefusedError(text, fault, { cause })
}

import { RefusedError, ThrottledError } from '../../../ports/chat.ts'
import { refusalWords } from '../../../ports/line-traits.ts'
import type { Ack } from './frames.ts'

/** The message that it answers is too old, or is an event: a message of our own still goes. */
const replyOver = new Set([846_605, 846_608])
const tooFast = 45_009

const words: Record<number, [string, 'target' | 'line']> = {
  93006: [refusalWords.notSpoken, 'target'],
  40008: ['企业微信不收这种消息。请看日志，告诉维护的人。', 'line'],
  853006: ['这个企业没有开通这项功能，请企业微信管理员在管理后台「智能机器人」里看一看。', 'line'],
}

export const isReplyOver = ({ errcode }: Ack): boolean => replyOver.has(errcode)

/** The error for an answer that says no: nothing was sent. */
export function refusalOf({ errcode, errmsg }: Ack): Error {
  if (errcode === tooFast) return new ThrottledError(`wecom ${errcode} ${errmsg}`, 'target')
  const [text, fault] = words[errcode] ?? [
    `企业微信没有收（错误 ${errcode}），请在管理后台查这个错误码。`,
    'line',
  ]
  return new RefusedError(text, fault, { cause: new Error(`wecom ${errcode} ${errmsg}`) })
}

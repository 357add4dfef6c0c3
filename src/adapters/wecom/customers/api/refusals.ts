import { LineDownError, RefusedError, ThrottledError } from '../../../../ports/chat.ts'
import type { AppAnswer } from './api.ts'

const tokenOver = new Set([40_014, 42_001, 41_001])
const tooFast = new Set([45_009, 45_033])
const tryAgain = new Set([-1, 41_063])

export const isTokenOver = ({ errcode }: AppAnswer): boolean => tokenOver.has(errcode)

const secret =
  '企业微信不认这个应用：请核对 WECOM_CORP_ID（管理后台「我的企业 - 企业信息」）和 WECOM_APP_SECRET（管理后台「应用管理」里那个自建应用的 Secret）。'
const noRight =
  '这个应用没有客户群的权限：请管理员在「客户与上下游 - 客户联系 - 客户」最下面的「API」里，把它加进「可调用应用」，并让员工在应用的可见范围和客户联系的使用范围里。'

/** By WeCom's list of error codes, https://developer.work.weixin.qq.com/document/path/90313 (全局错误码). */
const words: Record<number, [string, 'target' | 'line']> = {
  40001: [secret, 'line'],
  40013: [secret, 'line'],
  60020: [
    '企业微信不认这台机器的地址：请在管理后台那个自建应用的「企业可信 IP」里，加上这台机器出口的公网 IP。',
    'line',
  ],
  48002: [noRight, 'line'],
  60011: [noRight, 'line'],
  40003: ['CUSTOMER_GROUPS 里写的员工账号，企业微信找不到。请在通讯录里核对账号。', 'target'],
  60111: ['CUSTOMER_GROUPS 里写的员工账号，企业微信找不到。请在通讯录里核对账号。', 'target'],
  41048: [
    '企业微信说没有可以发的客户群：请看看这位员工是不是还是群主，这些群这个月的群发次数是不是用完了。',
    'target',
  ],
  40058: ['企业微信说内容不合格式：文字最多约 1300 字，附件最多 9 个。请改短再发。', 'target'],
}

/** The error for an answer that says no: nothing was done. */
export function refusalOf({ errcode, errmsg }: AppAnswer): Error {
  const cause = new Error(`wecom app ${errcode} ${errmsg}`)
  if (tooFast.has(errcode)) return new ThrottledError(cause.message)
  if (tryAgain.has(errcode)) return new LineDownError(cause.message)
  const [text, fault] = words[errcode] ?? [
    `企业微信没有收下群发任务（错误 ${errcode}），请在企业微信开发者中心查这个错误码。`,
    'line',
  ]
  return new RefusedError(text, fault, { cause })
}

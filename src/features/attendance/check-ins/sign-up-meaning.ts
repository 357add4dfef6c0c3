import { clausesOf } from '../../../text/asides.ts'

const longest = 30
const word = '报(?:个|一下|上)?名'
const endings = '(?:参加|了|啦|哈|成功|一下|一个|一位)*'
const on = new RegExp(
  `^(?:(?:我|俺|本人)?(?:也|要|想|来|先|申请|确认|已|已经)*${word}${endings}|(?:我)?(?:也)?(?:报|算|加|带|留)(?:我|上我)(?:一个|一位|1个|1位)?|我(?:也|要|会|来|能)*参加)$`,
  'u',
)
const off = new RegExp(`^(?:我|本人)?(?:要|想)?(?:取消|退出|撤销)(?:我的?)?${word}(?:了|吧|哈)*$`, 'u')

/** Reads plain wishes to sign up or to give a place back, with or without a greeting beside them. */
export type SignUpMeaning = 'on' | 'off'

/** @returns undefined for what is talk, and for questions */
export function signUpMeaning(text: string): SignUpMeaning | undefined {
  if (text.length > longest || /[?？吗]|没有?[\p{P}\s]*$/u.test(text)) return undefined
  const said = clausesOf(text).join('')
  if (on.test(said)) return 'on'
  return off.test(said) ? 'off' : undefined
}

import { memoize } from '../../../../lib/memoize.ts'
import { clausesOf } from '../../../../text/asides/asides.ts'

const longest = 30
const word = '报(?:个|一下|上)?名'
const endings = '(?:(?:[一1]|\\+1)[个位人]?|参加|了|啦|哈|成功|一下|一个|一位)*'
const on = new RegExp(
  `^(?:(?:我|俺|本人)?(?:也|要|想|来|先|申请|确认|已|已经)*${word}${endings}|(?:我)?(?:也)?(?:报|算|加|带|留)(?:我|上我)(?:一个|一位|1个|1位)?|我(?:也|要|会|来|能)*参加(?:了|啦|哈)*|参加(?:了|啦|哈)*|我也要?(?:去|报)|报上)$`,
  'u',
)
const off = new RegExp(
  `^(?:我|本人)?(?:要|想)?(?:取消|退出|撤销)(?:我的?)?${word}(?:了|吧|哈)*$|^(?:我)?(?:不(?:报名?|参加)了|退报名|报名(?:取消|不要了)|去不(?:成|了)了?取消)(?:吧|哈)?$`,
  'u',
)

/** 「参加」 alone may answer any question in a group. */
export const isBareJoin = (text: string): boolean => /^参加(?:了|啦|哈)*$/u.test(clausesOf(text).join(''))

/** `on`: to sign up for a lesson; `off`: to give the place back. */
export type SignUpMeaning = 'on' | 'off'

/**
 * Reads a plain wish about the sign-up for a lesson, with or without a greeting beside it. Forms read more
 * (`forms/sign-up-wish.ts`), which would be wrong here: 「不来了」 before a lesson is a leave, and a lesson has neither
 * options nor companions.
 * @returns undefined for talk and for questions
 */
export const signUpMeaning = memoize(readSignUp, { most: 200, longest })

function readSignUp(text: string): SignUpMeaning | undefined {
  if (text.length > longest || /[?？吗]|没有?[\p{P}\s]*$/u.test(text)) return undefined
  const said = clausesOf(text).join('')
  if (on.test(said)) return 'on'
  return off.test(said) ? 'off' : undefined
}

/** Why a member cannot be written to in private, in words that say what helps. */
const words = {
  unheard: '还没有跟我说过话。请他在群里或私聊说一句，或者发「我是 姓名 手机尾号」。',
  'group-only': '我只在群里见过他，那里的号不能私聊。请他私聊我说一句话，再发「关联账号」。',
  'line-gone': '他用的线路不在设置里了。请他换一条线路跟我说一句话，再发「关联账号」。',
} as const

export type NoAddressReason = keyof typeof words

export const sayNoAddress = (whyNot: NoAddressReason): string => words[whyNot]

import { expect, test } from 'vitest'
import { types } from 'wechaty-puppet'
import { unreadWords } from '../../../src/adapters/wechaty/messages/unread-words.ts'

test.each<[keyof typeof types.Message, string]>([
  ['Image', '图片看不了'],
  ['Audio', '转文字'],
  ['ChatHistory', '聊天记录'],
  ['Url', '投稿'],
  ['MiniProgram', '小程序'],
  ['Location', '位置'],
  ['Contact', '转人工'],
])('a private %s gets a word of its own', (kind, said) => {
  expect(unreadWords(types.Message[kind])).toContain(said)
})

test.each(['Emoticon', 'RedEnvelope', 'Transfer', 'Recalled', 'Unknown'] as const)(
  'a private %s expects no answer',
  kind => expect(unreadWords(types.Message[kind])).toBeUndefined(),
)

import { expect, test } from 'vitest'
import { fold } from '../../src/text/fold.ts'
import { asksOnly } from '../../src/text/intents.ts'

test.each(['那要什么材料', '有什么条件？', '能拿多少钱', '去哪里办', '什麼時候申請', '要多久', '怎么弄呢'])(
  '「%s」 only asks',
  text => expect(asksOnly(fold(text))).toBe(true),
)

test.each(['护照去哪里办', '还要交税吗', '今天天气怎么样', '孩子上学要什么材料', '高企', '好的', ''])(
  '「%s」 names something, or asks nothing',
  text => expect(asksOnly(fold(text))).toBe(false),
)

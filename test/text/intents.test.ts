import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/text/fold.ts'
import { askingClauseUnits, askingUnits, asksAnything, asksOnly } from '../../src/text/intents.ts'
import { unitsOf } from '../../src/text/tokens.ts'

test.each(['那要什么材料', '有什么条件？', '能拿多少钱', '去哪里办', '什麼時候申請', '要多久', '怎么弄呢'])(
  '「%s」 only asks',
  text => expect(asksOnly(fold(text))).toBe(true),
)

test.each(['护照去哪里办', '还要交税吗', '今天天气怎么样', '孩子上学要什么材料', '高企', '好的', ''])(
  '「%s」 names something, or asks nothing',
  text => expect(asksOnly(fold(text))).toBe(false),
)

test.each([
  '有块招牌拿到以后税能降下来，到底降到几',
  '听说会把牌子摘了还要补税，真的假的',
  '以前一个人头补一千多的那笔还发不发',
  '社保都给她交上了，这笔钱还有没，我们等着用',
])('「%s」 asks something', text => expect(asksAnything(fold(text))).toBe(true))

test.each(['昨天几位老师来讲课，大家都说好', '材料已经交上去了，等通知', ''])('「%s」 asks nothing', text =>
  expect(asksAnything(fold(text))).toBe(false),
)

const askedOf = (text: string) => {
  const folded = fold(text)
  const units = unitsOf(folded)
  return units.filter((_, at) => askingUnits(folded, units)[at]).join('')
}

test.each([
  [
    '您好，我公司在台江区，做软件的，有二十个人，请问高企要去哪里申报？材料我已经准备好了，谢谢！',
    '请问高企要去哪里申报',
  ],
  [
    '老板开会说明年要冲那块牌子，开发的开销有一截票没理顺，先把理顺的那截拿去多扣，行不行',
    '先把理顺的那截拿去多扣行不行',
  ],
])('of 「%s」 only what is asked', (text, asked) => {
  expect(askedOf(text)).toBe(asked)
})

test.each([
  '高企怎么报，我们做软件的',
  '我们公司是做软件的，去年刚搬到台江区，员工有二十来个，一直想申报高企',
])('all of 「%s」, which is short or asks nothing', text =>
  expect(askedOf(text)).toBe(unitsOf(fold(text)).join('')),
)

test.each([
  ['中山路开店，创业担保贷款怎么申请', '创业担保贷款怎么申请'],
  ['高企证书丢了，去哪里补', '高企证书丢了去哪里补'],
  ['高企怎么报', '高企怎么报'],
  ['我们做软件的，想报高企', '我们做软件的想报高企'],
])('of the shorter 「%s」 the clauses that ask, and a short one with the clause before it', (text, asked) => {
  const folded = fold(text)
  const units = unitsOf(folded)
  expect(units.filter((_, at) => askingClauseUnits(folded, units)[at]).join('')).toBe(asked)
})

test('any text has one mark for each unit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), text => {
      const folded = fold(text)
      const units = unitsOf(folded)
      expect(askingUnits(folded, units)).toHaveLength(units.length)
      expect(askingClauseUnits(folded, units)).toHaveLength(units.length)
    }),
  )
})

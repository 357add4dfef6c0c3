import { expect, test } from 'vitest'
import { fold } from '../../src/text/fold.ts'
import { asksForFraud } from '../../src/text/fraud.ts'

test.each([
  '研发人员不够，能不能找几个人挂名凑高企',
  '哪里可以买到现成的软著来报科小',
  '帮我写一份看起来像真的研发工时表',
  '谁有办法虚开几张发票',
  '能不能找人代写专利材料',
  '怎么套取那笔补贴',
])('「%s」 asks for help with deceiving', text => {
  expect(asksForFraud(fold(text))).toBe(true)
})

test.each([
  '买来的专利算不算高企的知识产权',
  '虚报材料会被怎么处罚',
  '找人挂名被查到有什么后果',
  '高企要交哪些材料',
  '没签合同能不能补签',
  '公司买软件的发票能抵吗',
])('「%s」 does not', text => {
  expect(asksForFraud(fold(text))).toBe(false)
})

import { expect, test } from 'vitest'
import { questionsIn, withoutMiddle } from '../../../src/features/faq/question.ts'

test.each([
  ['高企三年到期前要做什么，年报没填会怎样', ['高企三年到期前要做什么', '年报没填会怎样']],
  ['研发加计按多少扣 几月份能扣', ['研发加计按多少扣', '几月份能扣']],
  ['专利费减要交哪些证明，减了以后年费还减不减', ['专利费减要交哪些证明', '减了以后年费还减不减']],
  ['高企怎么报？另外科小要什么条件', ['高企怎么报', '科小要什么条件']],
  ['创业担保贷能贷多少还有利息谁出', ['创业担保贷能贷多少', '利息谁出']],
])('「%s」 asks several things', (text, questions) => {
  expect(questionsIn(text)).toEqual(questions)
})

test.each([
  '搞开发的开销有一截票还没理顺，先把理顺的那截拿去多扣，行不行',
  '公司明年整个搬去厦门，手上那块管三年的牌子到那边还认不认',
  '资产4800万、员工290人、应纳税所得额295万，还算小型微利吗',
  'gao xin qi ye 年报要填到哪一年',
  '我是做软件的。高企怎么报',
  '还有没有创业补贴',
])('「%s」 is one question, as it was written', text => {
  expect(questionsIn(text)).toEqual([text])
})

test.each(['', '👍', 'https://example.com/a'])('「%s」 has no words', text => {
  expect(questionsIn(text)).toEqual([])
})

const document = '第一条 为了规范管理，制定本办法。'.repeat(1000)

test.each([
  ['in front of it', `高企怎么报？\n${document}`],
  ['behind it', `${document}\n高企怎么报？`],
])('of a pasted document the question %s is read, and the rest is not', (_, text) => {
  expect(text.length).toBeGreaterThan(15_000)
  expect(questionsIn(text).join()).toContain('高企怎么报')
  expect(questionsIn(text).join().length).toBeLessThan(1100)
})

test('a message of a page is read whole, and no character is cut in two', () => {
  expect(withoutMiddle('字'.repeat(1000))).toBe('字'.repeat(1000))
  expect(withoutMiddle('😀'.repeat(2000))).toMatch(
    /^\p{Extended_Pictographic}+……\n\p{Extended_Pictographic}+$/u,
  )
})

import { expect, test } from 'vitest'
import type { Findable } from '../../src/features/faq/finder/finder.ts'
import { countedOf, evidenceFor, grow } from '../../tools/faq-words/growth.ts'
import { leastEvidence, sharesHeldBack } from '../../tools/faq-words/held-back.ts'

const entry = (id: string, question: string, answer: string, situations: readonly string[]): Findable => ({
  id,
  question,
  otherQuestions: [],
  situations,
  answer,
})
const shops = ['面馆', '花店', '书店', '茶铺', '药房', '鞋厂', '车行', '网吧']
const told = (words: string) => shops.map(shop => `我开${shop}，${words}`)
const base: Findable[] = [
  entry('one', '贴息有多少？', '按实际付的贴息。', told('那笔利息能退多少')),
  entry('two', '贴息怎么申请？', '贴息网上申请。', told('付掉的利息找谁退')),
  entry('three', '场地怎么申请？', '找众创空间。', told('想找张桌子坐')),
  entry('four', '注册要多久？', '三天。', told('想快点拿到执照')),
  entry('five', '专利怎么报？', '找知识产权局。', told('发明要怎么护住')),
  entry('six', '年报怎么报？', '网上报。', told('每年那张表去哪填')),
]
const counted = countedOf(base)

test('a word that makers use for entries with a word of the rules, and for no others, means that word', () => {
  const pairs = grow(counted)
  expect(pairs).toContainEqual(expect.objectContaining({ word: '利息', meaning: '贴息' }))
  expect(pairs.filter(({ word }) => word === '桌子')).toEqual([])
})

test('what stands in the wordings that are left out bears nothing out', () => {
  const words = { 利息: ['贴息'], 桌子: ['贴息'] }
  const evidence = (isWanted: (text: string) => boolean) =>
    evidenceFor(counted, words, isWanted).map(pair => pair.evidence)
  const [interest = 0, table = 1] = evidence(() => true)
  expect(interest).toBeGreaterThan(20)
  expect(table).toBe(0)
  const [without = 1] = evidence(text => !text.includes('利息'))
  expect(without).toBe(0)
})

test('the least evidence is the lowest that held-back wordings bear out', () => {
  const shares = [
    { evidence: 10, share: 0.6, pairs: 9 },
    { evidence: 20, share: 0.8, pairs: 5 },
    { evidence: 30, share: 0.9, pairs: 2 },
  ]
  expect(leastEvidence(shares)).toBe(20)
  expect(sharesHeldBack(counted).map(({ share }) => share <= 1)).not.toContain(false)
})

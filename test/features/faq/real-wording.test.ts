import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evaluateMessages } from '../../../src/cli/faq/faq-messages.ts'
import { evaluate } from '../../../src/features/faq/finder/evaluation.ts'
import { finder, knowledge } from '../../shipped-knowledge.ts'

const programmeOf = new Map(knowledge.entries.map(({ id, programme }) => [id, programme]))

test('letters, legal consultations and searches are told the right entry, and others refused', () => {
  const lines = readFileSync('test/data/faq-letters.jsonl', 'utf8').trim().split('\n')
  const cases = lines
    .map(line => JSON.parse(line) as { text: string; entries: string[] })
    .map(({ text, entries }) => ({ text, entries, answers: entries.map(id => programmeOf.get(id) ?? '') }))
  const met = evaluate(finder, cases, ({ programme = '' }) => programme)
  expect(met.entryAnswered).toBeGreaterThanOrEqual(0.65)
  expect((met.entryAnswered ?? 0) + (met.entryOffered ?? 0)).toBeGreaterThanOrEqual(0.9)
  expect(met.answeredWrong).toBeLessThanOrEqual(0.01)
  expect(met.noneWhenOutOfScope).toBeGreaterThanOrEqual(0.9)
})

test('of several questions in one message most are told', async () => {
  const { partsTold } = await evaluateMessages('test/data/faq-messages.jsonl')
  expect(partsTold).toBeGreaterThanOrEqual(0.78)
})

test.each([
  '众创空间可以带宠物吗',
  '众创空间晚上几点关门',
  '众创空间工位一个月多少租金',
  '技术合同模板哪里下载',
  '创业大赛评委有谁',
  '高企申报找哪家代理好',
  '营业执照打印一份多少钱',
  '科小的评价老师电话多少',
])('%s: that a programme is named is no reason to tell what it says of something else', question => {
  expect(finder.find(question).kind).not.toBe('answer')
})

test.each([
  ['中山路开店，创业担保贷款怎么申请', 'loan-how'],
  ['我在步行街卖烧仙草的，小微企业所得税交多少', 'slpe-rate'],
])('%s: a story of foreign words around it does not make a question strange', (question, id) => {
  const { kind, ranked } = finder.find(question)
  expect(kind).not.toBe('none')
  expect(ranked[0]?.item.id).toBe(id)
})

test.each(['护照在哪里办', '居住证去哪里办', '驾照到期去哪换'])(
  '%s: another paper than those of the base is not told',
  question => {
    expect(finder.find(question).kind).not.toBe('answer')
  },
)

test.each([
  ['办营业执照收不收工本费', 'reg-how'],
  ['快速预审交上去几天有结果', 'pp-preexam'],
  ['科小能不能叫代账公司帮着报', 'sts-agent'],
])('%s: a point that an entry says is not known is answered by it', (question, id) => {
  const { kind, ranked } = finder.find(question)
  expect(kind).not.toBe('none')
  expect(ranked[0]?.item.id).toBe(id)
})

test.each([
  ['高企三年到期前要做什么', 'hnte-validity'],
  ['高企到期前该干些什么', 'hnte-validity'],
  ['高企快到期了要做哪些事', 'hnte-validity'],
])('%s: what to do is told as if it were asked in the usual words', (question, id) => {
  const { kind, ranked } = finder.find(question)
  expect([kind, ranked[0]?.item.id]).toEqual(['answer', id])
})

/** By hands that the base was not written by; nothing is learnt from them. */
const byOthers = readFileSync('test/data/faq-others.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { text: string; entries: string[] })
  .map(({ text, entries }) => ({
    text,
    entries,
    answers: [...new Set(entries.map(id => programmeOf.get(id) ?? ''))],
  }))

test('of questions beside a programme nearly all that no entry answers are refused, and ours are met', () => {
  const met = evaluate(finder, byOthers, ({ programme = '' }) => programme)
  expect(met.noneWhenOutOfScope).toBeGreaterThanOrEqual(0.95)
  expect(met.answeredOutOfScope).toBeLessThanOrEqual(0.01)
  expect((met.entryAnswered ?? 0) + (met.entryOffered ?? 0)).toBeGreaterThanOrEqual(0.92)
  expect(met.answeredWrong).toBeLessThanOrEqual(0.01)
})

test.each(['区里高企奖励多少钱', '台江区高企奖励多少钱', '区里对高企有奖励吗'])(
  '%s: what the district itself says is among the choices',
  question => {
    const { kind, choices } = finder.find(question)
    expect(kind).toBe('choices')
    expect(choices.map(({ found }) => found.item.id)).toContain('tj-award')
  },
)

test('an entry is not told while another scores nearly as well and fits better by all its wordings', () => {
  const { kind, choices } = finder.find('哪几类行业被排除在加计扣除之外')
  expect(kind).toBe('choices')
  expect(choices.map(({ found }) => found.item.id)).toContain('rd-industry')
})

test.each(['个人创业有补贴吗', '开公司有什么补贴', '刚开了家公司，有没有什么补助', '开小店有补贴吗'])(
  '%s: who asks for support in general is offered what there is, each of another programme',
  question => {
    const { kind, choices } = finder.find(question)
    expect(kind).toBe('choices')
    expect(new Set(choices.map(({ found }) => found.item.programme)).size).toBe(3)
  },
)

test('support for what the base has never heard of is not offered', () => {
  expect(finder.find('养猪创业有补贴吗').kind).toBe('none')
})

test('every entry is told, or offered, to its own question', () => {
  const missed = knowledge.entries.filter(({ id, question }) => {
    const { kind, ranked, choices } = finder.find(question)
    const isOffered = choices.some(({ found }) => found.item.id === id)
    return kind === 'answer' ? ranked[0]?.item.id !== id : !isOffered
  })
  expect(missed.map(({ id }) => id)).toEqual([])
})

test.each([
  '一般纳税人 税率 13% 6% 区别',
  '一般纳税人税率多少',
  '一般纳税人开票几个点',
  '一般纳税人月销售10万以下免税吗',
  '我一般纳税人月销10万以下能免增值税吗',
])('「%s」 is told nothing that holds for small-scale taxpayers alone', question => {
  expect(finder.find(question).kind).not.toBe('answer')
})

test.each([
  ['超过多少要变一般纳税人', 'vat-rate'],
  ['小规模开专票几个点', 'vat-rate'],
  ['我是一般纳税人能享受小规模的1%吗', 'vat-rate'],
  ['一般纳税人印花税减半吗', 'slpe-six'],
])('「%s」 is still told', (question, entry) => {
  const { kind, ranked } = finder.find(question)
  expect([kind, ranked[0]?.item.id]).toEqual(['answer', entry])
})

test.each(['个税起征点多少', '个税起征点是5000吗', '个人所得税的起征点'])(
  '%s: an entry of one tax is not told of another',
  question => {
    expect(finder.find(question).kind).not.toBe('answer')
  },
)
test.each(['增值税起征点多少', '个体户个税减半吗', '印花税能减半吗'])(
  '%s: an entry that names the tax is told',
  question => {
    expect(finder.find(question).kind).toBe('answer')
  },
)

test.each([
  '行政离职没交接，前年去年那张每年要填的发展情况表都没填，听说会把牌子摘了还要补税，真的假的',
  '工作室上个月收了个刚离校的小姑娘，社保都给她交上了，以前一个人头补一千多的那笔还发不发',
])('%s: a long question without the usual asking words is no talk', question => {
  expect(finder.find(question).kind).not.toBe('none')
})

test('a situation that is plainly one of ours is offered what is less sure', () => {
  const { kind, choices } = finder.find('雇了俩人写我们那套进销存，发的钱年底报税能不能多抵点')
  expect(kind).toBe('choices')
  expect(choices.map(({ found }) => found.item.programme)).toContain('rd_deduct')
})

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { firstOfLine, lineOfFirst } from '../../../src/features/faq/editing/changes/detail-lines.ts'
import { Wish } from '../../../src/features/faq/records.ts'
import { wishOf } from '../../../src/features/faq/wishes.ts'
import { groupLimit, sayEntry } from '../../../src/features/faq/wording/entries.ts'
import { statesFigure, statesNumber } from '../../../src/features/faq/wording/figures.ts'
import { fold } from '../../../src/text/fold.ts'
import { knowledge } from '../../shipped-knowledge.ts'
import { anEntry } from './knowledge-samples.ts'

const today = Temporal.Instant.from('2026-11-29T02:00:00Z')
const { entries, situations } = knowledge
const firstLine = (id: string, question: string) => {
  const entry = entries.find(each => each.id === id)
  if (!entry) throw new Error(`no entry ${id}`)
  return sayEntry(entry, today, 'short', { question }).split('\n')[0]
}

describe('the first line answers just what was asked', () => {
  test.each([
    ['sts-agent', '科小能不能叫代账公司帮着报', /^不能：不得委托第三方/],
    ['sts-agent', '科小造假会怎样', /^造假的取消当年资格/],
    ['sts-how', '科小在哪个网站填', /zjtx\.miit\.gov\.cn/],
    ['sts-how', '报科小要什么材料', /^企业信息与自评数据/],
    ['sts-when', '科小今年还能报吗', /^不能报今年的了/],
    ['hnte-move', '公司明年整个搬去厦门，牌子到那边还认不认', /^有效：整体跨区域迁移/],
    ['hnte-move', '我们只搬一个部门，高企还有效吗', /^要看：/],
    ['hnte-score', '正好考了70分，高企算过吗', /^要大于70分才算通过，正好70分不算/],
    ['legal-patent-term', '我们那个外壳的样子已经登记在册，别人多少年里不能照着做', /^外观设计15年/],
    ['legal-probation', '五年合同试用期定半年，违法吗', /^要看合同期：3年以上的最长6个月/],
    ['reg-how', '办营业执照收不收工本费', /^登记收不收费没有核到/],
    ['pp-preexam', '快速预审交上去几天有结果', /^几天出结果没有核到/],
    ['loan-how', '创业担保贷要不要找公务员当担保人', /^担保人、反担保怎么要求没有核到/],
    ['loan-how', '创业担保贷款找哪个部门', /^台江的先问区人社部门/],
    ['loan-term', '创业担保贷到期能展期吗', /^能不能展期没有核到/],
    ['hire-amount', '人社的扩岗补助今年还照发吗', /^不能按老办法领了：/],
    ['rd-how', '加计扣除的那些资料要交给谁', /^不用交给谁/],
    ['tt-what', '植物新品种卖出去算不算技术转让所得', /^算：植物新品种/],
    ['tc-how', '技术合同瞪记要多久办好', /^受理之日起30日内办结/],
    ['pf-amount', '减了以后年费还减不减', /^能减年费/],
    ['rd-rate', '研发费加计还是75%吗', /^不是75%了/],
    ['vat-threshold', '开了专票还免不免', /^不能免/],
    ['gs-amount', '今年一次性创业补贴发几千', /没有核到/],
    ['legal-patent-term', '2020年申请的外观设计能保护几年', /2021年5月31日及以前申请的是10年/],
    ['kg-who', '毕业两年的算不算高校毕业生', /^不算毕业年度：只认毕业当年/],
    ['rd-rate', '研发花了120万，加计能多扣多少万', /^据实扣除之外/],
    ['rd-rate', '加计扣除是不是120%', /集成电路、工业母机企业有没有更高的没有核到/],
  ])('%s %s', (id, question, line) => {
    expect(firstLine(id, question)).toMatch(line)
  })

  test.each([
    ['reg-how', '我想在家里注册公司可以吗', /^自己住的房子能不能做注册地址没有核到/],
    ['reg-how', '外国人能注册公司吗', /^要看是哪一样/],
    ['reg-how', '注册公司能网上办吗', /^能网上办/],
    ['hnte-benefit', '高企能减增值税吗', /^要看是哪种税/],
    ['hnte-benefit', '高企所得税能减吗', /^能减：有国家高企证书的/],
    ['hnte-cancel', '欠税会不会取消高企', /^要看是不是这几样/],
    ['hnte-how', '高企一年能报两次吗', /^要看条件和批次/],
    ['rd-rate', '核定征收的能加计吗', /^要先问：/],
    ['pf-amount', '代理费能减吗', /^要看是哪项费用/],
    ['sts-benefit', '科小有补贴吗', /^要看是哪样/],
    ['si-when', '实习生要办社保吗', /^要先问：/],
    ['legal-equity', '代持有效吗', /^代持怎么认没有核到/],
    ['ph-tax', '省高能加计扣除吗', /^要看是哪样优惠/],
    ['loss-how', '亏损要去备案吗', /^要看/],
  ])('%s %s: a verdict on another ask is not said', (id, question, line) => {
    expect(firstLine(id, question)).toMatch(line)
  })

  test('a figure that only an unsure detail states is said with the warning', () => {
    const figuresIn = (text: string): string[] => text.match(/\d+(?:\.\d+)?(?=[天个月年万元%分家人])/gu) ?? []
    const unwarned = entries.flatMap(({ id, short, details, firstLines = [] }) => {
      const sure = [short, ...details.filter(({ unsure }) => !unsure).map(({ text }) => text)].join('\n')
      const weak = details.filter(({ unsure }) => unsure).flatMap(({ text }) => figuresIn(text))
      const only = weak.filter(figure => !figuresIn(sure).includes(figure))
      const limits = (knowledge.thresholds.get(id) ?? []).map(({ says, unsure }) => ({ text: says, unsure }))
      return [...firstLines, ...limits]
        .filter(({ text, unsure }) => !unsure && figuresIn(text).some(figure => only.includes(figure)))
        .map(({ text }) => `${id}: ${text}`)
    })
    expect(unwarned).toEqual([])
    expect(firstLine('vat-old', '技术转让还能免增值税吗')).toMatch(/^能：.+没有完全核实，请再问一下/)
  })

  test('what a first line waits for is asked by a wording of its entry', () => {
    const unasked = entries.flatMap(({ id, question, otherQuestions, firstLines = [] }) => {
      const wordings = fold([question, ...otherQuestions].join('\n'))
      return firstLines
        .filter(({ words = [] }) => words.length > 0 && !words.some(word => wordings.includes(fold(word))))
        .map(({ text }) => `${id}: ${text}`)
    })
    expect(unasked).toEqual([])
  })

  test('the usual first line follows where it says something else, and not where it is said already', () => {
    const entry = anEntry({ firstLines: [{ for: 'where', text: '到区人社局三楼办。' }] })
    const lines = (question: string) => sayEntry(entry, today, 'short', { question }).split('\n').slice(0, 2)
    expect(lines('去哪办')).toEqual(['到区人社局三楼办。', '最高30万元。'])
    expect(lines('能补多少')).toEqual(['最高30万元。', '时间：期限不超过3年。'])
    const twice = anEntry({ firstLines: [{ for: 'can', text: '要看是谁：最高30万元。' }] })
    expect(sayEntry(twice, today, 'short', { question: '能补吗' })).toMatch(/^要看是谁：最高30万元。\n时间/)
  })

  test('the lines below that tell what was asked come first', () => {
    const entry = anEntry({
      details: [
        { about: 'who', text: '毕业生。', document: undefined },
        { about: 'papers', text: '毕业证。', document: undefined },
      ],
    })
    expect(sayEntry(entry, today, 'short', { question: '要带什么材料' }).split('\n')[1]).toBe(
      '材料：毕业证。',
    )
  })
})

test('nearly every yes-or-no question on an entry gets a verdict in the first line', () => {
  const verdict = /^(?:能|不|可以|要|有|没|会|算|是|贴|先)|没有核到/u
  const asked = entries.flatMap(({ id, otherQuestions }) =>
    [...otherQuestions, ...(situations.get(id) ?? [])].map(question => ({ id, question })),
  )
  const yesOrNo = asked.filter(({ question }) => wishOf(fold(question)) === 'can')
  const without = yesOrNo.filter(({ id, question }) => !verdict.test(firstLine(id, question) ?? ''))
  expect(yesOrNo.length).toBeGreaterThan(2000)
  expect(without.length / yesOrNo.length).toBeLessThan(0.02)
})

test('whatever is asked, an answer stays within the limit and keeps to the policy of its entry', () => {
  const wishes = ['能不能', '多少钱', '什么时候', '去哪办', '谁能报', '要什么材料', '怎么办']
  const words = entries.flatMap(({ firstLines = [] }) => firstLines.flatMap(line => line.words ?? []))
  fc.assert(
    fc.property(fc.constantFrom(...entries), fc.constantFrom(...wishes, ...words), (entry, question) => {
      const text = sayEntry(entry, today, 'short', { question })
      expect([...text].length).toBeLessThanOrEqual(groupLimit)
      const first = text.split('\n')[0] ?? ''
      if (entry.policy === 'refer_only') expect(statesNumber(first)).toBe(false)
      if (entry.policy === 'history_only') expect(statesFigure(first)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('a first line is written on the console as one line and comes back as it was', () => {
  const text = fc.stringMatching(/^[\u4e00-\u9fffA-Za-z0-9，：]{1,20}$/u)
  const word = fc.stringMatching(/^[\u4e00-\u9fff0-9%]{1,6}$/u)
  const words = fc.array(word, { minLength: 1, maxLength: 3 })
  const line = fc.oneof(
    fc.record({ for: fc.constantFrom(...Wish.options), text }),
    fc.record({ words, text }),
    fc.record({ for: fc.constantFrom(...Wish.options), words, text, unsure: fc.constant(true) }),
  )
  fc.assert(
    fc.property(line, one => {
      expect(firstOfLine(lineOfFirst(one))).toEqual(one)
    }),
  )
})

test.each([
  ['外地户口也能领吧', 'can'],
  ['个体户可以办', 'can'],
  ['智能制造', undefined],
  ['研发能力强的公司', undefined],
  ['什么企业可以报', 'who'],
  ['怎么才能报', 'how'],
  ['登记技术合同要带什么', 'papers'],
  ['研发统计填什么', undefined],
  ['这样行么', 'can'],
])('%s wants %s', (question, wish) => {
  expect(wishOf(fold(question))).toBe(wish)
})

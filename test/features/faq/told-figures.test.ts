import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresTold } from '../../../src/features/faq/verdicts/told-figures.ts'
import { verdictOn } from '../../../src/features/faq/verdicts/verdict.ts'
import { knowledge } from '../../shipped-knowledge.ts'

const ranges = (text: string) =>
  figuresTold(text).map(({ measure, range: { min, max, isMaxIncluded } }) => [
    measure,
    min,
    max,
    isMaxIncluded,
  ])
const entryOf = (id: string) => {
  const entry = knowledge.entries.find(each => each.id === id)
  if (!entry) throw new Error(`no entry ${id}`)
  return entry
}
const verdict = (id: string, question: string) =>
  verdictOn(question, entryOf(id), knowledge.thresholds.get(id))

test.each([
  ['利润 350 万', [['yuan', 3.5e6, 3.5e6, true]]],
  ['资产5000.01万', [['yuan', 50_000_100, 50_000_100, true]]],
  ['不低于300万', [['yuan', 3e6, Number.POSITIVE_INFINITY, false]]],
  ['至少5家', [['count', 5, Number.POSITIVE_INFINITY, false]]],
  ['最多30万', [['yuan', 0, 3e5, true]]],
  ['没有1500万', [['yuan', 0, 1.5e7, false]]],
  ['5家都不到', [['count', 0, 5, false]]],
  ['营收过300万', [['yuan', 3e6, Number.POSITIVE_INFINITY, false]]],
  ['满1周年', [['days', 365, 365, true]]],
  ['两年零三个月', [['days', 821.25, 821.25, true]]],
  ['不到1年3个月', [['days', 0, 456.25, false]]],
  ['60分还差1分', [['points', 59, 59, true]]],
  ['员工301个', [['people', 301, 301, true]]],
  ['占六成', [['percent', 60, 60, true]]],
  ['1200㎡', [['area', 1200, 1200, true]]],
  ['第40天', [['days', 40, 40, true]]],
  ['第11年', []],
  ['30个工作日', []],
  ['2026年2月10日注册，12月报', []],
  ['电话13800001111', []],
  ['打12366问，季度销售额免增值税吗', []],
  ['拨12345问过了', []],
  ['邮编350001', []],
  ['编号87654321的申报', []],
  ['19980101生的，算青年吗', []],
  ['销售额多少可以打12366问', []],
  ['年收入50000100', [['yuan', 50_000_100, 50_000_100, true]]],
  ['注册资本是500000', [['yuan', 500_000, 500_000, true]]],
  ['卖了一万二千三百四十五', [['yuan', 12_345, 12_345, true]]],
])('%s', (text, figures) => {
  expect(ranges(text)).toEqual(figures)
})

describe('a figure is read the same however it is written', () => {
  const amount = fc.integer({ min: 1, max: 9999 })
  const people = (text: string) => ranges(`员工${text}`)
  test('with spaces and with any word for the count', () => {
    fc.assert(
      fc.property(amount, n => {
        expect(ranges(`利润${n} 万`)).toEqual(ranges(`利润${n}万`))
        expect(people(`${n}个`)).toEqual(people(`${n}人`))
        expect(people(`${n} 名`)).toEqual(people(`${n}名`))
      }),
    )
  })

  test('words that say the same leave the same open', () => {
    const same = [
      ['不低于', '至少', '不少于', '大于等于'],
      ['不超过', '不高于', '最多', '小于等于'],
      ['超过', '大于', '高于', '不止'],
      ['不到', '低于', '不足', '少于'],
    ]
    fc.assert(
      fc.property(amount, fc.constantFrom(...same), (n, [first = '', ...others]) => {
        for (const word of others) expect(ranges(`${word}${n}万`)).toEqual(ranges(`${first}${n}万`))
      }),
    )
  })

  test('a time in two units is the sum of both', () => {
    const years = fc.integer({ min: 1, max: 9 })
    const months = fc.integer({ min: 1, max: 11 })
    fc.assert(
      fc.property(years, months, fc.constantFrom('', '零', '又'), (y, m, between) => {
        const [sum] = figuresTold(`${y}年${between}${m}个月`)
        const [[, yearDays = 0] = [], [, monthDays = 0] = []] = [ranges(`${y}年`)[0], ranges(`${m}个月`)[0]]
        expect(sum?.range.min).toBeCloseTo(Number(yearDays) + Number(monthDays), 1)
      }),
    )
  })
})

describe('a verdict is said where the figure is the one of the rule', () => {
  test.each([
    ['slpe-who', '利润 350 万，还算小微吗', /^不能：.+账面利润和应纳税所得额可能不一样/],
    ['slpe-who', '资产5000.01万算小微吗', /^不能：/],
    ['slpe-who', '员工301个，能享受小型微利吗', /^不能：/],
    ['hnte-conditions', '公司注册满1周年能报高企吗', /^这一条够得上：/],
    ['loan-term', '公司的贷款想贷两年零三个月，可以吗', /^不能：/],
    ['srdi-conditions', '上年营收没有1500万能报专精特新吗', /^要看股权投资：/],
    ['kg-who', '登记失业5个月，算重点群体吗', /^不能：登记失业要满半年/],
    ['rd-industry', '餐饮收入占51%，研发加计能享受吗', /^不能：/],
    ['rd-industry', '零售收入占50%整，研发加计能享受吗', /^这一条够得上：/],
    ['dereg-time', '简易注销公示了15天，能注销了吗', /^公示期还没满：/],
    ['legal-probation', '两个月的合同能约定试用期一周吗', /^不行：合同不满3个月/],
    ['srdi-giant-conditions', '近两年研发费合计1100万，能报小巨人吗', /^不能：/],
    ['ms-city-conditions', '一个月办了5场活动，市级能过吗', /^这一条够得上：每年活动要5场以上/],
    ['rdfj-who', '研发从100万增加到200万，能拿奖补吗', /^不能：年研发经费要超过200万元/],
    ['rdfj-who', '研发从100万增加到210万，能拿奖补吗', /都够得上/],
    ['slpe-who', '资产5000.01万算小微吗', /你说的是5000\.01万/],
    ['sts-check', '我们6个人会上门查吗', /^要看其他情形：/],
    ['hnte-annual', '年报没填一年，会取消高企吗', /^还不到取消的线：/],
  ])('%s %s', (id, question, said) => {
    expect(verdict(id, question)).toMatch(said)
  })

  test.each([
    ['pf-who', '公司今年利润120万，专利费能减缴吗'],
    ['pf-who', '前年利润80万，专利费能减缴吗'],
    ['slpe-who', '两年前利润400万，现在还算小微吗'],
    ['slpe-who', '前年利润400万，现在还算小微吗'],
    ['srdi-conditions', '今年营收1600万，专精特新能报吗'],
    ['tt-amount', '技术转让收入600万，成本300万，能全免吗'],
    ['vat-rate', '刚好卖了10万要交增值税吗'],
    ['sts-check', '我们5个人能评科小吗'],
    ['srdi-conditions', '专精特新营收1500万的公司能上北交所吗'],
    ['loan-amount', '创业担保贷款个人30万的利息能再降1个点吗'],
    ['hnte-people', '高企研发人员占10%的公司值得去吗'],
    ['legal-contract', '用工30天没签合同被开除，能赔吗'],
    ['kg-who', '失业7个月，没去登记，算重点群体吗'],
    ['legal-contract', '新来的销售签一年的约，先试半年，能这么定吗'],
    ['hnte-people', '技术产品只占三成，能评高企吗'],
    ['hnte-conditions', '公司2026年2月10日注册，今年12月能报高企吗'],
  ])('the figure is another one: %s %s', (id, question) => {
    expect(verdict(id, question)).toBeUndefined()
  })

  test('the age of a company is not the year of a figure', () => {
    expect(verdict('slpe-who', '两年前成立的公司，利润200万，算小微吗')).toMatch(/^这一条够得上：/)
  })
})

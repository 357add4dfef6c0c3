import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresIn, flatten, saysSame } from '../../../src/text/figures/figures.ts'

/** `kind:value` of each figure, with its bounds in brackets. */
const shown = (text: string) =>
  figuresIn(text)
    .map(({ kind, value, bounds }) => `${kind}:${value}${bounds.length > 0 ? `[${bounds}]` : ''}`)
    .join(' ')

test.each([
  // Amounts
  ['50万元', 'money:500000'],
  ['五十万元', 'money:500000'],
  ['500,000元', 'money:500000'],
  ['５０万元', 'money:500000'],
  ['50 万元', 'money:500000'],
  ['50万', 'number:500000'],
  ['伍拾万元', 'money:500000'],
  ['一百二十万元', 'money:1200000'],
  ['1.2亿元', 'money:120000000'],
  ['1亿2000万元', 'money:120000000'],
  ['2143.4万元', 'money:21434000'],
  ['3万5千元', 'money:35000'],
  ['一万二元', 'money:12000'],
  ['1500块', 'money:1500'],
  ['¥1,500', 'money:1500'],
  ['1800多万元', 'money:18000000[around]'],
  ['约30万元', 'money:300000[around]'],
  ['10万–20万元', 'money:100000..200000'],
  ['10-20万元', 'money:100000..200000'],
  ['十到二十万元', 'money:100000..200000'],
  ['500-3000元', 'money:500..3000'],
  ['几十万元', 'vague:几十万'],
  ['三五万', 'vague:三五万'],
  // Shares and ratios
  ['15%', 'share:15'],
  ['１５％', 'share:15'],
  ['百分之十五', 'share:15'],
  ['15个点', 'share:15'],
  ['1.5个百分点', 'share:1.5'],
  ['六成', 'share:60'],
  ['一半', 'share:50'],
  ['万分之五', 'share:0.05'],
  ['3‰', 'share:0.3'],
  ['30-50%', 'share:30..50'],
  ['30%至50%', 'share:30..50'],
  ['八折', 'discount:8'],
  ['三分之一', 'ratio:1/3'],
  ['8:1:1', 'ratio:8:1:1'],
  ['1-3倍', 'multiple:1..3'],
  ['翻倍', 'multiple:2'],
  // Periods
  ['3年', 'months:36'],
  ['三年', 'months:36'],
  ['36个月', 'months:36'],
  ['半年', 'months:6'],
  ['一年半', 'months:18'],
  ['一个半月', 'months:1.5'],
  ['两个月', 'months:2'],
  ['两周', 'days:14'],
  ['365个日历天', 'days:365'],
  ['30日内', 'days:30[atMost]'],
  ['10个工作日', 'workdays:10'],
  ['近三年', 'months:36[past]'],
  ['申请前1年内', 'months:12[atMost,past]'],
  ['满5年', 'months:60[atLeast]'],
  ['不满1年', 'months:12[below]'],
  // Dates
  ['2026-08-31', 'date:2026-08-31'],
  ['2026年8月31日', 'date:2026-08-31'],
  ['2026/8/31', 'date:2026-08-31'],
  ['2026.08.31', 'date:2026-08-31'],
  ['20260831', 'date:2026-08-31'],
  ['二〇二六年八月三十一日', 'date:2026-08-31'],
  ['8月31日', 'date:--08-31'],
  ['8月31号', 'date:--08-31'],
  ['2026-08', 'date:2026-08'],
  ['2026年8月', 'date:2026-08'],
  ['2026年', 'date:2026'],
  ['2026年度', 'date:2026'],
  ['2027年底', 'date:2027-12-31'],
  ['3月底前', 'date:--03-31[until]'],
  ['7月预缴', 'date:--07'],
  ['2026-08-31前', 'date:2026-08-31[until]'],
  ['2026年8月31日就截止了', 'date:2026-08-31[until]'],
  ['已于2025-12-31结束', 'date:2025-12-31[until]'],
  ['截至2026-08', 'date:2026-08[asOf]'],
  ['2026-04-01起', 'date:2026-04-01[from]'],
  ['2026-06-01至2026-08-31', 'date:2026-06-01[from] date:2026-08-31[until]'],
  ['2023-03-27至04-10', 'date:2023-03-27[from] date:2023-04-10[until]'],
  ['前三季度', 'quarter:1-3'],
  ['今年', 'relativeDay:今年'],
  ['下周五前', 'relativeDay:下周五'],
  ['国庆节', 'relativeDay:国庆节'],
  // Counts and scores
  ['20家', 'count:20家'],
  ['二十户', 'count:20家'],
  ['5人及以上', 'count:5人[atLeast]'],
  ['3名以上', 'count:3人[atLeast]'],
  ['16-24岁', 'count:16..24岁'],
  ['8大领域', 'count:8个'],
  ['八项条件', 'count:8个'],
  ['第八批', 'count:8批'],
  ['500平方米以上', 'area:500[atLeast]'],
  ['500㎡', 'area:500'],
  ['大于70分', 'points:70[above]'],
  ['7-8分', 'points:7..8'],
  ['前三名', 'rank:3'],
  ['一份申请', 'one:1份'],
  ['至少一份申请', 'count:1份[atLeast]'],
  // Limits
  ['不超过3年', 'months:36[atMost]'],
  ['最高30万元', 'money:300000[atMost]'],
  ['不低于营业收入3%', 'share:3[atLeast]'],
  ['低于5000元', 'money:5000[below]'],
  ['超过200万元', 'money:2000000[above]'],
  ['300人以内', 'count:300人[atMost]'],
  ['5000万元以下（含）', 'money:50000000[atMost]'],
  ['未达到10万元', 'money:100000[below]'],
  ['没有超过10万元', 'money:100000[atMost]'],
  ['≥10%', 'share:10[atLeast]'],
  ['不超过各人上限之和的110%', 'share:110[atMost]'],
  // References
  ['国科发火〔2016〕32号', 'document:国科发火|2016|32'],
  ['国科发火[2016]32号', 'document:国科发火|2016|32'],
  ['税务总局公告2026年第10号', 'document:税务总局公告|2026|10'],
  ['10号公告', 'document:||10'],
  ['国务院令第826号', 'document:||826'],
  ['第四十七、五十四条', 'article:47 article:54'],
  ['107-1表', 'code:107-1'],
  ['Ⅱ类4项', 'code:II count:4个'],
  ['12366', 'phone:12366'],
  ['0591-83320000', 'phone:059183320000'],
  ['13800138000', 'phone:13800138000'],
  ['www.innocom.gov.cn 填报', 'link:www.innocom.gov.cn'],
  ['https://www.most.gov.cn/a/b.html。', 'link:www.most.gov.cn/a/b.html'],
  ['a@b.com', 'link:a@b.com'],
])('「%s」 is %s', (text, expected) => {
  expect(shown(text)).toBe(expected)
})

test.each([
  '一次性补助',
  '统一办理',
  '一般来说',
  '十分重要',
  '千万别忘',
  '进一步',
  '万一没过',
  '六税两费',
  '一是先备案',
  '百姓',
  '成立公司',
  '分为',
  '之一',
])('「%s」 has no figure', text => {
  expect(shown(text)).toBe('')
})

describe('what says the same', () => {
  const same = (said: string, source: string) => {
    const [[a], [b]] = [figuresIn(said), figuresIn(source)]
    return a !== undefined && b !== undefined && saysSame(a, b)
  }
  test.each([
    ['50万', '500,000元'],
    ['三年', '36个月'],
    ['8月31日', '2026-08-31'],
    ['2026年8月', '2026-08-31'],
    ['10号公告', '财政部 税务总局公告2026年第10号'],
    ['按闽财规〔2024〕1号', '闽财规〔2024〕1号'],
    ['16分', '16'],
    ['https://www.most.gov.cn/', 'www.most.gov.cn'],
  ])('「%s」 says 「%s」', (said, source) => expect(same(said, source)).toBe(true))
  test.each([
    ['50', '50元'],
    ['1年', '365天'],
    ['3人', '3家'],
    ['2026-08-31', '2026年8月'],
    ['到2027年', '到2027-12-31'],
    ['国科发政〔2016〕32号', '国科发火〔2016〕32号'],
    ['国科发火〔2016〕32号', '国科发火〔2016〕195号'],
    ['公告2025年第10号', '公告2026年第10号'],
    ['15%', '15‰'],
  ])('「%s」 does not say 「%s」', (said, source) => expect(same(said, source)).toBe(false))
})

test('an amount is the same in whichever way it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), amount => {
      const yuan = `${amount * 10_000}`
      const values = [`${yuan}元`, `${Number(yuan).toLocaleString('en')}元`, `${amount}万元`].map(
        text => figuresIn(text)[0]?.value,
      )
      expect(new Set(values)).toEqual(new Set([yuan]))
    }),
  )
})

test('flattening twice changes nothing, and figures stand where they say', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'12３万元 年月至不超过%，。（）〔〕号—.:a/') }),
      text => {
        const flat = flatten(text)
        expect(flatten(flat)).toBe(flat)
        for (const { at, said } of figuresIn(text)) expect(flat.slice(at, at + said.length)).toBe(said)
      },
    ),
  )
})

test('a long text of nothing but digits and signs is read in a moment', () => {
  expect(figuresIn('1-'.repeat(5000)).length).toBeGreaterThan(0)
  expect(figuresIn('一二三万'.repeat(2000)).length).toBeGreaterThan(0)
  expect(figuresIn('1'.repeat(10_000)).length).toBeGreaterThan(0)
  expect(figuresIn('a.'.repeat(5000))).toEqual([])
})

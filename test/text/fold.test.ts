import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/text/fold.ts'

test.each([
  // Traditional, of Taiwan and of Hong Kong
  ['高新技術企業認定', '高新技术企业认定'],
  ['臺江區創業擔保貸款', '台江区创业担保贷款'],
  ['去哪裡辦、去邊裏辦', '去哪里办、去边里办'],
  ['著作權登記', '着作权登记'],
  ['看着办', '看着办'],
  ['後續補貼發放', '后续补贴发放'],
  ['乾貨', '干货'],
  // Width, case, compatibility
  ['ＨＮＴＥ　申报（３０％）', 'hnte 申报(30%)'],
  ['R&D加计', 'r&d加计'],
  ['①㎡', '1m2'],
  // Numbers
  ['一百万', '100万'],
  ['1,000,000元', '100万元'],
  ['1000000元', '100万元'],
  ['五十万', '50万'],
  ['500000', '50万'],
  ['３０萬', '30万'],
  ['一万五', '1.5万'],
  ['1.5亿', '1.5亿'],
  ['两千五百万', '2500万'],
  ['2千5百万', '2500万'],
  ['三百八', '380'],
  ['一千零五十', '1050'],
  ['十二个月', '12个月'],
  ['三年', '3年'],
  ['两个人', '2个人'],
  ['二〇二六年', '2026年'],
  ['二零二六年三月', '2026年3月'],
  ['百分之十五', '15%'],
  ['百分之百', '100%'],
  ['15個點', '15%'],
  ['12366', '12366'],
  ['0591-8321', '0591-8321'],
  // Words that look like a number and are none
  ['一次性扩岗补助', '一次性扩岗补助'],
  ['千万不要', '千万不要'],
  ['万一', '万一'],
  ['十分', '十分'],
  ['十四五规划', '十四五规划'],
  ['六税两费', '六税两费'],
  ['统一社会信用代码', '统一社会信用代码'],
  ['三四百', '三四百'],
  ['百分之', '百分之'],
  ['2,一百', '2, 100'],
  // Invisible characters, and faces
  ['高\u200b企\ufeff怎\u200d么报', '高企怎么报'],
  ['高企👍🏻怎么报👨‍👩‍👧🇨🇳', '高企怎么报'],
  ['高企怎么报[捂脸][呲牙]', '高企怎么报'],
  ['高企怎么报[附件]', '高企怎么报[附件]'],
  ['高企怎么报[發抖]［強］', '高企怎么报'],
  ['  高企\n\n怎么\t报  ', '高企 怎么 报'],
  ['', ''],
])('「%s」 folds to 「%s」', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

const chinese = fc.string({
  unit: fc.constantFrom(...'一二两三十百千万亿零〇分之个点年元%.,0123456789高企ＨaA臺後 \n👍\u200b[]'),
})
const numeric = fc.string({
  unit: fc.constantFrom(...'一两十百万亿零.,012%', '百分之', '个点', '个百分点', '年', '不', ' ', '[強]'),
})

test('folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(chinese, numeric, fc.string({ unit: 'binary' })), text => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
    { numRuns: 5000, examples: [['〇个亿'], ['千个亿'], ['叁个亿'], ['0.1万个亿'], ['㎧'], ['㎯']] },
  )
})

test('a plain text folds as it does among signs that are not seen', () => {
  const codes = [...Array(0x7f).keys(), ...Array.from({ length: 0xa000 - 0x3000 }, (_, i) => 0x3000 + i)]
  const differing = codes
    .map(code => String.fromCharCode(code))
    .filter(char => fold(`高企${char}补贴`) !== fold(`高企${char}补贴\u200b`))
  expect(differing).toEqual([])
})

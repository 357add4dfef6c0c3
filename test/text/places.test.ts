import { expect, test } from 'vitest'
import { asksOfElsewhere, isAlongside, placesIn } from '../../src/text/places.ts'

test.each([
  ['厦门高企补贴', ['厦门']],
  ['福建省福州市台江区', ['福建', '福州', '台江']],
  ['从上海回福州创业', ['上海', '福州']],
  ['鼓楼区和鼓楼', ['鼓楼区']],
  ['福州福州', ['福州']],
  ['高企怎么报', []],
  ['来宾登记', []],
])('「%s」 names %j', (text, places) => {
  expect(placesIn(text)).toEqual(places)
})

test.each([
  ['福州', '台江', true],
  ['台江', '福建', true],
  ['福州', '福州', true],
  ['厦门', '福州', false],
  ['厦门', '福建', true],
  ['上海', '台江', false],
])('%s and %s lie alongside: %s', (one, other, isSo) => {
  expect(isAlongside(one, other)).toBe(isSo)
})

test.each([
  ['苏州评上高企奖多少', true],
  ['武汉那边的孵化器给新团队什么扶持', true],
  ['杭州大学生创业资助多少', true],
  ['跟杭州的公司合作研发，加计扣除怎么办', false],
  ['中山路开店，创业担保贷款怎么申请', false],
  ['公司明年整个搬去厦门，牌子还认不认', false],
  ['总部在深圳，想在这边设研究院', false],
  ['从南平转过来，证还能用吗', false],
  ['一季度七成都是零申报', false],
  ['算法独家卖给了浙江一家厂，这笔钱要不要交税', false],
  ['设备租给了龙岩的厂，要不要登记', false],
  ['公司明年整个搬去泉州晋江，牌子还认不认', false],
  ['泉州晋江评上高企奖多少', true],
])('「%s」 asks about elsewhere: %s', (text, isElsewhere) => {
  expect(asksOfElsewhere(text, placesIn(text))).toBe(isElsewhere)
})

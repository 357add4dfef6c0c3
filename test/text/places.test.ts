import { expect, test } from 'vitest'
import { isAlongside, placesIn } from '../../src/text/places.ts'

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

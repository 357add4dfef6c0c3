import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutPhones } from '../../../src/text/names/names.ts'

test.each([
  ['优空间-张三 13800001234', '优空间-张三'],
  ['张三13800001234（优空间）', '张三 （优空间）'],
  ['张三 +86 138-0000-1234', '张三'],
  ['13800001234', '（没有名字）'],
  ['张三 1234', '张三 1234'],
  ['优空间-张三', '优空间-张三'],
])('「%s」 is shown as 「%s」', (seen, shown) => {
  expect(withoutPhones(seen)).toBe(shown)
})

test('whatever stands around it, no phone number is left', () => {
  const around = fc.string({ unit: fc.constantFrom('张', '三', '-', ' ', '（', 'a'), maxLength: 10 })
  fc.assert(
    fc.property(around, around, (before, after) => {
      expect(withoutPhones(`${before}13912345678${after}`)).not.toMatch(/1391234/u)
    }),
  )
})

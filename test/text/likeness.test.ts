import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf, likeness, nearSameFrom } from '../../src/text/likeness.ts'

const alike = (one: string, other: string) => likeness(fingerprintOf(one), fingerprintOf(other))

describe('two wordings', () => {
  test.each([
    ['高企怎么报', '高企怎么申报'],
    ['高企如何申报？', '请问高企要怎么申报呢'],
    ['公司搬到外市高企还有效吗', '公司搬到外市，高企资格還有效嗎'],
    ['100万的专利贷款贴息', '一百万专利贷款贴息'],
  ])('「%s」 and 「%s」 are near-same', (one, other) => {
    expect(alike(one, other)).toBeGreaterThanOrEqual(nearSameFrom)
  })
  test.each([
    ['高企怎么报', '高企奖励有多少'],
    ['高企怎么报', '专利费减怎么报'],
    ['公司搬到外市高企还有效吗', '公司搬家了社保怎么转'],
    ['👍', '高企怎么报'],
  ])('「%s」 and 「%s」 are not', (one, other) => {
    expect(alike(one, other)).toBeLessThan(nearSameFrom)
  })
  test('are as alike one way as the other, and a wording is itself', () => {
    const text = fc.stringMatching(/^[高企专利补贴申报怎么吗]{1,12}$/u)
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(alike(one, other)).toBe(alike(other, one))
        expect(alike(one, one)).toBe(1)
      }),
    )
  })
})

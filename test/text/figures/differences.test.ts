import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differingPieces } from '../../../src/text/figures/differences.ts'

const told = (pieces: readonly { text: string; isOther: boolean }[]) =>
  pieces.map(({ text, isOther }) => (isOther ? `[${text}]` : text)).join('')
const both = (before: string, after: string) => differingPieces(before, after).map(told)

test('figures differ as a whole, other words by character', () => {
  expect(both('最高30万元，每年一次', '最高35万元，每年一次')).toEqual([
    '最高[30万元]，每年一次',
    '最高[35万元]，每年一次',
  ])
  expect(both('在本市注册。', '在本市依法注册满1年。')).toEqual(['在本市注册。', '在本市[依法]注册[满1年]。'])
  expect(both('同样', '同样')).toEqual(['同样', '同样'])
})

test('texts too long to compare place by place are marked between their common ends', () => {
  const long = '条款'.repeat(4000)
  expect(both(`${long}旧${long}旧尾`, `${long}新${long}新尾`)[0]).toBe(`${long}[旧${long}旧]尾`)
})

test('nothing of either text is lost', () => {
  const words = fc.string({
    unit: fc.constantFrom('补', '贴', '3', '0', '万', '元', '，', 'a'),
    maxLength: 40,
  })
  fc.assert(
    fc.property(words, words, (before, after) => {
      const pieces = differingPieces(before, after).map(side => side.map(({ text }) => text).join(''))
      expect(pieces).toEqual([before, after])
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markFigures } from '../../../src/text/figures/marked-figures.ts'

const figuresOf = (text: string) => markFigures(text).flatMap(one => (one.isFigure ? [one.text] : []))

test('figures are marked as they stand, whatever their width and spaces', () => {
  expect(figuresOf('单家企业最高不超过 ３０ 万元，面积500㎡，占比 5 %，自2026年3月2日起三年')).toEqual([
    ' ３０ 万元',
    '500㎡',
    ' 5 %',
    '2026年3月2日',
    '三年',
  ])
  expect(figuresOf('第三条 同一项目只补贴一次。')).toEqual(['一次'])
})

test('the pieces joined are the text', () => {
  const part = fc.constantFrom(
    ...[
      '3',
      '万元',
      ' ',
      '\u3000',
      '㎡',
      '％',
      '最高',
      '第三条',
      '２',
      '，',
      '年',
      '月',
      '一',
      '½',
      '10',
      '〔2026〕',
      'A',
    ],
  )
  fc.assert(
    fc.property(fc.array(part), parts => {
      const text = parts.join('')
      expect(
        markFigures(text)
          .map(one => one.text)
          .join(''),
      ).toBe(text)
    }),
    { numRuns: 200 },
  )
})

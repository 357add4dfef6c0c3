import { expect, test } from 'vitest'
import { losesFigureOf, sentencesWithLostFigures } from '../../../src/text/figures/lost-figures.ts'

const clause = { before: '单家企业最高不超过30万元，期限3年。', after: '单家企业最高不超过50万元，期限3年。' }

test('the sentences that tell a figure which a clause lost, with the figure marked', () => {
  const text = '先注册，3年内有效。\n每家最高30万元，由区里发；去年也是三十万元。名额20家。'
  expect(losesFigureOf(clause.before, clause.after, text)).toBe(true)
  const marked = sentencesWithLostFigures([clause], text).map(pieces =>
    pieces.map(piece => (piece.isOther ? `[${piece.text}]` : piece.text)).join(''),
  )
  expect(marked).toEqual(['每家最高[30万元]，由区里发；', '去年也是[三十万元]。'])
})

test('none where only words changed, and all where the clause is gone and was not kept', () => {
  const words = { before: '由区科技局受理，最高30万元。', after: '由街道受理，最高30万元。' }
  expect(sentencesWithLostFigures([words], '最高30万元。')).toEqual([])
  const gone = { before: undefined, after: undefined }
  expect(sentencesWithLostFigures([gone], '最高30万元。名额不限。')).toHaveLength(1)
})

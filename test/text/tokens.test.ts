import { expect, test } from 'vitest'
import { unitsOf } from '../../src/text/tokens.ts'

test.each([
  ['高企怎么报', ['高', '企', '怎', '么', '报']],
  ['r&d加计15%', ['r', 'd', '加', '计', '15%']],
  ['财税〔2018〕120号', ['财', '税', '2018', '120', '号']],
  ['zjtx平台', ['zjtx', '平', '台']],
  ['1.5万', ['1.5', '万']],
  ['𠮷野家', ['𠮷', '野', '家']],
  ['?!……', []],
  ['', []],
])('「%s」 is made of %j', (folded, units) => {
  expect(unitsOf(folded)).toEqual(units)
})

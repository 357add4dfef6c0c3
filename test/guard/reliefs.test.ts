import { expect, test } from 'vitest'
import { faultsOf } from '../../src/guard/index.ts'

const faults = (said: string, text: string) =>
  faultsOf({ said, cited: [{ question: '税怎么交', text }], question: '税怎么交', names: new Map() })

test.each([
  ['企业所得税减半征收。', '企业所得税免征收。', '减半征收企业所得税。'],
  ['企业所得税减按15%缴税。', '企业所得税不用缴税。', '企业所得税减按15%缴税。'],
  ['补贴五万元，一次发放。', '补贴五万元，每年发放。', '补贴五万元，一次发放。'],
  ['补贴五万元，一次发放。', '补贴五万元，年年发放。', '补贴五万元，一次发放。'],
])('%s bears out no other relief and no other rhythm: %s', (text, said, own) => {
  expect(faults(said, text)).toContainEqual(expect.stringMatching(/^a (?:relief|rhythm) of its own/u))
  expect(faults(own, text).filter(one => /^a (?:relief|rhythm)/u.test(one))).toEqual([])
})

test.each([
  ['企业所得税免缴。', '企业所得税免征。'],
  ['按年度发放补贴。', '每年发放补贴。'],
])('%s bears out other words for the same: %s', (text, said) => {
  expect(faults(said, text).filter(one => /^a (?:relief|rhythm)/u.test(one))).toEqual([])
})

import { expect, test } from 'vitest'
import { faultsOf } from '../../src/guard/index.ts'

const claim = {
  said: '单家企业最高不超过30万元，同一项目只补贴一次。',
  cited: [{ question: '能补多少？', text: '单家企业最高不超过30万元。' }],
  question: '补多少',
  names: new Map<string, string>(),
}

test('what a clause of the document says is borne out by it, and a figure beside it is not', () => {
  const passages = [{ question: '第三条（二）', text: '（二）同一项目只补贴一次。' }]
  expect(faultsOf(claim)).not.toEqual([])
  expect(faultsOf({ ...claim, passages })).toEqual([])
  expect(faultsOf({ ...claim, said: claim.said.replace('一次', '两次'), passages })).not.toEqual([])
})

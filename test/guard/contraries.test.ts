import { expect, test } from 'vitest'
import { faultsOf } from '../../src/guard/index.ts'

test.each([
  ['申报时要交书面承诺。', '申报时要交口头承诺。'],
  ['补贴从次月起发放。', '补贴从当月起发放。'],
  ['规上工业企业可以申报。', '规下工业企业可以申报。'],
])('%s: the contrary of a word between the same neighbours is found', (text, said) => {
  const cited = [{ question: '怎么申报', text }]
  const found = (each: string) =>
    faultsOf({ said: each, cited, question: '怎么申报', names: new Map() }).filter(one =>
      one.startsWith('the contrary of'),
    )
  expect(found(said)).not.toEqual([])
  expect(found(text)).toEqual([])
})

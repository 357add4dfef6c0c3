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

test('an exception that no entry makes is found, and one that an entry makes is not', () => {
  const found = (said: string, text: string) =>
    faultsOf({ said, cited: [{ question: '谁能报', text }], question: '谁能报', names: new Map() }).filter(
      one => one.startsWith('an exception'),
    )
  const said = '除高校毕业生外，创业者都可以申报。'
  expect(found(said, '创业者都可以申报，包括高校毕业生。')).not.toEqual([])
  expect(found(said, '除高校毕业生外，创业者都可以申报。')).toEqual([])
})

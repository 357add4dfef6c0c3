import { expect, test } from 'vitest'
import { totalsAgainst } from '../../../src/forms/lists/list-totals.ts'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import { told } from './told-people.ts'

const people = '甘棠、柏舟、郑风、卫淇、子衿'.split('、').map((name, at) => ({
  id: `m${at}`,
  name,
  space: '',
  branch: '',
  team: '',
  isOnRoster: true,
}))
const against = (text: string) =>
  totalsAgainst(text, matchNames(readPasted(text), people)).map(
    ({ of, told, read }) => `${of} ${told} not ${read}`,
  )

test.each([
  ['实到3人\n甘棠\n柏舟', ['here 3 not 2']],
  ['甘棠\n柏舟\n郑风\n实到：2人', ['here 2 not 3']],
  ['应到5人，实到3人，请假2人\n甘棠、柏舟、郑风\n请假：卫淇', ['away 2 not 1']],
  ['应到2，实到3\n甘棠、柏舟、郑风', ['expected 2 not 3']],
  ['实到4人，请假1人，缺席1人\n到：甘棠、柏舟\n请假：郑风\n缺席：卫淇', ['here 4 not 2']],
])('a total that disagrees with what was read is told: %j', (text, wanted) => {
  expect(against(text)).toEqual(wanted)
})

test.each([
  '甘棠\n柏舟\n郑风',
  '应到30人，实到3人\n甘棠、柏舟、郑风',
  '应到5人，实到3人，请假1人，缺1人\n到：甘棠、柏舟、郑风\n请假：卫淇\n缺席：子衿',
  '实到3人，迟到1人\n甘棠、柏舟、郑风\n迟到：卫淇',
  '一组（应到2，实到2）\n甘棠、柏舟\n二组（应到3，实到1）\n到：郑风\n请假：卫淇、子衿\n合计：应到5人，实到3人',
  '一组（实到2人）\n甘棠、柏舟\n二组（实到1人）\n郑风',
  '实到：\n1. 甘棠\n2. 柏舟\n缺席：\n1、郑风',
  '实到：1、甘棠 2、柏舟',
  '到场 14:00\n甘棠',
  '实到2人\n甘棠\n柏舟 ？',
])('totals that agree, or leave room for those who are asked about, are not: %j', text => {
  expect(against(text)).toEqual([])
})

test.each([
  ['甘棠√\n柏舟√\n合计：应到3人，实到2人，请假1人', '甘棠 here，柏舟 here'],
  ['甘棠 到\n柏舟 到（迟到）\n统计：实到2人，缺1人', '甘棠 here，柏舟 here'],
])('a line of totals is no remark on the person above it: %j', (text, wanted) => {
  expect(told(text)).toBe(wanted)
})

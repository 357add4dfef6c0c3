import { describe, expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import type { ListDay } from '../../../src/forms/lists/table-people.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'

const teams: Record<string, string> = {
  甘棠: '三盛服饰',
  柏舟: '三盛服饰',
  郑风: '河口书店',
  卫淇: '河口书店',
  采薇: '台江数码',
}
const member = (name: string, team: string): RosterMember => ({
  ...{ id: `${name}-${team}`, name, team, space: '', branch: '', isOnRoster: true },
})
const people = [
  ...Object.entries(teams).map(([name, team]) => member(name, team)),
  member('陈洁', '三盛服饰'),
  member('陈洁', '河口书店'),
]

/** The lines of a list, each with whom it means and what it says of them. */
const told = (text: string, day?: ListDay) =>
  matchNames(readPasted(text, day ? { day } : {}), people).map(
    ({ found, status }) =>
      `${found.map(({ name, team }) => (name === '陈洁' ? `${name}/${team}` : name)).join(' or ')} ${status}`,
  )

describe('a table with a column for each lesson', () => {
  const table = '姓名\t11月28日\t12月5日\n甘棠\t√\t√\n柏舟\t√\t×\n郑风\t请假\t√\n卫淇\t×\t×\n实到\t2\t2'
  test('is read by the column of the lesson', () => {
    expect(told(table, { month: 12, day: 5 })).toEqual(['甘棠 here', '柏舟 away', '郑风 here', '卫淇 away'])
    expect(told(table, { month: 11, day: 28 })).toEqual(['甘棠 here', '柏舟 here', '郑风 away', '卫淇 away'])
  })
  test('is read by the one column with marks where the others are of lessons to come', () => {
    const sheet = '姓名\t12.5\t12.12\t12.19\n甘棠\t√\t\t\n柏舟\t×\t\t'
    expect(told(sheet)).toEqual(['甘棠 here', '柏舟 away'])
    expect(told(sheet, { month: 12, day: 12 })).toEqual(['甘棠 unclear', '柏舟 unclear'])
  })
  test('leaves to a person where the columns differ and none is of the lesson', () => {
    const open = ['甘棠 here', '柏舟 unclear', '郑风 unclear', '卫淇 away']
    expect(told(table)).toEqual(open)
    expect(told(table, { month: 12, day: 12 })).toEqual(open)
  })
  test('may have companies before the names, each written once, and 1 and 0 as marks', () => {
    const sheet =
      '公司\t姓名\t12.5 14:30\n三盛服饰\t甘棠\t1\n\t柏舟\t0\n河口书店\t郑风\t请假\n\t卫淇\t1\n\t小计\t2'
    expect(told(sheet)).toEqual(['甘棠 here', '柏舟 away', '郑风 away', '卫淇 here'])
  })
})

test.each([
  ['来的有\n三盛服饰 甘棠 柏舟\n河口书店 郑风 卫淇', ['甘棠 here', '柏舟 here', '郑风 here', '卫淇 here']],
  ['今天我们公司来两个 甘棠 柏舟', ['甘棠 unclear', '柏舟 unclear']],
])('names in one line by spaces stand each for itself: %j', (text, lines) => {
  expect(told(text)).toEqual(lines)
})

test.each([
  ['陈洁（三盛服饰）\n陈洁（河口书店）请假\n甘棠', ['陈洁/三盛服饰 here', '陈洁/河口书店 away', '甘棠 here']],
  [
    '序号\t姓名\t单位\t签到\n1\t陈洁\t三盛服饰\t√\n2\t陈洁\t河口书店\t×\n3\t甘棠\t三盛服饰\t√',
    ['陈洁/三盛服饰 here', '陈洁/河口书店 away', '甘棠 here'],
  ],
  ['1. 陈洁\n2. 甘棠\n3. 陈洁（刚才接重了）', ['陈洁/三盛服饰 or 陈洁/河口书店 here', '甘棠 here']],
])('two of one name are told apart by their companies: %j', (text, lines) => {
  expect(told(text)).toEqual(lines)
})

test('a mark of presence beside words of an absence leaves it to a person', () => {
  expect(told('1. 甘棠 ✅ 3点半就走了，店里有事\n2. 柏舟 ✅\n3. 郑风 ❌ 没去成')).toEqual([
    '甘棠 unclear',
    '柏舟 here',
    '郑风 away',
  ])
})

test('people below a 接龙 who did not come are not lost', () => {
  const text = '#接龙\n到了接龙\n\n1. 甘棠\n2. 柏舟\n\n打过电话的：郑风请假，卫淇没接电话没来'
  expect(told(text)).toEqual(['甘棠 here', '柏舟 here', '郑风 away', '卫淇 away'])
})

test('a legend may explain a letter beside its marks', () => {
  const text = '1 甘棠 ○\n2 柏舟 ×\n3 郑风 △\n4 卫淇 假\n（○到 ×没到 △迟到 假=请假）'
  expect(told(text)).toEqual(['甘棠 here', '柏舟 away', '郑风 here', '卫淇 away'])
})

test('titles and cells may be apart by single spaces, and a stroke stands for nothing', () => {
  const text = '姓名 到没到 说明\n甘棠 到 —\n柏舟 未到 已请假\n郑风 到 迟到八分钟\n卫淇 未到 —'
  expect(told(text)).toEqual(['甘棠 here', '柏舟 away', '郑风 here', '卫淇 away'])
})

test('a remark beside an empty cell may give the reason of a leave', () => {
  const text = '序号\t姓名\t签到\t备注\n1\t甘棠\t√\t\n2\t柏舟\t\t请假（体检）\n3\t郑风\t\t电话没接'
  expect(told(text)).toEqual(['甘棠 here', '柏舟 away', '郑风 unclear'])
})

test.each(
  '打卡了 参加了 出席了 早退了 到场了 来了 签了 到齐了 在 在现场 在会场 在教室 先走了 提前走了 补签了'.split(
    ' ',
  ),
)('「%s」 behind a name is said of a person who was there', words => {
  expect(told(`甘棠 ${words}\n柏舟`)).toEqual(['甘棠 here', '柏舟 here'])
})

test.each('被客户叫走了 回老家了 在家 在医院 （人在医院）'.split(' '))(
  '「%s」 behind a name leaves it to a person',
  words => {
    expect(told(`甘棠 ${words}\n柏舟`)).toEqual(['甘棠 unclear', '柏舟 here'])
  },
)

import { expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import { told } from './told-people.ts'

test.each([
  ['甘棠、柏舟到，缺3人', '甘棠 here，柏舟 here'],
  ['甘棠 到、柏舟 到，请假1人', '甘棠 here，柏舟 here'],
  ['甘棠、柏舟，请假2人', '甘棠 away，柏舟 away'],
  ['还差3人：郑风、卫淇、子衿\n到：甘棠', '郑风 away，卫淇 away，子衿 away，甘棠 here'],
])('a number of people behind names is of other people unless it counts them: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  [
    '一支部（2人）\n甘棠、柏舟\n二支部（2人，1人请假）\n郑风、卫淇',
    '甘棠 here，柏舟 here，郑风 unclear，卫淇 unclear',
  ],
  ['二支部（2人，请假1人）\n郑风\n卫淇 请假', '郑风 here，卫淇 away'],
  ['二支部（2人，请假0人）\n郑风、卫淇', '郑风 here，卫淇 here'],
])('a heading that counts who is away leaves open who it is: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['1. 甘棠（柏舟代）\n2. 郑风', '甘棠 unclear，郑风 here'],
  ['1. 甘棠（党代表）\n2. 郑风', '甘棠 here，郑风 here'],
  ['甘棠 说要来\n柏舟 等会儿到\n郑风 会来', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
  ['甘棠+柏舟到，郑风-', '甘棠 here，柏舟 here，郑风 unclear'],
  ['甘棠 不请假\n柏舟 到', '甘棠 unclear，柏舟 here'],
  ['未请假：甘棠', '甘棠 unclear'],
  ['1.甘棠@优空间\n2.郑风@优空间 请假', '甘棠 here，郑风 away'],
  ['甘棠 参会到场\n柏舟 到会', '甘棠 here，柏舟 here'],
  ['甘棠 上午到，下午请假\n柏舟 全天', '甘棠 unclear，柏舟 here'],
  ['1. 甘棠 上午到下午请假\n2. 柏舟 后半场请假', '甘棠 unclear，柏舟 unclear'],
])('what is to come, or holds for a part of the time, is for a person to decide: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['除卫淇请假外，其他人员均到：甘棠、柏舟、郑风', '卫淇 away，甘棠 here，柏舟 here，郑风 here'],
  ['只到了甘棠和柏舟，其他请假', '甘棠 here，柏舟 here'],
  ['甘棠、柏舟，后来郑风也到了', '甘棠 here，柏舟 here，郑风 here'],
  ['#接龙\n周六党课\n\n1. 甘棠+云帆\n2. 柏舟+木石 请假\n3. 郑风', '甘棠 here，柏舟 away，郑风 here'],
  [
    '参会名单\n林小美 王 小 明 卫 淇 甘棠\n子 衿 柏舟',
    '林小美 here，王小明 here，卫淇 here，甘棠 here，子衿 here，柏舟 here',
  ],
  ['以上同志均已签到，甘棠、郑风因公请假。', '甘棠 unclear，郑风 away'],
  ['1 甘棠 √ 2 柏舟 △ 3 郑风 × 4 卫淇 ○', '甘棠 here，柏舟 unclear，郑风 away，卫淇 unclear'],
])('names beside other words are found: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  '🌟恒丰大厦🌟\n甘棠 🙋\n🌟未到🌟\n柏舟',
  '★实到★\n甘棠\n★请假★\n柏舟',
  '== 到 ==\n甘棠\n== 缺席 ==\n柏舟',
  '甘棠 到\n❗️未到❗️\n柏舟',
])('a heading between ornaments is a heading: %j', text => expect(told(text)).toBe('甘棠 here，柏舟 away'))

test.each([
  '今天少了老师',
  '今天人少',
  '还差3人',
  '还差三个人没到',
  '就差一个人了',
  '还有几个没来',
  '老师没来',
  '还缺两位',
])('words about people who are not named are no names: %s', line => {
  const lines = matchNames(readPasted(`甘棠\n柏舟\n${line}`), [])
  expect(lines.map(({ line: name, status }) => `${name} ${status}`)).toEqual(['甘棠 here', '柏舟 here'])
})

import { expect, test } from 'vitest'
import { told } from './told-people.ts'

test.each([
  ['除卫淇外，其他人员均未到：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除卫淇外，其他人员都没来：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除卫淇外，其他人员都没签到：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除卫淇外，其他人都不来：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除卫淇外，其他人都没有来：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除卫淇外，其他缺席未签到的：甘棠、柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  ['除甘棠、柏舟外都没来：郑风、卫淇', '甘棠 unclear，柏舟 unclear，郑风 away，卫淇 away'],
  ['除卫淇外，其他人员均未到：\n甘棠\n柏舟', '卫淇 unclear，甘棠 away，柏舟 away'],
  [`除卫淇外，其他人员均未到：${'赵某某、'.repeat(120)}甘棠、柏舟`, '卫淇 unclear，甘棠 away，柏舟 away'],
])('the others who did not come are away: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['除卫淇外，其他人员均到：\n甘棠\n柏舟', '卫淇 away，甘棠 here，柏舟 here'],
  ['除卫淇外，其他人均迟到：甘棠、柏舟', '卫淇 unclear，甘棠 here，柏舟 here'],
  ['除卫淇外，其他人会到：甘棠、柏舟', '卫淇 away，甘棠 unclear，柏舟 unclear'],
  ['除卫淇外，全部没到齐：甘棠、柏舟', '卫淇 unclear，甘棠 unclear，柏舟 unclear'],
  ['除甘棠外，没有人到：郑风、卫淇', '甘棠 unclear，郑风 unclear，卫淇 unclear'],
  ['除甘棠外无人签到：郑风、卫淇', '甘棠 unclear，郑风 unclear，卫淇 unclear'],
])('the others are here only where the words say that they came: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['请假：\n二支部（2人，1人出差）\n郑风\n卫淇\n三支部（1人）\n甘棠', '郑风 away，卫淇 away，甘棠 away'],
  ['未到：\n二支部（2人，1人出差）\n郑风\n卫淇\n三支部（1人）\n甘棠', '郑风 away，卫淇 away，甘棠 away'],
  ['请假名单：\n一支部（2人，2人请假）\n甘棠\n柏舟', '甘棠 away，柏舟 away'],
  ['——请假——\n二支部（2人，1人出差）\n郑风\n卫淇\n三支部（1人）\n甘棠', '郑风 away，卫淇 away，甘棠 away'],
  ['请假：2人\n二支部（2人，1人出差）\n郑风\n卫淇\n三支部（1人）\n甘棠', '郑风 away，卫淇 away，甘棠 away'],
  ['待定：\n二支部（2人，1人出差）\n郑风\n三支部（1人）\n甘棠', '郑风 unclear，甘棠 unclear'],
  [
    '一支部（3人，3人请假）\n甘棠\n柏舟\n请假：\n郑风\n二支部（1人）\n卫淇',
    '甘棠 unclear，柏舟 unclear，郑风 away，卫淇 away',
  ],
  ['到：\n二支部（2人，1人出差）\n郑风\n卫淇\n三支部（1人）\n甘棠', '郑风 unclear，卫淇 unclear，甘棠 here'],
])('a heading of a branch keeps the heading above it: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['实到：甘棠、柏舟，请假2人', '甘棠 here，柏舟 here'],
  ['实到：甘棠、柏舟，请假1人', '甘棠 here，柏舟 here'],
  ['实到：\n甘棠、柏舟，请假2人', '甘棠 here，柏舟 here'],
  ['请假：\n卫淇\n实到：\n甘棠、柏舟，请假1人', '卫淇 away，甘棠 here，柏舟 here'],
  ['甘棠、柏舟，请假2人', '甘棠 away，柏舟 away'],
  ['实到：甘棠、柏舟，2人请假、1人出差。', '甘棠 here，柏舟 here'],
  ['实到：甘棠、柏舟，请假1人，郑风', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
  ['实到：甘棠、柏舟，郑风，1人请假', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
  ['今天到的有甘棠、柏舟，请假2人', '甘棠 here，柏舟 here'],
  ['甘棠、柏舟到，请假2人', '甘棠 here，柏舟 here'],
  ['甘棠、柏舟两人到，请假2人', '甘棠 here，柏舟 here'],
  ['甘棠 到、柏舟 到，缺席2人', '甘棠 here，柏舟 here'],
  ['甘棠到、柏舟，请假2人', '甘棠 here，柏舟 unclear'],
  ['甘棠、柏舟到，2人请假', '甘棠 unclear，柏舟 unclear'],
])('a number of absent people is of others than those who came: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each(['上午请假', '上午已请假', '上午因病请假', '下午因事请假', '因事下午请假', '后半场临时请假'])(
  'an absence for a part of the day is for a person to decide: %s',
  words => expect(told(`甘棠，${words}`)).toBe('甘棠 unclear'),
)

test.each(['组织生活会到', '支部大会到', '例会到', '今天例会到', '党员会到'])(
  'a meeting that people came to is no word for the future: %s',
  label => expect(told(`${label}：甘棠`)).toBe('甘棠 here'),
)

test.each([
  ['组织生活会请假：甘棠', '甘棠 away'],
  ['今晚会到：甘棠', '甘棠 unclear'],
])('a meeting or an evening in front of a status: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each(['请假的同志', '请假的同志：', '今天没来的人员有', '没到的人'])(
  'a heading of those who are away holds for the lines below: %s',
  heading => expect(told(`${heading}\n甘棠\n柏舟`)).toBe('甘棠 away，柏舟 away'),
)

import { describe, expect, test } from 'vitest'
import { told } from './told-people.ts'

describe('a label', () => {
  test.each([
    [
      '【应到】甘棠 柏舟 郑风\n【实到】甘棠 柏舟\n【请假】郑风',
      '甘棠 here，柏舟 here，郑风 away',
      'of those who should come yields to what is said of each',
    ],
    [
      '优空间全体名单：甘棠、柏舟、郑风、卫淇\n除郑风请假、卫淇未到外，其余甘棠、柏舟全部到齐',
      '甘棠 here，柏舟 here，郑风 away，卫淇 away',
      'of a whole list yields to the exceptions and the others',
    ],
    [
      '全体名单：甘棠、柏舟、郑风\n请假：郑风\n其余均到',
      '甘棠 here，柏舟 here，郑风 away',
      'of a whole list tells who the others are',
    ],
    [
      '全体名单：甘棠、柏舟\n请假：柏舟',
      '甘棠 unclear，柏舟 away',
      'of a whole list alone tells no presence',
    ],
    [
      '12月5日下午到会人员（以签到先后为序）：甘棠、柏舟等2人。\n郑风因病请假。甘棠迟到约20分钟。',
      '甘棠 here，柏舟 here，郑风 away',
      'may have a remark in brackets',
    ],
    [
      '签到名单（林小美、王小明、欧阳明月三人先到）\n甘棠\n柏舟 未到',
      '林小美 here，王小明 here，欧阳明月 here，甘棠 here，柏舟 away',
      'may have names in brackets',
    ],
    [
      '请假（林小美、王小明）\n甘棠',
      '林小美 away，王小明 away，甘棠 unclear',
      'of absence with names in brackets leaves those below to a person',
    ],
    [
      '第二组（到3人，请假1人）：甘棠、柏舟、郑风\n请假：卫淇',
      '甘棠 unclear，柏舟 unclear，郑风 unclear，卫淇 away',
      'does not begin within brackets',
    ],
    ['到会人员（请假的除外）：甘棠', '甘棠 unclear', 'keeps brackets that speak against it'],
  ])('%j: %s', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('brackets behind a label or a place', () => {
  test.each([
    ['缺席（卫淇）\n甘棠', '卫淇 unclear，甘棠 unclear'],
    ['实到（除卫淇外）：甘棠、柏舟', '甘棠 unclear，柏舟 unclear，卫淇 unclear'],
    ['一支部（林小美、王小明）\n甘棠', '林小美 here，王小明 here，甘棠 here'],
    ['一支部（林小美、王小明）：甘棠', '林小美 unclear，王小明 unclear，甘棠 here'],
    ['优空间（到1缺2）：甘棠、柏舟', '甘棠 unclear，柏舟 unclear'],
    ['优空间（到1人，缺2人）：甘棠、柏舟', '甘棠 unclear，柏舟 unclear'],
    ['第一组（4人，全到）：甘棠、柏舟', '甘棠 here，柏舟 here'],
    ['第一组（地点二楼）：甘棠、柏舟', '甘棠 here，柏舟 here'],
  ])('are no silent loss of a person: %j', (text, wanted) => expect(told(text)).toBe(wanted))
})

test('the rest is open while a person who is away is not known', () => {
  expect(told('应到：甘棠、柏舟、林小美\n请假：小林\n其余均到')).toBe(
    '甘棠 unclear，柏舟 unclear，林小美 unclear',
  )
})

describe('a line that explains the marks', () => {
  test.each([
    ['√到 ×未到 △请假 ○迟到\n甘棠 √\n柏舟 ○\n郑风 △\n卫淇 ×', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
    ['注：√为到，○为缺席\n甘棠 √\n柏舟 ○\n郑风 √', '甘棠 here，柏舟 away，郑风 here'],
    [
      '说明：空白为未到\n姓名\t签到\t姓名\t签到\n甘棠\t√\t郑风\t\n柏舟\t\t卫淇\t请假',
      '甘棠 here，柏舟 away，郑风 away，卫淇 away',
    ],
    ['没打勾的就是没来\n1 甘棠 √\n2 柏舟\n3 郑风', '甘棠 here，柏舟 away，郑风 away'],
    ['√甘棠 ○柏舟\n○郑风', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
  ])('says what they mean: %j', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('a table', () => {
  test.each([
    [
      '姓名\t单位\t签名\t备注\n甘棠\t优空间\t甘棠\t\n柏舟\t优空间\t郑风\t代签\n郑风\t优空间\t\t\n卫淇\t优空间\t\t请假',
      '甘棠 here，柏舟 unclear，郑风 unclear，卫淇 away',
    ],
    ['姓名\t签到\t备注\n甘棠\t\t请假\n柏舟\t√\t\n郑风\t\t迟到', '甘棠 away，柏舟 here，郑风 unclear'],
    ['支部\t姓名\t结果\n一支部\t甘棠\t到\n\t柏舟\t缺勤', '甘棠 here，柏舟 away'],
    ['姓名\t出勤\n甘棠\t到/请假\n柏舟\t到', '甘棠 unclear，柏舟 here'],
  ])('is read by the column of status and the remarks beside it: %j', (text, wanted) =>
    expect(told(text)).toBe(wanted),
  )
})

test.each([
  [
    '1. 甘棠 late lunch, no need for water\n2. 柏舟 no\n3. 郑风 no time',
    '甘棠 here，柏舟 away，郑风 unclear',
  ],
  ['1. 甘棠 leave early\n2. 柏舟 leave', '甘棠 here，柏舟 away'],
  ['甘棠 请假（后来赶到）\n柏舟 赶不到', '甘棠 unclear，柏舟 away'],
  ['高 兴 木石\n甘棠', '高兴 here，甘棠 here'],
])('words beside a name are taken whole: %j', (text, wanted) => expect(told(text)).toBe(wanted))

import { describe, expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import { told } from './told-people.ts'

describe('「除…外」 ends with its clause', () => {
  test.each([
    [
      '除柏舟外，李娜、张伟均到，陈静没来',
      '柏舟 unclear，李娜 here，张伟 here，陈静 away',
      'a clause behind has people of its own',
    ],
    [
      '除柏舟请假外，甘棠、郑风均到；李娜出差',
      '柏舟 away，甘棠 here，郑风 here，李娜 away',
      'also behind a semicolon',
    ],
    [
      '除柏舟外，其余李娜、张伟均到，陈静没来',
      '柏舟 unclear，李娜 here，张伟 here，陈静 away',
      'also with a word for the others',
    ],
    [
      '除了李娜，张伟病假外，其余陈静、郑风、甘棠均到',
      '李娜 away，张伟 away，陈静 here，郑风 here，甘棠 here',
      'a comma stands among the excepted',
    ],
    ['除李娜外陈静、郑风均到', '李娜 away，陈静 here，郑风 here', 'no comma stands behind'],
    ['除李娜外陈静 郑风均到，谢谢', '李娜 away，陈静 here，郑风 here', 'the others stand apart by blanks'],
    [
      '除李娜在国外，陈静请假外，郑风均到',
      '李娜 unclear，陈静 away，郑风 here',
      '「在国外」 is no end of it',
    ],
  ])('%j: %s', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('a name with nothing beside it is told by the line on blanks, and no other', () => {
  test.each([
    ['空白为未到\n李娜 √\n张伟√\n陈静', '李娜 here，张伟 here，陈静 away'],
    ['注：空白为未到\n甘棠 9:05\n柏舟 9:10\n郑风 √\n卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
    [
      '空白为未到\n甘棠 √\n李娜（到）\n张伟（线上）\n郑风（后到）\n卫淇 补签\n陈静 在线\n柏舟',
      '甘棠 here，李娜 here，张伟 here，郑风 here，卫淇 here，陈静 here，柏舟 away',
    ],
    ['空白为未到\n甘棠 请假\n柏舟', '甘棠 away，柏舟 unclear'],
    ['签到：\n甘棠 √\n柏舟 √\n郑风\n空白为未到', '甘棠 here，柏舟 here，郑风 unclear'],
    [
      '说明：空白为未到\n姓名\t签到\t备注\n甘棠\t\t后到\n郑风\t√\t\n柏舟\t\t',
      '甘棠 unclear，郑风 here，柏舟 away',
    ],
  ])('%j', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('「其余均到」 tells of nobody where an exception may be another of them', () => {
  const expected = '应到：甘棠、柏舟、郑风'
  test.each([
    '请假1人',
    '实到2人',
    '待定：小甘',
    '请假：小甘（待确认）',
    '请假（柏舟）',
    '请假2人：郑风',
    '除请假的外',
  ])('%s', words => expect(told(`${expected}\n${words}\n其余均到`)).not.toContain('here'))

  test('it tells where names stand apart by blanks and their number fits', () => {
    const text = '应到(3)：甘棠 柏舟 郑风\n请假人员：郑风\n其余均到'
    expect(told(text)).toBe('甘棠 here，柏舟 here，郑风 away')
  })

  test('it tells where the number of exceptions fits', () => {
    expect(told(`${expected}\n请假1人：郑风\n其余均到`)).toBe('甘棠 here，柏舟 here，郑风 away')
  })
})

describe('people in brackets behind a label', () => {
  test.each([
    ['请假（李娜、柏舟）：陈静', '陈静 away，李娜 unclear，柏舟 unclear'],
    ['请假（卫淇、郑风）：陈静', '陈静 away，卫淇 unclear，郑风 unclear'],
    ['请假（李娜、柏舟）\n陈静', '李娜 unclear，柏舟 unclear，陈静 unclear'],
    ['请假（柏舟）：陈静', '陈静 away，柏舟 unclear'],
    ['1. 郑风 请假（柏舟的事）\n2. 柏舟', '郑风 away，柏舟 here'],
  ])('are not lost, whatever their family name: %j', (text, wanted) => expect(told(text)).toBe(wanted))
})

test.each(['被客户叫走了', '回老家了', '在家', '（人在医院）', '，人还在公司'])(
  'where a person is, or went, is no presence: %s',
  words =>
    expect(told(`1. 甘棠 ${words}\n2. 柏舟 到了\n3. 郑风 在线`)).toBe('甘棠 unclear，柏舟 here，郑风 here'),
)

describe('a mark is read as explained where it stands alone with a name', () => {
  test.each([
    ['√到 ○请假\n陈静 ○ 9:00', '陈静 unclear'],
    ['√到 ○请假\n李娜○张伟√陈静○', '李娜 unclear，张伟 unclear，陈静 unclear'],
    ['√请假 ○到\n李娜√张伟√', '李娜 unclear，张伟 unclear'],
    ['√请假 ○到\n姓名\t签到\n甘棠\t√\n柏舟\t○', '甘棠 away，柏舟 here'],
    ['甘棠○\n○到 ×未到\n柏舟×\n○请假 ×旷课', '甘棠 unclear，柏舟 away'],
    ['√到 ×未到\n甘棠 √\n柏舟\n郑风 ×', '甘棠 here，柏舟 unclear，郑风 away'],
    ['√到 ×未到 △请假\n甘棠\n柏舟\n郑风 △', '甘棠 unclear，柏舟 unclear，郑风 away'],
    ['△请假 ×缺\n甘棠\n柏舟 △', '甘棠 here，柏舟 away'],
    [
      '说明：√出勤 ○请假\n陈静 9:05\n高兴✅\n刘洋✅\n张伟 9:05\n郑风已签到\n卫淇○',
      '陈静 here，高兴 here，刘洋 here，张伟 here，郑风 here，卫淇 away',
    ],
  ])('%j', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('a column that may tell of something else', () => {
  test.each([
    ['姓名\t签到\t结果\n甘棠\t√\t合格', '甘棠 here'],
    ['姓名\t签到时间\t结果\n甘棠\t9:00\t通过', '甘棠 here'],
    ['姓名\t签名\t签到时间\n甘棠\t\t9:00', '甘棠 here'],
    ['姓名\t签名\n郑风\t郑 风\n甘棠\t电子签', '郑风 here，甘棠 here'],
    ['姓名\t签到\t昨天\n甘棠\t\t请假\n郑风\t√\t', '甘棠 unclear，郑风 here'],
  ])('yields to one that tells who was there: %j', (text, wanted) => expect(told(text)).toBe(wanted))
})

test.each(['请假（李娜）：陈静', '到会：甘棠。没有来的 1 人：郑风', '到会：甘棠，因公外出 1 名：郑风'])(
  'a name is shown without the label before it: %j',
  text => {
    for (const { name } of readPasted(text)) expect(name).not.toMatch(/[:：]/u)
  },
)

test.each(['陈静 请假 9:00', '1. 陈静 缺席 9:00', '陈静，请假 9:00'])('a time is no label: %j', text =>
  expect(told(text)).toBe('陈静 away'),
)

test('a person whose name is written with a blank is found beside a space', () => {
  const person = { id: 'a', name: '张 三', space: '优空间', branch: '', team: '', isOnRoster: true }
  const [line] = matchNames(readPasted('张 三 优空间'), [person])
  expect(line?.found).toEqual([person])
})

test('asks about those below a heading that is not understood', () => {
  const read = readPasted('线下：\n屈金水、项美玉\n没上线也没来：\n蓝国辉\n请假：\n席月兰')
  expect(read).toContainEqual({ name: '屈金水', status: 'here' })
  expect(read).toContainEqual({ name: '蓝国辉', status: 'unclear' })
  expect(read).toContainEqual({ name: '席月兰', status: 'away' })
})

test.each([
  ['实到：\n优空间：\n甘棠', 'here'],
  ['请假：\n优空间：\n甘棠', 'away'],
])('keeps the status of a part below a heading that says nothing of it: %j', (text, status) =>
  expect(readPasted(text)).toContainEqual({ name: '甘棠', status }),
)

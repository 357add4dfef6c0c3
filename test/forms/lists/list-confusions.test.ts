import { describe, expect, test } from 'vitest'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import { told } from './told-people.ts'

const statuses = (text: string) =>
  readPasted(text)
    .map(({ name, status }) => `${name} ${status}`)
    .join('，')

test.each([
  ['没有缺席 甘棠', '甘棠 unclear'],
  ['没有请假 甘棠、柏舟', '甘棠 unclear，柏舟 unclear'],
  ['没人迟到 甘棠', '甘棠 unclear'],
  ['无人缺席：甘棠、柏舟', '甘棠 unclear，柏舟 unclear'],
  ['没有缺席的：甘棠', '甘棠 unclear'],
])('a denied absence leaves its names to a person: %s', (text, wanted) => expect(told(text)).toBe(wanted))

describe('one character of lacking', () => {
  test.each([
    '少年宫',
    '少先队员',
    '今天少了一半人',
    '少了好几个人',
    '等候区',
    '今天等老师讲课',
    '少华哥',
    '就等老师了',
    '差不多了',
    '缺一不可',
    '全到了，就差合影',
  ])('takes no name out of a word: %s', text => {
    for (const { name, status } of readPasted(text)) {
      expect(text, name).toContain(name)
      expect(status === 'away' || /^[年先候华]/u.test(name), `${name} ${status}`).toBe(false)
    }
  })
  test('leaves a name whole that begins with it', () => {
    expect(statuses('少华哥')).toBe('少华哥 here')
    expect(statuses('少年宫\n甘棠')).toBe('少年宫 here，甘棠 here')
  })
  test.each([
    ['就差郑风', '郑风 away'],
    ['少了卫淇', '卫淇 away'],
    ['二支部缺郑风', '郑风 away'],
    ['优空间缺郑风、卫淇', '郑风 away，卫淇 away'],
    ['大家等郑风', '郑风 unclear'],
    ['我们还等郑风', '郑风 unclear'],
    ['缺甘棠', '甘棠 away'],
    ['人齐了，差郑风', '郑风 away'],
    ['差郑风，其他人都到了', '郑风 away'],
  ])('takes a name where words around it say so: %s', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('a number behind a name', () => {
  test.each([
    ['甘棠-1\n柏舟-2\n郑风-3', '甘棠 here，柏舟 here，郑风 here'],
    ['甘棠－1、柏舟－2、郑风－3', '甘棠 here，柏舟 here，郑风 here'],
    ['甘棠-1 到\n柏舟-2 请假', '甘棠 here，柏舟 away'],
  ])('that counts the names is no refusal: %j', (text, wanted) => expect(told(text)).toBe(wanted))
  test.each([
    ['甘棠+1\n柏舟-1', '甘棠 here，柏舟 unclear'],
    ['甘棠+1\n柏舟+2\n郑风-1', '甘棠 here，柏舟 here，郑风 unclear'],
    ['甘棠\n柏舟-1', '甘棠 here，柏舟 unclear'],
    ['甘棠-1\n柏舟-1', '甘棠 unclear，柏舟 unclear'],
    ['甘棠-1\n柏舟-0', '甘棠 unclear，柏舟 unclear'],
    ['甘棠 -1\n柏舟 -2', '甘棠 unclear，柏舟 unclear'],
  ])('may be one: %j', (text, wanted) => expect(told(text)).toBe(wanted))
})

describe('a name that sounds like an absence', () => {
  test.each([
    ['到场：甘棠 石佳', '甘棠 石佳 here'],
    ['一支部 石佳', '一支部 石佳 here'],
    ['优空间-史佳', '优空间-史佳 here'],
    ['Shi Jia\nBing Jia', 'Shi Jia here，Bing Jia here'],
    ['Lin Mei Lai', 'Lin Mei Lai here'],
    ['1. Lin Qingjia\n2. 甘棠', 'Lin Qingjia here，甘棠 here'],
  ])('is a name where it begins as one: %j', (text, wanted) => expect(statuses(text)).toBe(wanted))
  test.each([
    '甘棠 施加',
    '甘棠 石家',
    '甘棠 请加',
    '甘棠 梅来',
    '甘棠 史假',
    '甘棠 mei lai',
    'Kevin Liu mei lai',
    'Kevin qingjia',
    'Kevin Liu Qing Jia',
    'Kevin Qing Jia',
    'Kevin Qingjia',
    '甘棠 qj',
    '甘棠 Shi Jia',
  ])('is an absence where it stands beside one: %s', text =>
    expect(readPasted(text).map(({ status }) => status)).toEqual(['unclear']),
  )
})

test.each([
  [
    '1.柏舟（到）\n2.卫淇（请假）\n3.郑风（到）\n4.子衿（请假）',
    '柏舟 here，卫淇 away，郑风 here，子衿 away',
  ],
  ['柏舟（到）\n卫淇（请假）\n郑风（到）\n子衿（请假）', '柏舟 here，卫淇 away，郑风 here，子衿 away'],
])('names with a status in brackets are no messages of a chat: %j', (text, wanted) =>
  expect(statuses(text)).toBe(wanted),
)

test.each([
  ['1甘棠 2柏舟 3号楼郑风', '甘棠 here，柏舟 here，3号楼 郑风 here'],
  ['1甘棠，2柏舟，3楼郑风，4卫淇', '甘棠 here，柏舟 here，3楼 郑风 here，卫淇 here'],
  ['1甘棠 2柏舟 3栋郑风', '甘棠 here，柏舟 here，3栋 郑风 here'],
  ['1甘棠 2柏舟 共2人', '甘棠 here，柏舟 共2人 here'],
])('a number of a house begins another name of the line: %s', (text, wanted) =>
  expect(statuses(text)).toBe(wanted),
)

// Marks become blanks, and patterns that skip blanks take a time that grows faster than they do.
test.each(['= ', '＝', '=> ', '→ ', '[ ] ', '（应到1） ', '- ', '-', '无人', '就', '没有', '没有缺席 '])(
  'marks without an end take no time that grows with them: %s',
  mark => {
    const start = performance.now()
    readPasted(`甘棠 ${mark.repeat(5000)}x`)
    expect(performance.now() - start).toBeLessThan(2000)
  },
)

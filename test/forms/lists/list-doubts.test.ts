import { describe, expect, test } from 'vitest'
import { readList } from '../../../src/forms/lists/doubts/list-doubts.ts'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import { people } from './told-people.ts'

const read = (text: string) =>
  readList(text, people)
    .filter(({ found }) => found.length === 1)
    .map(({ found, status, doubt }) => `${found[0]?.name} ${status}${doubt ? ` ${doubt}` : ''}`)
    .join('，')

describe('words that no list is known to have leave a name to a person', () => {
  test.each([
    ['甘棠\n柏舟 摸鱼去了\n郑风', '甘棠 here，柏舟 unclear 摸鱼去了，郑风 here'],
    ['1. 甘棠\n2. 柏舟（陪客户）\n3. 郑风', '甘棠 here，柏舟 unclear 陪客户，郑风 here'],
    ['甘棠、柏舟、郑风被抽去值勤', '甘棠 here，柏舟 here，郑风 unclear 被抽去值勤'],
    ['甘棠、柏舟，据说在楼下', '甘棠 unclear 据说在楼下，柏舟 unclear 据说在楼下'],
    ['姓名\t签到\t备注\n甘棠\t√\t\n柏舟\t√\t别人看见的', '甘棠 here，柏舟 unclear 别人看见的'],
    ['甘棠 13:55\n签到\n柏舟 13:58\n签到，帮我占个座', '甘棠 here，柏舟 unclear 帮我占个座'],
  ])('beside it: %j', (text, wanted) => expect(read(text)).toBe(wanted))
  test.each([
    ['到场\n甘棠\n掉队\n柏舟\n郑风', '甘棠 unclear 掉队，柏舟 unclear 掉队，郑风 unclear 掉队'],
    ['失踪组员们：\n甘棠、柏舟', '甘棠 unclear 失踪组员们，柏舟 unclear 失踪组员们'],
  ])('in a heading above it: %j', (text, wanted) => expect(read(text)).toBe(wanted))
})

describe('known words leave no doubt', () => {
  test.each([
    [
      '12月5日周末微党课 签到名单（共3人）\n1. 甘棠\n2. 优空间-柏舟\n3. 郑风老师 14:02',
      '甘棠 here，柏舟 here，郑风 here',
    ],
    ['《民法典》专题学习\n甘棠、柏舟（组织委员）、小陈、郑风', '甘棠 here，柏舟 here，郑风 here'],
    ['实到3人：甘棠 柏 舟 郑风\n请假1人：卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
    ['#接龙\n周六下午微党课，要请假的备注一下\n1. 甘棠\n2. 柏舟 +1', '甘棠 here，柏舟 here'],
    ['#接龙\n周六党课\n1. 甘棠，吃素\n2. 柏舟 要一个车位', '甘棠 here，柏舟 here'],
    ['#接龙\n自带水杯，停车走后门\n1. 甘棠\n2. 柏舟', '甘棠 here，柏舟 here'],
    ['甘棠 13:55\n王小二 14:02\n柏舟 13:58', '甘棠 here，柏舟 here'],
    ['甘棠 到，拍了合影\n柏舟', '甘棠 here，柏舟 here'],
    ['甘棠 迟到20分钟\n柏舟 线上\n郑风 已签到', '甘棠 here，柏舟 here，郑风 here'],
    ['Present: 甘棠, 柏舟\nAbsent: 郑风', '甘棠 here，柏舟 here，郑风 away'],
  ])('%j', (text, wanted) => expect(read(text)).toBe(wanted))
})

describe('what contradicts itself is for a person to decide', () => {
  test.each([
    ['甘棠 到（郑风请假）\n柏舟', /郑风 (?:away|unclear)/u],
    ['一组：甘棠、柏舟（郑风下次参加）', /郑风 unclear/u],
    ['#接龙\n周六党课\n1. 甘棠 没空\n2. 柏舟', /甘棠 unclear/u],
    ['第二组缺1人：\n甘棠\n柏舟', /甘棠 unclear.*柏舟 unclear/u],
    ['到会：甘棠、柏舟，缺1人请假', /甘棠 unclear.*柏舟 unclear/u],
    ['来：2人\n甘棠 郑风\n不来：1人\n卫淇\n看情况：1人\n柏舟', /卫淇 away，柏舟 unclear/u],
    ['1甘棠2柏舟3郑风（请假）4卫淇', /^(?!.*(?:甘棠|卫淇) away)/u],
  ])('%j', (text, wanted) => expect(read(text)).toMatch(wanted))
})

test('a doubt never makes a person present or away', () => {
  const texts = [
    '甘棠、柏舟到，缺3人',
    '除了柏舟，其他人都到了',
    '甘棠 请假\n柏舟 到',
    '请假：甘棠（去黄河出差）',
  ]
  for (const text of texts) {
    const plain = new Map(matchNames(readPasted(text), people).map(({ line, status }) => [line, status]))
    for (const { line, status } of readList(text, people))
      expect([plain.get(line), 'unclear']).toContain(status)
  }
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesIn, readPasted } from '../../../src/forms/lists/pasted-list.ts'

// Each 「的」 more doubled the time.
test('a line of particles takes no time that grows with it', () => {
  expect(namesIn(`${'的'.repeat(400)}吃x\n1. 甘棠\n2. 柏舟`)).toEqual(
    expect.arrayContaining(['甘棠', '柏舟']),
  )
})

const statuses = (text: string) =>
  readPasted(text)
    .map(({ name, status }) => `${name} ${status}`)
    .join('，')

describe('a status of several names', () => {
  test.each([
    ['请假，甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['缺席，甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['请假2人，甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['请假的有甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['缺席的是甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['今天没来的有甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['请假 甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['请假；甘棠、柏舟', '甘棠 away，柏舟 away'],
    ['实到，甘棠、柏舟；请假，郑风、卫淇', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
    ['实到2人，甘棠、柏舟；请假1人，郑风', '甘棠 here，柏舟 here，郑风 away'],
    ['实到，甘棠，柏舟，请假，郑风', '甘棠 here，柏舟 here，郑风 away'],
    ['请假，甘棠、柏舟；郑风', '甘棠 away，柏舟 away，郑风 unclear'],
  ])('stands in front of them: %s', (text, wanted) => expect(statuses(text)).toBe(wanted))
  test.each([
    ['甘棠、柏舟，请假', '甘棠 away，柏舟 away'],
    ['甘棠、柏舟；缺席', '甘棠 away，柏舟 away'],
    ['甘棠、柏舟、郑风，都请假', '甘棠 away，柏舟 away，郑风 away'],
    ['甘棠，柏舟都没来', '甘棠 away，柏舟 away'],
    ['甘棠、柏舟，2人请假', '甘棠 away，柏舟 away'],
    ['甘棠、柏舟、郑风，因病请假', '甘棠 away，柏舟 away，郑风 away'],
    ['甘棠、柏舟；郑风、卫淇，请假', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
    ['甘棠，请假；柏舟，到；郑风', '甘棠 away，柏舟 here，郑风 here'],
    ['甘棠/柏舟请假', '甘棠 unclear，柏舟 away'],
    // A person knows which of the names the word is about.
    ['甘棠，柏舟，请假', '甘棠 unclear，柏舟 away'],
    ['甘棠、柏舟、郑风，2人请假', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
    ['甘棠，请假，柏舟', '甘棠 away，柏舟 unclear'],
  ])('stands behind them: %s', (text, wanted) => expect(statuses(text)).toBe(wanted))
  test.each([
    ['甘棠、柏舟签到', '甘棠 here，柏舟 here'],
    ['甘棠、柏舟，到', '甘棠 here，柏舟 here'],
  ])('is no part of a name: %s', (text, wanted) => expect(statuses(text)).toBe(wanted))
})

describe('totals in a row', () => {
  test.each([
    ['应到：3人\n请假：1人\n郑风', '郑风 away'],
    ['应到3人，请假1人\n郑风', '郑风 away'],
    ['应到：3人\n实到：2人\n请假：1人\n郑风', '郑风 away'],
    ['实到：2人\n请假：1人\n甘棠\n柏舟', '甘棠 here，柏舟 here'],
    ['实到：2人\n请假：1人\n甘棠\n柏舟\n郑风', '甘棠 unclear，柏舟 unclear，郑风 unclear'],
  ])('tell of whom the names below are: %j', (text, wanted) => expect(statuses(text)).toBe(wanted))
})

describe('columns of a table', () => {
  test.each([
    ['姓名|打卡时间|打卡结果\n甘棠|14:00|缺卡', '甘棠 away'],
    ['姓名|签到时间|签到状态\n甘棠|14:00|缺勤\n柏舟|14:00|正常', '甘棠 away，柏舟 here'],
    ['姓名|考勤时间|考勤\n甘棠|14:00|旷工', '甘棠 away'],
    [
      '序号|姓名|签到|序号|姓名|备注\n1|甘棠|√|2|柏舟|\n3|郑风|×|4|卫淇|请假',
      '甘棠 here，郑风 away，柏舟 unclear，卫淇 unclear',
    ],
  ])('that say who was there: %j', (text, wanted) => expect(statuses(text)).toBe(wanted))
})

const people = ['甘棠', '柏舟', '郑风', '卫淇', '子衿', '采薇']
const absences = ['请假', '缺席', '未到', '没来', '病假', '出差']

/** A group of one to three names, with a status of absence or with none. */
const groups = fc.shuffledSubarray(people, { minLength: 1 }).chain(names =>
  fc
    .array(fc.record({ size: fc.integer({ min: 1, max: 3 }), isAway: fc.boolean() }), {
      minLength: 6,
      maxLength: 6,
    })
    .map(sizes => {
      const rest = [...names]
      return sizes
        .map(({ size, isAway }) => ({ names: rest.splice(0, size), isAway }))
        .filter(group => group.names.length > 0)
    }),
)
const style = fc
  .record({
    within: fc.constantFrom('、', '，', ',', '/', '+'),
    beside: fc.constantFrom('，', '：', ' ', '；', '、', ',', '\n'),
    between: fc.constantFrom('；', '。', '\n', '，', '; '),
    absence: fc.constantFrom(...absences),
    frame: fc.constantFrom(
      (word: string) => word,
      (word: string, count: number) => `${word}${count}人`,
      (word: string) => `${word}人员`,
    ),
    presence: fc.constantFrom('实到', '到', '参会'),
  })
  // A line break within a part but none between parts is no list.
  .filter(({ beside, between }) => beside !== '\n' || between === '\n')

test('no name is lost, and none that stands behind a status of absence is counted', () => {
  fc.assert(
    fc.property(groups, style, (parts, { within, beside, between, absence, frame, presence }) => {
      const text = parts
        .map(
          ({ names, isAway }) =>
            `${frame(isAway ? absence : presence, names.length)}${beside}${names.join(within)}`,
        )
        .join(between)
      expectNoneCounted(text, parts)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['实到，郑风\n请假，子衿\n实到，柏舟\n请假，卫淇', '郑风 here, 子衿 away, 柏舟 here, 卫淇 away'],
  ['到 郑风\n请假 子衿\n到 柏舟\n请假 卫淇', '郑风 here, 子衿 away, 柏舟 here, 卫淇 away'],
  [
    '参会人员，郑风\n请假人员，子衿\n参会人员，柏舟\n请假人员，卫淇',
    '郑风 here, 子衿 away, 柏舟 here, 卫淇 away',
  ],
])('parts that take turns are no messages of a chat: %j', (text, expected) => {
  expect(
    readPasted(text)
      .map(({ name, status }) => `${name} ${status}`)
      .join(', '),
  ).toBe(expected)
})

test('a line of names with 「均请假」 is no message of a chat', () => {
  expectNoneCounted('甘棠\n卫淇 均请假\n柏舟、子衿 均请假\n郑风 均请假', [
    { names: ['甘棠'], isAway: false },
    { names: ['卫淇', '柏舟', '子衿', '郑风'], isAway: true },
  ])
})

test('no name is lost, and none that stands before a status of absence is counted', () => {
  fc.assert(
    fc.property(
      groups,
      style,
      fc.constantFrom('', '都', '均'),
      (parts, { within, beside, between, absence }, all) => {
        const mark = beside === '：' || beside === '\n' ? '，' : beside
        const text = parts
          .map(({ names, isAway }) => `${names.join(within)}${isAway ? `${mark}${all}${absence}` : ''}`)
          .join(between)
        expectNoneCounted(text, parts)
      },
    ),
    { numRuns: 1000 },
  )
})

function expectNoneCounted(text: string, parts: readonly { names: string[]; isAway: boolean }[]): void {
  const read = readPasted(text)
  const wrong = parts.flatMap(({ names, isAway }) =>
    names.filter(name => {
      const entry = read.find(one => one.name.includes(name))
      return !entry || (isAway && entry.status === 'here')
    }),
  )
  expect(wrong, `${text} → ${statuses(text)}`).toEqual([])
}

test.each([
  ['今天到的有甘棠、林小美', '甘棠 here, 林小美 here'],
  ['到场的人员有：甘棠、林小美', '甘棠 here, 林小美 here'],
  ['今天来的有甘棠、林小美，没来的有柏舟', '甘棠 here, 林小美 here, 柏舟 away'],
  ['请假的有柏舟、郑风', '柏舟 away, 郑风 away'],
  ['请假的柏舟、郑风', '柏舟 away, 郑风 away'],
  ['没有到的有甘棠、林小美', '甘棠 away, 林小美 away'],
  ['除了柏舟请假，其他人都到了', '柏舟 away, 其他人都到了 unclear'],
  ['除柏舟外全部到齐', '柏舟 away, 全部到齐 unclear'],
  ['除了柏舟、郑风，都到了', '柏舟 away, 郑风 away, 都到了 unclear'],
  ['除了柏舟，郑风，其他人都到了', '柏舟 away, 郑风 away, 其他人都到了 unclear'],
  ['除了请假的柏舟都来了', '柏舟 away, 都来了 unclear'],
  ['全员到齐，柏舟除外', '柏舟 away, 全员到齐 unclear'],
  ['2. 除了柏舟其他都到', '柏舟 away, 其他都到 unclear'],
  ['除了柏舟，其他人都没来', '柏舟 unclear, 其他人都没来 unclear'],
  ['除了柏舟、郑风迟到，其他人都准时到了', '柏舟 unclear, 郑风 unclear, 其他人都准时到了 unclear'],
  ['柏舟没来，其他人都到了', '其他人都到了 unclear, 柏舟 away'],
  ['甘棠\n其他人都没来', '甘棠 here, 其他人都没来 unclear'],
  ['没来的：柏舟。其他人都到了', '其他人都到了 unclear, 柏舟 away'],
  ['除夕活动\n1. 甘棠', '除夕活动 here, 甘棠 here'],
])('the sentence 「%s」 is read as: %s', (text, expected) => {
  expect(
    readPasted(text)
      .map(({ name, status }) => `${name} ${status}`)
      .join(', '),
  ).toBe(expected)
})

test('sentences without an end take no time that grows with it', () => {
  for (const word of ['除了', '都', '，', '其他人都', '今天', '到的', '有', '请假的'])
    expect(readPasted(`除了${word.repeat(5000)}：x`).length).toBeLessThanOrEqual(500)
})

import { expect, test } from 'vitest'
import { namesIn, readPasted } from '../../src/forms/pasted-list.ts'

// Each 「的」 more doubled the time.
test('a line of particles takes no time that grows with it', () => {
  expect(namesIn(`${'的'.repeat(400)}吃x\n1. 甘棠\n2. 柏舟`)).toEqual(
    expect.arrayContaining(['甘棠', '柏舟']),
  )
})

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

import { expect, test } from 'vitest'
import { told } from './told-people.ts'

// A name that the list does not plainly call present is never `here`.
test.each([
  [
    '到课（3）：甘棠、柏舟、郑风\n迟到（0）：无\n请假（1）：卫淇\n旷课（0）：无',
    '甘棠 here，柏舟 here，郑风 here，卫淇 away',
  ],
  ['Present: 甘棠, 柏舟\nLate: 郑风\nOn leave: 卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
  ['Absent: 甘棠', '甘棠 away'],
  ['[到]甘棠 [假]柏舟 [迟]郑风 [缺]卫淇', '甘棠 here，柏舟 away，郑风 here，卫淇 away'],
  ['【到】甘棠\n【请假】柏舟', '甘棠 here，柏舟 away'],
  ['1.甘棠 到（下周请假）\n2.柏舟 请假（下次补）\n3.郑风 未到', '甘棠 here，柏舟 away，郑风 away'],
  [
    '▪来（2票）\n甘棠、柏舟\n▪不来（1票）\n郑风\n▪请假（1票）\n卫淇',
    '甘棠 here，柏舟 here，郑风 away，卫淇 away',
  ],
  [
    '兹有我支部党员甘棠、柏舟二人因赴厦门参展，不能参加12月12日微党课，特此请假。\n优空间支部\n2026年12月10日',
    '甘棠 away，柏舟 away',
  ],
  ['郑风因出差不能参加微党课，特此请假', '郑风 away'],
])('%j', (list, people) => {
  expect(told(list)).toBe(people)
})

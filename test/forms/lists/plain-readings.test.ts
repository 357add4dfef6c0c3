import { expect, test } from 'vitest'
import { told } from './told-people.ts'

const two = '甘棠 here，柏舟 here'
const doubted = '甘棠 unclear，柏舟 unclear'

test.each([
  ['未来科技公司：甘棠、柏舟', two],
  ['福州未来空间：甘棠、柏舟', two],
  ['未名创业团队：甘棠、柏舟', two],
  ['优空间未来小组：甘棠、柏舟', two],
  ['未来空间缺席：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['二支部没来：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['请假的二支部：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['第二组（缺席1人）：甘棠、柏舟', doubted],
  ['第二组缺一：甘棠、柏舟', doubted],
  ['第二组缺1人：甘棠、柏舟', doubted],
  ['第二组缺两人：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['一组没缺席：甘棠、柏舟', doubted],
  ['一组无人请假：甘棠、柏舟', doubted],
  ['二支部没有请假：甘棠、柏舟', doubted],
  ['一支部（甘棠请假）：甘棠、柏舟', '甘棠 away，柏舟 here'],
  ['优空间（2人未到）：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['二支部（出差）：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['第二组（组长柏舟请假）：甘棠、柏舟', doubted],
  ['第三组（无人到）：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['第三组 没人来：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['第一组：甘棠、柏舟（第二组缺席郑风）', '甘棠 here，柏舟 unclear，郑风 away'],
])('a place before names tells of absence by the words behind it: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['姓名：甘棠 签到：未迟到', '甘棠 here'],
  ['姓名：甘棠 状态：无异常', '甘棠 here'],
  ['姓名：甘棠 是否到场：没问题', '甘棠 here'],
  ['姓名：甘棠 是否到场：未知', '甘棠 unclear'],
  ['姓名：甘棠 参加：不确定', '甘棠 unclear'],
  ['姓名：甘棠 参加：不参加', '甘棠 away'],
  ['姓名：甘棠 是否到场：没有', '甘棠 away'],
  ['姓名：甘棠 签到：未', '甘棠 away'],
])('an answer that denies something else is no absence: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['请假：甘棠（已跟柏舟书记请假）', '甘棠 away'],
  ['请假：甘棠（送柏舟去医院住院）', '甘棠 away'],
  ['实到：柏舟、郑风\n请假：甘棠（已向柏舟请假）', '柏舟 here，郑风 here，甘棠 away'],
  ['请假：郑风（去黄河出差）', '郑风 away'],
  ['1. 柏舟\n2. 甘棠（接替柏舟任组长）', '柏舟 here，甘棠 here'],
  ['请假：甘棠（柏舟书记同意请假）\n到：柏舟', '甘棠 away，柏舟 here'],
  ['请假：甘棠（柏舟代请假）\n到：柏舟', '甘棠 away，柏舟 here'],
  ['甘棠（和柏舟都请假）', '甘棠 unclear，柏舟 away'],
  ['甘棠、柏舟（郑风请假）', '甘棠 here，柏舟 unclear，郑风 away'],
  ['甘棠（代替柏舟参加）', '甘棠 unclear，柏舟 unclear'],
])('another person in brackets is away as the subject alone: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['1. 甘棠 参与离线活动', '甘棠 here'],
  ['甘棠 交假条\n柏舟', '甘棠 unclear，柏舟 here'],
  ['甘棠 不在编\n柏舟', '甘棠 unclear，柏舟 here'],
  ['甘棠（不在册）\n柏舟', '甘棠 unclear，柏舟 here'],
  ['甘棠 不在\n柏舟 离线', '甘棠 away，柏舟 away'],
  ['1. 甘棠（补选委员）\n2. 柏舟', two],
  ['甘棠 补交材料\n柏舟', two],
  ['甘棠 后补\n柏舟', '甘棠 unclear，柏舟 here'],
])('words that only hold a word of absence: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['实到：甘棠、柏舟，两人都缺笔记本', two],
  ['到会：甘棠、柏舟、郑风，3人都未迟到', `${two}，郑风 here`],
  ['实到：甘棠、柏舟，两人都没来', doubted],
  ['实到：甘棠、柏舟，两人都缺席', doubted],
  ['到会：甘棠、柏舟，卫淇1人请假', `${two}，卫淇 away`],
  ['到会：甘棠、柏舟、卫淇1人请假', `${two}，卫淇 away`],
  ['到会：甘棠、柏舟，另有1人请假', two],
])('numbers behind names: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['【请假】\n甘棠\n柏舟\n【到场】\n郑风', '甘棠 away，柏舟 away，郑风 here'],
  ['【请假】甘棠 柏舟\n【到】郑风', '甘棠 away，柏舟 away，郑风 here'],
  ['【请假】甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['[假]甘棠\n[到]柏舟', '甘棠 away，柏舟 here'],
  ['[假]甘棠 [到]柏舟', '甘棠 away，柏舟 here'],
  ['甘棠（下次来）\n柏舟 到（下周请假）', '甘棠 unclear，柏舟 here'],
])('a status in brackets before names, and other days behind them: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each(['，', '。', '：', '０', '、'])('twenty thousand times %j are read at once', sign => {
  const from = performance.now()
  expect(told(`甘棠\n${sign.repeat(20_000)}\n柏舟`)).toBe(two)
  expect(performance.now() - from).toBeLessThan(1000)
})

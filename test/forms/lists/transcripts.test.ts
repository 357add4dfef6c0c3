import { expect, test } from 'vitest'
import { told } from './told-people.ts'

const three = '甘棠 here，柏舟 here，郑风 here'
const four = `${three}，卫淇 here`

test.each([
  ['签到时间 13:55\n甘棠 柏舟\n截止时间 14:10\n郑风', three],
  ['微党课 11月28日 14:00\n甘棠\n柏舟\n沙龙 11月28日 16:00\n郑风\n卫淇', four],
  ['上午场 9:00\n甘棠\n柏舟\n下午场 14:00\n郑风', three],
  ['一组 9:00\n甘棠、柏舟\n二组 9:30\n郑风、卫淇', four],
  ['签到名单 2026-11-28 14:00\n甘棠\n签退名单 2026-11-28 15:30\n柏舟', '甘棠 here，柏舟 here'],
  ['签到 13:55\n甘棠\n签到 13:56\n柏舟', '甘棠 here，柏舟 here'],
  ['优空间 9:00\n甘棠 到\n柏舟 请假\n恒丰大厦 9:30\n郑风 到', '甘棠 here，柏舟 away，郑风 here'],
  ['头一拨 9:00\n甘棠 到\n柏舟 请假\n后一拨 9:30\n郑风 到', '甘棠 here，柏舟 away，郑风 here'],
])('headings that end in a time are no writers: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['陈晨 13:57\n请假的同志说一下原因\n甘棠 13:58\n签到', '陈晨 unclear，甘棠 here'],
  ['陈晨 13:57\n还没签到的抓紧签到\n甘棠 13:58\n签到', '陈晨 unclear，甘棠 here'],
  ['郑风 13:57\n@柏舟 你请假了吗\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['陈晨 13:57\n收到，柏舟请假\n甘棠 13:58\n签到', '陈晨 unclear，柏舟 away，甘棠 here'],
  ['柏舟 13:57\n签到，李想请假\n甘棠 13:58\n签到', '柏舟 here，李想 away，甘棠 here'],
  ['柏舟 13:57\n签到\n临时有事，先请假了\n甘棠 13:58\n签到', '柏舟 unclear，甘棠 here'],
  ['郑风 13:57\n你们签到了吗\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['郑风 13:57\n到了吗\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['郑风 13:57\n怎么签到\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['郑风 13:57\n帮我签到，我在路上\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['郑风 13:57\n快到了\n甘棠 13:58\n签到', '郑风 unclear，甘棠 here'],
  ['陈晨 13:50\n微党课开始签到了，请大家抓紧\n甘棠 13:55\n签到', '陈晨 unclear，甘棠 here'],
  ['陈晨 13:50\n今天缺席的有郑风、卫淇\n甘棠 13:55\n签到', '陈晨 unclear，郑风 away，卫淇 away，甘棠 here'],
  ['陈晨 13:50\n郑风没来？\n甘棠 13:55\n签到\n郑风 13:56\n来了来了', '陈晨 unclear，甘棠 here，郑风 here'],
  ['郑风 13:58\n我在路上，马上到\n甘棠 13:58\n签到，大家好', '郑风 unclear，甘棠 here'],
  ['陈晨 13:55\n甘棠、柏舟请假\n郑风 13:56\n签到', '陈晨 unclear，柏舟 away，郑风 here'],
  ['陈晨 13:55\n甘棠说他来不了\n郑风 13:56\n签到', '陈晨 unclear，郑风 here'],
  ['柏舟 13:56\n郑风来了\n甘棠 13:58\n签到', '柏舟 unclear，甘棠 here'],
  ['柏舟 13:56\n郑风已到\n甘棠 13:58\n签到', '柏舟 unclear，甘棠 here'],
  ['柏舟 13:56\n什么时候签到\n甘棠 13:58\n签到', '柏舟 unclear，甘棠 here'],
  ['柏舟 13:56\n来了个客户，今天就不过去了\n甘棠 13:58\n签到', '柏舟 unclear，甘棠 here'],
])('a message counts for its writer where it tells of the writer: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['甘棠 13:55\n在\n柏舟 13:56\n来啦', '甘棠 here，柏舟 here'],
  ['甘棠 13:55\n优空间\n柏舟 13:56\n恒丰大厦', '甘棠 here，柏舟 here'],
  ['甘棠 13:55\n堵车\n柏舟 13:56\n开会走不开', '甘棠 unclear，柏舟 unclear'],
  ['甘棠-优空间 13:55\n我到了\n柏舟 13:56\n今天请假', '甘棠 here，柏舟 away'],
])('short messages of those who came: %j', (text, wanted) => expect(told(text)).toBe(wanted))

import { expect, test } from 'vitest'
import { told } from './told-people.ts'

test.each([
  ['郑风在外地没来', '郑风 away'],
  ['到：甘棠\n卫淇没看到人，子衿电话不接', '甘棠 here，卫淇 unclear，子衿 unclear'],
  ['我和子衿都来不了', '子衿 away'],
  ['一支部柏舟、卫淇；二支部甘棠、郑风（迟到）', '柏舟 here，卫淇 here，甘棠 here，郑风 here'],
  ['甘棠到柏舟到郑风假', '甘棠 here，柏舟 here，郑风 away'],
  ['1甘棠2柏舟3郑风4卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 here'],
  ['甘棠4421 ✓\n柏舟0937 ✗', '甘棠 here，柏舟 away'],
  ['柏舟带两个员工\n郑风', '柏舟 unclear，郑风 here'],
  ['甘棠替柏舟签的', '甘棠 unclear，柏舟 unclear'],
  ['甘棠棠 请假\n柏舟', '甘棠 unclear，柏舟 here'],
  ['请假的绿动空间郑风', '郑风 away'],
])(
  'a person of the roster is found within other words, and counts where these are plain: %j',
  (text, wanted) => expect(told(text)).toBe(wanted),
)

test.each([
  ['甘棠、柏舟（郑风请假）', '甘棠 here，柏舟 unclear，郑风 away'],
  ['甘棠（同时代柏舟签）\n郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['甘棠（请假，柏舟知道）\n郑风', '甘棠 away，郑风 here'],
])('brackets may tell of another person: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  [
    '甘棠 12-05 13:58\n签到\n\n柏舟 12-05 14:03\n[强]签到\n\n郑风 12-05 14:26\n迟到了，堵在白马路，刚进门签到\n\n卫淇 12-05 14:30\n领导我今天实在走不开，请个假',
    '甘棠 here，柏舟 here，郑风 here，卫淇 away',
  ],
  [
    '2026-12-05 14:01:33 甘棠\n到\n2026-12-05 14:03:44 柏舟\n堵车，晚点到\n2026-12-05 14:05:44 甘棠\n老师辛苦了',
    '甘棠 here，柏舟 unclear',
  ],
  ['甘棠 13:58\n柏舟 14:03', '甘棠 here，柏舟 here'],
])('messages below the name and the time of their writers: %j', (text, wanted) =>
  expect(told(text)).toBe(wanted),
)

test.each([
  ['请假（事）：甘棠、柏舟', '甘棠 away，柏舟 away'],
  ['晚到：甘棠', '甘棠 here'],
  ['缺席：甘棠（事假）、柏舟（无故）', '甘棠 away，柏舟 away'],
  ['到场👇\n甘棠\n报了没来👇\n柏舟 郑风', '甘棠 here，柏舟 away，郑风 away'],
  ['报名了没来的：甘棠\n没报名来了的：柏舟', '甘棠 away，柏舟 here'],
  ['到会：甘棠\n联系不上👇\n柏舟 郑风', '甘棠 here，柏舟 unclear，郑风 unclear'],
  ['出席：甘棠 柏舟 列席：郑风 缺席：卫淇', '甘棠 here，柏舟 here，郑风 unclear，卫淇 away'],
])('headings as organizers word them: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['甘棠、柏舟2人因公请假', '甘棠 away，柏舟 away'],
  ['甘棠、柏舟4人到会\n郑风1人无故缺席', '甘棠 here，柏舟 here，郑风 away'],
  ['甘棠 假条已交\n柏舟 到', '甘棠 away，柏舟 here'],
  ['甘棠 在线\n柏舟 在线\n郑风 离线\n卫淇 未入会', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
  ['1 甘棠\n2 柏舟  学习强国里已补\n3 郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['来的打勾\n√甘棠\n 柏舟\n√郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['实到：甘棠、柏舟，两人都请假', '甘棠 unclear，柏舟 unclear'],
  ['１．甘棠　２．柏舟（病假）　３．郑风', '甘棠 here，柏舟 away，郑风 here'],
  [
    '到：甘棠&柏舟 & 郑风｜卫淇 和 子衿；采薇',
    '甘棠 here，柏舟 here，郑风 here，卫淇 here，子衿 here，采薇 here',
  ],
  ['✔甘棠【后到，3点】\n✘柏舟【假】\n✔郑风？（好像看到了，不确定）', '甘棠 here，柏舟 away，郑风 unclear'],
])('absences and marks as organizers write them: %j', (text, wanted) => expect(told(text)).toBe(wanted))

test.each([
  ['姓名：甘棠　到场：是\n姓名：柏舟　到场：否', '甘棠 here，柏舟 away'],
  ['签到表识别：\n1 甘棠 甘棠\n2 柏舟\n3 郑风 郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['第一组全到：甘棠、柏舟\n第二组缺一：郑风', '甘棠 here，柏舟 here，郑风 away'],
  ['甘棠\n柏舟\n（线下的没来）', '甘棠 unclear，柏舟 unclear'],
  ['除柏舟事假以外，甘棠、郑风均到', '柏舟 away，甘棠 here，郑风 here'],
  ['甘棠 ✔️ 柏舟 ✖️ 郑风 ✔️', '甘棠 here，柏舟 away，郑风 here'],
  ['柏舟：郑风今天来不了\n卫淇：到', '柏舟 unclear，郑风 away，卫淇 here'],
  ['绿动：甘棠、郑风\n群众：柏舟', '甘棠 here，郑风 here，柏舟 here'],
  ['请假的：甘棠要开会，柏舟带孩子', '甘棠 away，柏舟 away'],
  ['甘棠在，柏舟在，郑风不在', '甘棠 here，柏舟 here，郑风 away'],
  ['在场: 甘棠, 柏舟\n缺: 郑风', '甘棠 here，柏舟 here，郑风 away'],
  ['甘棠：到\n柏舟：', '甘棠 here，柏舟 unclear'],
  ['甘棠：\n柏舟：\n郑风：', '甘棠 here，柏舟 here，郑风 here'],
])('nobody who is told absent counts as present: %j', (text, wanted) => expect(told(text)).toBe(wanted))

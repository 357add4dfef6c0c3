import { expect, test } from 'vitest'
import {
  isLeaving,
  isSignOut,
} from '../../../../src/features/attendance/check-ins/meanings/sign-out-meaning.ts'
import { group, openRoom } from '../room.ts'

async function openWithSignOut() {
  const room = await openRoom()
  await room.chen.says('开课 微党课 14:00-15:30 签退', '签退')
  await room.forward({ minutes: 60 })
  for (const one of [room.mei, room.zhang]) await one.send(one.message('签到'))
  return room
}

const attendees = async (room: Awaited<ReturnType<typeof openRoom>>) => {
  const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
  const found = await room.history.attendees(lesson?.id ?? '')
  return found
    .map(({ name, presentMinutes, remarks }) => `${name} ${presentMinutes} ${remarks.join()}`)
    .sort()
}

test('签退 keeps minutes present, and leaving early is told apart', async () => {
  const room = await openWithSignOut()
  await room.forward({ minutes: 60 })
  await room.zhang.send(room.zhang.message('早退 有事'))
  await room.forward({ minutes: 32 })
  await room.mei.send(room.mei.message('签退'))
  await room.forward({ minutes: 1 })
  expect(room.outbox.toGroup(group).join('\n')).toContain('签退 1 人：优空间-小美')
  expect(await attendees(room)).toEqual([
    '优空间-小美 90 15:32 签退，在场 90 分钟',
    '优空间-张三 60 15:00 签退，早退 30 分钟，在场 60 分钟',
  ])
})

test('the tally waits until signing out is closed', async () => {
  const room = await openWithSignOut()
  await room.forward({ minutes: 95 })
  expect(room.outbox.toGroup(group).join('\n')).not.toContain('签到结束')
  await room.forward({ minutes: 15 })
  expect(room.outbox.toGroup(group).join('\n')).toContain('签到结束')
  await room.mei.send(room.mei.message('签退'))
  expect(await attendees(room)).toEqual(['优空间-小美 undefined 没有签退', '优空间-张三 undefined 没有签退'])
})

test('who has not signed in cannot sign out, and other lessons take no 签退', async () => {
  const room = await openWithSignOut()
  await room.person('li', '李四', group).says('签退', '还没签到的不能签退')
  const other = await openRoom()
  await other.chen.says('开课 沙龙 13:10-15:00', '沙龙')
  await other.mei.says('签退', '这节课不用签退')
})

test.each([
  '我有事先走，签退',
  '下课啦签退走人',
  '早退一下，家里有事',
  '签退啦',
  '已签退',
  '老师辛苦了，签退',
  '先撤了 签退',
  '不好意思要去接孩子，先签退',
  '我早退了',
  '听完了，签个退',
])('「%s」 signs out while a lesson takes it, and is told else that none does', async text => {
  const room = await openWithSignOut()
  await room.forward({ minutes: 40 })
  await room.mei.says(text)
  await room.forward({ minutes: 1 })
  expect(room.outbox.toGroup(group).join('\n')).toContain('签退 1 人：优空间-小美')
  const other = await openRoom()
  await other.chen.says('开课 沙龙 13:10-15:00', '沙龙')
  await other.mei.says(text, '这节课不用签退')
})

test.each([
  '签退了吗',
  '大家记得签退',
  '怎么签退',
  '还没签退的抓紧',
  '小美早退了',
  '签退表在哪',
  '今天有早退的',
  '签退截止了',
  '可以签退了',
  '先走了',
  '要签退',
  '需要签退',
  '得签退',
  '下课要签退',
  '下课了，要签退',
  '下课我要签退',
  '要签退了',
  '老师辛苦了，要签退',
])('「%s」 signs no one out', text => expect(isSignOut(text)).toBe(false))

test.each(['我要签退', '要先签退', '有事，要签退', '我得提前签退', '先走了，得签退', '签退，谢谢老师们'])(
  "「%s」 is one's own leaving",
  text => expect(isSignOut(text)).toBe(true),
)

test.each([
  '先走一步',
  '我先走了',
  '有事先撤了',
  '不好意思，先走一步',
  '各位我先走一步',
  '我得走了',
  '提前走了',
])('「%s」 of a person who is there is told what to send, and signs no one out', async text => {
  const room = await openWithSignOut()
  await room.person('li', '李四', group).says(text)
  await room.mei.says(text, '请发「签退」')
  expect(isSignOut(text)).toBe(false)
  await room.mei.send(room.mei.message('签退'))
  await room.mei.says(text)
  const other = await openRoom()
  await other.chen.says('开课 沙龙 13:10-15:00', '沙龙')
  await other.mei.says(text)
})

test.each(['小美先走了', '先走了吗', '我有事', '你们先走', '先走流程', '我回家', '要走申请流程'])(
  "「%s」 is not one's own leaving",
  text => expect(isLeaving(text)).toBe(false),
)

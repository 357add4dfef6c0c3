import { expect, test } from 'vitest'
import { group, openRoom, otherGroup } from '../room.ts'

const outage = (room: Awaited<ReturnType<typeof openRoom>>, from: string, to: string) =>
  room.feature.touchedBy?.({ from: room.at(from), to: room.at(to), how: 'broken' })

test('an outage in an open sign-in concerns that lesson’s group only, and asks to sign in again', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '周末微党课')
  await room.forward({ minutes: 65 })
  expect(await outage(room, '14:02', '14:04')).toEqual([
    { groupId: group, text: '签到没收到回执的，请再发一次「签到」。' },
  ])
  expect(JSON.stringify(await outage(room, '13:46', '13:50'))).not.toContain(otherGroup)
})

test('an outage before the sign-in opened or after it closed concerns no member', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '周末微党课')
  expect(await outage(room, '13:00', '13:44')).toEqual([])
  expect(await outage(room, '15:31', '16:00')).toEqual([])
})

test('where the sign-in is over by then, people are told to tell the organizer', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '周末微党课')
  await room.forward({ hours: 3 })
  expect(await outage(room, '15:20', '15:50')).toEqual([
    { groupId: group, text: expect.stringMatching(/「周末微党课」的签到已经截止.*告诉组织者/) },
  ])
})

test('an outage in a cancelled lesson concerns no member', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '周末微党课')
  await room.chen.says('取消课程', '取消')
  expect(await outage(room, '14:02', '14:04')).toEqual([])
})

test('an outage that ended before the lesson was opened is not charged to it', async () => {
  const room = await openRoom()
  await room.forward({ minutes: 55 })
  room.outages.push({ from: room.at('13:46'), to: room.at('13:50'), how: 'broken' })
  await room.chen.says('开课 周末微党课 14:00-15:00', '周末微党课')
  expect(await outage(room, '13:46', '13:50')).toEqual([])
  await room.forward({ minutes: 70 })
  const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
  expect(lesson?.outages).toEqual([])
})

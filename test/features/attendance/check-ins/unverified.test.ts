import { expect, test } from 'vitest'
import { group, openRoom, type Room } from '../room.ts'

/** A lesson for which 小美, 张三 and 李四 signed up, at 14:00. */
async function openLesson() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00 报名', '开课了')
  const li = room.person('li', '李四', group)
  for (const one of [room.mei, room.zhang, li]) await one.says('报名')
  await room.forward({ minutes: 60 })
  return { ...room, li }
}

const deafBetween = (room: Room, from: string, to: string) =>
  room.outages.push({ from: room.at(from), to: room.at(to), how: 'broken' })

test('who is missing after an outage in the window is unverified, never absent, until an organizer decides', async () => {
  const room = await openLesson()
  await room.mei.says('签到')
  deafBetween(room, '14:05', '14:08')
  await room.forward({ minutes: 70 })
  const tally = room.outbox.toPerson('chen').find(text => text.includes('未核对'))
  expect(tally).toContain('未核对（那时断线了）：李四、优空间-张三')
  expect(tally).toContain('都核对过了，发「核对完毕」')
  expect(tally).not.toContain('缺勤：')
  const numbers = room.outbox.toGroup(group).at(-1)
  expect(numbers).toContain('未核对 2 人')
  expect(numbers).not.toContain('张三')
  await room.chen.says('更正 张三 到', '记为到')
  await room.boss.says('核对完毕', '剩下的 1 人记为缺勤')
  await room.boss.says('签到情况', '缺勤：李四')
  await room.boss.says('核对完毕', '没有要核对的人')
})

test('who signs in again soon after the outage is on time', async () => {
  const room = await openLesson()
  deafBetween(room, '14:02', '14:12')
  await room.forward({ minutes: 14 })
  await room.mei.says('签到')
  await room.forward({ minutes: 30 })
  await room.zhang.says('签到')
  await room.boss.says('签到情况', '到：优空间-小美\n迟到：优空间-张三')
})

test('an outage that still lasts at the end counts, and so does one that is known only later', async () => {
  const room = await openLesson()
  room.outages.push({ from: room.at('14:50'), to: undefined, how: 'broken' })
  await room.forward({ minutes: 70 })
  await room.boss.says('签到情况', '未核对（那时断线了）：')
  const later = await openLesson()
  await later.forward({ minutes: 70 })
  await later.boss.says('签到情况', '缺勤：')
  await later.feature.touchedBy?.({ from: later.at('14:10'), to: later.at('14:20'), how: 'stopped' })
  await later.boss.says('签到情况', '未核对（那时断线了）：')
})

test('an outage outside the window changes nothing', async () => {
  const room = await openLesson()
  deafBetween(room, '13:00', '13:40')
  await room.forward({ minutes: 70 })
  await room.boss.says('签到情况', '缺勤：李四、优空间-小美、优空间-张三')
})

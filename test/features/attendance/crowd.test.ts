import { expect, test } from 'vitest'
import { group, openRoom } from './room.ts'

async function openLesson() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 55 })
  return { room, before: room.outbox.toGroup(group).length }
}

test('500 people sign in: every one is counted, in a few short messages', async () => {
  const { room, before } = await openLesson()
  const people = Array.from({ length: 500 }, (_, n) => room.person(`p${n}`, `创客${n}号`, group))
  for (let from = 0; from < 500; from += 100) {
    const replies = await Promise.all(
      people.slice(from, from + 100).map(one => one.send(one.message('签到'))),
    )
    expect(replies.flat()).toEqual([])
    await room.forward({ seconds: 20 })
  }
  await room.forward({ minutes: 1 })
  const told = room.outbox.toGroup(group).slice(before)
  expect(told.at(-1)).toContain('实到 500 人')
  expect(told.length).toBeLessThanOrEqual(6)
  expect(Math.max(...told.map(text => text.length))).toBeLessThan(4000)
})

test('a member who changes the name in the middle of a lesson stays one person', async () => {
  const { room, before } = await openLesson()
  await room.mei.says('签到')
  await room.forward({ seconds: 40 })
  const renamed = room.person('mei', '优空间-林小美', group)
  await renamed.says('签到')
  await renamed.says('林小美签到')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).slice(before)).toHaveLength(1)
  const [reply] = await room.boss.says('签到情况', '实到 1 人')
  expect(reply?.text).toContain('到：优空间-林小美')
})

test.each(['签到', '请假', '我'])(
  '20,000 characters that begin with 「%s」 sign no one in, and what comes next counts',
  async start => {
    const { room } = await openLesson()
    const long = (start + '今天大家都到了吗我来晚了'.repeat(2000)).slice(0, 20_000)
    await room.mei.says(long)
    await room.boss.says('签到情况', '实到 0')
    await room.mei.says('签到')
    await room.boss.says('签到情况', '实到 1')
  },
)

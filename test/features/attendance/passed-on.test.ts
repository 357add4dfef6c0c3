import { expect, test } from 'vitest'
import type { Feature } from '../../../src/feature.ts'
import { play } from '../../conversation.ts'
import { group, openRoom, type Room } from './room.ts'

/** A feature that has just asked something, and waits for whatever is said next. */
const waiting: Feature = {
  name: 'waiting',
  awaits: () => true,
  listen: async ({ text }) => `等的就是：${text}`,
}

/** Says a message of 小美 in the group, where that feature is too. */
async function sayBeside(room: Room, text: string) {
  const { person } = play(room.world, room.directory, [room.feature, waiting])
  const mei = person('mei', '小美', group)
  return (await mei.send(mei.message(text, { id: 'beside' }))).map(reply => reply.text)
}

test.each([
  '我来不了',
  '请个假，孩子发烧',
  '不用请假了',
  '2890',
  '到了',
  '我先走了',
  '我报名',
  '#接龙\n1. 张三\n2. 李四',
])('without a lesson 「%s」 reaches the feature that waits for an answer', async text => {
  expect(await sayBeside(await openRoom(), text)).toEqual([`等的就是：${text}`])
})

test('in a lesson a sign-in is the lesson’s, and says nothing', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 55 })
  expect(await sayBeside(room, '到了')).toEqual([])
  const [told] = await room.boss.says('签到情况', '实到 1 人')
  expect(told?.text).toContain('小美')
})

import { expect, test } from 'vitest'
import type { Feature } from '../../../../src/feature.ts'
import { unlimitedInbound } from '../../../../src/inbound/settings.ts'
import { createFixedDirectory, createWorld, play } from '../../../conversation.ts'
import { openRoom } from '../room.ts'

/** A feature that waits for numbers, as a company's figures are asked for in private. */
const askingForNumbers: Feature = {
  name: 'numbers',
  awaits: () => true,
  listen: async ({ text }) => `记下了 ${text}`,
}

test('four digits in private reach the question that waits for them', async () => {
  const { feature } = await openRoom()
  const played = play(
    createWorld(),
    createFixedDirectory(['创客群']),
    [feature, askingForNumbers],
    unlimitedInbound,
  )
  const mei = played.person('mei', '小美')
  for (const answer of ['2018', '1500', '２０００', '2000。']) await mei.says(answer, `记下了 ${answer}`)
})

test('who signs in privately in other words hears where it counts, while a lesson is open', async () => {
  const room = await openRoom()
  const mei = room.person('mei', '优空间-小美')
  expect(await mei.says('我到了')).toEqual([])
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  for (const words of ['我到了', '打卡', 'qiandao']) await mei.says(words, '签到要在群里发，私聊不算')
})

test('leave with its reason counts in private in other words too', async () => {
  const room = await openRoom()
  const mei = room.person('mei', '优空间-小美')
  expect(await mei.says('请个假，孩子发烧')).toEqual([])
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await mei.says('请个假，孩子发烧', '请假记下了')
})

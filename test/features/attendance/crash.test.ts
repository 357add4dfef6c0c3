import { expect, test } from 'vitest'
import type { Outbox } from '../../../src/outbox/index.ts'
import { play } from '../../conversation.ts'
import { group, openRoom } from './room.ts'

/** A room whose outbox can be broken, as by a full disk or a crash in the moment of posting. */
async function openBreakable() {
  const room = await openRoom()
  const { world, directory, outbox } = room
  let isBroken = false
  const breakable: Outbox = {
    ...outbox,
    async post(postings) {
      if (isBroken) throw new Error('no room on the disk')
      await outbox.post(postings)
    },
  }
  const start = () => play(world, directory, [room.openAgain({ outbox: breakable }).feature])
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  const breakOutbox = (yes: boolean) => {
    isBroken = yes
  }
  return { ...room, start, breakOutbox }
}

test('a receipt that could not be posted is posted by the next sweep, after a restart too, once', async () => {
  const { start, breakOutbox, outbox } = await openBreakable()
  const first = start()
  await first.forward({ minutes: 60 })
  const mei = first.person('mei', '优空间-小美', group)
  // Ids of its own, as every start counts its messages from one.
  await mei.send(mei.message('签到', { id: 'mei-1' }))
  breakOutbox(true)
  await first.forward({ seconds: 20 })
  expect(outbox.toGroup(group)).toEqual([])
  breakOutbox(false)
  const second = start()
  await second.forward({ seconds: 20 })
  await second.forward({ seconds: 20 })
  expect(outbox.toGroup(group)).toEqual([expect.stringContaining('刚签到 1 人：优空间-小美')])
})

test('a tally that could not be posted is posted later, once', async () => {
  const { start, breakOutbox, outbox } = await openBreakable()
  const first = start()
  breakOutbox(true)
  await first.forward({ minutes: 151 })
  expect(outbox.toPerson('chen')).toEqual([])
  breakOutbox(false)
  const second = start()
  await second.forward({ seconds: 20 })
  await second.forward({ minutes: 5 })
  expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('实到 0 人')])
  expect(outbox.toGroup(group).filter(text => text.includes('签到结束'))).toHaveLength(1)
})

test('who signs in between the tally and its posting is told to the organizers', async () => {
  const { start, breakOutbox, outbox, at } = await openBreakable()
  const bot = start()
  breakOutbox(true)
  await bot.forward({ minutes: 151 })
  const mei = bot.person('mei', '优空间-小美', group)
  await mei.send(mei.message('签到', { id: 'mei-1', sentAt: at('14:05') }))
  breakOutbox(false)
  await bot.forward({ seconds: 20 })
  expect(outbox.toPerson('chen').join('\n')).toContain('优空间-小美')
})

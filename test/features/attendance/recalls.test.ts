import { expect, test, vi } from 'vitest'
import { openRoom } from './room.ts'

async function openLesson() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  await room.forward({ minutes: 62 })
  const toOrganizer = () => room.outbox.toPerson('chen').filter(text => text.includes('撤回'))
  return { ...room, toOrganizer }
}

test('a sign-in whose message is taken back counts on, and organizers hear of it once', async () => {
  const { mei, chen, feature, toOrganizer } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  await feature.onRecalled?.(message.id)
  await feature.onRecalled?.(message.id)
  expect(toOrganizer()).toEqual([
    '「周末微党课」：优空间-小美 撤回了 14:02 的签到消息，签到还算着。人不在现场的话，请发「更正 优空间-小美 缺勤」。',
  ])
  await chen.says('签到情况', '实到 1 人')
  await chen.says('更正 优空间-小美 缺勤', '缺勤')
  await chen.says('签到情况', '实到 0 人')
})

test('a sign-in that is taken back after a restart is told all the same', async () => {
  const { mei, world, toOrganizer, openAgain } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  const { feature } = openAgain()
  await feature.onRecalled?.(message.id)
  expect(toOrganizer()).toEqual([expect.stringContaining('优空间-小美 撤回了 14:02 的签到消息')])
  world.clock.forward({ hours: 12 })
  await feature.onRecalled?.('of another day')
  expect(toOrganizer()).toHaveLength(1)
})

test('a sign-in that an organizer has corrected meanwhile is not said to count', async () => {
  const { mei, chen, feature, toOrganizer } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  await chen.says('更正 优空间-小美 缺勤', '缺勤')
  await feature.onRecalled?.(message.id)
  expect(toOrganizer()).toEqual([])
})

test('other words that are taken back, and a sign-in that did not count, are no news', async () => {
  const { mei, zhang, chen, feature, toOrganizer } = await openLesson()
  const talk = mei.message('大家好')
  await mei.send(talk)
  await chen.says('启用签到码', '看现场屏幕')
  const uncounted = zhang.message('签到')
  await zhang.send(uncounted)
  for (const { id } of [talk, uncounted]) await feature.onRecalled?.(id)
  expect(toOrganizer()).toEqual([])
})

test('nothing is told of a sign-in that an organizer has decided since, nor of a lesson that was called off', async () => {
  const { mei, zhang, chen, feature, toOrganizer } = await openLesson()
  const [corrected, cancelled] = [mei.message('签到'), zhang.message('签到')]
  for (const [person, message] of [
    [mei, corrected],
    [zhang, cancelled],
  ] as const)
    await person.send(message)
  await chen.says('更正 优空间-小美 缺勤', '缺勤')
  await feature.onRecalled?.(corrected.id)
  await chen.says('取消课程', '取消了')
  await feature.onRecalled?.(cancelled.id)
  expect(toOrganizer()).toEqual([])
})

test('a second, superfluous sign-in that is taken back is no news', async () => {
  const { mei, forward, feature, toOrganizer } = await openLesson()
  await mei.says('签到')
  await forward({ seconds: 30 })
  const second = mei.message('签到')
  await mei.send(second)
  await feature.onRecalled?.(second.id)
  expect(toOrganizer()).toEqual([])
})

test('the name of a person who was erased since is not told', async () => {
  const { mei, directory, feature, toOrganizer } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  const { id: memberId } = await directory.recognise(message)
  await feature.personal?.forget({ memberId, chatIds: ['mei'], names: ['优空间-小美'] }, 'alias')
  await feature.onRecalled?.(message.id)
  expect(toOrganizer().join()).not.toContain('小美')
})

test('a notice that could not be posted is told after a restart too, and once', async () => {
  const { mei, directory, feature, toOrganizer, openAgain, world } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  const broken = vi.spyOn(directory, 'holders').mockRejectedValueOnce(new Error('store'))
  await expect(feature.onRecalled?.(message.id)).rejects.toThrow('store')
  broken.mockRestore()
  expect(toOrganizer()).toEqual([])
  const { sweeps } = openAgain().feature
  const sweep = sweeps?.find(({ name }) => name === 'recalled-sign-ins')
  for (let run = 0; run < 2; run++) await sweep?.run(world.clock.now())
  expect(toOrganizer()).toHaveLength(1)
})

test('a notice that could not be posted is told a little later', async () => {
  const { mei, forward, directory, feature, toOrganizer } = await openLesson()
  const message = mei.message('签到')
  await mei.send(message)
  const broken = vi.spyOn(directory, 'holders').mockRejectedValueOnce(new Error('store'))
  await expect(feature.onRecalled?.(message.id)).rejects.toThrow('store')
  broken.mockRestore()
  await forward({ minutes: 1 })
  expect(toOrganizer()).toHaveLength(1)
})

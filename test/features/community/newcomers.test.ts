import { expect, test } from 'vitest'
import { createWorld, openCommunity, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const group = '优空间创客群'

/** A Saturday at 13:00, a bound group whose privacy notice is out. */
async function open(startAt?: string) {
  const world = createWorld(startAt)
  const outbox = createRecordingOutbox(world.clock)
  const parts = { store: world.store, clock: world.clock, outbox, claimCode: '482913' }
  const built = openCommunity(parts)
  const played = play(world, built.directory, [built.feature, built.groups.feature])
  const chen = played.person('chen', '陈姐', group)
  await chen.says('认领 482913', '第一位组织者')
  await chen.says('绑定本群', '绑定好了')
  const welcomes = () => outbox.posted.filter(({ key }) => key.startsWith('newcomers-'))
  return { ...built, ...played, world, outbox, chen, welcomes }
}

test('who joins is welcomed with those who join soon after, named, with what to do', async () => {
  const { newcomersJoined, forward, welcomes } = await open()
  await newcomersJoined(group, ['mei'])
  await forward({ minutes: 5 })
  await newcomersJoined(group, ['zhang', 'wu'])
  expect(welcomes()).toEqual([])
  await forward({ minutes: 5 })
  const [said, ...more] = welcomes()
  expect(more).toEqual([])
  expect(said?.target).toEqual({ groupId: group })
  expect(said?.kind).toBe('broadcast')
  expect(said?.reply.mention).toEqual(['mei', 'zhang', 'wu'])
  for (const words of ['我是 姓名 手机尾号', '发「帮助」', '隐私说明', '推送政策速递'])
    expect(said?.reply.text).toContain(words)
})
test('once a day: the later ones on the next morning, together', async () => {
  const { newcomersJoined, forward, welcomes } = await open()
  await newcomersJoined(group, ['mei'])
  await forward({ minutes: 10 })
  for (let at = 0; at < 8; at++) {
    await newcomersJoined(group, [`later-${at}`])
    await forward({ minutes: 60 })
  }
  expect(welcomes()).toHaveLength(1)
  await forward({ hours: 11, minutes: 40 })
  expect(welcomes()).toHaveLength(1)
  await forward({ minutes: 20 })
  expect(welcomes()).toHaveLength(2)
  expect(welcomes().at(-1)?.reply.mention).toHaveLength(8)
})
test('a group that is not bound, or does not want it, hears nothing', async () => {
  const { newcomersJoined, forward, welcomes, chen } = await open()
  await newcomersJoined('陌生群', ['mei'])
  await chen.says('本群设置 欢迎 关', '我不再说话')
  await newcomersJoined(group, ['mei'])
  await forward({ minutes: 20 })
  expect(welcomes()).toEqual([])
  await chen.says('本群设置 欢迎 开', '一天欢迎一次')
  await newcomersJoined(group, ['zhang'])
  await forward({ minutes: 20 })
  expect(welcomes()).toHaveLength(1)
})
test('switched off meanwhile it says nothing, and no one is welcomed twice after a restart', async () => {
  const { newcomersJoined, forward, welcomes, chen, world, outbox } = await open()
  await newcomersJoined(group, ['mei'])
  await forward({ minutes: 10 })
  const again = openCommunity({ store: world.store, clock: world.clock, outbox, claimCode: '1' })
  await play(world, again.directory, [again.feature]).forward({ minutes: 30 })
  expect(welcomes()).toHaveLength(1)
  await newcomersJoined(group, ['zhang'])
  await chen.says('本群设置 欢迎 关', '我不再说话')
  await forward({ hours: 24 })
  expect(welcomes()).toHaveLength(1)
})
test('who had themselves erased is not named', async () => {
  const { newcomersJoined, forward, welcomes, feature } = await open()
  await newcomersJoined(group, ['mei', 'zhang'])
  await feature.personal?.forget({ memberId: 'm-mei', chatIds: ['mei'], names: ['小美'] }, 'x')
  await forward({ minutes: 10 })
  expect(welcomes()[0]?.reply.mention).toEqual(['zhang'])
})

test('a clock that is put back delays no welcome', async () => {
  const { newcomersJoined, forward, welcomes, world } = await open()
  await newcomersJoined(group, ['mei'])
  world.clock.forward({ hours: -24 * 7 })
  await forward({ minutes: 1 })
  expect(welcomes()).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { refusalWords } from '../../src/ports/line-traits.ts'
import { readCommunity } from '../../src/sandbox/world/community.ts'
import { createWorld as createSimulation, type LineEvent } from '../../src/sandbox/world/index.ts'
import { createWorld } from '../conversation.ts'

async function open() {
  const { store, clock } = createWorld()
  const simulation = await createSimulation({ store, clock, community: readCommunity('data/community.yaml') })
  const group = simulation.groups()[0]
  if (!group) throw new Error('the example community has no group')
  const heard: LineEvent[] = []
  simulation.botEnd.listen(event => heard.push(event))
  const from = group.members[0]?.id ?? ''
  const target = { groupId: group.id }
  return { simulation, clock, heard, from, target, groupId: group.id }
}

test('a group of QQ kind hears mentions only, refuses links, and takes no push where that is switched off', async () => {
  const { simulation, clock, heard, from, target, groupId } = await open()
  await simulation.setKind(groupId, 'qq-no-push')
  await expect(simulation.botEnd.says(target, { text: '推送' })).rejects.toThrow(refusalWords.noPush)
  await simulation.saysInGroup(groupId, { from, text: '签到' })
  expect(heard).toEqual([])
  await simulation.saysInGroup(groupId, { from, text: '签到', mention: true })
  expect(heard).toHaveLength(1)
  await expect(simulation.botEnd.says(target, { text: '见 www.most.gov.cn' })).rejects.toThrow(
    refusalWords.link,
  )
  await simulation.botEnd.says(target, { text: '签到好了' })
  expect(heard).toHaveLength(1)
  clock.forward({ minutes: 6 })
  await expect(simulation.botEnd.says(target, { text: '推送' })).rejects.toThrow(refusalWords.noPush)
  await simulation.setKind(groupId, 'qq')
  await simulation.botEnd.says(target, { text: '推送' })
  await expect(simulation.setKind(groupId, 'telegram')).rejects.toThrow('没有这种群')
})

test('a group of QQ kind takes five replies to each message for five minutes, then only what its owner allows', async () => {
  const { simulation, clock, from, target, groupId } = await open()
  const say = (text: string) => simulation.botEnd.says(target, { text })
  const ask = () => simulation.saysInGroup(groupId, { from, text: '问', mention: true })
  await simulation.setKind(groupId, 'qq-no-push')
  await ask()
  for (let n = 1; n <= 5; n++) await say(`答${n}`)
  await expect(say('答6')).rejects.toThrow(refusalWords.noPush)
  await simulation.saysInGroup(groupId, { from, text: '没有 @ 机器人的话' })
  await expect(say('答6')).rejects.toThrow(refusalWords.noPush)
  await ask()
  await ask()
  for (let n = 1; n <= 10; n++) await say(`又答${n}`)
  await expect(say('又答11')).rejects.toThrow(refusalWords.noPush)
  await ask()
  clock.forward({ minutes: 5, seconds: 1 })
  await expect(say('晚了')).rejects.toThrow(refusalWords.noPush)
  await simulation.setKind(groupId, 'qq')
  await say('晚了')
  expect((await simulation.groupMessages(groupId)).filter(({ text }) => text === '晚了')).toHaveLength(1)
})

test('a group of WeCom kind takes a push once a member has spoken to the bot', async () => {
  const { simulation, from, target, groupId } = await open()
  await simulation.setKind(groupId, 'wecom')
  await expect(simulation.botEnd.says(target, { text: '推送' })).rejects.toThrow(refusalWords.notSpoken)
  await simulation.saysInGroup(groupId, { from, text: '在吗', mention: true })
  await simulation.botEnd.says(target, { text: '推送' })
  expect(simulation.traits(target).receives).toBe('mentions')
})

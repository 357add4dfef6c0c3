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

test('a group of WeCom kind takes a push once a member has spoken to the bot', async () => {
  const { simulation, from, target, groupId } = await open()
  await simulation.setKind(groupId, 'wecom')
  await expect(simulation.botEnd.says(target, { text: '推送' })).rejects.toThrow(refusalWords.notSpoken)
  await simulation.saysInGroup(groupId, { from, text: '在吗', mention: true })
  await simulation.botEnd.says(target, { text: '推送' })
  expect(simulation.traits(target).receives).toBe('mentions')
})

import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { readCommunity, SimulatedCommunity } from '../../src/sandbox/world/community.ts'
import { keptMessages } from '../../src/sandbox/world/history.ts'
import { createWorld, LineCut, type LineEvent, UnknownInSandbox } from '../../src/sandbox/world/index.ts'

const community = readCommunity('data/community.yaml')
const group = 'youkongjian'
const pdf = { name: '申报表.pdf', mimeType: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) }

async function open(store = createMemoryStore()) {
  const startAt = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  const clock = createMovableClock({ startAt, isRunning: false })
  const world = await createWorld({ store, clock, community })
  const heard: LineEvent[] = []
  world.botEnd.listen(event => heard.push(event))
  return { world, clock, store, heard }
}

test('the example community has three groups, none with the bot among its members', async () => {
  const { world } = await open()
  expect(world.groups().map(({ name }) => name)).toEqual([
    '优空间创客群',
    '优梦空间·恒丰大厦',
    '蒲公英创新工场',
  ])
  expect(world.groups()[0]?.members[2]).toEqual({ id: 'zhangwei', name: '优空间-张唯' })
  expect(world.groups().flatMap(({ members }) => members.map(({ id }) => id))).not.toContain(world.botId)
})

test('what is said is kept, delivered, and read on from any message', async () => {
  const { world, heard } = await open()
  const first = await world.saysInGroup(group, { from: 'zhangwei', text: '大家好' })
  const second = await world.saysInGroup(group, { from: 'linxiaomei', text: '高企怎么报', mention: true })
  expect((await world.groupMessages(group)).map(({ id }) => id)).toEqual([first.id, second.id])
  expect(await world.groupMessages(group, first.id)).toMatchObject([
    { from: 'linxiaomei', name: '优空间-林小美', text: '@小创\u2005高企怎么报', mention: true },
  ])
  expect(heard).toHaveLength(2)
})

test('the world is found again as it was left, files and names too', async () => {
  const { world, store } = await open()
  const { id } = await world.saysInPrivate('zhangwei', { text: '', file: pdf })
  await world.renameGroup(group, '优空间创客总群')
  await world.renameMember(group, 'zhangwei', '')
  const again = (await open(store)).world
  expect(again.groups()[0]?.name).toBe('优空间创客总群')
  expect(again.groups()[0]?.members[2]?.name).toBe('张唯')
  const [message] = await again.privateMessages('zhangwei')
  expect(message).toMatchObject({ id, from: 'zhangwei', file: { name: '申报表.pdf' } })
  expect([...(message?.file?.bytes ?? [])]).toEqual([1, 2, 3])
  expect((await again.saysInPrivate('zhangwei', { text: '在吗' })).id).not.toBe(id)
})

test('a person of another group joins for good, is announced, and can speak there', async () => {
  const { world, store, heard } = await open()
  await expect(world.saysInGroup(group, { from: 'huangsiqi', text: '大家好' })).rejects.toThrow('没有这个人')
  await world.joinsGroup(group, 'huangsiqi')
  expect(heard).toEqual([{ kind: 'member-joined', groupId: group, memberId: 'huangsiqi' }])
  await expect(world.joinsGroup(group, 'huangsiqi')).rejects.toThrow('已经在这个群里了')
  await expect(world.joinsGroup(group, 'nobody')).rejects.toThrow(UnknownInSandbox)
  const again = (await open(store)).world
  await again.saysInGroup(group, { from: 'huangsiqi', text: '大家好' })
  expect(again.groups()[0]?.members.at(-1)?.id).toBe('huangsiqi')
})

test('a text with a file becomes two messages, and the mention stays with the text', async () => {
  const { world, heard } = await open()
  const { id } = await world.saysInGroup(group, {
    from: 'zhangwei',
    text: '这张表',
    mention: true,
    file: pdf,
  })
  const [text, file] = await world.groupMessages(group)
  expect(text).toMatchObject({ id, text: '@小创\u2005这张表', mention: true })
  expect(text).not.toHaveProperty('file')
  expect(file).toMatchObject({ text: '', file: { name: '申报表.pdf' } })
  expect(heard).toHaveLength(2)
})

test('only the latest messages are kept, and ids never come again', async () => {
  const { world, store } = await open()
  const ids = new Set<string>()
  for (let n = 0; n < keptMessages + 5; n++) {
    ids.add((await world.saysInGroup(group, { from: 'zhangwei', text: `第${n}句` })).id)
  }
  expect(ids.size).toBe(keptMessages + 5)
  const messages = await (await open(store)).world.groupMessages(group)
  expect(messages).toHaveLength(keptMessages)
  expect(messages[0]?.text).toBe('第5句')
})

test('who is unknown gets a typed no, and nothing is kept', async () => {
  const { world } = await open()
  await expect(world.groupMessages('nowhere')).rejects.toThrow(UnknownInSandbox)
  await expect(world.saysInGroup(group, { from: 'caizhiming', text: '在' })).rejects.toThrow(UnknownInSandbox)
  await expect(world.saysInGroup(group, { from: world.botId, text: '在' })).rejects.toThrow(UnknownInSandbox)
  await expect(world.saysInPrivate('nobody', { text: '在' })).rejects.toThrow(UnknownInSandbox)
  await expect(world.saysInGroup(group, { from: 'zhangwei', text: ' ' })).rejects.toThrow('请先写点什么')
  expect(await world.groupMessages(group)).toEqual([])
})

test('while the line is cut nothing is delivered and the bot hangs, until the clock says it is over', async () => {
  const { world, clock, heard } = await open()
  let changes = 0
  world.onChange(() => changes++)
  world.cutLine(60)
  expect(world.isLineUp()).toBe(false)
  await world.saysInGroup(group, { from: 'zhangwei', text: '有人吗' })
  const said = world.botEnd.says({ groupId: group }, { text: '在' })
  const outcome = expect(said).rejects.toThrow(LineCut)
  clock.forward({ seconds: 59 })
  await Promise.resolve()
  expect(world.isLineUp()).toBe(false)
  clock.forward({ seconds: 1 })
  await outcome
  expect(world.isLineUp()).toBe(true)
  expect(heard).toEqual([])
  expect((await world.groupMessages(group)).map(({ text }) => text)).toEqual(['有人吗'])
  expect(changes).toBe(3)
  await world.saysInGroup(group, { from: 'zhangwei', text: '好了' })
  expect(heard).toHaveLength(1)
})

test('a community file that contradicts itself is refused by name', () => {
  const bad = { ...community, groups: [{ id: 'a', name: '群', members: [{ id: 'ghost' }] }] }
  expect(() => SimulatedCommunity.parse(bad)).toThrow('ghost in a is not among the people')
  expect(() => readCommunity('data/none.yaml')).toThrow('data/none.yaml does not describe a community')
})

import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { apology } from '../../../src/bot.ts'
import { DeadlineError } from '../../../src/ports/chat.ts'
import { botSaid, group, openTestLine, otherGroup, quickTimes, until } from './harness.ts'

const echo = async ({ text }: { text: string }) => [{ text: `听到：${text}` }]
const pdf = { name: '申报表.pdf', mimeType: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) }
const png = { name: '海报.png', mimeType: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) }

test('a mention in a group comes to the bot translated, and its reply goes back', async () => {
  const { line, world, heard, clock, log } = await openTestLine(echo)
  expect(line.status()).toMatchObject({ name: 'sandbox', state: 'up', note: '线路正常。' })
  const { id } = await world.saysInGroup(group, { from: 'zhangwei', text: '高企怎么报', mention: true })
  await until(async () => (await botSaid(world, group)).length === 1)
  expect(heard).toEqual([
    {
      id,
      groupId: group,
      groupName: '优空间创客群',
      senderId: 'zhangwei',
      senderName: '优空间-张唯',
      text: '高企怎么报',
      mentionsBot: true,
      sentAt: clock.now(),
      receivedAt: clock.now(),
    },
  ])
  expect(await botSaid(world, group)).toEqual(['听到：高企怎么报'])
  expect(log.lines).toEqual([])
})

test('a mention without an id is read from the text, by nickname and by alias', async () => {
  const { world, heard } = await openTestLine(async () => [])
  await world.saysInGroup(otherGroup, { from: 'chenjing', text: '@小创 科小' })
  await world.saysInGroup(otherGroup, { from: 'chenjing', text: '@小创（政策助手）\u2005高企' })
  await world.saysInGroup(otherGroup, { from: 'chenjing', text: '@小创客 高企' })
  await until(() => heard.length === 3)
  expect(heard.map(({ text, mentionsBot }) => [text, mentionsBot])).toEqual([
    ['科小', true],
    ['高企', true],
    ['高企', false],
  ])
})

test('a message is looked up by us, and by nobody else', async () => {
  const { world } = await openTestLine(echo)
  const lookUps = vi.spyOn(SandboxPuppet.prototype, 'messagePayload')
  onTestFinished(() => lookUps.mockRestore())
  const { id } = await world.saysInGroup(group, { from: 'zhangwei', text: '高企怎么报', mention: true })
  await until(async () => (await botSaid(world, group)).length === 1)
  expect(lookUps.mock.calls.filter(([one]) => one === id)).toHaveLength(1)
})

test('a private chat has no group, and the nickname is the name', async () => {
  const { world, heard } = await openTestLine(echo)
  await world.saysInPrivate('zhangwei', { text: '在吗' })
  await until(async () => (await world.privateMessages('zhangwei')).length === 2)
  expect(heard).toMatchObject([
    { senderId: 'zhangwei', senderName: '张唯', text: '在吗', mentionsBot: false },
  ])
  expect(heard[0]).not.toHaveProperty('groupId')
})

test('a burst in one conversation is answered in the order in which it was said', async () => {
  const { world } = await openTestLine(async ({ text }) => [{ text: `${text}之一` }, { text: `${text}之二` }])
  const numbers = Array.from({ length: 30 }, (_, n) => String(n))
  for (const text of numbers) await world.saysInGroup(group, { from: 'zhangwei', text })
  await until(async () => (await botSaid(world, group)).length === 60)
  expect(await botSaid(world, group)).toEqual(numbers.flatMap(n => [`${n}之一`, `${n}之二`]))
})

test('a slow answer holds up its own conversation only', async () => {
  const slow = Promise.withResolvers<void>()
  const { world } = await openTestLine(async ({ groupId, text }) => {
    if (groupId === group) await slow.promise
    return [{ text: `答${text}` }]
  })
  await world.saysInGroup(group, { from: 'zhangwei', text: '一' })
  await world.saysInGroup(group, { from: 'zhangwei', text: '二' })
  await world.saysInGroup(otherGroup, { from: 'chenjing', text: '三' })
  await until(async () => (await botSaid(world, otherGroup)).length === 1)
  expect(await botSaid(world, group)).toEqual([])
  slow.resolve()
  await until(async () => (await botSaid(world, group)).length === 2)
  expect(await botSaid(world, group)).toEqual(['答一', '答二'])
})

test('an answer that throws is logged and harms nothing, not even its own conversation', async () => {
  const { line, world, log } = await openTestLine(async ({ text }) => {
    if (text === '坏') throw new Error('disk on fire')
    return [{ text: apology }]
  })
  await world.saysInGroup(group, { from: 'zhangwei', text: '坏' })
  await world.saysInGroup(group, { from: 'zhangwei', text: '好' })
  await until(async () => (await botSaid(world, group)).length === 1)
  expect(log.lines.join()).toContain('disk on fire')
  expect(line.status().state).toBe('up')
})

test('what the bot says comes back as an echo under the same id, and is not answered', async () => {
  const { line, world, echoes, heard } = await openTestLine(echo)
  const toGroup = await line.chat.say({ groupId: group }, { text: '通知' }, 1000)
  const toPerson = await line.chat.say({ personId: 'zhangwei' }, { text: '你好' }, 1000)
  await until(() => echoes.length === 2)
  expect(echoes).toMatchObject([
    { id: toGroup, target: { groupId: group }, text: '通知' },
    { id: toPerson, target: { personId: 'zhangwei' }, text: '你好' },
  ])
  expect(heard).toEqual([])
  expect((await world.groupMessages(group))[0]?.id).toBe(toGroup)
})

test('a reply may @ people by the names that the group sees, and carry a file or a picture', async () => {
  const { line, world, echoes } = await openTestLine(echo)
  const id = await line.chat.say(
    { groupId: group },
    { text: '请看', mention: ['zhangwei', 'wuhaoran'], file: pdf },
    1000,
  )
  await line.chat.say({ groupId: group }, { file: png }, 1000)
  const messages = await world.groupMessages(group)
  expect(messages.map(({ text }) => text)).toEqual(['@优空间-张唯\u2005@浩然\u2005请看', '', ''])
  expect(messages[1]).toMatchObject({ id, file: { name: '申报表.pdf', mimeType: 'application/pdf' } })
  expect(messages[2]?.file).toMatchObject({ name: '海报.png', mimeType: 'image/png' })
  expect([...(messages[1]?.file?.bytes ?? [])]).toEqual([1, 2, 3])
  await until(() => echoes.length === 3)
})

test('a file in a group gets silence, and in private one kind sentence however many there are', async () => {
  // The bot has no use for a maker's picture.
  const { world, heard } = await openTestLine(async message => (message.file ? [] : echo(message)))
  await world.saysInGroup(group, { from: 'zhangwei', text: '', file: pdf })
  for (let n = 0; n < 3; n++) await world.saysInPrivate('zhangwei', { text: '', file: png })
  await world.saysInPrivate('zhangwei', { text: '在吗' })
  await until(() => heard.length === 4)
  await until(async () => (await world.privateMessages('zhangwei')).length === 6)
  const said = (await world.privateMessages('zhangwei')).filter(({ from }) => from === world.botId)
  expect(said.map(({ text }) => text)).toEqual([expect.stringContaining('只看得懂文字'), '听到：在吗'])
  expect(await botSaid(world, group)).toEqual([])
})

test('a new alias and a new group name are seen in the next message', async () => {
  const { world, heard, log } = await openTestLine(async () => [])
  await world.saysInGroup(group, { from: 'zhangwei', text: '一' })
  await until(() => heard.length === 1)
  await world.renameMember(group, 'zhangwei', '优空间-张唯（总）')
  await world.renameGroup(group, '优空间总群')
  await world.renameMember(group, world.botId, '政策小创')
  await world.saysInGroup(group, { from: 'zhangwei', text: '@政策小创 二' })
  await until(() => heard.length === 2)
  expect(heard[1]).toMatchObject({
    senderName: '优空间-张唯（总）',
    groupName: '优空间总群',
    text: '二',
    mentionsBot: true,
  })
  expect(log.lines).toEqual([])
})

test('the time of a message is the platform’s, and ours beside it', async () => {
  const { world, clock, heard } = await openTestLine(async () => [])
  await world.saysInGroup(group, { from: 'zhangwei', text: '一' })
  clock.forward({ minutes: 3 })
  await until(() => heard.length === 1)
  expect(heard[0]?.sentAt).toEqual(Temporal.Instant.from('2026-11-28T05:00:00Z'))
})

test('the same words a millisecond apart are two messages, each with its time', async () => {
  const { world, clock, heard } = await openTestLine(async () => [])
  const from = clock.now()
  for (const text of ['签到', '签到']) {
    clock.forward({ milliseconds: 1 })
    await world.saysInGroup(group, { from: 'zhangwei', text })
  }
  await until(() => heard.length === 2)
  expect(heard.map(({ sentAt }) => from.until(sentAt).total('milliseconds'))).toEqual([1, 2])
})

test('a cut line is noticed, said, and comes back by itself; what was said meanwhile is gone', async () => {
  const { line, world, clock, alarms, heard } = await openTestLine(echo, { times: quickTimes })
  world.cutLine(60)
  await world.saysInGroup(group, { from: 'zhangwei', text: '有人吗' })
  await expect(line.chat.say({ groupId: group }, { text: '喂' }, 30)).rejects.toThrow(DeadlineError)
  await until(() => line.status().state === 'down')
  expect(alarms.list()).toMatchObject([{ id: 'line', text: '聊天线路：线路没有任何回应，正在自动重连。' }])
  await expect(line.chat.say({ groupId: group }, { text: '喂' }, 30)).rejects.toThrow('nothing was sent')
  clock.forward({ seconds: 60 })
  await until(() => line.status().state === 'up')
  expect(alarms.list()).toEqual([])
  await world.saysInGroup(group, { from: 'zhangwei', text: '好了' })
  await until(async () => (await botSaid(world, group)).length === 1)
  expect(heard.map(({ text }) => text)).toEqual(['好了'])
})

test('a message that comes once the line stops hearing is not handed on', async () => {
  const { line, world, heard } = await openTestLine(echo)
  await world.saysInGroup(group, { from: 'zhangwei', text: '还在' })
  await until(() => heard.length === 1)
  await line.stopReceiving()
  await world.saysInGroup(group, { from: 'zhangwei', text: '太晚了' })
  // Resolves when what was announced so far is handed on.
  await line.stopReceiving()
  expect(heard.map(({ text }) => text)).toEqual(['还在'])
})

test('a connection that has ended hears and changes nothing more while its puppet hangs', async () => {
  const dead: SandboxPuppet[] = []
  const { promise: freed, resolve: free } = Promise.withResolvers<void>()
  const real = SandboxPuppet.prototype.onStop
  const stopping = vi.spyOn(SandboxPuppet.prototype, 'onStop')
  stopping.mockImplementationOnce(async function (this: SandboxPuppet) {
    dead.push(this)
    await freed
    await real.call(this)
  })
  onTestFinished(() => {
    stopping.mockRestore()
    free()
  })
  const ups: string[] = []
  const more = { times: quickTimes, onReconnected: () => void ups.push('up') }
  const { line, world, clock, heard } = await openTestLine(echo, more)
  world.cutLine(60)
  await until(() => dead.length === 1)
  ups.length = 0
  clock.forward({ seconds: 60 })
  for (const puppet of dead) puppet.emit('dong', { data: 'chuangke' })
  await world.saysInGroup(group, { from: 'zhangwei', text: '还断着' })
  for (let n = 0; n < 20; n++) await new Promise(resolve => setImmediate(resolve))
  expect({ ups, heard, state: line.status().state }).toEqual({ ups: [], heard: [], state: 'down' })
})

test('asked to connect again, it does not wait for its pause to end', async () => {
  const times = { ...quickTimes, firstBackOffMs: 3_600_000, lastBackOffMs: 3_600_000 }
  const { line, world, clock } = await openTestLine(echo, { times })
  world.cutLine(60)
  await until(() => line.status().state === 'down')
  clock.forward({ seconds: 60 })
  line.reconnect()
  await until(() => line.status().state === 'up')
  const since = line.status().since
  line.reconnect()
  expect(line.status()).toMatchObject({ state: 'up', since })
})

test('moving the clock on by a day does not break the line', async () => {
  const { line, world, clock } = await openTestLine(echo, { times: quickTimes })
  clock.forward({ hours: 24 })
  await world.saysInGroup(group, { from: 'zhangwei', text: '早' })
  await until(async () => (await botSaid(world, group)).length === 1)
  expect(line.status().state).toBe('up')
})

test('it stops even while the line is cut', async () => {
  const { line, world } = await openTestLine(echo)
  world.cutLine(3600)
  await line.stop()
  expect(line.status()).toMatchObject({ state: 'down', note: '已停止。' })
})

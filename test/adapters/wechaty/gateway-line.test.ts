import { FileBox } from 'file-box'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { serveGateway } from '../../../src/adapters/wechaty/puppets/gateway.ts'
import { GatewayPuppet } from '../../../src/adapters/wechaty/puppets/gateway-puppet.ts'
import { DeadlineError } from '../../../src/ports/chat.ts'
import { readCommunity } from '../../../src/sandbox/world/community.ts'
import { createWorld } from '../../../src/sandbox/world/index.ts'
import { botSaid, createTestClock, group, openTestLine, quickTimes, settings, until } from './harness.ts'

const token = 'no-server-name-in-this-one'

/** A gateway and a line to it in one process, so that the world behind the gateway can be moved. */
async function open() {
  const clock = createTestClock()
  const world = await createWorld({
    store: createMemoryStore(),
    clock,
    community: readCommunity('data/community.yaml'),
  })
  const gateway = await serveGateway(world, { host: '127.0.0.1', port: 0, token, isTlsDisabled: false })
  onTestFinished(() => gateway.stop())
  const opened = await openTestLine(async ({ text }) => [{ text: `听到：${text}` }], {
    settings: {
      ...settings,
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
      WECHATY_PUPPET_SERVICE_TOKEN: token,
    },
    world: undefined,
    times: quickTimes,
  })
  await until(() => opened.line.status().state === 'up')
  return { ...opened, world, clock, gateway }
}

test('names that change behind a gateway are seen in the next message', async () => {
  const { world, heard } = await open()
  await world.saysInGroup(group, { from: 'zhangwei', text: '一', mention: true })
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
})

test('two messages a millisecond apart keep their times, by which they are told apart', async () => {
  const { world, clock, heard } = await open()
  const from = clock.now()
  for (const text of ['签到', '签到']) {
    clock.forward({ milliseconds: 1 })
    await world.saysInGroup(group, { from: 'zhangwei', text })
  }
  await until(() => heard.length === 2)
  expect(heard.map(({ sentAt }) => from.until(sentAt).total('milliseconds'))).toEqual([1, 2])
})

test('the echo has the id that saying gave', async () => {
  const { line, echoes } = await open()
  const id = await line.chat.say({ groupId: group }, { text: '通知' }, 20_000)
  await until(() => echoes.length === 1)
  expect(echoes[0]).toMatchObject({ id, target: { groupId: group }, text: '通知' })
})

test.each([1, 7000, 20 * 1024, 300_000, 3_000_000])('a file of %i bytes arrives whole', async size => {
  const { line, world } = await open()
  const bytes = new Uint8Array(size).fill(7)
  const file = { name: '签到表.xlsx', mimeType: 'application/octet-stream', bytes }
  const id = await line.chat.say({ personId: 'chenjing' }, { text: '请看', file }, 10_000)
  const arrived = world.botEnd.find(id)?.message.file
  expect(arrived?.name).toBe('签到表.xlsx')
  expect(Buffer.from(arrived?.bytes ?? []).equals(bytes)).toBe(true)
})

/** A client of the gateway, as soon as that has noticed that the one before it is gone: until then it refuses. */
async function logIn(endpoint: string): Promise<GatewayPuppet> {
  for (;;) {
    const puppet = new GatewayPuppet({ endpoint, token, isTlsDisabled: false })
    const isIn = new Promise<boolean>(resolve => {
      puppet.once('login', () => resolve(true))
      puppet.on('error', () => resolve(false))
    })
    await puppet.start()
    if (await isIn) {
      onTestFinished(() => puppet.stop())
      return puppet
    }
    await puppet.stop()
  }
}

test.each(['照片.png', '名单.xlsx'])('what somebody sends, %s, can be had over the gateway', async name => {
  const { world, gateway, line } = await open()
  await line.stop()
  const puppet = await logIn(gateway.endpoint)
  const announced = new Promise<string>(resolve =>
    puppet.once('message', ({ messageId }) => resolve(messageId)),
  )
  const bytes = new Uint8Array(50_000).fill(9)
  const mimeType = name.endsWith('.png') ? 'image/png' : 'application/octet-stream'
  await world.saysInPrivate('chenjing', { text: '', file: { name, mimeType, bytes } })
  const id = await announced
  const file = await (name.endsWith('.png') ? puppet.messageImage(id, 3) : puppet.messageFile(id))
  expect((await file.toBuffer()).equals(bytes)).toBe(true)
  expect(file.name).toBe(name)
})

test.each([
  [300_000, 0],
  [3_000_000, 1],
])('a file of %i bytes takes %i uploads', async (size, uploads) => {
  const { world, gateway, line } = await open()
  await line.stop()
  const puppet = await logIn(gateway.endpoint)
  const upload = vi.spyOn(puppet.grpcManager.client, 'upload')
  const base64 = Buffer.alloc(size, 7).toString('base64')
  const id = await puppet.messageSendFile('chenjing', FileBox.fromBase64(base64, '签到表.xlsx'))
  expect(upload).toHaveBeenCalledTimes(uploads)
  expect(world.botEnd.find(id ?? '')?.message.file?.bytes).toHaveLength(size)
})

test('an account that falls silent behind a living gateway is noticed, and comes back', async () => {
  const { world, line, clock } = await open()
  world.cutLine(60)
  await expect(line.chat.say({ groupId: group }, { text: '喂' }, 50)).rejects.toThrow(DeadlineError)
  await until(() => line.status().state === 'down')
  clock.forward({ seconds: 60 })
  await until(() => line.status().state === 'up')
  await world.saysInGroup(group, { from: 'zhangwei', text: '好了', mention: true })
  await until(async () => (await botSaid(world, group)).includes('听到：好了'))
})

test('a gateway that ends in good order is noticed at once', async () => {
  const { line, gateway } = await open()
  await gateway.stop()
  await until(() => line.status().state === 'down')
  expect(line.status().note).toContain('网关')
})

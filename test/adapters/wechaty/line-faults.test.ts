import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import type { LineOptions } from '../../../src/adapters/wechaty/line.ts'
import { servePuppet } from '../../../src/adapters/wechaty/puppets/gateway.ts'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { readCommunity } from '../../../src/sandbox/world/community.ts'
import { createWorld } from '../../../src/sandbox/world/index.ts'
import { createTestClock, group, openTestLine, quickTimes, settings, until } from './harness.ts'

// Each fault against a real gateway: gRPC, TLS and token over loopback.

const token = 'insecure_the-right-token'

/** A gateway whose account never answers a ding, as some do not. */
class MutePuppet extends SandboxPuppet {
  override ding() {}
}

/** A gateway whose account waits to be logged in on its own side. */
class LoggedOutPuppet extends SandboxPuppet {
  override login() {}
}

type OnEnd = typeof onTestFinished

async function serve({ Puppet = SandboxPuppet, isTlsDisabled = false } = {}, onEnd: OnEnd = onTestFinished) {
  const clock = createTestClock()
  const world = await createWorld({
    store: createMemoryStore(),
    clock,
    community: readCommunity('data/community.yaml'),
  })
  const puppet = new Puppet(world)
  const gateway = await servePuppet(puppet, { host: '127.0.0.1', port: 0, token, isTlsDisabled })
  onEnd(() => gateway.stop())
  return { ...gateway, puppet, world }
}

const to = (endpoint: string, more: Partial<LineOptions['settings']> = {}): Partial<LineOptions> => ({
  settings: {
    ...settings,
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: token,
    ...more,
  },
  world: undefined,
  times: { ...quickTimes, slowMs: 1000 },
})

type Fault = { onEnd: OnEnd; slowMs?: number }

/**
 * A line over these settings that ends up down: what the console says, which the alarm and the log say too.
 * @param fault `slowMs`: default half a minute, so that a busy machine does not look like a silent gateway
 */
async function noteOf(
  endpoint: string,
  { onEnd, slowMs = 30_000 }: Fault,
  more: Partial<LineOptions['settings']> = {},
): Promise<string> {
  const options = { ...to(endpoint, more), times: { ...quickTimes, startMs: 30_000, slowMs } }
  const { line, alarms, log } = await openTestLine(async () => [], options, onEnd)
  await until(() => line.status().state === 'down')
  const { note } = line.status()
  expect(alarms.list()).toMatchObject([{ id: 'line', text: `聊天线路：${note}` }])
  expect(log.lines.join()).toContain(note)
  expect(log.lines.join()).not.toContain('wrong-token')
  return note
}

test.concurrent('a wrong or expired token is named', async ({ onTestFinished: onEnd }) => {
  const { endpoint } = await serve({}, onEnd)
  expect(await noteOf(endpoint, { onEnd }, { WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_wrong-token' })).toMatch(
    /不认这个令牌.*过期.*核对/,
  )
})

test.concurrent('a gateway that is not there is named', async ({ onTestFinished: onEnd }) => {
  expect(await noteOf('127.0.0.1:9', { onEnd })).toMatch(/网关没有开着.*端口/)
})

test.concurrent('a gateway whose name is not known is named', async ({ onTestFinished: onEnd }) => {
  expect(await noteOf('nowhere.invalid:443', { onEnd })).toMatch(/找不到网关的地址/)
})

test.concurrent('something that takes the call and says nothing is named', async ({
  onTestFinished: onEnd,
}) => {
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', () => resolve()))
  onEnd(() => void silent.close())
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : 0
  expect(await noteOf(`127.0.0.1:${port}`, { onEnd, slowMs: 1000 })).toMatch(/没有任何回应.*地址/)
})

test.concurrent('encryption on our side only is named', async ({ onTestFinished: onEnd }) => {
  const { endpoint } = await serve({ isTlsDisabled: true }, onEnd)
  expect(await noteOf(endpoint, { onEnd })).toMatch(/TLS.*不加密/)
})

test.concurrent('encryption on the gateway’s side only is named', async ({ onTestFinished: onEnd }) => {
  const { endpoint } = await serve({}, onEnd)
  expect(
    await noteOf(endpoint, { onEnd }, { WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' }),
  ).toMatch(/TLS.*改回 false/)
})

test.concurrent('a certificate that is not the gateway’s authority is named', async ({
  onTestFinished: onEnd,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-ca-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'ca.pem')
  writeFileSync(file, rootCertificates[0] ?? '')
  const { endpoint } = await serve({}, onEnd)
  expect(await noteOf(endpoint, { onEnd }, { WECHATY_PUPPET_SERVICE_TLS_CA_CERT: file })).toMatch(/TLS.*证书/)
})

test.concurrent('an account that is not logged in at the gateway is named', async ({
  onTestFinished: onEnd,
}) => {
  const { endpoint } = await serve({ Puppet: LoggedOutPuppet }, onEnd)
  expect(await noteOf(endpoint, { onEnd, slowMs: quickTimes.slowMs })).toMatch(/账号没有登录.*登录/)
})

test('without encryption on either side they understand each other', async () => {
  const { endpoint } = await serve({ isTlsDisabled: true })
  const plain = { WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' } as const
  const { line } = await openTestLine(async () => [], to(endpoint, plain))
  await until(() => line.status().state === 'up')
})

test('a second client on the token is named, and the first goes on', async () => {
  const { endpoint, world } = await serve()
  const first = await openTestLine(async () => [{ text: '在' }], to(endpoint))
  await until(() => first.line.status().state === 'up')
  expect(await noteOf(endpoint, { onEnd: onTestFinished })).toMatch(/令牌正被另一个程序使用.*停掉/)
  await world.saysInGroup(group, { from: 'zhangwei', text: '在吗', mention: true })
  await until(() => first.heard.length === 1)
  expect(first.line.status().state).toBe('up')
})

test('an account that logs out is named, is deaf from then, and comes back when it logs in', async () => {
  const { endpoint, puppet, world } = await serve()
  const { line, alarms, hearing } = await openTestLine(async () => [], to(endpoint))
  await until(() => line.status().state === 'up')
  await puppet.logout('on the phone')
  await until(() => line.status().state === 'down')
  expect(line.status().note).toMatch(/账号已退出登录.*重新登录/)
  expect(alarms.list()).toMatchObject([{ id: 'line' }])
  puppet.login(world.botId)
  await until(() => line.status().state === 'up')
  expect(hearing.filter(({ how }) => how === 'logged-out')).toHaveLength(1)
  expect(hearing.at(-1)).toHaveProperty('hearingFrom')
  expect(puppet.isLoggedIn).toBe(true)
})

test('a gateway that never dongs is rebuilt a few times, then kept and said to be mute', async () => {
  const { endpoint } = await serve({ Puppet: MutePuppet })
  const { line, hearing } = await openTestLine(async () => [], {
    ...to(endpoint),
    times: { ...quickTimes, dingMs: 40, silenceMs: 100 },
  })
  await until(() => line.status().note.includes('不回应探测'))
  const rebuilt = hearing.length
  expect(line.status().state).toBe('up')
  expect(hearing.filter(({ how }) => how === 'silent')).toHaveLength(3)
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(hearing).toHaveLength(rebuilt)
})

test('a line that answered before is not up because somebody is logged in there: it has to answer', async () => {
  const { endpoint, world } = await serve()
  const { line, hearing, heard } = await openTestLine(async () => [], to(endpoint))
  await until(() => line.status().state === 'up')
  // The requests of the log-in are answered before this message comes.
  await world.saysInGroup(group, { from: 'zhangwei', text: '在吗', mention: true })
  await until(() => heard.length === 1)
  world.cutLine(3600)
  await until(() => line.status().state === 'down')
  await until(() => line.status().note.includes('没有任何回应'))
  await new Promise(resolve => setTimeout(resolve, 1500))
  expect(line.status().state).toBe('down')
  expect(hearing.filter(({ how }) => how === 'silent')).toHaveLength(1)
  world.cutLine(0)
  await until(() => line.status().state === 'up')
  expect(hearing.at(-1)).toHaveProperty('hearingFrom')
})

test('a blink that one ding fell into is recorded, though the line never counted as down', async () => {
  const { world, line, hearing, clock } = await openTestLine(async () => [], {
    times: { ...quickTimes, dingMs: 50, silenceMs: 5000 },
  })
  await until(() => line.status().lastSignAt !== undefined)
  world.cutLine(10)
  await new Promise(resolve => setTimeout(resolve, 200))
  clock.forward({ seconds: 10 })
  await until(() => hearing.length === 3)
  expect(hearing[1]?.how).toBe('stalled')
  expect(line.status().state).toBe('up')
})

test('what is being said when the connection dies is unknown at once', async () => {
  const { endpoint, world } = await serve()
  const { line, unsaid, heard } = await openTestLine(async () => [{ text: '答' }], to(endpoint))
  await until(() => line.status().state === 'up')
  world.cutLine(3600)
  const saying = line.chat.say({ groupId: group }, { text: '喂' }, 60_000)
  await expect(saying).rejects.toThrow('the connection died')
  expect(heard).toEqual([])
  expect(unsaid).toEqual([])
})

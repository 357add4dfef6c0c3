import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Child, startProcess } from './processes.ts'

const token = 'insecure_8f1f6c1e-a-token-that-must-not-be-logged'
const group = 'youkongjian'

type Said = { id: string; from: string; text: string; file?: { name: string; url: string } }

async function startGateway({ port = '0', tls = true } = {}) {
  const more = tls ? [] : ['--no-tls']
  const child = startProcess('gateway-process.ts', [
    '--port',
    port,
    '--token',
    token,
    '--sandbox-port',
    '0',
    ...more,
  ])
  const ready = await child.line(/网关已就绪/)
  const [, endpoint = ''] = /网关已就绪：([\d.:]+)/.exec(ready) ?? []
  const [, api = ''] = /(http:[^。]*\/sandbox\/api)/.exec(ready) ?? []
  return { child, endpoint, api }
}

function startBot(endpoint: string, more: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'chuangke-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const child = startProcess('bot-process.ts', [], {
    HOME: home,
    STATE_DIR: join(home, 'state'),
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: token,
    ...more,
  })
  return { child, home }
}

async function post(url: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as { id: string }
}

const ask = (api: string, from: string, text: string, mention = true) =>
  post(`${api}/groups/${group}/messages`, { from, text, mention })

/** What the bot said after that message, once there are so many. */
async function replies(url: string, afterId: string, count: number): Promise<Said[]> {
  for (;;) {
    const messages = (await (await fetch(`${url}?after=${afterId}`)).json()) as Said[]
    const said = messages.filter(({ from }) => from === 'xiaochuang')
    if (said.length >= count) return said
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const texts = (said: Said[]) => said.map(({ text, file }) => file?.name ?? text)
const up = (bot: Child, from = 0) => bot.line(/"state":"up"/, from)

test('gateway and bot, two processes with TLS and a token, play a whole conversation', {
  timeout: 60_000,
}, async () => {
  const gateway = await startGateway()
  const { child: bot, home } = startBot(gateway.endpoint)
  await up(bot)
  const inGroup = `${gateway.api}/groups/${group}/messages`
  const inPrivate = `${gateway.api}/members/zhangwei/messages`

  const question = await ask(gateway.api, 'zhangwei', '高企怎么报')
  const [first] = await replies(inGroup, question.id, 1)
  expect(first?.text).toBe('优空间-张唯说：高企怎么报')
  expect(await bot.line(new RegExp(first?.id ?? 'none'))).toContain('"echo"')

  await ask(gateway.api, 'wuhaoran', '大家早', false)
  const typed = await ask(gateway.api, 'wuhaoran', '@小创 科小', false)
  expect(texts(await replies(inGroup, typed.id, 1))).toEqual(['浩然说：科小'])

  const numbers = Array.from({ length: 20 }, (_, n) => `第${n}问`)
  for (const number of numbers) await ask(gateway.api, 'linxiaomei', number)
  const burst = (await replies(inGroup, typed.id, 21)).slice(1)
  expect(texts(burst)).toEqual(numbers.map(number => `优空间-林小美说：${number}`))

  const table = await post(inPrivate, { text: '发表格' })
  const sent = await replies(inPrivate, table.id, 2)
  expect(sent).toMatchObject([{ text: '请看' }, { file: { name: '台账.xlsx' } }])
  const download = await fetch(new URL(sent[1]?.file?.url ?? '', gateway.api))
  expect(new Uint8Array(await download.arrayBuffer())).toEqual(new Uint8Array(300_000).fill(7))
  const file = {
    name: '执照.jpg',
    mimeType: 'image/jpeg',
    base64: Buffer.alloc(100_000, 1).toString('base64'),
  }
  const picture = await post(inPrivate, { text: '', file })
  expect(texts(await replies(inPrivate, picture.id, 1))).toEqual([expect.stringContaining('只看得懂文字')])

  const bad = await ask(gateway.api, 'zhangwei', '坏')
  expect(texts(await replies(inGroup, bad.id, 1))).toEqual([expect.stringContaining('抱歉')])

  bot.write({ groupId: group, text: '推送一条' })
  const { said } = JSON.parse(await bot.line(/"said"/)) as { said: string }
  expect(texts(await replies(inGroup, bad.id, 2))).toEqual([expect.anything(), '推送一条'])
  expect(await bot.line(new RegExp(`"echo":"${said}"`))).toContain('推送一条')

  bot.signal('SIGTERM')
  expect(await bot.ended).toBe(0)
  await post(`${gateway.api}/line`, { downSeconds: 3600 })
  gateway.child.signal('SIGINT')
  expect(await gateway.child.ended).toBe(0)
  expect(existsSync(join(home, '.wechaty'))).toBe(false)
  expect(readdirSync('.').filter(name => name.includes('memory-card'))).toEqual([])
  expect([...bot.lines, ...bot.errors, ...gateway.child.lines, ...gateway.child.errors].join()).not.toContain(
    token,
  )
  expect(bot.lines.every(line => line.startsWith('{'))).toBe(true)
})

test('a gateway that is killed and comes back finds its bot again', { timeout: 60_000 }, async () => {
  const first = await startGateway()
  const { child: bot } = startBot(first.endpoint)
  await up(bot)
  first.child.signal('SIGKILL')
  expect(await bot.line(/"state":"down"/)).toContain('网关')
  const seen = bot.lines.length
  const second = await startGateway({ port: first.endpoint.split(':')[1] ?? '' })
  await up(bot, seen)
  const question = await ask(second.api, 'zhangwei', '还在吗')
  expect(texts(await replies(`${second.api}/groups/${group}/messages`, question.id, 1))).toEqual([
    '优空间-张唯说：还在吗',
  ])
})

test('a frozen gateway is noticed, and neither it nor a missing one keeps the bot from ending', {
  timeout: 60_000,
}, async () => {
  const { child: gateway, endpoint } = await startGateway()
  const { child: bot } = startBot(endpoint)
  await up(bot)
  gateway.signal('SIGSTOP')
  await bot.line(/"state":"down"/)
  bot.signal('SIGTERM')
  expect(await bot.ended).toBe(0)
  gateway.signal('SIGKILL')
  await gateway.ended
  const { child: lonely } = startBot(endpoint)
  expect(await lonely.line(/"state":"down"/)).toContain('网关没有开着')
  lonely.signal('SIGTERM')
  expect(await lonely.ended).toBe(0)
})

test('a wrong token is named in Chinese, and the gateway serves the right one on', {
  timeout: 60_000,
}, async () => {
  const { api, endpoint } = await startGateway()
  const { child: stranger } = startBot(endpoint, { WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_wrong' })
  expect(await stranger.line(/"state":"down"/)).toContain('令牌')
  stranger.signal('SIGTERM')
  await stranger.ended
  expect(stranger.errors.join()).not.toContain('insecure_wrong')
  const { child: bot } = startBot(endpoint)
  await up(bot)
  const question = await ask(api, 'zhangwei', '在吗')
  await replies(`${api}/groups/${group}/messages`, question.id, 1)
})

test('without TLS it works only when both sides say so', { timeout: 60_000 }, async () => {
  const { api, endpoint } = await startGateway({ tls: false })
  const { child: encrypted } = startBot(endpoint)
  expect(await encrypted.line(/"state":"down"/)).toContain('网关')
  encrypted.signal('SIGTERM')
  await encrypted.ended
  const { child: bot } = startBot(endpoint, { WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' })
  await up(bot)
  const question = await ask(api, 'zhangwei', '在吗')
  await replies(`${api}/groups/${group}/messages`, question.id, 1)
})

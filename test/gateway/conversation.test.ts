import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Child, startProcess } from './processes.ts'

// The bot as it is, and the gateway that `npm run gateway` starts, as two processes with TLS and a token.

const token = 'insecure_8f1f6c1e-a-token-that-must-not-be-logged'
const group = 'youkongjian'
/** Ten minutes before the lesson on a Saturday, whenever the test runs. */
const CLOCK_SHIFT_MS = String(Date.parse('2026-11-28T14:50:00+08:00') - Date.now())

type Said = { id: string; from: string; text: string; file?: { name: string; url: string } }

async function startGateway() {
  const args = ['--port', '0', '--token', token, '--sandbox-port', '0']
  const child = startProcess('gateway-process.ts', args, { CLOCK_SHIFT_MS })
  const ready = await child.line(/网关已就绪/)
  const [, endpoint = ''] = /网关已就绪：([\d.:]+)/.exec(ready) ?? []
  const [, api = ''] = /(http:[^。]*\/sandbox\/api)/.exec(ready) ?? []
  return { child, endpoint, api }
}

function startBot(endpoint: string) {
  const home = mkdtempSync(join(tmpdir(), 'chuangke-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const child = startProcess('bot-process.ts', [], {
    CLOCK_SHIFT_MS,
    HOME: home,
    PORT: '0',
    LOG_LEVEL: 'info',
    STATE_DIR: join(home, 'state'),
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: token,
    LINE_DING_MS: '300',
    LINE_SILENCE_MS: '1500',
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

/** The bot's messages after that one, once one of them contains these words. */
async function reply(url: string, afterId: string, words: string): Promise<Said> {
  for (;;) {
    const messages = (await (await fetch(`${url}?after=${afterId}`)).json()) as Said[]
    const said = messages.filter(({ from }) => from === 'xiaochuang')
    const found = said.find(({ text, file }) => (file?.name ?? text).includes(words))
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const up = (bot: Child) => bot.logLine(/"state":"up"/)

test('gateway and bot, two processes with TLS and a token, play a whole conversation', async () => {
  const gateway = await startGateway()
  const { child: bot, home } = startBot(gateway.endpoint)
  await up(bot)
  const { claimCode } = JSON.parse(await bot.line(/"started"/)) as { claimCode: string }
  const inGroup = `${gateway.api}/groups/${group}/messages`
  const inPrivate = `${gateway.api}/members/chenjing/messages`

  const claim = await post(inPrivate, { text: `认领 ${claimCode}` })
  await reply(inPrivate, claim.id, '认领好了')
  const binding = await post(inGroup, { from: 'chenjing', text: '绑定本群' })
  await reply(inGroup, binding.id, '绑定好了')

  const question = await post(inGroup, { from: 'zhangwei', text: '高企怎么报', mention: true })
  await reply(inGroup, question.id, '高新技术企业')
  await post(inGroup, { from: 'wuhaoran', text: '大家早' })
  const typed = await post(inGroup, { from: 'wuhaoran', text: '@小创 研发费用加计扣除' })
  await reply(inGroup, typed.id, '加计扣除')

  const lesson = await post(inGroup, { from: 'chenjing', text: '开课 周末微党课 15:00' })
  await reply(inGroup, lesson.id, '周末微党课')
  await post(inGroup, { from: 'zhangwei', text: '签到' })
  const end = await post(inGroup, { from: 'chenjing', text: '下课' })
  const table = await reply(inPrivate, claim.id, '.xlsx')
  const download = await fetch(new URL(table.file?.url ?? '', gateway.api))
  expect(new TextDecoder().decode((await download.arrayBuffer()).slice(0, 2))).toBe('PK')
  await reply(inGroup, end.id, '签到结束')

  const base64 = Buffer.alloc(100_000, 1).toString('base64')
  const picture = await post(inPrivate, {
    text: '',
    file: { name: '执照.jpg', mimeType: 'image/jpeg', base64 },
  })
  // An organizer's picture may go with a push.
  await reply(inPrivate, picture.id, '加附件')

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
  expect([...bot.lines, ...bot.errors].filter(line => !line.startsWith('{'))).toEqual([])
  expect(bot.lines.filter(line => line.includes('"stray"'))).toEqual([])
})

test('a frozen gateway is noticed, and neither it nor a missing one keeps the bot from ending', async () => {
  const { child: gateway, endpoint } = await startGateway()
  const { child: bot } = startBot(endpoint)
  await up(bot)
  gateway.signal('SIGSTOP')
  await bot.logLine(/"state":"down"/)
  bot.signal('SIGTERM')
  expect(await bot.ended).toBe(0)
  gateway.signal('SIGKILL')
  await gateway.ended
  const { child: lonely } = startBot(endpoint)
  expect(await lonely.logLine(/"state":"down"/)).toContain('网关没有开着')
  lonely.signal('SIGTERM')
  expect(await lonely.ended).toBe(0)
})

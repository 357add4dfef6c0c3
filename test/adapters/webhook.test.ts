import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { createWebhook, type WebhookKind, webhookRequest } from '../../src/adapters/webhook.ts'
import { AlertChannelFault } from '../../src/ports/alarms.ts'
import { isJsonTemplate } from '../../src/text/json-template.ts'

const at = Temporal.Instant.from('2026-11-28T14:05:00+08:00')
const text = '聊天线路：网关没有开着\n“请看”控制台'
const key = 'key-that-nobody-may-see'

// The signatures were computed with another tool, as the makers' pages say.
const cases: [WebhookKind, string, { query: string; body: unknown }][] = [
  ['wecom', '', { query: `?key=${key}`, body: { msgtype: 'text', text: { content: text } } }],
  ['dingtalk', '', { query: `?key=${key}`, body: { msgtype: 'text', text: { content: text } } }],
  [
    'dingtalk',
    'SEC00',
    {
      query: `?key=${key}&timestamp=1795845900000&sign=1I%2F5RI1JxThkUr7gdhXWIs1yVqVas%2BZ5MKdt%2FNqKgYw%3D`,
      body: { msgtype: 'text', text: { content: text } },
    },
  ],
  ['feishu', '', { query: `?key=${key}`, body: { msg_type: 'text', content: { text } } }],
  [
    'feishu',
    'SEC00',
    {
      query: `?key=${key}`,
      body: {
        timestamp: '1795845900',
        sign: 'PgeRhZEPoDCYB2BhdIlgMc+PCdPpWb3W+fHoc8gET4w=',
        msg_type: 'text',
        content: { text },
      },
    },
  ],
  ['custom', '', { query: `?key=${key}`, body: { to: ['ops'], say: `小创：${text}` } }],
]

test.each(cases)('%s with the secret 「%s」 is sent as its maker documents', (kind, secret, expected) => {
  const template = '{"to":["ops"],"say":"小创：{{text}}"}'
  const url = `https://robots.example/send?key=${key}`
  const request = webhookRequest({ kind, url, secret, template }, text, at)
  expect(new URL(request.url).search).toBe(expected.query)
  expect(JSON.parse(request.body)).toEqual(expected.body)
})

test.each([
  ['{"text":"{{text}}"}', true],
  ['{"a":{"b":["{{text}}","{{text}}"]}}', true],
  ['{"text":{{text}}}', false],
  ['{"text":"nothing"}', false],
  ['text={{text}}', false],
])('the template %s is good: %s', (template, isGood) => {
  expect(isJsonTemplate(template)).toBe(isGood)
})

test('a text that looks like a replacement pattern is sent as it is', () => {
  const settings = { kind: 'custom', url: 'http://x', secret: '', template: '{"a":"{{text}}"}' } as const
  expect(JSON.parse(webhookRequest(settings, "$& $1 $' {{text}}", at).body)).toEqual({
    a: "$& $1 $' {{text}}",
  })
})

/** A robot on loopback that gives one answer to everything. */
async function startRobot(status: number, answer: unknown) {
  const heard: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push(body)
    response.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=${key}` }
}

const tell = (kind: WebhookKind, url: string) =>
  createWebhook({ kind, url, secret: '', template: '{"a":"{{text}}"}' }).tell(text)

test.each([
  ['wecom', { errcode: 0, errmsg: 'ok' }],
  ['dingtalk', { errcode: 0, errmsg: 'ok' }],
  ['feishu', { code: 0, msg: 'success' }],
  ['feishu', { StatusCode: 0, StatusMessage: 'success' }],
  ['custom', 'whatever'],
] as const)('what a %s robot takes counts as told', async (kind, answer) => {
  const robot = await startRobot(200, answer)
  await tell(kind, robot.url)
  expect(robot.heard).toHaveLength(1)
  expect(robot.heard[0]).toContain('聊天线路')
})

test.each([
  ['wecom', 200, { errcode: 93000, errmsg: `invalid webhook ${key}` }, '重新复制'],
  ['dingtalk', 200, { errcode: 310000, errmsg: 'sign not match' }, '加签'],
  ['feishu', 200, { code: 19024, msg: 'Key Words Not Found' }, '关键词'],
  ['wecom', 200, { errcode: -1 }, '错误码 -1'],
  ['wecom', 200, { hello: 'I am something else' }, '哪一种机器人'],
  ['custom', 500, 'broken', '500'],
  ['custom', 302, 'moved', '302'],
] as const)('a %s robot that answers %i with %j is a fault that says what to do', async (...row) => {
  const [kind, status, answer, advice] = row
  const robot = await startRobot(status, answer)
  const fault = await tell(kind, robot.url).catch((cause: unknown) => cause)
  expect(fault).toBeInstanceOf(AlertChannelFault)
  expect(String(fault)).toContain(advice)
  expect(`${fault} ${JSON.stringify(fault)}`).not.toContain(key)
  expect(robot.heard).toHaveLength(1)
})

test('a robot that is not there is a fault that does not give its address away', async () => {
  const fault = await tell('wecom', `http://127.0.0.1:1/send?key=${key}`).catch((cause: unknown) => cause)
  expect(String(fault)).toContain('webhook 地址')
  expect(String(fault)).not.toContain('127.0.0.1')
})

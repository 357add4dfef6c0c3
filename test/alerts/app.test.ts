import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'

/** A robot that takes everything, as WeCom's does. */
async function startRobot() {
  const heard: string[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    heard.push((JSON.parse(body) as { text: { content: string } }).text.content)
    response.end('{"errcode":0}')
    for (const look of waiting) look()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=must-not-be-shown`,
    told: (text: string) =>
      new Promise<string>(resolve => {
        const look = () => {
          const found = heard.find(one => one.includes(text))
          if (found) resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}

test('when the line of a whole bot is cut, /readyz says so, and a phone hears of it and of its end', async () => {
  const robot = await startRobot()
  const log = createQuietLog()
  const config = readConfig({
    PORT: '0',
    STORE: 'memory',
    LINE_DING_MS: '50',
    LINE_SILENCE_MS: '200',
    LINE_BACKOFF_FIRST_MS: '50',
    LINE_BACKOFF_LAST_MS: '100',
    ALERT_WEBHOOK_URL: robot.url,
    ALERT_AFTER_SECONDS: '0',
  })
  const app = await startApp(config, { log, print: () => {} })
  onTestFinished(() => app.stop())
  const ready = async () => (await fetch(`${app.consoleUrl}/readyz`)).status
  const cut = (downSeconds: number) =>
    fetch(`${app.consoleUrl}/sandbox/api/line`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ downSeconds }),
    })

  expect(await ready()).toBe(200)
  await cut(3600)
  expect(await robot.told('要处理')).toContain('聊天线路')
  expect(await ready()).toBe(503)
  expect(await (await fetch(`${app.consoleUrl}/metrics`)).text()).toContain('chuangke_line_up 0')
  await cut(0)
  expect(await robot.told('已恢复')).toContain('聊天线路')
  expect(await ready()).toBe(200)
  expect(log.lines.join()).not.toContain('must-not-be-shown')
})

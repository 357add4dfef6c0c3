import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { linePage } from '../../../src/features/line/page.ts'
import type { Outage } from '../../../src/ports/outages.ts'
import { createWorld } from '../../conversation.ts'

const at = (time: string) => Temporal.Instant.from(`2026-11-28T${time}:00+08:00`)

function open(outages: Outage[], more = {}) {
  const { clock } = createWorld('2026-11-28T15:00:00+08:00')
  const view = {
    name: 'wechaty-puppet-service',
    state: 'down' as const,
    note: '网关没有开着。',
    since: at('14:40'),
    ...more,
  }
  const reconnected: string[] = []
  const { routes } = linePage({
    lines: () => [{ name: '', title: '', view }],
    outages: { between: async () => outages },
    clock,
    reconnect: line => void reconnected.push(line),
  })
  return { routes, reconnected }
}

const shown = async (outages: Outage[], more = {}) =>
  (await open(outages, more).routes.request('/live')).text()

test('the page shows the state of the line, since when, and its outages, latest first', async () => {
  const page = await shown([
    { from: at('14:02'), to: at('14:05'), how: 'silent' },
    { from: at('14:40'), to: undefined, how: 'broken' },
  ])
  const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
  expect(text).toMatch(/线路断开.*网关没有开着。/)
  expect(text).toMatch(/今天 14:40 还没恢复 20 分钟 连接断开.*今天 14:02 今天 14:05 3 分钟 没有任何回应/)
})

test('a QR code to scan is on it, and a good week says so', async () => {
  const page = await shown([], { state: 'scan', note: '请扫码。', qrcode: 'https://login.example/abc' })
  expect(page).toContain('登录二维码')
  expect(page).toContain('没有断过线')
})

test('a line that stopped for good promises no attempt by itself', async () => {
  expect(await shown([])).toContain('隔一会儿试一次')
  const page = await shown([], { isFinal: true, note: '在别处连上了。' })
  expect(page).toContain('立即重连')
  expect(page).not.toContain('隔一会儿试一次')
})

test('a line that is down can be connected at once, one that is up has no button', async () => {
  const { routes, reconnected } = open([])
  expect(await (await routes.request('/live')).text()).toContain('立即重连')
  const body = new URLSearchParams({ line: '' })
  const answer = await routes.request('/reconnect', { method: 'POST', body })
  expect([answer.status, answer.headers.get('location'), reconnected]).toEqual([303, '/line', ['']])
  expect(await shown([], { state: 'up' })).not.toContain('立即重连')
})

test('a line that rests because the platform wants it is not called broken, and offers nothing to press', async () => {
  const page = await shown([], { isResting: true, note: '稍后自动接上。' })
  expect(page).toContain('稍后自动重连')
  for (const word of ['线路断开', '立即重连']) expect(page).not.toContain(word)
})

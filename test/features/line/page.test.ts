import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type LineView, linePage, type NamedView } from '../../../src/features/line/page.ts'
import type { Outage } from '../../../src/ports/outages.ts'
import { createWorld } from '../../conversation.ts'

const at = (time: string) => Temporal.Instant.from(`2026-11-28T${time}:00+08:00`)

const down: LineView = {
  name: 'wechaty-puppet-service',
  state: 'down',
  note: '网关没有开着。',
  since: at('14:40'),
}

function open(outages: Outage[], more: Partial<LineView> = {}, lines?: NamedView[]) {
  const { clock } = createWorld('2026-11-28T15:00:00+08:00')
  const reconnected: string[] = []
  const { routes } = linePage({
    lines: () => lines ?? [{ name: '', title: '', view: { ...down, ...more } }],
    outages: { between: async () => outages },
    clock,
    reconnect: line => void reconnected.push(line),
  })
  return { routes, reconnected }
}

const shown = async (outages: Outage[], more: Partial<LineView> = {}, lines?: NamedView[]) =>
  (await open(outages, more, lines).routes.request('/live')).text()

/** The cards of the page as a reader reads them. */
const cardsOf = (page: string) =>
  page
    .split('<article')
    .slice(1)
    .map(card =>
      card
        .replace(/^[^>]*>|<[^>]*>/gu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    )

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

test('the card of a line says its kind, since when, and when it last gave a sign of life', async () => {
  const [now = ''] = cardsOf(await shown([], { lastSignAt: at('14:39') }))
  expect(now).toMatch(
    /^现在 线路断开 网关没有开着。 wechaty-puppet-service，从 ?今天 14:40 ?起，最近一次听到动静：\s?今天 14:39\s?。/u,
  )
  const [before = ''] = cardsOf(await shown([]))
  expect(before).not.toContain('听到动静')
})

test.each([
  ['sandbox', '模拟群，不用微信号'],
  ['qq', 'QQ 官方机器人'],
  ['wecom', '企业微信智能机器人'],
  ['robot', '企业微信群机器人，只推送'],
  ['customers', '客户群群发，员工点发送'],
])('the card of a %s line names its kind in words', async (name, said) => {
  expect(cardsOf(await shown([], { name }))[0]).toContain(said)
})

test('a clock that is off is said with whose it is and what to set; one that is right is not mentioned', async () => {
  const [slow = ''] = cardsOf(await shown([], { state: 'up', note: '线路正常。', clockSkewSeconds: -900 }))
  expect(slow).toContain(
    '网关的时钟比这台电脑慢 15 分钟，消息的时间已经校正过。请校准网关那台机器（或这台电脑）的时钟。',
  )
  const [fast = ''] = cardsOf(await shown([], { name: 'qq', state: 'up', clockSkewSeconds: 8 * 3600 }))
  expect(fast).toContain('QQ 的时钟比这台电脑快 8 小时')
  expect(fast).toContain('请校准这台电脑的时钟。')
  expect(cardsOf(await shown([], { state: 'up' }))[0]).not.toContain('时钟')
})

test('several lines have a card each, with its title; outages name their line, those of one that receives nothing are left out', async () => {
  const up: LineView = { name: 'qq', state: 'up', note: '线路正常。', since: at('09:00') }
  const lines: NamedView[] = [
    { name: 'qq1', title: '青年群', view: up },
    { name: 'robot1', title: '公告群', view: { ...up, name: 'robot' }, receivesNothing: true },
    { name: 'wx', title: '微信', view: down },
  ]
  const outages: Outage[] = [
    { from: at('14:40'), to: undefined, how: 'broken', line: 'wx' },
    { from: at('10:00'), to: at('11:00'), how: 'stopped', line: 'robot1' },
  ]
  const [first = '', second = '', third = '', log = ''] = cardsOf(await shown(outages, {}, lines))
  expect(first).toMatch(/^线路「青年群」 线路正常 QQ 官方机器人，从/u)
  expect(second).toContain('线路「公告群」')
  expect(third).toMatch(/^线路「微信」 线路断开 网关没有开着。/u)
  expect(log).toContain('微信 今天 14:40 还没恢复')
  expect(log).not.toContain('程序没在运行')
})

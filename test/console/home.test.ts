import { expect, test } from 'vitest'
import { openTown } from '../sandbox/town.ts'
import { visitor } from './visitor.ts'

async function homeOf(...options: Parameters<typeof openTown>) {
  const town = await openTown(...options)
  const me = visitor(town)
  await me.login()
  return { town, me, text: async () => (await (await me.get('/')).text()).replace(/\s+/g, ' ') }
}

test('a newcomer reads how to begin', async () => {
  const { text } = await homeOf({ claimCode: '482735', bound: [] })
  expect(await text()).toContain('认领 482735')
  expect(await text()).toContain('到模拟群里试一试')
})

test('once all is set up, nobody is told how to begin', async () => {
  const { text } = await homeOf()
  expect(await text()).not.toContain('怎么开始')
})

test('what is due next, and what ran, are named in Chinese', async () => {
  const { town, text } = await homeOf()
  expect(await text()).toMatch(/<span>政策速递<\/span> <time[^>]*>今天 16:30<\/time>/)
  town.clock.forward({ hours: 2, minutes: 28 })
  await town.jobs.tick()
  expect(await text()).toMatch(/政策速递<\/td><td[^>]*><time[^>]*>今天 16:30<.*已完成/)
})

test('what comes next stands in the order of time, each kind once', async () => {
  const { town, text } = await homeOf()
  const now = town.clock.now()
  // 甲 first, then 乙, 甲 and 乙 again, all before the next digest but the last.
  for (const [title, hours] of [
    ['甲', 1],
    ['乙', 2],
    ['甲', 3],
    ['乙', 200],
  ] as const)
    town.alsoDue.push({ key: `${title}-${hours}`, at: now.add({ hours }), title })
  town.alsoDue.push({ key: '丙', at: now.add({ hours: 150 }), title: '丙' })
  const shown = [...(await text()).matchAll(/<li><span>(甲|乙|丙)<\/span>/gu)].map(([, title]) => title)
  expect(shown).toEqual(['甲', '乙', '丙'])
})

test('an alarm stands first, and is counted on every page', async () => {
  const { town, me, text } = await homeOf()
  town.alarms.raise('disk', '磁盘满了，请清理。<script>')
  expect(await text()).toContain('磁盘满了，请清理。&lt;script&gt;')
  expect(await (await me.get('/status')).text()).toContain('1 件要处理')
})

test('a line that waits for a scan shows its code as a drawing', async () => {
  const line = { state: 'scan' as const, note: '请用手机微信扫码登录。', qrcode: 'https://login.example/x' }
  const { text } = await homeOf({ line })
  expect(await text()).toMatch(/aria-label="登录二维码"> ?<svg/)
  expect(await text()).toContain('等待扫码')
})

test('each of several lines is named with its state, what is wrong with it and its kind', async () => {
  const { text } = await homeOf({
    lines: [
      { name: 'qq', title: '青年群', state: 'up', note: '线路正常。' },
      { name: 'wecom', title: '公司群', state: 'down', note: '密钥不对，请核对。' },
    ],
  })
  const said = (await text()).replace(/<[^>]*>/gu, ' ').replace(/\s+/gu, ' ')
  expect(said).toContain(
    '聊天线路 青年群 线路正常 QQ 官方机器人 公司群 线路断开 密钥不对，请核对。 企业微信智能机器人',
  )
})

test('what waits for somebody is listed with where it is done, whatever one feature breaks', async () => {
  const { town, text } = await homeOf({
    features: [
      { name: 'broken', chores: () => Promise.reject(new Error('no store')) },
      { name: 'calm' },
      { name: 'busy', chores: async () => [{ text: '3 个问题没答好', path: '/questions/inbox' }] },
    ],
  })
  expect(await text()).toContain('<a href="/questions/inbox">3 个问题没答好</a>')
  expect(town.log.lines.join()).toContain('broken')
})

test('where nothing waits, nothing says so', async () => {
  const { text } = await homeOf()
  expect(await text()).not.toContain('等你处理')
})

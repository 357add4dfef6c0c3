import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { type AlertSettings, openAlertSettings } from '../../src/alerts/targets.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { AuditLine } from '../../src/audit/line.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { checksOf } from '../../src/cli/doctor/checks.ts'
import { readConfig } from '../../src/config.ts'
import { createWorld } from '../conversation.ts'
import { openCustomersServer } from '../lines/servers/customers-server.ts'
import { openQqServer } from '../lines/servers/qq-server.ts'
import { openWecomServer } from '../lines/servers/wecom-server.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-doctor-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

async function find(title: string, settings: NodeJS.ProcessEnv) {
  const config = readConfig({ STATE_DIR: join(folder, 'state'), ...settings })
  const check = checksOf({ name: 'main', config }).find(one => one.title === title)
  return check?.run()
}

test.each([
  ['Node', {}, 'good', /^\d+\./],
  ['设置', {}, 'good', /没有发现错误/],
  ['数据文件夹', {}, 'good', /还剩 .* GB/],
  ['线路', {}, 'warning', /只有模拟群/],
  ['线路', { LINES: 'push:robot' }, 'bad', /缺 ROBOT_WEBHOOKS/],
  ['字体', {}, 'good', /中文/],
  ['语言模型', {}, 'good', /原文/],
  ['语言模型', { OPENAI_API_KEY: 'sk-secret', OPENAI_MODEL: 'deepseek-chat' }, 'good', /^deepseek-chat$/],
  ['出事提醒', {}, 'warning', /「运行 → 提醒」.*ALERT_WEBHOOK_URL/],
  ['出事提醒', { ALERT_WEBHOOK_URL: 'https://hook.example/secret' }, 'good', /^(?!.*secret)/],
  ['备份', {}, 'warning', /BACKUP_DIR/],
  [
    '备份',
    { BACKUP_DIR: join(tmpdir(), 'none-yet'), BACKUP_PASSPHRASE: 'a long passphrase' },
    'good',
    /^(?!.*passphrase)/,
  ],
  ['权限', {}, /good|warning/, /只有这个用户|chmod/],
  ['时钟', {}, /good|warning/, /北京时间 \d{4}-\d\d-\d\d \d\d:\d\d/],
  ['知识库', {}, /good|warning/, /条在用/],
])('%s with %o is %s', async (title, settings, state, text) => {
  const found = await find(title, settings)
  expect(found?.state).toMatch(state)
  expect(found?.text).toMatch(text)
})

test('the chain of the audit log is checked: a changed line is bad', async () => {
  expect(await find('操作记录', {})).toMatchObject({ state: 'good', text: '还没有' })
  const world = createWorld()
  const alarms = world.alarms
  const store = await openLowdbStore({ folder: join(folder, 'state'), log: world.log, alarms })
  const { log } = openAudit({ ...world, store, policy: auditPolicy })
  const line = { at: world.clock.now().toString(), kind: 'deed' as const, road: 'chat' as const }
  for (const what of ['签到', '绑定本群'])
    await log.append({ ...line, what, changes: [], detail: {}, whoOf: async () => '' })
  await store.close()
  expect(await find('操作记录', {})).toMatchObject({ state: 'good', text: '2 条，没有被改过' })
  const again = await openLowdbStore({ folder: join(folder, 'state'), log: world.log, alarms })
  const lines = again.collection('audit-lines', AuditLine, [line => line])
  const last = (await lines.list('')).at(-1)
  await lines.update(last?.key ?? '', now => now && { ...now, what: '解绑本群' })
  await again.close()
  expect(await find('操作记录', {})).toMatchObject({
    state: 'bad',
    text: expect.stringContaining('第 2 条被改过'),
  })
})

test('alerts that an organizer set on the console count, and are missed once taken back', async () => {
  const { clock, log, alarms } = createWorld()
  const change = async (set: (settings: AlertSettings) => Promise<void>) => {
    const store = await openLowdbStore({ folder: join(folder, 'state'), log, alarms })
    const channel = { tell: async () => {} }
    const alertsOver = () => ({ start: () => () => {}, test: async () => {}, attempts: () => [] })
    const parts = { store, clock, alertsOver, channelOf: () => channel, fromMachine: undefined }
    await set(await openAlertSettings(parts))
    await store.close()
  }
  await change(settings => settings.set({ kind: 'wecom', url: 'https://qyapi.weixin.qq.com/x', secret: '' }))
  expect(await find('出事提醒', {})).toMatchObject({
    state: 'good',
    text: expect.stringContaining('控制台上设置了'),
  })
  await change(settings => settings.clear())
  expect(await find('出事提醒', {})).toMatchObject({ state: 'warning' })
})

test('a data folder that cannot be made is bad, and says what to do', async () => {
  writeFileSync(join(folder, 'state'), '')
  expect(await find('数据文件夹', {})).toMatchObject({
    state: 'bad',
    text: expect.stringMatching(/STATE_DIR/),
  })
})

test('what other users can read is told, with the command that closes it', async () => {
  mkdirSync(join(folder, 'state'))
  chmodSync(join(folder, 'state'), 0o755)
  expect((await find('权限', {}))?.text).toMatch(/chmod go= .*state/)
})

test.runIf(process.getuid?.() === 0)('files of another user are told, with the command', async () => {
  mkdirSync(join(folder, 'state'))
  writeFileSync(join(folder, 'state', 'lock.1'), '')
  chownSync(join(folder, 'state'), 4711, 4711)
  expect(await find('权限', {})).toMatchObject({ state: 'bad', text: expect.stringMatching(/chown -R/) })
})

test('a clock that was put back is bad: pushes would go out a second time', async () => {
  mkdirSync(join(folder, 'state'))
  const later = new Date(Date.now() + 3_600_000)
  utimesSync(join(folder, 'state'), later, later)
  expect(await find('时钟', {})).toMatchObject({ state: 'bad', text: expect.stringMatching(/NTP/) })
})

test('backups that are not made any more, or cannot be, are told', async () => {
  const BACKUP_DIR = join(folder, 'backups')
  mkdirSync(BACKUP_DIR)
  const old = new Date(Date.now() - 5.5 * 24 * 3_600_000)
  writeFileSync(join(BACKUP_DIR, 'chuangke-2026-01-01.backup'), '')
  utimesSync(join(BACKUP_DIR, 'chuangke-2026-01-01.backup'), old, old)
  expect(await find('备份', { BACKUP_DIR })).toMatchObject({
    state: 'warning',
    text: expect.stringMatching(/5 天前/),
  })
  writeFileSync(join(folder, 'file'), '')
  expect(await find('备份', { BACKUP_DIR: join(folder, 'file', 'x') })).toMatchObject({ state: 'bad' })
})

describe('with endpoints that answer, or do not', () => {
  let server: Server
  let url: string
  beforeAll(async () => {
    server = createServer((asked, answer) => {
      answer.writeHead(asked.headers.authorization === 'Bearer sk-right' ? 200 : 401).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  test.each([
    ['sk-right', '/v1', 'good', /连得上，用 m/],
    ['sk-wrong', '/v1', 'bad', /OPENAI_API_KEY/],
  ])('the model with %s is %s', async (OPENAI_API_KEY, path, state, text) => {
    const settings = { OPENAI_API_KEY, OPENAI_MODEL: 'm', OPENAI_BASE_URL: `${url}${path}` }
    const found = await find('模型的网络', settings)
    expect([found?.state, found?.text]).toEqual([state, expect.stringMatching(text)])
    expect(found?.text).not.toContain(OPENAI_API_KEY)
  })

  test('alerts are told as reachable or not, without their secret', async () => {
    expect(await find('提醒的网络', { ALERT_WEBHOOK_URL: `${url}/secret` })).toMatchObject({ state: 'good' })
    const gone = await find('提醒的网络', { ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/secret' })
    expect([gone?.state, gone?.text]).toEqual(['warning', expect.stringMatching(/^(?!.*secret).*连不上/)])
  })
})

test('the platforms of the lines are asked whether they know the bots', async () => {
  const [qq, wecom, customers] = await Promise.all([openQqServer(), openWecomServer(), openCustomersServer()])
  customers.owned.set('zhangsan', new Map([['wrA', '优空间老板群']]))
  const settings = {
    LINES: 'qq1:qq,staff:wecom,kh:customers,push:robot',
    ...{ QQ_APP_ID: '102', QQ_APP_SECRET: 'SECRET', QQ_API_URL: qq.url },
    ...{ WECOM_BOT_ID: 'BOT', WECOM_BOT_SECRET: 'SECRET', WECOM_WS_URL: wecom.url },
    ...{ WECOM_CORP_ID: 'CORP', WECOM_APP_SECRET: 'SECRET', WECOM_API_URL: customers.url },
    CUSTOMER_GROUPS: '创客客户群=zhangsan',
  }
  const ask = async (more: NodeJS.ProcessEnv) => {
    const found = await find('线路的网络', { ...settings, ...more })
    expect(found?.text).not.toMatch(/\bSECRET\b|WRONG/)
    return [found?.state, found?.text]
  }
  expect(await ask({})).toEqual(['good', expect.stringContaining('kh：创客客户群 1 个群')])
  expect(wecom.subscribed).toEqual([])
  expect(await ask({ QQ_APP_SECRET: 'WRONG' })).toEqual(['bad', expect.stringContaining('QQ_APP_ID')])
  expect(await ask({ WECOM_APP_SECRET: 'WRONG' })).toEqual(['bad', expect.stringContaining('WECOM_CORP_ID')])
  expect(await ask({ QQ_LINK_DOMAINS: '127.0.0.1:9' })).toEqual([
    'warning',
    expect.stringContaining('/102.json'),
  ])
  const away = 'ws://127.0.0.1:9'
  expect(await ask({ WECOM_WS_URL: away })).toEqual(['warning', expect.stringContaining('WECOM_WS_URL')])
  expect(await find('线路的网络', { LINES: 'qq1:qq,push:robot' })).toBeUndefined()
  await Promise.all([qq, wecom, customers].map(server => server.close()))
})

test('a database that is not there is told without its password', async () => {
  const settings = { STORE: 'postgres', DATABASE_URL: 'postgres://chuangke:secret@127.0.0.1:9/x' }
  await expect(find('数据库和时钟', settings)).rejects.toThrow(/^(?!.*secret).*数据库没有开/)
})

import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { createPrometheus, type ProcessMetrics } from '../../src/adapters/prometheus.ts'
import type { Alerts } from '../../src/alerts/index.ts'
import { openAlertSettings } from '../../src/alerts/targets.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import { healthRoutes } from '../../src/console/health.ts'
import { mayTrustLoopback } from '../../src/console/local-scripts.ts'
import { alertsPage } from '../../src/console/overview/alerts.ts'
import { createConsole } from '../../src/console/server.ts'
import { AlertChannelFault } from '../../src/ports/alarms.ts'
import { createFixedDirectory, createWorld, type World } from '../conversation.ts'

const token = 'a-token-for-the-monitor'
const organizer = { id: 'chen', name: '陈静', roles: ['maker', 'organizer'] as const }

type Options = { isLineUp?: boolean; isTicking?: boolean; alerts?: Alerts; trustsLoopback?: boolean }

type SeenLine = { title: string; state: 'up' | 'down' | 'scan'; isRefused?: boolean }

/** The health of a bot with these lines, as a monitor gets it. */
async function readyWith(lines: SeenLine[], jobs: 'ticking' | 'stopped' = 'ticking') {
  const state = (['down', 'scan'] as const).find(one => lines.some(line => line.state === one)) ?? 'up'
  const routes = healthRoutes({
    jobs: () => jobs,
    line: () => ({ state, since: Temporal.Instant.from('2026-11-28T05:00:00Z') }),
    lines: () => lines,
    metrics: async () => ({ text: '', contentType: '' }),
    token,
    trustsLoopback: false,
  })
  const answer = await routes.request('/readyz', { headers: { Authorization: `Bearer ${token}` } })
  return { status: answer.status, ...((await answer.json()) as object) }
}

const silent: Alerts = { start: () => () => {}, test: async () => {}, attempts: () => [] }

/** With these alerts as the machine's settings say, or with none. */
const settingsOf = (alerts: Alerts | undefined, { store, clock }: Pick<World, 'store' | 'clock'>) =>
  openAlertSettings({
    store,
    clock,
    alertsOver: () => alerts ?? silent,
    channelOf: () => ({ tell: async () => {} }),
    fromMachine: alerts && { tell: async () => {} },
  })

async function openConsole({
  isLineUp = true,
  isTicking = true,
  alerts,
  trustsLoopback = true,
}: Options = {}) {
  const { clock, store, log } = createWorld()
  const since = clock.now()
  const vitals: ProcessMetrics = {
    lines: [{ line: '', isUp: isLineUp, lastSignAt: since.subtract({ seconds: 7 }) }],
    outages: 2,
    waiting: 3,
    isPaused: false,
    alarms: 1,
    now: since,
  }
  const prometheus = createPrometheus()
  const health = healthRoutes({
    jobs: () => (isTicking ? 'ticking' : 'stopped'),
    line: () => ({ state: isLineUp ? 'up' : 'down', since }),
    metrics: () => prometheus.read(vitals),
    token,
    trustsLoopback,
  })
  const web = await createConsole({
    pages: [alertsPage({ settings: await settingsOf(alerts, { store, clock }), clock })],
    open: new Hono().route('/', health),
    frame: () => ({ line: { state: 'up', note: '' }, alarms: [] }),
    directory: createFixedDirectory([], { chen: ['organizer'] }),
    store,
    clock,
    log,
    password: '',
    publicUrl: '',
    clientAddress: createClientAddress(''),
  })
  const url = await web.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => web.close())
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers, redirect: 'manual' })
  return { web, url, ask, prometheus }
}

/** Headers of a request that a proxy on this machine passes on for an outside client. */
const fromOutside = { 'X-Forwarded-For': '203.0.113.7' }

test('anybody hears that the process is alive, and nothing else', async () => {
  const { ask } = await openConsole({ isLineUp: false })
  const answer = await ask('/healthz', fromOutside)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
})

test.each([
  [true, true, 200],
  [false, true, 503],
  [true, false, 503],
])(
  'with a line that is good: %s, and jobs that tick: %s, /readyz answers %i',
  async (isLineUp, isTicking, status) => {
    const { ask } = await openConsole({ isLineUp, isTicking })
    const answer = await ask('/readyz')
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual({
      role: 'owner',
      line: isLineUp ? 'up' : 'down',
      since: '2026-11-28T05:00:00Z',
      jobs: isTicking ? 'ticking' : 'stopped',
    })
  },
)

test('with several lines /readyz names each, and is good while one is and none is refused', async () => {
  const good = { title: 'main', state: 'up' } as const
  const down = { title: 'qq1', state: 'down' } as const
  const refused = { ...down, isRefused: true }
  expect(await readyWith([good, down])).toMatchObject({ status: 200, lines: { main: 'up', qq1: 'down' } })
  expect(await readyWith([good, refused])).toMatchObject({
    status: 503,
    line: 'down',
    lines: { main: 'up', qq1: 'refused' },
  })
  expect(await readyWith([down, { title: 'main', state: 'scan' }])).toMatchObject({ status: 503 })
  expect(await readyWith([good, down], 'stopped')).toMatchObject({ status: 503 })
  expect(await readyWith([down])).toMatchObject({ status: 503, line: 'down' })
})

test.each(['/readyz', '/metrics'])(
  '%s is for scripts on this machine and for who has the token',
  async path => {
    const { ask } = await openConsole()
    expect((await ask(path)).status).toBe(200)
    expect((await ask(path, fromOutside)).status).toBe(401)
    expect((await ask(path, { Origin: 'https://elsewhere.example' })).status).toBe(401)
    expect((await ask(path, { ...fromOutside, Authorization: `Bearer ${token}` })).status).toBe(200)
    expect((await ask(path, { ...fromOutside, Authorization: `Bearer ${token}x` })).status).toBe(401)
    expect((await ask(path, { ...fromOutside, Authorization: 'Bearer ' })).status).toBe(401)
  },
)

test.each(['/readyz', '/metrics'])(
  '%s is for the token alone where a proxy may stand in front',
  async path => {
    const { ask } = await openConsole({ trustsLoopback: false })
    expect((await ask(path)).status).toBe(401)
    expect((await ask(path, { Authorization: `Bearer ${token}` })).status).toBe(200)
  },
)

/** The first line of the answer to a request that no client library would send. */
async function askRaw(url: string, head: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.end(`${head.replaceAll('HOST', `${hostname}:${port}`)}\r\n\r\n`)
  return (await text(socket)).split('\r\n')[0] ?? ''
}

test.each([
  ['nginx as it is by default', 'GET /metrics HTTP/1.0\r\nHost: HOST\r\nConnection: close', '401'],
  ['a load balancer', 'GET /metrics HTTP/1.1\r\nHost: HOST\r\nX-Original-Forwarded-For: 8.8.8.8', '401'],
  ['a service mesh', 'GET /metrics HTTP/1.1\r\nHost: HOST\r\nX-Envoy-External-Address: 8.8.8.8', '401'],
  ['a link on a page', 'GET /metrics HTTP/1.1\r\nHost: HOST\r\nReferer: http://evil.example/', '401'],
  ['a request for another host', 'GET http://evil.example/metrics HTTP/1.1\r\nHost: HOST', '421'],
  ['a script', 'GET /metrics HTTP/1.1\r\nHost: HOST', '200'],
  ['a script with the whole address', 'GET http://HOST/metrics HTTP/1.1\r\nHost: HOST', '200'],
])('through %s /metrics answers as to that', async (_, head, status) => {
  const { url } = await openConsole()
  expect(await askRaw(url, `${head}\r\nConnection: close`)).toContain(` ${status} `)
})

test.each([
  ['', '', true],
  ['http://127.0.0.1:3000', '', true],
  ['http://localhost:3000', '127.0.0.1', true],
  ['https://console.example.org', '', false],
  ['http://192.168.1.5:3000', '', false],
  ['', '127.0.0.1', false],
])(
  'a console reached by 「%s」 behind 「%s」 trusts loopback: %s',
  (CONSOLE_URL, TRUSTED_PROXIES, trusts) => {
    expect(mayTrustLoopback({ CONSOLE_URL, TRUSTED_PROXIES })).toBe(trusts)
  },
)

test('the metrics show how things stand and what was counted', async () => {
  const { ask, prometheus } = await openConsole()
  prometheus.metrics.received()
  prometheus.metrics.answered(0.2)
  prometheus.metrics.delivered('confirmed')
  prometheus.metrics.stored(0.002, 'failed')
  await ask('/metrics')
  const answer = await ask('/metrics')
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  for (const line of [
    'chuangke_line_up 1',
    'chuangke_line_seconds_since_heard 7',
    'chuangke_line_gaps_total 2',
    'chuangke_outbox_waiting 3',
    'chuangke_alarms 1',
    'chuangke_messages_received_total 1',
    'chuangke_answer_seconds_bucket{le="0.25"} 1',
    'chuangke_deliveries_total{state="confirmed"} 1',
    'chuangke_store_seconds_count{outcome="failed"} 1',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toContain('process_resident_memory_bytes')
})

/** A browser that is logged in: its cookie, and the token of its forms. */
async function logIn(web: Awaited<ReturnType<typeof openConsole>>['web'], url: string) {
  const link = await web.createLoginLink({ ...organizer, roles: [...organizer.roles] })
  const login = await fetch(link, { method: 'POST', redirect: 'manual', headers: { Origin: url } })
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const read = async () => (await fetch(`${url}/health`, { headers: { cookie } })).text()
  const csrf = /name="csrf" value="([^"]+)"/.exec(await read())?.[1] ?? ''
  const post = (path: string, body: Record<string, string>) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, Origin: url },
      body: new URLSearchParams(body),
    })
  const press = (body: Record<string, string>) => post('/health/test-alert', body)
  return { read, press, post, csrf }
}

test('the page sends a test alert, and shows what became of it', async () => {
  const told: { at: Temporal.Instant; text: string; fault: string | undefined }[] = []
  const at = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  const alerts: Alerts = {
    start: () => () => {},
    async test() {
      const fault = told.length > 0 ? '签名对不上，请核对。' : undefined
      told.unshift({ at, text: '一条测试提醒', fault })
      if (fault) throw new AlertChannelFault(fault)
    },
    attempts: () => told,
  }
  const { web, url } = await openConsole({ alerts })
  const { read, press, csrf } = await logIn(web, url)
  expect((await press({})).status).toBe(403)
  expect(told).toEqual([])
  expect((await press({ csrf })).status).toBe(303)
  expect(await read()).toContain('已送到')
  expect((await press({ csrf })).status).toBe(303)
  expect(await read()).toContain('签名对不上，请核对。')
})

test('an organizer sets where alerts go, and takes it back; the address is never shown again', async () => {
  const { web, url } = await openConsole()
  const { read, csrf, post } = await logIn(web, url)
  const address = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc'
  expect((await post('/health/target', { csrf, kind: 'wecom', url: address })).status).toBe(303)
  const page = await read()
  expect(page).toContain('现在发到企业微信的群机器人')
  expect(page).toContain('改成企业微信的群机器人')
  expect(page).not.toContain('key=abc')
  await post('/health/target/clear', { csrf })
  expect(await read()).toContain('不用控制台上的地址了')
})

test('two who set where alerts go: the second is told what stands now, and overwrites nothing unseen', async () => {
  const { web, url } = await openConsole()
  const { read, csrf, post } = await logIn(web, url)
  const seenNow = async () => /name="seen" value="(\w+)"/u.exec(await read())?.[1] ?? ''
  const seen = await seenNow()
  const target = { csrf, kind: 'wecom', url: 'https://qyapi.weixin.qq.com/x', seen }
  expect((await post('/health/target', target)).status).toBe(303)
  const later = { csrf, kind: 'feishu', url: 'https://open.feishu.cn/x', seen }
  for (const [path, fields] of [
    ['/health/target', later],
    ['/health/target/clear', { csrf, seen }],
  ] as const)
    expect(await (await post(path, fields)).text()).toContain('刚被别人改过。现在发到企业微信的群机器人')
  expect((await post('/health/target', { ...later, seen: await seenNow() })).status).toBe(303)
  expect(await read()).toContain('现在发到飞书的群机器人')
})

test.each([
  'http://qyapi.weixin.qq.com/x',
  'https://127.0.0.1/x',
  'https://qyapi.weixin.qq.com.evil.example/x',
  'https://qyapi.weixin.qq.com:8443/x',
  'https://a@qyapi.weixin.qq.com/x',
  '不是网址',
])('an address that is no robot is refused: %s', async wrong => {
  const { web, url } = await openConsole()
  const { csrf, post } = await logIn(web, url)
  const answer = await post('/health/target', { csrf, kind: 'wecom', url: wrong })
  expect(await answer.text()).toContain('不是这种群机器人的地址')
})

test('an address of another kind of robot is refused with the kind to choose', async () => {
  const { web, url } = await openConsole()
  const { csrf, post } = await logIn(web, url)
  const target = { csrf, kind: 'feishu', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc' }
  const answer = await post('/health/target', target)
  expect([answer.status, await answer.text()]).toEqual([
    422,
    expect.stringContaining('里选企业微信，再存一次'),
  ])
})

test('without a webhook the page says how to begin', async () => {
  const { web, url } = await openConsole()
  expect(await (await logIn(web, url)).read()).toContain('ALERT_WEBHOOK_URL')
})

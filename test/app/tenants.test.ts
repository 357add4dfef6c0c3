import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { readTenants } from '../../src/app/tenants/plan.ts'
import { createReverseProxy, type Upstream } from '../../src/app/tenants/reverse-proxy.ts'
import { createClientAddress } from '../../src/console/client-address.ts'

describe('the settings of districts', () => {
  const before = process.cwd()
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chuangke-tenants-'))
    process.chdir(folder)
  })
  afterEach(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  })
  const write = (name: string, text: string) => writeFileSync(join(folder, `.env.${name}`), text)

  test('without TENANTS there is one, with the settings of the process', () => {
    const { tenants } = readTenants({ PORT: '4000' })
    expect(tenants.map(({ name, config }) => [name, config.PORT])).toEqual([['main', 4000]])
  })

  test('each has a file of its own that takes precedence, and a data folder of its own', () => {
    write('a', 'CONSOLE_URL=https://a.example\nQUIET_FROM=21:00\n')
    write('b', 'CONSOLE_URL=https://b.example\nSTATE_DIR=data/elsewhere\n')
    const { tenants } = readTenants({
      TENANTS: 'a, b',
      QUIET_FROM: '23:00',
      BACKUP_DIR: '/backups',
      CONSOLE_URL: 'https://all.example',
    })
    const seen = tenants.map(({ config }) => [config.CONSOLE_URL, config.QUIET_FROM, config.STATE_DIR])
    expect(tenants.map(({ config }) => config.BACKUP_DIR)).toEqual(['/backups/a', '/backups/b'])
    expect(seen).toEqual([
      ['https://a.example', '21:00', 'data/state/a'],
      ['https://b.example', '23:00', 'data/elsewhere'],
    ])
  })

  test.each([
    ['a file that is missing', 'CONSOLE_URL=https://a.example', undefined, /没有 \.env\.b/],
    ['no address', 'CONSOLE_URL=https://a.example', '', /\.env\.b 里要写 CONSOLE_URL/],
    ['one address', 'CONSOLE_URL=https://a.example', 'CONSOLE_URL=https://a.example', /同一个控制台网址/],
    [
      'one token',
      'CONSOLE_URL=https://a.example\nWECHATY_PUPPET_SERVICE_TOKEN=t',
      'CONSOLE_URL=https://b.example\nWECHATY_PUPPET_SERVICE_TOKEN=t',
      /同一个网关令牌/,
    ],
    [
      'one QQ bot',
      'CONSOLE_URL=https://a.example\nQQ_APP_ID=1',
      'CONSOLE_URL=https://b.example\nQQ_APP_ID=1',
      /同一个QQ 机器人/,
    ],
    [
      'one port',
      'CONSOLE_URL=https://a.example\nPUBLIC_PORT=3100',
      'CONSOLE_URL=https://b.example\nPUBLIC_PORT=3100',
      /同一个公开网页的端口/,
    ],
    ['a wrong setting', 'CONSOLE_URL=https://a.example', 'CONSOLE_URL=b.example', /\.env\.b：.*CONSOLE_URL/s],
  ])('%s is refused in one sentence', (_, a, b, expected) => {
    write('a', a)
    if (b !== undefined) write('b', b)
    expect(() => readTenants({ TENANTS: 'a,b' })).toThrow(expected)
  })
})

describe('the web server in front of the districts', () => {
  /** A console that says what it was asked. */
  async function openUpstream(isLocal: boolean): Promise<Upstream> {
    const server = createServer((asked, answer) => {
      const { host, 'x-forwarded-for': forwardedFor } = asked.headers
      answer.writeHead(asked.url === '/teapot' ? 418 : 200, { 'Set-Cookie': 'a=b' })
      let body = ''
      asked.on('data', part => {
        body += part
      })
      asked.on('end', () => answer.end(JSON.stringify({ url: asked.url, host, forwardedFor, body })))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, isLocal }
  }

  async function openProxy(upstreamOf: (host: string) => Upstream | undefined, role: 'owner' | 'standby') {
    const proxy = createReverseProxy({
      upstreamOf: async host => upstreamOf(host),
      rolesOf: () => ({ a: role }),
      clientAddress: createClientAddress(''),
    })
    onTestFinished(proxy.close)
    return proxy.listen({ host: '127.0.0.1', port: 0 })
  }

  test('passes a request on as it came, with the address of the client', async () => {
    const upstream = await openUpstream(false)
    const url = await openProxy(() => upstream, 'owner')
    const headers = { 'X-Forwarded-For': '6.6.6.6' }
    const answer = await fetch(`${url}/a?b=c`, { method: 'POST', body: 'said', headers })
    expect(await answer.json()).toEqual({
      url: '/a?b=c',
      host: new URL(url).host,
      forwardedFor: '127.0.0.1',
      body: 'said',
    })
    expect(answer.headers.get('Set-Cookie')).toBe('a=b')
    expect((await fetch(`${url}/teapot`)).status).toBe(418)
  })

  test('a script on this machine stays one for the console here, and for no other', async () => {
    for (const isLocal of [true, false]) {
      const upstream = await openUpstream(isLocal)
      const url = await openProxy(() => upstream, 'owner')
      const answer = (await (await fetch(url)).json()) as { forwardedFor?: string }
      expect(answer.forwardedFor).toBe(isLocal ? undefined : '127.0.0.1')
    }
  })

  test('tells that it lives, and that it is a stand-by', async () => {
    const url = await openProxy(() => undefined, 'standby')
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { role: 'standby', tenants: { a: 'standby' } }])
  })

  test('says what to do while no process answers, and passes nothing round in circles', async () => {
    const gone = { url: 'http://127.0.0.1:9', isLocal: true }
    for (const upstream of [undefined, gone]) {
      const answer = await fetch(await openProxy(() => upstream, 'owner'))
      expect(answer.status).toBe(503)
      expect(await answer.text()).toContain('请过十几秒再刷新')
    }
    let first = ''
    const second = await openProxy(() => ({ url: first, isLocal: false }), 'standby')
    first = await openProxy(() => ({ url: second, isLocal: false }), 'standby')
    expect((await fetch(first)).status).toBe(503)
  })
})

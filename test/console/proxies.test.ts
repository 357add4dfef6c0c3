import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { createReverseProxy } from '../../src/app/tenants/reverse-proxy.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import { type Console, createConsole } from '../../src/console/server.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

const host = 'chuangke.example.org'
const client = '127.0.0.9'
const certificate = '/etc/ssl/chuangke/fullchain.pem'
const privateKey = '/etc/ssl/chuangke/privkey.pem'
const programs = { nginx: '/usr/sbin/nginx', caddy: '/usr/bin/caddy' }
type Proxy = keyof typeof programs

let folder: string
let town: Console
/** A process of another machine, which passes requests on to the owner. */
let standby: ReturnType<typeof createReverseProxy>
let standbyPort: number
let audit: ReturnType<typeof openAudit>
const running: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-proxy-'))
  const { clock, log, alarms } = createWorld()
  const store = createMemoryStore()
  audit = openAudit({ store, clock, alarms, policy: auditPolicy })
  town = await createConsole({
    pages: [],
    open: new Hono().get('/healthz', c => c.text('ok')),
    frame: () => ({ line: { state: 'up', note: '' }, alarms: [] }),
    directory: createFixedDirectory([], { chen: ['organizer'] }),
    audit: audit.trail,
    ...{ store, clock, log },
    password: '',
    publicUrl: `https://${host}`,
    clientAddress: createClientAddress('127.0.0.1'),
  })
  await town.listen({ host: '127.0.0.1', port: 0 })
  const upstream = { url: `http://127.0.0.1:${town.port()}`, isLocal: false }
  standby = createReverseProxy({
    upstreamOf: async () => upstream,
    rolesOf: () => ({ main: 'standby' }),
    clientAddress: createClientAddress('127.0.0.1'),
  })
  standbyPort = Number(new URL(await standby.listen({ host: '127.0.0.1', port: 0 })).port)
  makeCertificate()
})
afterAll(async () => {
  for (const one of running.filter(({ exitCode }) => exitCode === null)) {
    const ended = new Promise(resolve => one.once('exit', resolve))
    one.kill('SIGTERM')
    await ended
  }
  await standby.close()
  await town.close()
  rmSync(folder, { recursive: true, force: true })
})

function makeCertificate(): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', ...kind, ...files, '-subj', `/CN=${host}`], { stdio: 'ignore' })
}

/** The sample, with the ports and the certificate of this test and nothing else changed. */
function sampleOf(file: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce(
    (text, [from, to]) => {
      expect(text).toContain(from)
      return text.replaceAll(from, to)
    },
    readFileSync(join('docs/deploy', file), 'utf8'),
  )
}

type Start = (port: number, upstreamPort: number) => void
const start: Record<Proxy, Start> = {
  nginx(port, upstreamPort) {
    const server = sampleOf('nginx.conf', [
      ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
      ['127.0.0.1:3000', `127.0.0.1:${upstreamPort}`],
      [certificate, join(folder, 'cert.pem')],
      [privateKey, join(folder, 'key.pem')],
    ])
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      name => `${name}_temp_path ${join(folder, name)};`,
    )
    const http = `http { access_log off; ${paths.join(' ')}\n${server}\n}`
    const head = `daemon off; master_process off; pid ${join(folder, `pid-${port}`)}; error_log stderr;`
    writeFileSync(join(folder, `nginx-${port}.conf`), `${head}\nevents {}\n${http}`)
    run(programs.nginx, ['-c', join(folder, `nginx-${port}.conf`), '-e', 'stderr'])
  },
  caddy(port, upstreamPort) {
    const site = sampleOf('Caddyfile', [
      [
        `${host} {`,
        `https://${host}:${port} {\n\tbind 127.0.0.1\n\ttls ${join(folder, 'cert.pem')} ${join(folder, 'key.pem')}`,
      ],
      ['127.0.0.1:3000', `127.0.0.1:${upstreamPort}`],
    ])
    writeFileSync(
      join(folder, `Caddyfile-${port}`),
      `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`,
    )
    run(programs.caddy, ['run', '--adapter', 'caddyfile', '--config', join(folder, `Caddyfile-${port}`)])
  },
}

function run(program: string, args: string[]): void {
  const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  running.push(spawn(program, args, { env, stdio: 'ignore' }))
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise(resolve => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (isOpen) return
    await wait(20)
  }
}

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
type Sent = { method?: string; headers?: Record<string, string>; isPlain?: boolean; body?: Buffer }

/** From another address of this machine, as a browser elsewhere. */
function ask(port: number, path: string, { method = 'GET', headers = {}, isPlain = false, body }: Sent = {}) {
  const options = { host: '127.0.0.1', port, path, method, localAddress: client }
  const sent = { Host: host, Accept: 'text/html', Origin: `https://${host}`, ...headers }
  return new Promise<Answer>((resolve, reject) => {
    const secure = { servername: host, rejectUnauthorized: false }
    const asked = (isPlain ? plainRequest : request)({ ...options, ...secure, headers: sent }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      )
    })
    asked.on('error', reject).end(body)
  })
}

const lastFrom = async () => (await audit.log.read()).at(-1)?.detail?.actor?.value.from
const forged = { 'X-Forwarded-For': '8.8.8.8' }

describe.each(Object.keys(programs) as Proxy[])('the sample configuration of %s', name => {
  const isMissing = !existsSync(programs[name])
  if (isMissing) process.stderr.write(`没有 ${name}，跳过它的样例配置。\n`)

  test.skipIf(isMissing).each(['the owner', 'a stand-by'])(
    'serves the console of %s over HTTPS and tells who asked, whatever the client claims',
    async where => {
      const port = await freePort()
      start[name](port, where === 'the owner' ? town.port() : standbyPort)
      await listening(port)
      const page = await ask(port, '/login')
      expect([page.status, page.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000'])
      const link = new URL(await town.createLoginLink({ id: 'chen', name: '陈静', roles: ['organizer'] }))
      expect(link.origin).toBe(`https://${host}`)
      const entered = await ask(port, link.pathname, { method: 'POST', headers: forged })
      const cookie = entered.headers['set-cookie']?.find(one => one.startsWith('__Host-'))
      expect([entered.status, cookie]).toEqual([303, expect.stringContaining('Secure')])
      expect(await lastFrom()).toBe(client)
      const account = await ask(port, '/account', { headers: { Cookie: cookie?.split(';')[0] ?? '' } })
      expect([account.status, account.text]).toEqual([200, expect.stringContaining('陈静')])
      expect((await ask(port, '/login', { headers: { Host: 'evil.example' } })).text).not.toContain('<form')
      // Too large for this console, and not for its proxy, which would answer in English.
      const large = await ask(port, '/login', { method: 'POST', body: Buffer.alloc(50 * 1024 * 1024) })
      expect([large.status, large.text]).toEqual([413, expect.stringContaining('内容太大了')])
    },
  )
})

test('without a proxy that is trusted, a forwarded address is not believed', async () => {
  await ask(town.port(), '/login/unknown', { method: 'POST', headers: forged, isPlain: true })
  expect(await lastFrom()).toBe(client)
})

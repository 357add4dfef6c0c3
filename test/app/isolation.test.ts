import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTenants } from '../../src/app/tenants/index.ts'
import { readConfig } from '../../src/config.ts'
import type { Command, Page } from '../../src/feature.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../adapters/postgres/server.ts'
import { sampleOf } from '../console/sample-address.ts'
import { createQuietLog } from '../conversation.ts'
import { checkWhatTenantsSent } from '../sent-texts.ts'
import { openAllFeatures } from './features.ts'

/** Two districts, each with a word that stands in everything it has. */
const districts = {
  a: { host: '127.0.0.2', secret: '紫藤密语', other: '苍耳密语', metricsToken: 'metrics-of-district-a' },
  b: { host: '127.0.0.3', secret: '苍耳密语', other: '紫藤密语', metricsToken: 'metrics-of-district-b' },
} as const
type Name = keyof typeof districts
const names = Object.keys(districts) as Name[]
const group = 'groups/youkongjian/messages'
const organizer = 'members/chenjing/messages'
const mostCrawled = 150

describe('two districts in one process, one database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-isolation-'))
  const log = createQuietLog()
  const links = new Map<string, string>()
  const sessions = new Map<Name, { cookie: string; csrf: string }>()
  let server: PostgresServer | undefined
  let running: Awaited<ReturnType<typeof startTenants>>
  let pages: Page[]
  let commands: Command[]

  beforeAll(async () => {
    server = hasPostgres() ? await startPostgres() : undefined
    const store = server ? { STORE: 'postgres', DATABASE_URL: server.url } : { STORE: 'lowdb' }
    const all = { HOST: '0.0.0.0', PORT: '0', ONE_PERSON_REVIEW: 'true', ...store }
    const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
    const tenants = names.map(name => {
      const { host, secret, metricsToken } = districts[name]
      const own = {
        CONSOLE_URL: `http://${host}`,
        STATE_DIR: join(folder, name),
        DATA_DIR: knowledgeOf(name),
        PRIVACY_HANDLER: `${secret}办公室`,
        METRICS_TOKEN: metricsToken,
      }
      return { name, config: readConfig({ ...all, ...quick, ...own }) }
    })
    const { all: features, platform } = await openAllFeatures()
    await platform.store.close()
    pages = features.flatMap(feature => feature.pages ?? [])
    commands = features.flatMap(feature => feature.commands ?? [])
    const started = Promise.withResolvers<void>()
    running = await startTenants(readConfig(all), tenants, {
      log,
      print: () => {},
      // Pages and requests for them share this process, which a busy machine may stop for longer than a usual lease.
      ttlMs: 30_000,
      started(name, { loginLink }) {
        links.set(name, new URL(loginLink).pathname)
        if (links.size === names.length) started.resolve()
      },
    })
    await started.promise
    await Promise.all(names.map(fill))
  })
  afterAll(async () => {
    await running?.stop()
    if (server) await checkWhatTenantsSent(server.url, names)
    server?.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  /** An entry of the shared knowledge, with the district's word in its answer. */
  function knowledgeOf(name: Name): string {
    const own = join(folder, `data-${name}`)
    mkdirSync(join(own, 'faq'), { recursive: true })
    const shared = readFileSync('data/faq/srdi-loan.yaml', 'utf8')
    writeFileSync(join(own, 'faq/srdi-loan.yaml'), shared.replaceAll('年化1%', districts[name].secret))
    cpSync('data/desks.yaml', join(own, 'desks.yaml'))
    writeFileSync(join(own, 'faq-questions.yaml'), selfTestOf(name))
    return own
  }

  /** A few questions: the page that tries all of those that ship takes longer than every other page together. */
  const selfTestOf = (name: Name) =>
    JSON.stringify({
      answered: { 'srdiloan-amount': [`专精特新贷款利息补多少，和${districts[name].secret}一样吗`] },
      unknown: ['今天福州会不会下雨'],
    })

  type Asked = { method?: string; body?: string; headers?: Record<string, string> }

  function ask(name: Name, path: string, { method = 'GET', body = '', headers = {} }: Asked = {}) {
    const { port } = new URL(running.url)
    const host = `${districts[name].host}:${port}`
    return new Promise<{ status: number; text: string; cookie: string }>((done, fail) => {
      const options = { host: '127.0.0.1', port, path, method, headers: { Host: host, ...headers } }
      const asked = request(options, answer => {
        let text = `${answer.headers.location ?? ''}\n`
        answer.setEncoding('utf8').on('data', part => {
          text += part
        })
        const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
        answer.on('end', () => done({ status: answer.statusCode ?? 0, text, cookie }))
      })
      asked.on('error', fail).end(body)
    })
  }

  const api = (name: Name, path: string, body?: object) =>
    ask(name, `/sandbox/api/${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { 'Content-Type': 'application/json' },
    })
  const forward = (name: Name, duration: string) => api(name, 'clock', { forward: duration })

  const browser = (name: Name) => {
    const { port } = new URL(running.url)
    const { cookie = '', csrf = '' } = sessions.get(name) ?? {}
    return {
      Cookie: cookie,
      'X-CSRF-Token': csrf,
      Accept: 'text/html',
      Origin: `http://${districts[name].host}:${port}`,
    }
  }

  /** Both are used at the same time, as by their own people. */
  const testBoth = (title: string, run: (name: Name) => Promise<void>) =>
    test(title, async () => {
      await Promise.all(names.map(run))
    })

  /** Everything that a district can have, with its word in it. */
  async function fill(name: Name) {
    const { secret } = districts[name]
    const login = await ask(name, links.get(name) ?? '', { method: 'POST', headers: browser(name) })
    sessions.set(name, { cookie: login.cookie, csrf: '' })
    const home = await ask(name, '/', { headers: browser(name) })
    const csrf = /name="csrf" value="([\w-]+)"/.exec(home.text)?.[1] ?? ''
    expect(csrf).not.toBe('')
    sessions.set(name, { cookie: login.cookie, csrf })
    const said: [string, object][] = [
      [group, { from: 'chenjing', text: `开课 ${secret}课 明天 15:00` }],
      [group, { from: 'linxiaomei', text: `${secret}怎么报`, mention: true }],
      [group, { from: 'linxiaomei', text: '转人工', mention: true }],
      [group, { from: 'liukai', text: '专精特新贷款利息补多少', mention: true }],
      ['members/linxiaomei/messages', { text: `投稿 ${secret}工作室新店开张，欢迎来坐坐` }],
      [organizer, { text: `拟通知 现在 发到 全部\n${secret}的通知` }],
      [organizer, { text: '送审 1' }],
      [organizer, { text: '通过 1' }],
    ]
    for (const [path, body] of said) await api(name, path, body)
    await forward(name, 'PT2M')
  }

  const chats = ['groups/youkongjian', 'groups/youmengspace', 'members/chenjing', 'members/linxiaomei']
  const heard = async (name: Name) =>
    (await Promise.all(chats.map(chat => api(name, `${chat}/messages`)))).map(({ text }) => text).join('\n')

  /** Nothing of the other district; its own in many places, or this would prove nothing. */
  function expectApart(name: Name, texts: readonly { from: string; text: string }[], ownAtLeast: number) {
    const { secret, other } = districts[name]
    expect(texts.filter(({ text }) => text.includes(other)).map(({ from }) => from)).toEqual([])
    expect(texts.filter(({ text }) => text.includes(secret)).length).toBeGreaterThanOrEqual(ownAtLeast)
  }

  testBoth('the pages of each show nothing of the other one, whatever route is asked', async name => {
    const texts: { from: string; text: string }[] = []
    const waiting = new Set(['/', '/healthz', '/readyz', '/login'])
    for (const { path, routes } of pages)
      for (const { method, path: pattern } of routes.routes)
        if (method === 'GET' && !/live|events/u.test(pattern))
          waiting.add(`/${path}${sampleOf(pattern)}`.replace(/^\/\//, '/').replace(/(.)\/?\*?$/, '$1'))
    const patterns = waiting.size
    expect(patterns).toBeGreaterThan(80)
    for (const address of waiting) {
      const { text } = await ask(name, address, { headers: browser(name) })
      texts.push({ from: address, text })
      // The pages of real records are found by the links to them.
      for (const [, to = ''] of text.matchAll(/(?:href|hx-get)="(\/[^"#]*)"/g))
        if (waiting.size < patterns + mostCrawled && !/live|events|logout/u.test(to))
          waiting.add(to.replaceAll('&amp;', '&'))
    }
    expectApart(name, texts, 8)
  })

  testBoth('each command of one answers with nothing of the other one', async name => {
    for (const [at, { words, takes, where }] of commands.entries()) {
      const word = words[0] ?? ''
      const text = { nothing: word, text: `${word} ${districts[name].secret}`, number: `${word} 1` }[takes]
      if (where !== 'private') await api(name, group, { from: 'chenjing', text, mention: true })
      if (where !== 'group') await api(name, organizer, { text })
      // No more commands a minute are carried out.
      if (at % 10 === 9) await forward(name, 'PT1M')
    }
    await forward(name, 'PT2M')
    const text = await heard(name)
    expect(text.match(/"from":"xiaochuang"/g)?.length).toBeGreaterThan(40)
    expectApart(name, [{ from: 'chats', text }], 1)
  })

  testBoth('forms of one change and show nothing of the other one', async name => {
    const texts: { from: string; text: string }[] = []
    for (const { path, routes } of pages)
      for (const { method, path: pattern } of routes.routes)
        if (method === 'POST' && !/logout|sessions/u.test(pattern)) {
          const address = `/${path}${sampleOf(pattern)}`.replace(/(.)\/?\*?$/, '$1')
          const { text } = await ask(name, address, { method, headers: browser(name) })
          texts.push({ from: address, text })
        }
    expect(texts.length).toBeGreaterThan(60)
    expectApart(name, [...texts, { from: 'chats', text: await heard(name) }], 1)
  })

  test('a session, a log-in link and a token of one are worth nothing at the other one', async () => {
    const foreign = { ...browser('b'), Cookie: browser('a').Cookie }
    expect((await ask('b', '/', { headers: foreign })).text).toMatch(/^\/login/)
    const link = await ask('b', links.get('a') ?? '', { method: 'POST', headers: browser('b') })
    expect(link.cookie).toBe('')
    const metrics = (name: Name, token: string) =>
      ask(name, '/metrics', {
        headers: { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '203.0.113.7' },
      })
    expect((await metrics('b', districts.a.metricsToken)).status).toBe(401)
    expect((await metrics('b', districts.b.metricsToken)).text).toContain('chuangke_')
  })

  test('metrics and logs hold no word of either', async () => {
    for (const name of names) {
      const { text } = await ask(name, '/metrics')
      expect(text).not.toMatch(/密语/)
    }
    expect(log.lines.filter(line => line.includes('密语'))).toEqual([])
  })
})

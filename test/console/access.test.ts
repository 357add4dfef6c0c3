import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createRights, mountPage } from '../../src/console/access.ts'
import { offerOnlyAllowed } from '../../src/console/offers.ts'
import type { Console, ConsoleParts } from '../../src/console/server.ts'
import type { ConsoleEnv, Page } from '../../src/feature.ts'
import type { Role } from '../../src/ports/directory.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'
import { sampleOf } from './sample-address.ts'

const built: { parts?: ConsoleParts; console?: Console } = {}

/** The real server, whose parts the test gets to see. */
vi.mock('../../src/console/server.ts', async importOriginal => {
  const original = await importOriginal<typeof import('../../src/console/server.ts')>()
  return {
    ...original,
    async createConsole(parts: ConsoleParts) {
      built.parts = parts
      built.console = await original.createConsole(parts)
      return built.console
    },
  }
})

describe('every route of every page', () => {
  let app: App
  beforeAll(async () => {
    const config = readConfig({ PORT: '0', STORE: 'memory' })
    app = await startApp(config, { log: createQuietLog(), print: () => {} })
  })
  afterAll(() => app?.stop())

  const routesOf = ({ path, routes }: Page) =>
    routes.routes.map(({ method, path: pattern }) => ({
      method: method === 'ALL' ? 'GET' : method,
      pattern,
      address: `/${path}${sampleOf(pattern)}`.replace(/^\/\//, '/').replace(/\/?\*?$/, '') || '/',
    }))

  async function logIn(role: Role) {
    const link = await built.console?.createLoginLink({ id: `office:${role}`, name: '测试', roles: [role] })
    const headers = { Origin: app.consoleUrl }
    const login = await fetch(link ?? '', { method: 'POST', redirect: 'manual', headers })
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const home = await (await fetch(app.consoleUrl, { headers: { cookie } })).text()
    const csrf = /name="csrf" value="([\w-]+)"/.exec(home)?.[1] ?? ''
    return (method: string, address: string) =>
      fetch(`${app.consoleUrl}${address}`, {
        method,
        redirect: 'manual',
        headers: { ...headers, cookie, 'X-CSRF-Token': csrf, Accept: 'text/html' },
      })
  }

  test('is shut to strangers', async () => {
    for (const page of built.parts?.pages ?? [])
      for (const { method, address } of routesOf(page)) {
        const answer = await fetch(`${app.consoleUrl}${address}`, {
          method,
          redirect: 'manual',
          headers: { Origin: app.consoleUrl, 'X-Forwarded-For': '203.0.113.7', Accept: 'text/html' },
        })
        const isToLogin = answer.status === 302 && answer.headers.get('Location') === '/login'
        expect(isToLogin || answer.status === 401, `${method} ${address}: ${answer.status}`).toBe(true)
      }
  })

  test.each(['organizer', 'reviewer'] as const)('is refused to a %s without its roles', async role => {
    const send = await logIn(role)
    const refused: string[] = []
    for (const page of built.parts?.pages ?? [])
      for (const { method, pattern, address } of routesOf(page)) {
        const needed = method === 'GET' ? page.read : (page.writeAt?.[pattern] ?? page.write)
        expect(needed.length, `${page.title} names its roles`).toBeGreaterThan(0)
        if (needed.includes(role) && page.read.includes(role)) continue
        const answer = await send(method, address)
        expect([answer.status, await answer.text()], `${method} ${address}`).toEqual([
          403,
          expect.stringMatching(/只有.*能[看办]/),
        ])
        refused.push(address)
      }
    if (role === 'reviewer') expect(refused.length).toBeGreaterThan(20)
  })

  test('an auditor reads each page and changes nothing', async () => {
    const send = await logIn('auditor')
    for (const page of built.parts?.pages ?? [])
      for (const { method, pattern, address } of routesOf(page)) {
        const allowed = page.writeAt?.[pattern] ?? page.write
        if (method !== 'GET' && allowed.includes('auditor')) {
          expect(page.path, "only what is the auditor's own").toBe('account')
          continue
        }
        // Streams never end.
        if (method === 'GET' && /live|events/u.test(address)) continue
        const answer = await send(method, address)
        expect(answer.status === 403, `${method} ${address}: ${answer.status}`).toBe(method !== 'GET')
        await answer.body?.cancel()
      }
  })

  test.each(['reviewer', 'auditor'] as const)('a %s is offered nothing that is refused', async role => {
    const send = await logIn(role)
    const seen = new Set<string>()
    const kinds = new Set<string>()
    const waiting = ['/']
    const forms = new Map<string, string>()
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      if (seen.has(address)) continue
      seen.add(address)
      const answer = await send('GET', address)
      expect([address, answer.status]).not.toEqual([address, 403])
      if (!answer.headers.get('Content-Type')?.startsWith('text/html')) {
        await answer.body?.cancel()
        continue
      }
      const markup = await answer.text()
      const linked = [...markup.matchAll(/<a [^>]*href="([^"#]+)"/gu)].map(([, to = '']) =>
        to.replaceAll('&amp;', '&'),
      )
      for (const to of linked) {
        const kind = to.replace(/=[^&]*/gu, '').replace(/(?<=entries\/).*/u, '')
        if (to.startsWith('/') && !kinds.has(kind)) waiting.push(to)
        kinds.add(kind)
      }
      for (const [, to = address] of markup.matchAll(
        /<form(?=[^>]*method="post")(?:[^>]*action="([^"]*)")?/gu,
      ))
        if (to !== '/logout') forms.set(to, address)
    }
    expect(seen.size).toBeGreaterThan(20)
    const refused: string[] = []
    for (const [to, address] of forms)
      if ((await send('POST', to)).status === 403) refused.push(`${address}: ${to}`)
    expect(refused).toEqual([])
  })

  test('a pattern with roles of its own, or of a form, is a route of its page', () => {
    for (const { title, writeAt, forms = [], routes } of built.parts?.pages ?? [])
      for (const pattern of [...Object.keys(writeAt ?? {}), ...forms])
        expect(
          routes.routes.map(({ path }) => path),
          title,
        ).toContain(pattern)
  })
})

describe('a page', () => {
  const page: Page = {
    path: 'books',
    title: '账本',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    writeAt: { '/:id/approve': ['reviewer'] },
    forms: ['/new'],
    routes: new Hono<ConsoleEnv>()
      .get('/', c => c.html(offers))
      .get('/new', c => c.text('form'))
      .post('/:id', c => c.text('written'))
      .post('/:id/approve', c => c.text('approved')),
  }
  const offers = `<a role="button" href="/books/new">新的</a><a href="/books/new?kind=a&amp;b=1">写一本</a>
<a href="/books">账本</a><a href="https://example.org/books/new">别处</a>
<form method="post" action="/books/1"><button>改</button></form><form action="/books/1" method="post"></form>
<form method="post" action="books/1/approve"><button>通过</button></form><form method="get" action="/books"></form>`
  const ask = (roles: Role[], method: string, address: string) => {
    const app = new Hono<ConsoleEnv>()
    app.use(async (c, next) => {
      c.set('person', { id: 'x', name: 'x', roles })
      await next()
    })
    app.use(offerOnlyAllowed(createRights([page])))
    mountPage(app, page)
    return app.request(address, { method })
  }
  test.each([
    [['maker'], 'GET', '/books', 403],
    [['reviewer'], 'GET', '/books', 200],
    [['reviewer'], 'HEAD', '/books', 200],
    [['maker'], 'HEAD', '/books', 403],
    [['reviewer'], 'POST', '/books/1', 403],
    [['organizer'], 'POST', '/books/1', 200],
    [['organizer'], 'POST', '/books/1/approve', 403],
    [['reviewer'], 'POST', '/books/1/approve', 200],
    [['reviewer'], 'POST', '/books/1/%61pprove', 200],
    [['reviewer'], 'POST', '/books/approve', 403],
    [['reviewer'], 'GET', '/books/new', 403],
    [['organizer'], 'GET', '/books/new', 200],
    [['auditor'], 'GET', '/books/new', 200],
  ] as const)('as %o: %s %s is answered with %i', async (roles, method, address, status) => {
    expect((await ask([...roles], method, address)).status).toBe(status)
  })

  test('shows a reviewer no form and no button that would be refused', async () => {
    expect(await (await ask(['reviewer'], 'GET', '/books')).text()).toBe(`<span>写一本</span>
<a href="/books">账本</a><a href="https://example.org/books/new">别处</a>

<form method="post" action="books/1/approve"><button>通过</button></form><form method="get" action="/books"></form>`)
  })

  test('shows an organizer all but the button of a reviewer', async () => {
    const shown = await (await ask(['organizer'], 'GET', '/books')).text()
    expect(shown).toBe(offers.replace(/<form method="post" action="books.*?<\/form>/u, ''))
  })
})

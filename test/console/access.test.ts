import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { mountPage } from '../../src/console/access.ts'
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

  test('a pattern with roles of its own is a route of its page', () => {
    for (const { title, writeAt, routes } of built.parts?.pages ?? [])
      for (const pattern of Object.keys(writeAt ?? {}))
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
    routes: new Hono<ConsoleEnv>()
      .get('/', c => c.text('read'))
      .post('/:id', c => c.text('written'))
      .post('/:id/approve', c => c.text('approved')),
  }
  const ask = (roles: Role[], method: string, address: string) => {
    const app = new Hono<ConsoleEnv>()
    app.use(async (c, next) => {
      c.set('person', { id: 'x', name: 'x', roles })
      await next()
    })
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
  ] as const)('as %o: %s %s is answered with %i', async (roles, method, address, status) => {
    expect((await ask([...roles], method, address)).status).toBe(status)
  })
})

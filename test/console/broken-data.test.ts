import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { StoreFault } from '../../src/adapters/shards/fault.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import { createConsole } from '../../src/console/server.ts'
import type { ConsoleEnv, Page } from '../../src/feature.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

test('a page whose data are broken says what to do, and any other fault only that it is in the log', async () => {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', () => {
    throw new StoreFault('数据「runs/a」读不出来，请找懂技术的同事修复。')
  })
  routes.get('/other', () => {
    throw new Error('secret detail')
  })
  const broken: Page = {
    path: 'broken',
    title: '坏的一页',
    chapter: 'trouble',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
  const { clock, store, log } = createWorld()
  const web = await createConsole({
    pages: [broken],
    open: new Hono(),
    frame: () => ({ line: { state: 'up', note: '' }, alarms: [] }),
    directory: createFixedDirectory([], { chen: ['organizer'] }),
    store,
    clock,
    log,
    password: '',
    publicUrl: '',
    clientAddress: createClientAddress(''),
  })
  onTestFinished(() => web.close())
  const url = await web.listen({ host: '127.0.0.1', port: 0 })
  const link = await web.createLoginLink({ id: 'chen', name: '陈静', roles: ['organizer'] })
  const login = await fetch(link, { method: 'POST', headers: { origin: url }, redirect: 'manual' })
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
  const read = async (path: string) => {
    const answer = await fetch(url + path, { headers: { cookie } })
    return [answer.status, await answer.text()] as const
  }
  const [status, page] = await read('/broken')
  expect(status).toBe(500)
  expect(page).toContain('数据「runs/a」读不出来，请找懂技术的同事修复')
  expect((await read('/broken/other'))[1]).toContain('这一页出了点问题，已经记在日志里')
  expect((await read('/broken/other'))[1]).not.toContain('secret detail')
})

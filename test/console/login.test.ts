import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openAttempts } from '../../src/console/login/attempts.ts'
import { localAdmin } from '../../src/console/login/office.ts'
import { createSessions } from '../../src/console/login/sessions.ts'
import { createWorld } from '../conversation.ts'
import { openTown } from '../sandbox/town.ts'
import { visitor } from './visitor.ts'

const organizer = { id: 'chenjing', name: '陈静', roles: ['maker' as const, 'organizer' as const] }
const pathOf = (link: string) => link.slice(link.indexOf('/login'))

describe('without a session', () => {
  test.each(['/', '/status', '/live', '/sandbox', '/sandbox/groups/youkongjian', '/nowhere', '/logout'])(
    '%s leads to the login page and shows nothing',
    async path => {
      const response = await visitor(await openTown()).get(path)
      expect(response.status).toBe(302)
      expect(response.headers.get('Location')).toBe('/login')
    },
  )
  test('scripts get 401', async () => {
    const response = await visitor(await openTown()).get('/live', { Accept: '*/*' })
    expect([response.status, await response.json()]).toEqual([401, { error: '请先登录。' }])
  })
  test('htmx is sent to the login page as a whole', async () => {
    const response = await visitor(await openTown()).get('/live', { 'HX-Request': 'true' })
    expect([response.status, response.headers.get('HX-Redirect')]).toEqual([401, '/login'])
  })
  test('nothing is changed', async () => {
    expect((await visitor(await openTown()).submit('/logout')).status).toBe(401)
  })
  test('the login page and what it loads do answer', async () => {
    const { get } = visitor(await openTown())
    const page = await (await get('/login')).text()
    const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(assets.length).toBeGreaterThanOrEqual(4)
    for (const path of assets) {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    }
  })
})

describe('a one-time link', () => {
  test('shows a button to whoever opens it, and logs nobody in by that', async () => {
    const town = await openTown()
    const path = pathOf(await town.createLoginLink(organizer))
    const preview = visitor(town, { address: '10.0.0.9' })
    const page = await preview.get(path)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('进入控制台')
    expect(preview.cookies.size).toBe(0)
    expect((await visitor(town).submit(path)).status).toBe(303)
  })
  test('works once', async () => {
    const town = await openTown()
    const path = pathOf(await town.createLoginLink(organizer))
    const { submit } = visitor(town)
    const [first, second] = await Promise.all([submit(path), submit(path)])
    expect([first.status, second.status].sort()).toEqual([303, 410])
  })
  test('works for fifteen minutes', async () => {
    const town = await openTown()
    const path = pathOf(await town.createLoginLink(organizer))
    town.machineClock.forward({ minutes: 15 })
    const response = await visitor(town).submit(path)
    expect(response.status).toBe(410)
    expect(await response.text()).toContain('用过了，或者已经过期')
  })
  test('is kept as a hash only', async () => {
    const town = await openTown()
    const secret = (await town.createLoginLink(organizer)).split('/').at(-1) ?? ''
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    const kept = await town.store.collection('login-links', z.unknown()).list('')
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain(secret)
  })
  test('is not to be guessed from one address for ever', async () => {
    const town = await openTown()
    const { submit } = visitor(town)
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push((await submit(`/login/guess-${i}`)).status)
    expect(statuses).toEqual([410, 410, 410, 410, 410, 429])
  })
})

describe('a password', () => {
  const password = 'a long enough one'

  test('logs in as the office', async () => {
    const me = visitor(await openTown({ password }))
    const response = await me.submit('/login', { password })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    expect((await me.get('/')).status).toBe(200)
  })
  test('is refused when wrong, and when there is none', async () => {
    const wrong = await visitor(await openTown({ password })).submit('/login', { password: 'b' })
    expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining('密码不对')])
    const none = await visitor(await openTown()).submit('/login', { password: '' })
    expect([none.status, await none.text()]).toEqual([401, expect.stringContaining('没有设置密码')])
  })
  test('may be tried five times in ten minutes from one address, right or wrong after that', async () => {
    const town = await openTown({ password })
    const { submit } = visitor(town)
    const wrong = await Promise.all(Array.from({ length: 30 }, () => submit('/login', { password: 'no' })))
    expect(wrong.filter(({ status }) => status === 401)).toHaveLength(5)
    const blocked = await submit('/login', { password })
    expect([blocked.status, await blocked.text()]).toEqual([429, expect.stringContaining('过十分钟再试')])
    expect((await visitor(town, { address: '10.0.0.7' }).submit('/login', { password })).status).toBe(303)
    town.machineClock.forward({ minutes: 10 })
    expect((await submit('/login', { password })).status).toBe(303)
  })
  test('may not be tried anew after a restart, and no address is stored', async () => {
    const { store, clock, log } = createWorld()
    const first = await openAttempts({ store, clock, log })
    const allowed = Array.from({ length: 6 }, () => first.begin({ address: '10.0.0.7' }))
    expect(allowed).toEqual([true, true, true, true, true, false])
    const again = await openAttempts({ store, clock, log })
    expect([again.begin({ address: '10.0.0.7' }), again.begin({ address: '10.0.0.8' })]).toEqual([
      false,
      true,
    ])
    const kept = await store.collection('login-attempts', z.unknown()).list('')
    expect(JSON.stringify(kept)).not.toContain('10.0.0')
    clock.forward({ minutes: 10 })
    expect(again.begin({ address: '10.0.0.7' })).toBe(true)
  })
  test('is not locked for the time by which the clock is put back', async () => {
    const { store, clock, log } = createWorld()
    const attempts = await openAttempts({ store, clock, log })
    const tryFour = () => Array.from({ length: 4 }, () => attempts.begin({ address: '10.0.0.7' }))
    tryFour()
    tryFour()
    clock.forward({ hours: -24 * 365 })
    expect(tryFour()).toEqual([true, true, true, true])
  })
  test('may be tried fifty times by all together', async () => {
    const town = await openTown({ password })
    for (let i = 0; i < 50; i++) {
      await visitor(town, { address: `10.0.1.${i}` }).submit('/login', { password: 'no' })
    }
    expect((await visitor(town, { address: '10.0.2.1' }).submit('/login', { password })).status).toBe(429)
  })
  test('does not count against who knows it', async () => {
    const { submit } = visitor(await openTown({ password }))
    for (let i = 0; i < 8; i++) expect((await submit('/login', { password })).status).toBe(303)
  })
})

describe('a session', () => {
  test('is a signed cookie that scripts can not read', async () => {
    const town = await openTown()
    const path = pathOf(await town.createLoginLink(organizer))
    const cookie = (await visitor(town).submit(path)).headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^chuangke=[\w-]{43}\.[^;]+; Max-Age=57600; Path=\/; HttpOnly; SameSite=Lax$/)
  })
  test('insists on HTTPS where the console is reached over it', async () => {
    const town = await openTown({ publicUrl: 'https://console.example.org' })
    const link = await town.createLoginLink(organizer)
    expect(link).toMatch(/^https:\/\/console\.example\.org\/login\//)
    expect((await visitor(town).submit(pathOf(link))).headers.get('Set-Cookie')).toContain('; Secure')
  })
  test('is refused when its cookie was changed or made up', async () => {
    const town = await openTown()
    const me = visitor(town)
    await me.login()
    const [value = ''] = me.cookies.values()
    for (const forged of [value.slice(0, 43), `x${value}`, `${value.slice(0, -4)}AAA%3D`]) {
      expect((await visitor(town).get('/', { Cookie: `chuangke=${forged}` })).status).toBe(302)
    }
  })
  test('ends at logout, also for who copied the cookie', async () => {
    const town = await openTown()
    const me = visitor(town)
    await me.login()
    const [value] = me.cookies.values()
    expect((await me.submit('/logout', { csrf: me.csrfToken() })).headers.get('Location')).toBe('/login')
    expect(me.cookies.size).toBe(0)
    expect((await visitor(town).get('/', { Cookie: `chuangke=${value}` })).status).toBe(302)
  })
  test('ends after sixteen hours of the machine, whatever the sandbox clock does', async () => {
    const town = await openTown()
    const me = visitor(town)
    await me.login()
    town.clock.forward({ hours: 100 })
    expect((await me.get('/')).status).toBe(200)
    town.machineClock.forward({ hours: 16 })
    expect((await me.get('/')).status).toBe(302)
  })
  test('ends when the person is no organizer any more', async () => {
    const roles = { chenjing: ['organizer' as const] }
    const town = await openTown({ roles })
    const me = visitor(town)
    await me.login()
    expect((await me.get('/')).status).toBe(200)
    roles.chenjing = []
    expect((await me.get('/')).status).toBe(302)
  })
  test('is kept by whoever came from the terminal, whom no directory knows', async () => {
    const me = visitor(await openTown())
    const response = await me.login(localAdmin('terminal', '本机') as typeof organizer)
    expect(response.status).toBe(303)
    expect(await (await me.get('/')).text()).toContain('本机')
  })
})

describe('behind one proxy', () => {
  const password = 'a long enough one'

  test('wrong passwords of a stranger lock out neither a link nor a browser that logged in before', async () => {
    const town = await openTown({ password })
    const chen = visitor(town)
    await chen.submit('/login', { password })
    const stranger = visitor(town)
    for (let tries = 0; tries < 20; tries += 1) await stranger.submit('/login', { password: 'x' })
    expect((await visitor(town).login()).status).toBe(303)
    expect((await chen.submit('/login', { password })).status).toBe(303)
    town.machineClock.forward({ seconds: 31 })
    expect((await visitor(town).submit('/login', { password })).status).toBe(303)
  })
})

test('a session ends after an hour without a request, and with it every one when the password changes', async () => {
  const town = await openTown()
  const me = visitor(town)
  await me.login()
  town.machineClock.forward({ minutes: 50 })
  expect((await me.get('/')).status).toBe(200)
  town.machineClock.forward({ minutes: 50 })
  expect((await me.get('/')).status).toBe(200)
  town.machineClock.forward({ minutes: 61 })
  expect((await me.get('/')).status).toBe(302)
})

test('sessions begun under another password are over', async () => {
  const { store, clock } = createWorld()
  const person = { id: 'chenjing', name: '陈静', roles: ['organizer' as const] }
  const before = createSessions({ store, clock, passwordMark: 'one' })
  const secret = await before.begin(person)
  expect(await before.find(secret)).toBeDefined()
  expect(await createSessions({ store, clock, passwordMark: 'two' }).find(secret)).toBeUndefined()
})

test('over HTTPS the cookie is bound to the host, and browsers are told to stay with HTTPS', async () => {
  const town = await openTown({ publicUrl: 'https://console.example.org' })
  const me = visitor(town, { host: 'console.example.org' })
  const response = await me.submit(
    pathOf(await town.createLoginLink(organizer)),
    {},
    { Origin: 'https://console.example.org' },
  )
  expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-chuangke=/)
  expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=31536000')
})

test.each(['/', '/login', '/healthz', '/sandbox/api/groups', '/assets/none.css'])(
  "a host name that is not the console's is refused on %s",
  async path => {
    const response = await visitor(await openTown(), { host: 'evil.example:3000' }).get(path)
    expect(response.status).toBe(421)
  },
)

test('a request line that names another host is refused, whatever the header says', async () => {
  const { get } = visitor(await openTown())
  for (const path of ['/login', '/healthz', '/sandbox/api/groups'])
    expect((await get(`http://evil.example:3000${path}`)).status).toBe(421)
})

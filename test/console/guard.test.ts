import { Hono } from 'hono'
import { html } from 'hono/html'
import { describe, expect, test } from 'vitest'
import { csrfField, renderPage } from '../../src/console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../src/feature.ts'
import { openTown } from '../sandbox/town.ts'
import { visitor } from './visitor.ts'

function counterPage() {
  let count = 0
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', c => renderPage(c, '计数', html`<form method="post">${csrfField(c)}${count}</form>`))
  routes.post('/', async c => {
    // Read again as a feature does: the guard has read the form before it.
    const form = await c.req.formData()
    count += Number(form.get('by') ?? 1)
    return c.text(String(count))
  })
  routes.get('/refuse', () => {
    throw new Refusal('这一步现在不能做。')
  })
  routes.get('/fail', () => {
    throw new Error('disk on fire, token=secret')
  })
  const page: Page = { path: 'counter', title: '计数', read: ['organizer'], write: ['organizer'], routes }
  return { page, count: () => count }
}

async function openCounter() {
  const { page, count } = counterPage()
  const town = await openTown({ pages: [page] })
  const me = visitor(town)
  await me.login()
  return { town, me, count }
}

describe('what changes something', () => {
  test('needs the token, as a field or a header', async () => {
    const { me, count } = await openCounter()
    expect((await me.submit('/counter', { csrf: me.csrfToken(), by: '2' })).status).toBe(200)
    expect((await me.submit('/counter', {}, { 'X-CSRF-Token': me.csrfToken() })).status).toBe(200)
    expect(count()).toBe(3)
  })
  test.each([{}, { csrf: '' }, { csrf: 'x'.repeat(43) }])('is refused with %o', async fields => {
    const { me, count } = await openCounter()
    const response = await me.submit('/counter', fields as Record<string, string>)
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('请刷新页面')])
    expect(count()).toBe(0)
  })
  test("is refused with another session's token", async () => {
    const { town, me, count } = await openCounter()
    const other = visitor(town)
    await other.login()
    expect((await me.submit('/counter', { csrf: other.csrfToken() })).status).toBe(403)
    expect(count()).toBe(0)
  })
  test.each([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:3001' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('is refused from %o even with the token', async headers => {
    const { me, count } = await openCounter()
    const response = await me.submit('/counter', { csrf: me.csrfToken() }, headers as Record<string, string>)
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: '这个请求不是从控制台发出的，没有执行。' },
    ])
    expect(count()).toBe(0)
  })
  test('is refused with the token where a form tells no origin', async () => {
    const { me, count } = await openCounter()
    const response = await me.send('POST', '/counter', {
      body: new URLSearchParams({ csrf: me.csrfToken() }),
    })
    expect(response.status).toBe(403)
    expect(count()).toBe(0)
  })
  test('is let through from the public address, behind a proxy that hides it', async () => {
    const town = await openTown({ publicUrl: 'https://console.example.org' })
    const me = visitor(town)
    await me.login()
    const fields = { csrf: me.csrfToken() }
    expect((await me.submit('/logout', fields, { Origin: 'https://console.example.org' })).status).toBe(303)
  })
  test('another site can not log anybody in', async () => {
    const town = await openTown({ password: 'a long enough one' })
    const fields = { password: 'a long enough one' }
    const response = await visitor(town).submit('/login', fields, { Origin: 'https://evil.example' })
    expect(response.status).toBe(403)
  })
  test('a body that is too large is refused before it is read', async () => {
    const { me } = await openCounter()
    const response = await me.submit('/counter', { csrf: me.csrfToken(), by: 'x'.repeat(7_000_000) })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('请不要超过 5 MB')
  })
})

describe('every answer', () => {
  test.each(['/', '/login', '/nowhere', '/counter/fail'])('%s has strict headers', async path => {
    const { me } = await openCounter()
    const { headers } = await me.get(path)
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Referrer-Policy')).toBe('same-origin')
    expect(headers.get('Cache-Control')).toBe('no-store')
  })
  test('pages hold no script, style or handler of their own', async () => {
    const { me } = await openCounter()
    for (const path of ['/', '/sandbox', '/sandbox/members/chenjing', '/counter']) {
      const page = await (await me.get(path)).text()
      expect(page).not.toMatch(/<style|<script(?![^>]* src=)| style=| on\w+=|https?:\/\/(?!www\.w3\.org)/)
    }
  })
})

describe('what goes wrong', () => {
  test('a refusal is said on a page', async () => {
    const response = await (await openCounter()).me.get('/counter/refuse')
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('这一步现在不能做。'),
    ])
  })
  test('htmx hears it without a page around it', async () => {
    const response = await (await openCounter()).me.get('/counter/refuse', { 'HX-Request': 'true' })
    expect(await response.text()).toBe('<p class="problem" role="alert">这一步现在不能做。</p>')
  })
  test('a fault is logged once and never shown', async () => {
    const { me, town } = await openCounter()
    const response = await me.get('/counter/fail')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('disk')
    expect(town.log.lines).toEqual([expect.stringContaining('disk on fire')])
  })
  test('an old link says so', async () => {
    const response = await (await openCounter()).me.get('/nowhere')
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('可能是旧链接')])
  })
})

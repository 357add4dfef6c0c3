import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { weaknessOf } from '../../src/console/account/password.ts'
import { acceptTotp, totpCode } from '../../src/console/account/totp.ts'
import { openAttempts, type Try } from '../../src/console/login/attempts.ts'
import type { Person } from '../../src/feature.ts'
import { createWorld } from '../conversation.ts'
import { openTown, type Town } from '../sandbox/town.ts'
import { visitor } from './visitor.ts'

const words = '春天的第一场周末微党课'
const roles = { chenjing: ['organizer' as const], shen: ['auditor' as const] }
const shen = { id: 'shen', name: '沈计', roles: ['maker' as const, 'auditor' as const] }

type Visitor = ReturnType<typeof visitor>
const send = (one: Visitor, path: string, fields: Record<string, string> = {}) =>
  one.submit(path, { csrf: one.csrfToken(), ...fields })
const textOf = async (one: Visitor, path: string) => (await one.get(path)).text()

/** A person with a password, set after a one-time link. */
async function withPassword(town: Town) {
  const chen = visitor(town)
  await chen.login()
  const set = await send(chen, '/account/password', { name: '陈静', password: words })
  expect(set.status).toBe(303)
  return chen
}
const login = (one: Visitor, fields: Record<string, string> = {}) =>
  one.submit('/login', { name: '陈静', password: words, ...fields })

/** Turns the second step on. @returns its secret and the recovery codes */
async function withSecondStep(town: Town) {
  const chen = await withPassword(town)
  await send(chen, '/account/second-step/begin', { current: '' })
  const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(await textOf(chen, '/account'))?.[1] ?? ''
  const wrong = await send(chen, '/account/second-step/confirm', { code: '000000' })
  expect(wrong.status).toBe(422)
  const page = await (
    await send(chen, '/account/second-step/confirm', { code: codeNow(town, secret) })
  ).text()
  const codes = [...page.matchAll(/<code>([A-Z2-9]{5}-[A-Z2-9]{5})<\/code>/g)].map(([, code = '']) => code)
  return { chen, secret, codes }
}
const codeNow = (town: Town, secret: string) =>
  totpCode(secret, Math.floor(town.machineClock.now().epochMilliseconds / 30_000))

describe('a password', () => {
  test('logs in from then on, by a name however it is typed', async () => {
    const town = await openTown({ roles })
    await withPassword(town)
    for (const name of ['陈静', ' 陳靜 ']) {
      const desk = visitor(town)
      expect((await login(desk, { name })).status).toBe(303)
      expect(await textOf(desk, '/')).toContain('总览')
    }
  })
  test.each([
    ['a wrong password', { password: '别的一句话也行' }],
    ['a wrong name', { name: '陈晶' }],
    ['no password', { password: '' }],
  ])('%s is refused in the same words', async (_, fields) => {
    const town = await openTown({ roles })
    await withPassword(town)
    const answer = await login(visitor(town), fields)
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('没有登上：名字、密码或动态码不对')
  })
  test('a failed log-in leaves a line under the account, and nothing that was typed', async () => {
    const town = await openTown({ roles })
    await withPassword(town)
    const stranger = visitor(town, { address: '10.9.9.9' })
    for (const name of ['陳靜', '春天的密码写错了格'])
      await login(stranger, { name, password: '别的一句话也行' })
    await stranger.submit('/login/0123456789')
    const lines = (await town.audit.log.read()).filter(({ line }) => line.kind === 'login-failed')
    expect(lines.map(({ line, detail }) => [line.what, detail?.actor?.value])).toEqual([
      ['account', { id: 'chenjing', name: '陈静', from: '10.9.9.9' }],
      ['account', { id: '', name: '', from: '10.9.9.9' }],
      ['link', { id: '', name: '', from: '10.9.9.9' }],
    ])
    expect(JSON.stringify(lines)).not.toMatch(/写错了格|别的一句话/u)
  })
  test('guesses beyond the limit leave no lines: a stranger does not fill the disk', async () => {
    const town = await openTown({ roles })
    const stranger = visitor(town, { address: '10.9.9.9' })
    for (let n = 0; n < 100; n += 1) {
      await stranger.submit(`/login/${n}`)
      await login(stranger, { name: `name${n}`, password: '别的一句话也行' })
    }
    const lines = (await town.audit.log.read()).filter(({ line }) => line.kind === 'login-failed')
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.length).toBeLessThanOrEqual(50)
  })
  test.each(['1234567890123', 'aaaaaaaaaaaa', '短', 'password1234', '陈静2026年好好学习'])(
    '%s is too easy, and what was typed stays',
    async password => {
      const town = await openTown({ roles })
      const chen = visitor(town)
      await chen.login()
      const answer = await send(chen, '/account/password', { name: '陈静', password })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('value="陈静"')
      expect(weaknessOf(password, ['陈静'])).toBeDefined()
    },
  )
  test('is changed with the present one, or after a one-time link; other devices are logged out', async () => {
    const town = await openTown({ roles })
    const chen = await withPassword(town)
    const desk = visitor(town)
    await login(desk)
    await desk.learnCsrf()
    const refused = await send(desk, '/account/password', { name: '陈静', password: '另外一句更长的心里话' })
    expect([refused.status, (await refused.text()).includes('现在的密码不对')]).toEqual([422, true])
    const next = { name: '陈静', password: '另外一句更长的心里话', current: words }
    expect((await send(desk, '/account/password', next)).status).toBe(303)
    expect((await chen.get('/account')).status).toBe(302)
    expect((await login(visitor(town))).status).toBe(401)
  })
  test('opens nothing once the role is gone, and a session ends with it', async () => {
    const town = await openTown({ roles: { ...roles } })
    const chen = await withPassword(town)
    delete town.roles.chenjing
    expect((await chen.get('/')).status).toBe(302)
    expect((await login(visitor(town))).status).toBe(401)
  })
  test('is not in the store, and goes when the person is erased', async () => {
    const town = await openTown({ roles })
    await withPassword(town)
    const kept = () => town.store.collection('accounts', {} as never).list('')
    expect(JSON.stringify(await kept())).not.toContain(words)
    await town.endSessionsOf(['chenjing'])
    expect(await kept()).toEqual([])
    expect(await town.hasAccount(['chenjing'])).toBe(false)
  })
  test('a name is one person’s, and the shared log-in has no account', async () => {
    const town = await openTown({ roles, password: 'a shared password' })
    await withPassword(town)
    const other = visitor(town)
    await other.login(shen)
    const taken = await send(other, '/account/password', { name: '陳靜', password: words })
    expect([taken.status, (await taken.text()).includes('有人用了')]).toEqual([422, true])
    const office = visitor(town)
    await office.submit('/login', { password: 'a shared password' })
    expect(await textOf(office, '/account')).toContain('公用登录')
  })
})

describe('a second step', () => {
  test('asks for a code that works once, or a recovery code that works once', async () => {
    const town = await openTown({ roles })
    const { secret, codes } = await withSecondStep(town)
    expect(codes).toHaveLength(8)
    town.machineClock.forward({ minutes: 1 })
    const code = codeNow(town, secret)
    const recovery = { code: codes[0] ?? '' }
    const tries = [{ code }, { code }, {}, recovery, recovery]
    const statuses: number[] = []
    for (const fields of tries) statuses.push((await login(visitor(town), fields)).status)
    expect(statuses).toEqual([303, 401, 401, 303, 401])
  })
  test('is ended by who came by a one-time link', async () => {
    const town = await openTown({ roles })
    const { chen } = await withSecondStep(town)
    await send(chen, '/account/second-step/end', { current: '' })
    expect((await login(visitor(town))).status).toBe(303)
  })
  test.each([
    ['1970-01-01T00:00:59Z', '287082'],
    ['2005-03-18T01:58:29Z', '081804'],
    ['2005-03-18T01:58:31Z', '050471'],
    ['2009-02-13T23:31:30Z', '005924'],
    ['2033-05-18T03:33:20Z', '279037'],
    ['2603-10-11T11:33:20Z', '353130'],
  ])('at %s the code of RFC 6238 is %s', (time, code) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    const at = Temporal.Instant.from(time)
    const step = Math.floor(at.epochMilliseconds / 30_000)
    expect(totpCode(secret, step)).toBe(code)
    expect(acceptTotp(code, { secret, at, lastStep: 0 })).toBe(step)
    expect(acceptTotp(code, { secret, at, lastStep: step })).toBeUndefined()
    expect(acceptTotp(code, { secret, at: at.add({ seconds: 70 }), lastStep: 0 })).toBeUndefined()
  })
})

describe('sessions', () => {
  test('are listed with their devices; the others are ended together or one by one', async () => {
    const town = await openTown({ roles })
    const chen = await withPassword(town)
    const agents = [
      'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0',
      'Mozilla/5.0 (Windows NT 10.0) Chrome/130 Edg/130',
    ]
    const others = agents.map(() => visitor(town))
    for (const [at, one] of others.entries())
      await one.submit('/login', { name: '陈静', password: words }, { 'User-Agent': agents[at] ?? '' })
    const page = await textOf(chen, '/account')
    for (const device of ['安卓手机，微信', 'Windows 电脑，Edge', '这一台']) expect(page).toContain(device)
    const [session = ''] = [...page.matchAll(/name="session" value="([^"]+)"/g)].map(([, id = '']) => id)
    await send(chen, '/account/sessions/end', { session })
    const isIn = async (one: Visitor) => (await one.get('/account')).status === 200
    expect((await Promise.all([chen, ...others].map(isIn))).filter(Boolean)).toHaveLength(2)
    await send(chen, '/account/sessions/others')
    expect(await Promise.all([chen, ...others].map(isIn))).toEqual([true, false, false])
  })
  test.each([
    ['a change of the password', '/account/password', { name: '陈静', password: '夏天的最后一场路演活动' }],
    ['leaving all other devices', '/account/sessions/others', {}],
  ])('%s takes back links that were not used yet, and nobody else’s', async (_, path, fields) => {
    const town = await openTown({ roles })
    const chen = await withPassword(town)
    const linkOf = async (person: Person) => new URL(await town.createLoginLink(person), 'http://x').pathname
    const stolen = await linkOf({ id: 'chenjing', name: '陈静', roles: ['organizer'] })
    const others = await linkOf(shen)
    expect((await send(chen, path, fields)).status).toBe(303)
    expect((await visitor(town).submit(stolen)).status).toBe(410)
    expect((await visitor(town).submit(others)).status).toBe(303)
    expect((await chen.get('/account')).status).toBe(200)
  })
  test('of somebody else are not to be ended', async () => {
    const town = await openTown({ roles })
    const chen = await withPassword(town)
    const other = visitor(town)
    await other.login(shen)
    await other.submit('/account/password', { csrf: other.csrfToken(), name: '沈计', password: words })
    const desk = visitor(town)
    await desk.submit('/login', { name: '沈计', password: words })
    const page = await textOf(other, '/account')
    const session = /name="session" value="([^"]+)"/.exec(page)?.[1] ?? ''
    await send(chen, '/account/sessions/end', { session })
    expect((await desk.get('/account')).status).toBe(200)
  })
  test('end after an hour without a request', async () => {
    const town = await openTown({ roles })
    const chen = await withPassword(town)
    town.machineClock.forward({ minutes: 59 })
    expect((await chen.get('/account')).status).toBe(200)
    town.machineClock.forward({ minutes: 61 })
    expect((await chen.get('/account')).status).toBe(302)
  })
})

describe('guessing', () => {
  const open = () => openAttempts(createWorld())
  const tries = async (count: number, attempt: (at: number) => Try) => {
    const attempts = await open()
    return { attempts, passed: Array.from({ length: count }, (_, at) => attempts.begin(attempt(at))) }
  }

  test('at one account from everywhere is slowed; its owner logs in with a known browser', async () => {
    const { attempts, passed } = await tries(25, at => ({ address: `203.0.113.${at}`, account: '陈静' }))
    expect(passed.filter(Boolean)).toHaveLength(20)
    expect(attempts.begin({ device: 'hers', account: '陈静' })).toBe(true)
  })
  test('at one account does not slow another one behind the same proxy', async () => {
    const { attempts, passed } = await tries(8, () => ({ address: '10.0.0.9', account: '沈计' }))
    expect(passed.filter(Boolean)).toHaveLength(5)
    expect(attempts.begin({ address: '10.0.0.9', account: '陈静' })).toBe(true)
  })
  test('at many accounts from one network is slowed', async () => {
    const { passed } = await tries(40, at => ({ address: '10.0.0.9', account: `a${at}` }))
    expect(passed.filter(Boolean)).toHaveLength(30)
  })
  test('from many addresses of one IPv6 network is one source', async () => {
    const { attempts, passed } = await tries(6, at => ({
      address: `2001:db8:1:2::${at + 1}`,
      account: '陈静',
    }))
    expect(passed.at(-1)).toBe(false)
    expect(attempts.begin({ address: '2001:db8:1:3::1', account: '陈静' })).toBe(true)
  })
  test('with a browser that is known is slowed as well', async () => {
    const { passed } = await tries(8, () => ({ device: 'hers', account: '陈静' }))
    expect(passed.filter(Boolean)).toHaveLength(5)
  })
  test('the browser is known after a log-in to that account, and to no other', async () => {
    const town = await openTown({ roles })
    await withPassword(town)
    const own = visitor(town, { address: '10.0.0.1' })
    await login(own)
    const wrong = () =>
      visitor(town, { address: '10.0.0.1' }).submit('/login', { name: '陈静', password: '' })
    for (let at = 0; at < 5; at += 1) await wrong()
    expect((await wrong()).status).toBe(429)
    expect((await login(own)).status).toBe(303)
  })
})

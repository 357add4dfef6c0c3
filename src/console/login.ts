import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { ConsoleEnv, Person } from '../feature.ts'
import type { AuditKind, AuditTrail } from '../ports/audit.ts'
import { type Attempts, tooManyAttempts } from './attempts.ts'
import { addressOf } from './audit.ts'
import type { ClientAddress } from './client-address.ts'
import { cookieNameFor, isSame } from './guard.ts'
import { localAdmin } from './office.ts'
import { linkLifeMinutes, type Sessions, sessionLifeHours } from './sessions.ts'
import { type Html, renderBarePage } from './widgets.ts'

/** Marks a browser that knew the password; it opens nothing by itself. */
const deviceCookie = 'chuangke-device'
const deviceDays = 180

type LoginParts = {
  sessions: Sessions
  attempts: Attempts
  cookieSecret: string
  /** Empty: there is no password, only links. */
  password: string
  /** Whether people reach the console over HTTPS, so that the cookie may insist on it. */
  isHttps: boolean
  clientAddress: ClientAddress
  audit: AuditTrail
}

/** The only pages that answer without a session. */
export function loginRoutes(parts: LoginParts): Hono<ConsoleEnv> {
  const { sessions, attempts, password } = parts
  const hasPassword = password !== ''
  const app = new Hono<ConsoleEnv>()

  const note = (c: Context, kind: AuditKind, by?: Person) =>
    parts.audit.note(kind, {
      ...(by ? { by } : {}),
      road: 'console',
      from: addressOf(c, parts.clientAddress),
      what: c.req.path === '/login' ? 'password' : 'link',
    })

  async function enter(c: Context<ConsoleEnv>, person: Person) {
    await note(c, 'login', person)
    await setSignedCookie(c, cookieNameFor(parts.isHttps), await sessions.begin(person), parts.cookieSecret, {
      path: '/',
      httpOnly: true,
      // Lax, so that a link to a page, sent in a chat, opens it; what changes something is guarded besides.
      sameSite: 'Lax',
      secure: parts.isHttps,
      maxAge: sessionLifeHours * 60 * 60,
    })
    return c.redirect('/', 303)
  }

  app.use('/login/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    return next()
  })
  async function refuse(c: Context<ConsoleEnv>) {
    await note(c, 'login-failed')
    return loginPage(c, { hasPassword, problem: tooManyAttempts, status: 429 })
  }

  /** A browser that logged in with the password before is counted apart from the address that it may share. */
  async function sourceOf(c: Context): Promise<string> {
    const device = await getSignedCookie(c, parts.cookieSecret, deviceCookie)
    return device ? `device ${device}` : addressOf(c, parts.clientAddress)
  }

  async function rememberDevice(c: Context): Promise<void> {
    if (await getSignedCookie(c, parts.cookieSecret, deviceCookie)) return
    await setSignedCookie(c, deviceCookie, randomUUID(), parts.cookieSecret, {
      path: '/login',
      httpOnly: true,
      sameSite: 'Strict',
      secure: parts.isHttps,
      maxAge: deviceDays * 24 * 60 * 60,
    })
  }

  app.get('/login', c => loginPage(c, { hasPassword }))

  // Chat apps and mail scanners open links to preview them, so only the button uses the link up.
  app.get('/login/:secret', c => renderBarePage(c, '登录', linkForm()))

  app.post('/login/:secret', async c => {
    const person = await sessions.redeemLink(c.req.param('secret'))
    if (person) return enter(c, person)
    if (!attempts.begin(addressOf(c, parts.clientAddress))) return refuse(c)
    await note(c, 'login-failed')
    return loginPage(c, { hasPassword, problem: '这个链接用过了，或者已经过期，请重新要一个。', status: 410 })
  })

  app.post('/login', async c => {
    const source = await sourceOf(c)
    if (!attempts.begin(source)) return refuse(c)
    const { password: said } = await c.req.parseBody().catch((): Record<string, unknown> => ({}))
    if (hasPassword && typeof said === 'string' && isSame(said, password)) {
      attempts.succeed(source)
      await rememberDevice(c)
      return enter(c, localAdmin('password', '组织者'))
    }
    await note(c, 'login-failed')
    const problem = hasPassword ? '密码不对，请再试一次。' : '没有设置密码，请用一次性链接登录。'
    return loginPage(c, { hasPassword, problem, status: 401 })
  })
  return app
}

type LoginPage = { hasPassword: boolean; problem?: string; status?: 200 | 401 | 410 | 429 }

function loginPage(c: Context<ConsoleEnv>, { hasPassword, problem, status = 200 }: LoginPage) {
  const form = html`<form method="post" action="/login">
      <label>密码 <input type="password" name="password" autocomplete="current-password" required autofocus></label>
      <button>登录</button>
    </form>`
  const body = html`
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${hasPassword ? form : ''}
    <h2>${hasPassword ? '或者用' : '用'}一次性链接登录</h2>
    <ul><li>启动机器人的屏幕上印着一个。</li><li>组织者私聊机器人，发「登录」，就能收到一个。</li></ul>`
  return renderBarePage(c, '登录', body, status)
}

function linkForm(): Html {
  return html`<p>请点下面的按钮进入。</p>
    <form method="post"><button>进入控制台</button></form>
    <p class="hint">链接只能用一次，${linkLifeMinutes} 分钟内有效。</p>`
}

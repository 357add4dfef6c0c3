import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { ConsoleEnv, Person } from '../feature.ts'
import type { Attempts } from './attempts.ts'
import { cookieName, isSame, isSameOrigin } from './guard.ts'
import type { Sessions } from './sessions.ts'
import { type Html, renderBarePage } from './widgets.ts'

/** Whoever logs in by password: the password is the office's, so nobody in particular. */
const byPassword: Person = { id: 'password', name: '组织者', roles: ['organizer', 'reviewer'] }

type LoginParts = {
  sessions: Sessions
  attempts: Attempts
  cookieSecret: string
  /** Empty: there is no password, only links. */
  password: string
  /** Whether people reach the console over HTTPS, so that the cookie may insist on it. */
  isHttps: boolean
}

/** The only pages that answer without a session. */
export function loginRoutes(parts: LoginParts): Hono<ConsoleEnv> {
  const { sessions, attempts, cookieSecret, password } = parts
  const app = new Hono<ConsoleEnv>()

  async function enter(c: Context<ConsoleEnv>, person: Person) {
    await setSignedCookie(c, cookieName, await sessions.begin(person), cookieSecret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure: parts.isHttps,
    })
    return c.redirect('/', 303)
  }

  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && !isSameOrigin(c)) return c.text('请在登录页面上登录。', 403)
    return next()
  })

  app.get('/login', c => loginPage(c, password !== ''))

  // Chat apps and mail scanners open links to preview them, so only the button uses the link up.
  app.get('/login/:secret', c => linkPage(c))

  app.post('/login/:secret', async c => {
    const person = await sessions.redeemLink(c.req.param('secret'))
    if (person) return enter(c, person)
    return loginPage(c, password !== '', '这个链接用过了，或者已经过期。请重新要一个。', 410)
  })

  app.post('/login', async c => {
    const address = addressOf(c)
    if (!attempts.mayTry(address)) {
      return loginPage(c, true, '试错太多次了，请十分钟后再试。', 429)
    }
    const said = (await c.req.parseBody()).password
    if (password && typeof said === 'string' && isSame(said, password)) return enter(c, byPassword)
    attempts.failed(address)
    return loginPage(c, password !== '', '密码不对，请再试一次。', 401)
  })

  app.post('/logout', async c => {
    const secret = await getSignedCookie(c, cookieSecret, cookieName)
    if (secret) await sessions.end(secret)
    deleteCookie(c, cookieName, { path: '/' })
    return c.redirect('/login', 303)
  })
  return app
}

function loginPage(
  c: Context<ConsoleEnv>,
  hasPassword: boolean,
  problem = '',
  status: 200 | 401 | 410 | 429 = 200,
) {
  const form = html`<form method="post" action="/login">
      <label>密码 <input type="password" name="password" autocomplete="current-password" required autofocus></label>
      <button>登录</button>
    </form>`
  return renderBarePage(
    c,
    '登录',
    html`
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${hasPassword ? form : ''}
    <p>用一次性链接登录：启动机器人的屏幕上有一个；组织者也可以私聊机器人，发「登录」要一个。</p>`,
    status,
  )
}

function linkPage(c: Context<ConsoleEnv>) {
  const body: Html = html`<form method="post"><button>进入控制台</button></form>
    <p>这个链接只能用一次，15 分钟内有效。</p>`
  return renderBarePage(c, '登录', body)
}

function addressOf(c: Context): string {
  return getConnInfo(c).remote.address ?? 'unknown'
}

import { randomUUID } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { z } from 'zod'
import type { ConsoleEnv, Person } from '../../feature.ts'
import { sha256 } from '../../lib/hash.ts'
import type { AuditTrail } from '../../ports/audit.ts'
import type { Role } from '../../ports/directory.ts'
import { fold } from '../../text/fold.ts'
import type { Accounts } from '../account/accounts.ts'
import { deviceOf } from '../account/device.ts'
import { clientAddressOf } from '../audit.ts'
import type { ClientAddress } from '../client-address.ts'
import { form } from '../forms.ts'
import { cookieNameFor, isSameSecret } from '../guard.ts'
import { type Attempts, type Try, tooManyAttempts } from './attempts.ts'
import { localAdmin } from './office.ts'
import { type Sessions, sessionLifeHours } from './sessions.ts'
import { loginPage, showLinkForm } from './views.ts'

/** Marks a browser that logged in with a password; it opens nothing by itself. */
const deviceCookie = 'chuangke-device'
const deviceDays = 180

type LoginParts = {
  sessions: Sessions
  accounts: Accounts
  attempts: Attempts
  cookieSecret: string
  /** The shared password; empty: there is none. */
  password: string
  /** Whether people reach the console over HTTPS, so that the cookie may insist on it. */
  isHttps: boolean
  clientAddress: ClientAddress
  audit: AuditTrail
  rolesOf(person: Person): Promise<Role[]>
}

/** The only pages that answer without a session. */
export function loginRoutes(parts: LoginParts): Hono<ConsoleEnv> {
  const { sessions, attempts, password } = parts
  const hasShared = password !== ''
  const devices = knownDevices(parts)
  const enter = entering(parts)
  const app = new Hono<ConsoleEnv>()
  /** A log-in name that belongs to no account is not kept: people type passwords into the wrong field. */
  const noteFailure = async (c: Context, what: string, loginName = '') =>
    parts.audit.note('login-failed', {
      by: loginName === '' ? undefined : await parts.accounts.ownerOf(loginName),
      road: 'console',
      from: clientAddressOf(c, parts.clientAddress),
      what,
    })

  app.use('/login/*', uncached)
  app.get('/login', c => loginPage(c, { hasShared }))
  // Opening a link shows a button: what a chat or a mail scanner opens first uses nothing up.
  app.get('/login/:secret', showLinkForm)

  app.post('/login/:secret', async c => {
    const person = await sessions.redeemLink(c.req.param('secret'))
    if (person) return enter(c, person, 'link')
    if (!attempts.begin({ address: clientAddressOf(c, parts.clientAddress) }))
      return loginPage(c, { hasShared, problem: tooManyAttempts, status: 429 })
    await noteFailure(c, 'link')
    return loginPage(c, { hasShared, problem: '这个链接用过了，或者已经过期，请重新要一个。', status: 410 })
  })

  app.post('/login', async c => {
    const said = await saidIn(c)
    const way = said.loginName === '' ? 'password' : 'account'
    const tried = await devices.tryOf(c, fold(said.loginName))
    const isTried = attempts.begin(tried)
    const person = isTried ? await whoIs(parts, said) : undefined
    if (person) {
      attempts.succeed(tried)
      await devices.remember(c, fold(said.loginName))
      return enter(c, person, way)
    }
    const shown = { hasShared, loginName: said.loginName }
    // Only what was looked at leaves a line: strangers must not be able to fill the disk.
    if (!isTried) return loginPage(c, { ...shown, problem: tooManyAttempts, status: 429 })
    await noteFailure(c, way, said.loginName)
    return loginPage(c, { ...shown, problem: problemWith(said, hasShared), status: 401 })
  })
  return app
}

const uncached: MiddlewareHandler = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  return next()
}

type Said = { loginName: string; password: string; code: string }

const Sent = form(
  z.object({
    name: z.string().trim().default(''),
    password: z.string().default(''),
    code: z.string().trim().default(''),
  }),
)
const nothingSaid: Said = { loginName: '', password: '', code: '' }

/** A request that is no form says nothing. */
async function saidIn(c: Context): Promise<Said> {
  const sent = await Sent(c).catch(() => undefined)
  if (!sent || !('value' in sent)) return nothingSaid
  const { name: loginName, ...others } = sent.value
  return { loginName, ...others }
}

/** One sentence for all faults of a log-in, so that none tells which part was right. */
function problemWith({ loginName }: Said, hasShared: boolean): string {
  if (loginName !== '')
    return '没有登上：名字、密码或动态码不对。开了两步登录的，动态码也要填；忘了密码，用一次性链接登录再改。'
  return hasShared ? '密码不对，请再试一次。' : '公用登录没有设置密码，请填名字，或用一次性链接登录。'
}

async function whoIs({ accounts, password, rolesOf }: LoginParts, said: Said): Promise<Person | undefined> {
  if (said.loginName === '')
    return password !== '' && isSameSecret(said.password, password)
      ? localAdmin('password', '组织者')
      : undefined
  const person = await accounts.check(said)
  if (!person) return undefined
  const roles = await rolesOf({ ...person, roles: [] })
  return roles.some(role => role !== 'maker') ? { ...person, roles } : undefined
}

function entering({ sessions, audit, ...parts }: LoginParts) {
  return async (c: Context<ConsoleEnv>, person: Person, way: 'link' | 'password' | 'account') => {
    const from = clientAddressOf(c, parts.clientAddress)
    await audit.note('login', { by: person, road: 'console', from, what: way })
    const device = deviceOf(c.req.header('User-Agent') ?? '')
    const secret = await sessions.begin(person, { way, device })
    await setSignedCookie(c, cookieNameFor(parts.isHttps), secret, parts.cookieSecret, {
      path: '/',
      httpOnly: true,
      // Lax, so that a link to a page, sent in a chat, opens it; what changes something is guarded besides.
      sameSite: 'Lax',
      secure: parts.isHttps,
      maxAge: sessionLifeHours * 60 * 60,
    })
    return c.redirect('/', 303)
  }
}

/** Browsers that logged in to an account before are counted apart from the address that they may share. */
function knownDevices({ cookieSecret, isHttps, clientAddress }: LoginParts) {
  const markOf = (account: string) => sha256(account).slice(0, 12)
  async function deviceFor(c: Context, account: string): Promise<string | undefined> {
    const device = (await getSignedCookie(c, cookieSecret, deviceCookie)) || undefined
    return device?.endsWith(`.${markOf(account)}`) ? device : undefined
  }

  return {
    async tryOf(c: Context, account: string): Promise<Try> {
      const device = await deviceFor(c, account)
      return { account, ...(device ? { device } : { address: clientAddressOf(c, clientAddress) }) }
    },
    async remember(c: Context, account: string): Promise<void> {
      if (await deviceFor(c, account)) return
      await setSignedCookie(c, deviceCookie, `${randomUUID()}.${markOf(account)}`, cookieSecret, {
        path: '/login',
        httpOnly: true,
        sameSite: 'Strict',
        secure: isHttps,
        maxAge: deviceDays * 24 * 60 * 60,
      })
    },
  }
}

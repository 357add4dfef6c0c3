import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import type { ConsoleEnv } from '../feature.ts'
import type { Sessions } from './sessions.ts'

export const cookieName = 'chuangke'

/** Nothing runs or loads that is not ours: no inline script, no inline style, no frame, no other host. */
export const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // Not no-referrer: a browser would then call the origin of our own forms null.
  referrerPolicy: 'same-origin',
  // Plain HTTP on loopback is how a newcomer opens the console; a proxy that speaks HTTPS adds its own.
  strictTransportSecurity: false,
})

/** Lets in who has a session; shows everybody else the way to the login page, or 401 to a script. */
export function requireSession(sessions: Sessions, cookieSecret: string): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const secret = await getSignedCookie(c, cookieSecret, cookieName)
    const session = secret ? await sessions.find(secret) : undefined
    if (!session) return refuseStranger(c)
    c.set('person', session.person)
    c.set('csrfToken', session.csrfToken)
    c.header('Cache-Control', 'no-store')
    await next()
  }
}

function refuseStranger(c: Context) {
  if (c.req.header('HX-Request')) return c.text('请重新登录。', 401, { 'HX-Redirect': '/login' })
  if (c.req.method === 'GET' && c.req.header('Accept')?.includes('text/html')) return c.redirect('/login')
  return c.json({ error: '请先登录。' }, 401)
}

/** What changes something must come from our own page: same origin, and with the session's token. */
export const requireCsrfToken: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  if (['GET', 'HEAD'].includes(c.req.method)) return next()
  if (!isSameOrigin(c)) return c.text('这个请求不是从控制台发出的，没有执行。', 403)
  if (!isSame(await sentToken(c), c.get('csrfToken'))) {
    return c.text('页面放得太久了，没有执行。请刷新页面，再做一次。', 403)
  }
  return next()
}

/** A browser names the origin in every request that changes something. */
export function isSameOrigin(c: Context): boolean {
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site')
  if (site && !['same-origin', 'none'].includes(site)) return false
  return !origin || URL.parse(origin)?.host === c.req.header('Host')
}

async function sentToken(c: Context): Promise<string> {
  const inHeader = c.req.header('X-CSRF-Token')
  if (inHeader) return inHeader
  const isForm = /form/.test(c.req.header('Content-Type') ?? '')
  const token = isForm ? (await c.req.parseBody()).csrf : undefined
  return typeof token === 'string' ? token : ''
}

/** Whether two secrets are the same, in a time that tells nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

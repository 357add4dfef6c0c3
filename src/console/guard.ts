import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import type { ConsoleEnv, Person } from '../feature.ts'
import type { Role } from '../ports/directory.ts'
import type { Sessions } from './login/sessions.ts'
import { renderProblem } from './widgets.ts'

/** The name of the session's cookie; with the prefix, browsers take it only over HTTPS, from this very host. */
export const cookieNameFor = (isHttps: boolean): string => (isHttps ? '__Host-chuangke' : 'chuangke')

/**
 * Sets headers by which nothing runs or loads that is not ours: no inline script, no inline
 * style, no frame, no other host.
 */
export const strictHeaders = (isHttps: boolean) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      // Pico draws its arrows and ticks from data addresses.
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // Not no-referrer: under that, browsers send forms with 「Origin: null」, which matches no origin.
    referrerPolicy: 'same-origin',
    // Plain HTTP on loopback is how a newcomer opens the console.
    strictTransportSecurity: isHttps ? 'max-age=31536000' : false,
  })

type SessionParts = {
  sessions: Sessions
  cookieSecret: string
  isHttps: boolean
  /** Current roles of this person; asked at every request. */
  rolesOf(person: Person): Promise<Role[]>
}

/**
 * Lets requests pass whose session is valid and whose person still has a role; others get
 * the login page, scripts a 401.
 */
export function requireSession(parts: SessionParts): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const secret = await getSignedCookie(c, parts.cookieSecret, cookieNameFor(parts.isHttps))
    const session = secret ? await parts.sessions.find(secret) : undefined
    if (!secret || !session) return refuseStranger(c)
    const roles = await parts.rolesOf(session.person)
    if (!roles.some(role => role !== 'maker')) {
      await parts.sessions.end(secret)
      return refuseStranger(c)
    }
    c.set('person', { ...session.person, roles })
    c.set('csrfToken', session.csrfToken)
    c.set('session', { id: session.id, way: session.way })
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  }
}

function refuseStranger(c: Context) {
  if (c.req.header('HX-Request')) return c.text('请重新登录。', 401, { 'HX-Redirect': '/login' })
  if (c.req.method === 'GET' && c.req.header('Accept')?.includes('text/html')) return c.redirect('/login')
  return c.json({ error: '请先登录。' }, 401)
}

/**
 * Refuses requests under a host name that is not ours, see {@link ownHosts}.
 * @param urls under which people reach us; empty ones are left out
 */
export function requireOwnHost(urls: readonly string[], refusal: string): MiddlewareHandler {
  const isOwn = ownHosts(urls)
  return async (c, next) => {
    // A request line may name another host than the header: 「GET http://elsewhere/ HTTP/1.1」.
    const hosts = [c.req.header('Host') ?? '', new URL(c.req.url).host].filter(host => host !== '')
    return hosts.length > 0 && hosts.every(isOwn) ? next() : c.text(refusal, 421)
  }
}

/**
 * Tells our host names from others: a web page could make its own name lead to this machine. Addresses as numbers and
 * `localhost` cannot be made to.
 */
export function ownHosts(urls: readonly string[]): (host: string) => boolean {
  const own = new Set(urls.map(url => URL.parse(url)?.host))
  return host => own.has(host) || isNumericHost(host)
}

const isNumericHost = (host: string) =>
  /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d+)?$/i.test(host)

const isReading = (c: Context) => ['GET', 'HEAD'].includes(c.req.method)

/**
 * Refuses forms that another site's page makes a browser send; a form without any origin is refused, too.
 * @param publicUrl under which people reach us where a proxy hides it from us; else empty
 */
export function requireSameOrigin(publicUrl: string): MiddlewareHandler {
  const publicOrigin = URL.parse(publicUrl)?.origin
  // The library lets in what one of the two headers allows; here both must.
  const isOwn = (_value: string, c: Context) => isSameOrigin(c, publicOrigin)
  return csrf({ origin: isOwn, secFetchSite: isOwn })
}

function isSameOrigin(c: Context, publicOrigin: string | undefined): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined && !['same-origin', 'none'].includes(site)) return false
  const origin = c.req.header('Origin')
  if (origin === undefined || origin === publicOrigin) return true
  return URL.parse(origin)?.host === c.req.header('Host')
}

/** Requests that change something must carry the session's token, as a form field or a header. */
export const requireCsrfToken: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  if (isReading(c) || isSameSecret(await sentToken(c), c.get('csrfToken'))) return next()
  const problem = '页面放得太久了，没有执行。请刷新页面，再做一次。'
  return renderProblem(c, problem, 403)
}

/** Read from the raw body: the token is asked for before it is known which form a route takes. */
async function sentToken(c: Context): Promise<string> {
  const inHeader = c.req.header('X-CSRF-Token')
  if (inHeader !== undefined) return inHeader
  const { csrf } = await c.req.parseBody().catch((): Record<string, unknown> => ({}))
  return typeof csrf === 'string' ? csrf : ''
}

/** Whether two secrets are the same, in a time that tells nothing about either. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

const digest = (text: string) => createHash('sha256').update(text).digest()

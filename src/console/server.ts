import { createHmac, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie, getSignedCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { isOffice } from '../approval.ts'
import { type ConsoleEnv, type Frame, type Page, type Person, Refusal } from '../feature.ts'
import { type Log, reasonOf } from '../log.ts'
import { type AuditTrail, noAuditTrail } from '../ports/audit.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory } from '../ports/directory.ts'
import type { Store } from '../ports/store.ts'
import { createRights, mountPage } from './access.ts'
import { createAccounts } from './account/accounts.ts'
import { accountPage } from './account/page.ts'
import type { PasswordCost } from './account/password.ts'
import { type Asset, serveAssets } from './assets.ts'
import { recordDeeds, recordLinkDeeds } from './audit.ts'
import { limitBody } from './body-limit.ts'
import type { ClientAddress } from './client-address.ts'
import {
  cookieNameFor,
  requireCsrfToken,
  requireOwnHost,
  requireSameOrigin,
  requireSession,
  strictHeaders,
} from './guard.ts'
import { createListener } from './listener.ts'
import { openAttempts } from './login/attempts.ts'
import { loginRoutes } from './login/routes.ts'
import { createSessions } from './login/sessions.ts'
import { offerOnlyAllowed } from './offers.ts'
import { frameAssets, renderPage, renderProblem, statusBar } from './widgets.ts'

export type ConsoleParts = {
  /** In the order of the navigation; the one with an empty path answers under `/`. */
  pages: readonly Page[]
  /** Routes without a session, which guard themselves. */
  open?: Hono
  /** Files that pages bring along, besides the frame's. */
  assets?: readonly Asset[]
  frame(): Omit<Frame, 'pages' | 'chapters'>
  directory: Pick<Directory, 'rolesOf'>
  /** Records what people change and take out. Default: nothing is recorded. */
  audit?: AuditTrail
  store: Store
  /** The machine's, also where the sandbox's clock is moved: that must not end sessions. */
  clock: Clock
  log: Log
  /** Empty: there is none. */
  password: string
  /** Cost of scrypt for the passwords of accounts. Default: a quarter of a second for each. */
  passwordCost?: PasswordCost
  /** How people reach the console; empty: http://host:port. */
  publicUrl: string
  /** How anyone reaches the open pages, where that is another name. Default: none. */
  siteUrl?: string
  /** Tells clients apart that come through a proxy. */
  clientAddress: ClientAddress
}

export type Console = {
  app: Hono<ConsoleEnv>
  /**
   * @returns the address, once it answers.
   * @throws {@link ConsoleFault} when the port can not be had.
   */
  listen(address: { host: string; port: number }): Promise<string>
  /** Where it listens on this machine; 0 before. */
  port(): number
  /** A link that logs this person in, once, within 15 minutes. */
  createLoginLink(person: Person): Promise<string>
  /** Ends the sessions and removes the accounts of people who are erased. */
  endSessionsOf(personIds: readonly string[]): Promise<void>
  /** Whether one of these people has a password for the console. */
  hasAccount(personIds: readonly string[]): Promise<boolean>
  /** Ends every connection at once, streams included. */
  close(): Promise<void>
}

/**
 * The web server: login, frame and the features' pages. Nothing but the login page and the assets answers without
 * a session; `open` is the one exception.
 */
export async function createConsole(parts: ConsoleParts): Promise<Console> {
  const { store, clock, directory, password, publicUrl, audit = noAuditTrail } = parts
  const cookieSecret = await keepSecret(store)
  const sessions = createSessions({ store, clock, passwordMark: markOf(cookieSecret, password) })
  const isHttps = publicUrl.startsWith('https:')
  const cookieName = cookieNameFor(isHttps)
  const attempts = await openAttempts(parts)
  const accounts = createAccounts(parts)
  const rolesOf = async (person: Person) => (isOffice(person) ? person.roles : directory.rolesOf(person.id))

  const app = new Hono<ConsoleEnv>()
  app.use(strictHeaders(isHttps))
  app.use(requireOwnHost([publicUrl, parts.siteUrl ?? ''], notOurAddress))
  app.use(limitBody(parts.pages))
  app.route('/', serveAssets([...frameAssets, ...(parts.assets ?? [])]))
  app.use('/open/*', recordLinkDeeds(audit, parts.clientAddress))
  if (parts.open) app.route('/', parts.open)
  app.use(requireSameOrigin(publicUrl))
  app.route(
    '/',
    loginRoutes({ ...parts, audit, accounts, rolesOf, sessions, attempts, cookieSecret, isHttps }),
  )
  app.use(requireSession({ sessions, cookieSecret, isHttps, rolesOf }))
  app.use(requireCsrfToken)
  app.use(recordDeeds(audit, parts.clientAddress))
  app.post('/logout', async c => {
    await sessions.end((await getSignedCookie(c, cookieSecret, cookieName)) || '')
    deleteCookie(c, cookieName, { path: '/', secure: isHttps })
    return c.redirect('/login', 303)
  })
  mountPages(app, { ...parts, pages: [...parts.pages, accountPage({ accounts, sessions, clock })] })

  const listener = createListener(app, publicUrl)
  return {
    app,
    listen: listener.listen,
    port: listener.port,
    close: listener.close,
    async endSessionsOf(personIds) {
      await sessions.endAllOf(personIds)
      await accounts.remove(personIds)
    },
    hasAccount: async personIds =>
      (await Promise.all(personIds.map(accounts.of))).some(account => account !== undefined),
    createLoginLink: async person => `${listener.url()}/login/${await sessions.offerLink(person)}`,
  }
}

const notOurAddress = '这个网址不是控制台的。请用启动时打印的地址，或者把它写进 CONSOLE_URL。'

const foreignRequest = '这个请求不是从控制台发出的，没有执行。'

function mountPages(app: Hono<ConsoleEnv>, { pages, frame, log }: ConsoleParts) {
  const rights = createRights(pages)
  const listed = pages.filter(({ isUnlisted }) => !isUnlisted)
  const chapters = new Map(pages.flatMap(({ path, chapter }) => (chapter ? [[path, chapter] as const] : [])))
  app.use(async (c, next) => {
    const { roles } = c.get('person')
    c.set('frame', { pages: listed.filter(page => rights.mayRead(roles, page)), chapters, ...frame() })
    await next()
  })
  app.use(offerOnlyAllowed(rights))
  app.get('/status', c => c.html(statusBar(c)))
  for (const page of pages) mountPage(app, page)
  app.notFound(c => {
    c.status(404)
    return renderPage(c, '没有这一页', html`<p>这个网址没有内容，可能是旧链接。<a href="/">回到总览</a></p>`)
  })
  app.onError((cause, c) => {
    if (cause instanceof Refusal) return renderProblem(c, cause.message, 400)
    if (cause instanceof HTTPException && cause.status === 403) return c.json({ error: foreignRequest }, 403)
    log.error({ path: c.req.routePath, reason: reasonOf(cause) }, 'a page failed')
    // Broken data are not repaired by themselves: the store's own words say what to do.
    if (cause instanceof Error && cause.name === 'StoreFault') return renderProblem(c, cause.message, 500)
    return renderProblem(c, '抱歉，这一页出了点问题，已经记在日志里，请稍后再试。', 500)
  })
}

/** Stands for the password without telling it: sessions begun under another one end. */
const markOf = (secret: string, password: string) =>
  createHmac('sha256', secret).update(password).digest('base64url')

const CookieSecret = z.object({ value: z.string() })

/**
 * Signs the cookies; made once, so that sessions outlast a restart. One that cannot be
 * read is drawn for this run alone.
 */
async function keepSecret(store: Store): Promise<string> {
  const secrets = store.collection('console-secret', CookieSecret)
  const mine = { value: randomBytes(32).toString('base64url') }
  try {
    return ((await secrets.update('cookie/value', now => now ?? mine)) ?? mine).value
  } catch {
    // The store raised its alarm, which people can read once they logged in anew.
    return mine.value
  }
}

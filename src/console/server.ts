import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { z } from 'zod'
import { type ConsoleEnv, type Frame, type Page, type Person, Refusal } from '../feature.ts'
import { type Log, reasonOf } from '../log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { type Asset, serveAssets } from './assets.ts'
import { createAttempts } from './attempts.ts'
import { requireCsrfToken, requireSession, strictHeaders } from './guard.ts'
import { loginRoutes } from './login.ts'
import { createSessions } from './sessions.ts'
import { frameAssets, renderPage } from './widgets.ts'

/** A file of 5 MB in base64, and what stands around it. */
const maxBodyBytes = 8 * 1024 * 1024

type ConsoleParts = {
  /** In the order of the navigation; the one with an empty path answers under `/`. */
  pages: readonly Page[]
  /** What answers without a session; see {@link createConsole}. */
  open?: Hono
  assets?: readonly Asset[]
  frame(): Omit<Frame, 'pages'>
  store: Store
  clock: Clock
  log: Log
  password: string
  /** How people reach the console; empty: http://host:port. */
  publicUrl: string
}

export type Console = {
  app: Hono<ConsoleEnv>
  /** @returns the address, once it answers. */
  listen(address: { host: string; port: number }): Promise<string>
  /** A link that logs this person in, once, within 15 minutes. */
  createLoginLink(person: Person): Promise<string>
  /** Ends every connection at once, streams included. */
  close(): Promise<void>
}

const CookieSecret = z.object({ value: z.string() })

/**
 * The web server: login, frame and the features' pages. Nothing but the login page and its assets answers without
 * a session; `open` is the one exception, and must guard itself.
 */
export async function createConsole(parts: ConsoleParts): Promise<Console> {
  const { store, clock, log } = parts
  const sessions = createSessions({ store, clock })
  const cookieSecret = await keepSecret(store)
  const nav = parts.pages.map(({ path, title }) => ({ path, title }))
  let server: ServerType | undefined
  let url = parts.publicUrl

  const app = new Hono<ConsoleEnv>()
  app.use(strictHeaders)
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: c => c.json({ error: '内容太大了，请不要超过 5 MB。' }, 413),
    }),
  )
  app.route('/', serveAssets([...frameAssets, ...(parts.assets ?? [])]))
  app.route(
    '/',
    loginRoutes({
      sessions,
      attempts: createAttempts(clock),
      cookieSecret,
      password: parts.password,
      isHttps: parts.publicUrl.startsWith('https:'),
    }),
  )
  if (parts.open) app.route('/', parts.open)
  app.use(requireSession(sessions, cookieSecret))
  app.use(requireCsrfToken)
  app.use(async (c, next) => {
    c.set('frame', { pages: nav, ...parts.frame() })
    await next()
  })
  for (const { path, routes } of parts.pages) app.route(`/${path}`, routes)
  app.notFound(c =>
    renderPage(c, '没有这一页', html`<p>这个网址没有内容，可能是旧链接。<a href="/">回到总览</a></p>`),
  )
  app.onError((cause, c) => {
    if (cause instanceof Refusal) return sayProblem(c, cause.message, 400)
    log.error({ path: c.req.path, reason: reasonOf(cause) }, 'a page failed')
    return sayProblem(c, '抱歉，这一页出了点问题，已经记在日志里，请稍后再试。', 500)
  })

  return {
    app,
    async listen({ host, port }) {
      server = await listening(app, host, port)
      const bound = server.address() as AddressInfo
      url ||= `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
      return url
    },
    createLoginLink: async person => `${url}/login/${await sessions.offerLink(person)}`,
    async close() {
      if (!server) return
      const closed = new Promise(resolve => server?.close(resolve))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

function sayProblem(c: Parameters<typeof renderPage>[0], text: string, status: 400 | 500) {
  if (!c.req.header('Accept')?.includes('text/html')) return c.json({ error: text }, status)
  c.status(status)
  return renderPage(
    c,
    '没有办成',
    html`<p class="problem" role="alert">${text}</p><p>请用浏览器的「返回」回到上一页。</p>`,
  )
}

function listening(app: Hono<ConsoleEnv>, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server))
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ConsoleFault(portProblem(cause, port), { cause })),
    )
  })
}

/** Why the console can not be opened, in one Chinese sentence that says what to do. */
export class ConsoleFault extends Error {
  override name = 'ConsoleFault'
}

function portProblem({ code }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用：请停掉占用它的程序，或在 .env 里换一个 PORT。`
  if (code === 'EACCES') return `没有权限使用端口 ${port}：请在 .env 里换一个 1024 以上的 PORT。`
  return '控制台打不开：请核对 .env 里的 HOST 和 PORT。'
}

/** Signs the cookies; made once, so that a restart logs nobody out. */
async function keepSecret(store: Store): Promise<string> {
  const secrets = store.collection('console-secret', CookieSecret)
  const kept = await secrets.update(
    'cookie/value',
    now => now ?? { value: randomBytes(32).toString('base64url') },
  )
  return kept?.value ?? ''
}

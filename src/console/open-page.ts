import type { Context, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import type { Asset } from './assets.ts'
import { frameAssets, type Html } from './widgets.ts'

type OpenPage = {
  title: string
  /** Behind the heading. */
  body: Html
  /** Default: 200. */
  status?: 200 | 404 | 422
  /** Modules that the page runs. Default: none. */
  scripts?: readonly Asset[]
}

/** The frame of another listener's pages. @returns the whole page */
export type OpenFrame = (page: {
  title: string
  body: Html
  /** Addresses of modules. */
  modules: readonly string[]
}) => Promise<string>

/** Gives open pages that are answered behind this middleware another frame. */
export const withOpenFrame =
  (frameFor: (path: string) => OpenFrame): MiddlewareHandler =>
  async (c, next) => {
    c.set('openFrame', frameFor(c.req.path.slice(1)))
    await next()
  }

/** A page without the console's frame, for people who are not logged in. */
export async function renderOpenPage(
  c: Context,
  { title, body, status = 200, scripts = [] }: OpenPage,
): Promise<Response> {
  const frame: OpenFrame | undefined = c.get('openFrame')
  if (frame) return c.html(await frame({ title, body, modules: scripts.map(({ path }) => path) }), status)
  const styles = frameAssets.filter(({ type }) => type.startsWith('text/css'))
  const icons = frameAssets.filter(({ type }) => type.startsWith('image/'))
  return c.html(
    html`<!doctype html><html lang="zh-CN" data-theme="light"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
    ${icons.map(one => html`<link rel="icon" href="${one.path}">`)}
    ${styles.map(one => html`<link rel="stylesheet" href="${one.path}">`)}
    ${scripts.map(one => html`<script type="module" src="${one.path}"></script>`)}</head>
    <body><main class="page"><h1>${title}</h1>${body}</main></body></html>`,
    status,
  )
}

/** The same behind an address that is a secret of its owner. */
export function renderSecretPage(c: Context, page: OpenPage): Promise<Response> {
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cache-Control', 'no-store')
  return renderOpenPage(c, page)
}

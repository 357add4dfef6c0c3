import { Hono } from 'hono'
import { html } from 'hono/html'
import { requireOwnHost } from '../../console/guard.ts'
import { withOpenFrame } from '../../console/open-page.ts'
import { framePage, viewParagraphs } from '../../site/frame.ts'
import { siteSearchForm } from '../../site/pages.ts'
import type { RenderedSite, SiteFile } from '../../site/render.ts'
import { renderSitePage } from '../../site/render.ts'
import { fileAt } from './direct.ts'
import { openHeaders } from './headers.ts'

/** Longer questions are cut. */
const mostCharacters = 200

type ServerParts = {
  site(): RenderedSite | Promise<RenderedSite>
  /** The bot's answers, one text for each question in the message. */
  search(question: string): Promise<readonly string[]>
  publicUrl: string | undefined
  /** Addresses of these pages; under other names than theirs nothing is answered. Default: numbers only. */
  ownUrls?: readonly string[]
  /** Pages of other features for anyone. */
  open: readonly Hono[]
}

/** The public pages over HTTP: reading only, no cookies, from memory. */
export function siteServer({ site, search, publicUrl, ownUrls = [], open }: ServerParts): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(openHeaders))
      if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.use(
    requireOwnHost(
      ownUrls,
      '这个网址打不开这里的网页。请核对网址，或者问发给你的人要原来的网址。你是管理员的话，请把它写进 PUBLIC_URL。',
    ),
  )
  const options = { publicUrl, hasServer: true }
  app.use(withOpenFrame(path => page => framePage({ ...page, path, options })))
  for (const one of open) app.route('/', one)
  app.get('/search', async c => {
    const question = (c.req.query('q') ?? '').trim().slice(0, mostCharacters)
    const answers = question === '' ? [] : await search(question)
    const body = html`${siteSearchForm('search', question)}
      <div>${answers.map(text => html`<section>${viewParagraphs(text)}</section>`)}</div>`
    const page = { path: 'search', title: '搜索', body }
    return send(await renderSitePage(page, options), undefined)
  })
  app.get('*', async c => {
    const file = fileAt(await site(), c.req.path)
    if (file) return send(file, c.req.header('If-None-Match'))
    const body = html`<p>这一页不在，可能已经收起来了。请从上面的栏目里找，或者<a href="/search">搜索</a>。</p>`
    return c.html(await framePage({ path: c.req.path.slice(1), title: '没有这一页', body, options }), 404)
  })
  return app
}

function send({ body, type, etag }: SiteFile, known: string | undefined): Response {
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=60' }
  return known === etag
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers: { ...headers, 'Content-Type': type } })
}

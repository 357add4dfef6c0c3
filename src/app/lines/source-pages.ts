import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import type { SourcePages } from '../../adapters/line/wording.ts'
import { frameAssets } from '../../console/widgets.ts'
import type { Store } from '../../ports/store.ts'

/** A source that was named where its address could not stand; key `first two characters of the id/id`. */
const SourcePage = z.object({ url: z.string(), words: z.string() })

const idLength = 10
const mostWords = 300
const pagePath = '/s'

type Parts = { store: Store; publicUrl: string; domains: readonly string[] }

/** Pages about sources on our own domain, for platforms that refuse links to any other. */
export function createSourcePages({ store, publicUrl, domains }: Parts): SourcePages & { open: Hono } {
  const pages = store.collection('source-pages', SourcePage)
  const isRegistered = publicUrl !== '' && domains.includes(new URL(publicUrl).hostname)
  const known = new Set<string>()
  let unkept = new Map<string, z.infer<typeof SourcePage>>()

  const open = new Hono()
  open.get(`${pagePath}/:id{[A-Za-z0-9_-]{${idLength}}}`, async c => {
    const page = await pages.get(keyOf(c.req.param('id')))
    return page ? c.html(sourceView(page)) : c.html(missingView(), 404)
  })

  return {
    open,
    domains,
    pageOf(url, words) {
      if (!isRegistered) return undefined
      const address = /^[a-z][a-z0-9+.-]*:\/\//iu.test(url) ? url : `https://${url}`
      if (!/^https?:/iu.test(address)) return undefined
      const id = createHash('sha256').update(address).digest('base64url').slice(0, idLength)
      if (!known.has(id)) unkept.set(id, { url: address, words: words.slice(0, mostWords) })
      return `${publicUrl.replace(/\/$/u, '')}${pagePath}/${id}`
    },
    async kept() {
      const wanted = unkept
      unkept = new Map()
      for (const [id, page] of wanted) {
        await pages.update(keyOf(id), now => now ?? page)
        known.add(id)
      }
    },
  }
}

const keyOf = (id: string) => `${id.slice(0, 2).toLowerCase()}/${id}`

function sourceView({ url, words }: z.infer<typeof SourcePage>) {
  const title = /《[^》]+》[^\n，。；]*/u.exec(words)?.[0] ?? '政策来源'
  return frame(
    title,
    html`<h1>${title}</h1><p>${words.replaceAll(url, '').trim()}</p>
    <p><a href="${url}" rel="noopener noreferrer">打开原文（${new URL(url).hostname}）</a></p>
    <p><small>由群里的机器人整理，金额和条件以原文为准。</small></p>`,
  )
}

const missingView = () =>
  frame('没有这个来源', html`<h1>没有这个来源</h1><p>链接可能没有复制完整，请回到群里再点一次。</p>`)

function frame(title: string, body: ReturnType<typeof html>) {
  const styles = frameAssets.filter(({ type }) => type.startsWith('text/css'))
  return html`<!doctype html><html lang="zh-CN" data-theme="light"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
    ${styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">`)}</head>
    <body><main class="page">${body}</main></body></html>`
}

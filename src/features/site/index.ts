import { zipSync } from 'fflate'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { sendFile } from '../../console/forms.ts'
import { createListener } from '../../console/listener.ts'
import { card, renderPage } from '../../console/widgets.ts'
import type { ConsoleEnv, Feature, Page } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'
import { type RenderedSite, renderSite } from '../../site/render.ts'
import { siteServer } from './server.ts'
import { contentOf, type SiteSources } from './sources.ts'

/** Readers see changes after so long at the latest. */
const freshSeconds = 30

type Parts = SiteSources & {
  log: Log
  search(question: string): Promise<readonly string[]>
  open: readonly Hono[]
  host: string
  /** Undefined: no listener; the pages can still be exported. */
  port: number | undefined
  /** Set where search engines may come. */
  publicUrl: string | undefined
}

/** 党支部E空间: pages for anyone, made from what was approved, on a listener of their own or as files. */
export function site(parts: Parts) {
  const { clock, log, host, port, publicUrl } = parts
  const render = async (hasServer: boolean) => renderSite(await contentOf(parts), { publicUrl, hasServer })
  const cached = createCache(() => render(true), { nowMs: () => clock.now().epochMilliseconds, log })
  const app = siteServer({ ...parts, site: cached })
  const listener = createListener(app, '')

  const feature: Feature = {
    name: 'site',
    pages: [sitePage(() => render(false), port)],
    ...(port === undefined
      ? {}
      : { start: async () => void (await listener.listen({ host, port })), stop: listener.close }),
  }
  return { feature, app, url: listener.url, exported: () => render(false) }
}

type CacheParts = { nowMs(): number; log: Log }

/** Keeps the rendered pages in memory; old ones are served while new ones are made. */
function createCache(render: () => Promise<RenderedSite>, { nowMs, log }: CacheParts) {
  let kept: { files: RenderedSite; atMs: number } | undefined
  let making: Promise<RenderedSite> | undefined

  async function make(): Promise<RenderedSite> {
    try {
      const files = await render()
      kept = { files, atMs: nowMs() }
      return files
    } finally {
      making = undefined
    }
  }

  return async (): Promise<RenderedSite> => {
    const isFresh = kept !== undefined && Math.abs(nowMs() - kept.atMs) < freshSeconds * 1000
    if (kept && isFresh) return kept.files
    making ??= make()
    if (!kept) return making
    making.catch(cause => log.error({ reason: reasonOf(cause) }, 'the public pages could not be made'))
    return kept.files
  }
}

/** 「E空间」 on the console: where the pages are, and all of them as one file. */
function sitePage(exported: () => Promise<RenderedSite>, port: number | undefined): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', c =>
    renderPage(
      c,
      'E空间',
      card(
        '谁都能看的网页',
        html`<p>${port === undefined ? '现在没有开。要开，请在 .env 里写上 PUBLIC_PORT，再重启。' : `开在端口 ${port}，控制台从那里打不开。`}</p>
        <p>只有审核过的内容：快截止的申报、发过的政策速递、问答、日历、报名和成绩单。没有人名，没有出勤，没有草稿。</p>
        <div class="actions"><a role="button" href="/site/site.zip">下载全部网页（zip）</a></div>
        <p class="hint">解压以后放到单位自己的网站或者 U 盘里都能看，不用装任何东西。</p>`,
      ),
    ),
  )
  routes.get('/site.zip', async c => {
    const files = [...(await exported())].map(([path, { body }]) => [path, body] as const)
    const bytes = zipSync(Object.fromEntries(files), { mtime: new Date('2000-01-01T00:00:00') })
    return sendFile(c, { name: 'E空间.zip', mimeType: 'application/zip', bytes })
  })
  return {
    path: 'site',
    title: 'E空间',
    section: '社群',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

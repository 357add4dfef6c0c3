import type { Hono } from 'hono'
import { createListener } from '../../console/listener.ts'
import type { Feature } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Store } from '../../ports/store.ts'
import { type RenderedSite, renderSite } from '../../site/render.ts'
import { createPersonMask } from '../../text/person-names.ts'
import { titleCandidates } from './candidates.ts'
import { createPublicTexts } from './names.ts'
import { sitePage } from './page.ts'
import { siteServer } from './server.ts'
import { contentOf, type SiteSources } from './sources.ts'
import { openPublicTitles } from './titles.ts'

/** Readers see changes after so long at the latest. */
const freshSeconds = 30

type Parts = Omit<SiteSources, 'titles' | 'publicTexts'> & {
  store: Store
  log: Log
  /** Takes the names of everybody known out of a text. */
  withoutNames(text: string): Promise<string>
  /** Texts that name nobody, by whose words names are told from words. */
  usualTexts: readonly string[]
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
  const { store, clock, log, host, port, publicUrl } = parts
  const titles = openPublicTitles(store, clock)
  const maskPersons = createPersonMask(parts.usualTexts)
  const publicTexts = createPublicTexts({ ...parts, maskPersons })
  const sources = { ...parts, titles, publicTexts }
  const render = async (hasServer: boolean) => renderSite(await contentOf(sources), { publicUrl, hasServer })
  const cached = createCache(() => render(true), { nowMs: () => clock.now().epochMilliseconds, log })
  const search = async (question: string) => {
    const texts = await parts.search(question)
    return Promise.all(texts.map(async text => maskPersons(await parts.withoutNames(text))))
  }
  const app = siteServer({ ...parts, search, site: cached })
  const listener = createListener(app, '')

  const feature: Feature = {
    name: 'site',
    personal: { kept: async () => [], forget: ({ names }) => titles.forget(names), merge: async () => {} },
    pages: [
      sitePage({
        exported: () => render(false),
        port,
        titles,
        candidates: () => titleCandidates({ ...parts, maskPersons }),
      }),
    ],
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

import type { Hono } from 'hono'
import { createListener } from '../../console/listener.ts'
import type { Feature } from '../../feature.ts'
import type { Log } from '../../log.ts'
import type { Store } from '../../ports/store.ts'
import type { SiteContent } from '../../site/content.ts'
import type { SiteMatching } from '../../site/frame.ts'
import { renderSite } from '../../site/render.ts'
import { createNamedPersonMask } from '../../text/names/named-persons.ts'
import { createPersonMask } from '../../text/names/person-names.ts'
import { createSiteCache } from './cache.ts'
import { titleCandidates } from './candidates.ts'
import { createDirectAnswers } from './direct.ts'
import { createPublicTexts, type PublicTexts } from './names.ts'
import { sitePage } from './page.ts'
import { siteServer } from './server.ts'
import { type SiteSources, siteContentOf } from './sources.ts'
import { openPublicTitles } from './titles.ts'

type Parts = Omit<SiteSources, 'titles' | 'publicTexts'> & {
  store: Store
  log: Log
  /** Takes the names of all known people out of a text. */
  withoutNames(text: string): Promise<string>
  /** Texts that name no person, by whose words names are told from words. */
  usualTexts: readonly string[]
  search(question: string): Promise<readonly string[]>
  /** Scripts by which the exported files are searched in the browser, by path. */
  searchScripts(publicTexts: PublicTexts): Promise<ReadonlyMap<string, string>>
  /** Policy matching in the exported files. */
  matching(): Promise<SiteMatching>
  open: readonly Hono[]
  host: string
  /** Undefined: no listener; the pages can still be exported. */
  port: number | undefined
  /** Set where search engines may come. */
  publicUrl: string | undefined
  /** Addresses under which the listener answers, besides numbers. */
  ownUrls: readonly string[]
}

/** 党支部E空间: pages for anyone, made from what was approved, on a listener of their own or as files. */
export function site(parts: Parts) {
  const { store, clock, log, host, port, publicUrl } = parts
  const titles = openPublicTitles(store, clock)
  const maskPersons = createPersonMask(parts.usualTexts)
  const maskNamedPersons = createNamedPersonMask(parts.usualTexts)
  const createTexts = () => createPublicTexts({ ...parts, maskPersons, maskNamedPersons })
  const publicTexts = createTexts()
  const sources = { ...parts, titles, publicTexts }
  const gather = () => siteContentOf(sources)
  const exported = async () =>
    renderSite(await gather(), {
      publicUrl,
      hasServer: false,
      searchScripts: await parts.searchScripts(createTexts()),
      matching: await parts.matching(),
    })
  const render = (content: SiteContent) => renderSite(content, { publicUrl, hasServer: true })
  const cached = createSiteCache({ gather, render, nowMs: () => clock.now().epochMilliseconds, log })
  const publicText = async (text: string) => maskPersons(await parts.withoutNames(text))
  const publicAnswer = async (text: string) => maskNamedPersons(await parts.withoutNames(text))
  const search = async (question: string) => Promise.all((await parts.search(question)).map(publicAnswer))
  const app = siteServer({ ...parts, search, site: cached })
  const answers = createDirectAnswers(cached, parts.ownUrls)
  const listener = createListener({ fetch: app.fetch, answers }, '')

  const feature: Feature = {
    name: 'site',
    personal: { kept: async () => [], forget: titles.forget, merge: async () => {} },
    pages: [
      sitePage({
        exported,
        port,
        titles,
        candidates: () => titleCandidates({ ...parts, publicText }),
      }),
    ],
    ...(port === undefined
      ? {}
      : { start: async () => void (await listener.listen({ host, port })), stop: listener.close }),
  }
  return { feature, app, url: listener.url, exported, publicText }
}

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../../src/adapters/clock.ts'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createWeb } from '../../../src/adapters/web/index.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { openCatalogue } from '../../../src/features/items/catalogue/catalogue.ts'
import { openItemRecords } from '../../../src/features/items/catalogue/records.ts'
import { noDeadlineCheck } from '../../../src/features/items/deadline-check.ts'
import { createCollector } from '../../../src/features/items/sources/collector.ts'
import { openSourceStates } from '../../../src/features/items/sources/source-states.ts'
import type { Source } from '../../../src/features/items/sources/sources-file.ts'
import { createLog } from '../../../src/log.ts'
import { listenSite, type Pages } from '../../loopback-site.ts'
import { benchNotice } from '../notices.ts'

const itemsEach = 50
/** Every second source is a list page, whose items are read from pages of their own. */
const isList = (source: number) => source % 2 === 1

/**
 * Collects a number of sources of 50 items each from loopback sites of their own, into a store on this disk:
 * fetched, read, compared with what is there and durably kept. Between two requests to a site there is no
 * pause, which in earnest there is.
 * @returns the seconds that it took and the items that were kept
 */
export async function measureCollecting(count: number): Promise<{ seconds: number; items: number }> {
  mkdirSync('test/out', { recursive: true })
  const folder = mkdtempSync(join('test/out', 'bench-digest-'))
  const log = createLog('error')
  const alarms = createAlarms({ clock: systemClock, log })
  const sites = await Promise.all(Array.from({ length: count }, (_, n) => listenSite(pagesOf(n))))
  const store = await openLowdbStore({ folder, alarms, log })
  const web = createWeb({
    timeoutMs: 20_000,
    maxBytes: 5_000_000,
    maxRedirects: 5,
    gapMs: 0,
    alsoAllowed: ['127.0.0.1'],
  })
  try {
    const catalogue = await openCatalogue(openItemRecords(store))
    const states = openSourceStates(store)
    const sources = sites.map(({ url }, n) => sourceOf(n, url))
    const tag = () => ({ programmeIds: [], topics: [] })
    const collector = createCollector({
      sources: () => sources,
      states,
      catalogue,
      web,
      alarms,
      clock: systemClock,
      log,
      tag,
      checkDeadline: noDeadlineCheck,
    })
    const start = performance.now()
    await Promise.all(sources.map(source => collector.check(source)))
    return { seconds: (performance.now() - start) / 1000, items: catalogue.entries().length }
  } finally {
    await web.close()
    await store.close()
    for (const site of sites) site.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function sourceOf(n: number, url: string): Source {
  const shared = {
    id: `s${n}`,
    name: `来源${n}`,
    stream: '政策',
    url: `${url}/`,
    schedule: '0 8 * * *',
    on: true,
  } as const
  return isList(n)
    ? { ...shared, kind: 'list', list: { item: 'li', title: 'a', date: 'span', link: 'a' } }
    : { ...shared, kind: 'feed' }
}

function pagesOf(source: number): Pages {
  const numbers = Array.from({ length: itemsEach }, (_, i) => source * itemsEach + i + 1)
  const day = new Date().toISOString().slice(0, 10)
  const html = { 'Content-Type': 'text/html; charset=utf-8' }
  if (isList(source)) {
    const rows = numbers.map(
      n => `<li><a href="/${n}.html">${benchNotice(n).title}</a><span>${day}</span></li>`,
    )
    const articles = numbers.map(n => [`/${n}.html`, { headers: html, body: articlePage(n) }] as const)
    return {
      '/': { headers: html, body: `<html><body><ul>${rows.join('')}</ul></body></html>` },
      ...Object.fromEntries(articles),
    }
  }
  const entries = numbers.map(n => {
    const { title, text } = benchNotice(n)
    return `<item><title>${title}</title><link>/${n}.html</link><pubDate>${new Date().toUTCString()}</pubDate><description><![CDATA[${paragraphs(text)}]]></description></item>`
  })
  const body = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>${entries.join('')}</channel></rss>`
  return { '/': { headers: { 'Content-Type': 'application/rss+xml' }, body } }
}

const paragraphs = (text: string) =>
  text
    .split('\n')
    .map(line => `<p>${line}</p>`)
    .join('')

function articlePage(n: number): string {
  const { title, text } = benchNotice(n)
  const menu = Array.from({ length: 30 }, (_, i) => `<a href="/m${i}">栏目${i}</a>`).join('')
  return `<html><head><meta name="ArticleTitle" content="${title}"></head><body><div class="menu">${menu}</div><div id="zoom">${paragraphs(text)}</div></body></html>`
}

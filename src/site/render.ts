import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ical from 'ical-generator'
import { sha256 } from '../lib/hash.ts'
import type { SiteContent } from './content.ts'
import { framePage, type SiteOptions } from './frame.ts'
import { pagesOf, type SitePage, siteMatchingPage, siteSearchPage } from './pages.ts'

/** A file of the site, by its path; the same content always gives the same bytes. */
export type SiteFile = { body: Uint8Array<ArrayBuffer>; type: string; etag: string }
export type RenderedSite = ReadonlyMap<string, SiteFile>

const htmlType = 'text/html; charset=utf-8'
const style = readFileSync(new URL('./assets/site.css', import.meta.url), 'utf8')
const icon = readFileSync(new URL('./assets/icon.svg', import.meta.url), 'utf8')

/** Renders the whole site. */
export async function renderSite(content: SiteContent, options: SiteOptions): Promise<RenderedSite> {
  const { publicUrl, searchScripts, matching } = options
  const searchPath = options.hasServer ? 'search' : searchScripts && 'search.html'
  const pages = [
    ...pagesOf(content, searchPath),
    ...(searchScripts ? [siteSearchPage([...searchScripts.keys()])] : []),
    ...(matching ? [siteMatchingPage(matching)] : []),
  ]
  const files = new Map<string, SiteFile>()
  for (const page of pages) files.set(page.path, fileOf(await framePage({ ...page, options }), htmlType))
  files.set('calendar.ics', fileOf(calendarFile(content), 'text/calendar; charset=utf-8'))
  files.set('assets/site.css', fileOf(style, 'text/css; charset=utf-8'))
  files.set('assets/icon.svg', fileOf(icon, 'image/svg+xml'))
  for (const [path, text] of [...(searchScripts ?? []), ...(matching?.scripts ?? [])])
    files.set(path, fileOf(text, 'text/javascript; charset=utf-8'))
  files.set('robots.txt', fileOf(robots(publicUrl), 'text/plain; charset=utf-8'))
  if (publicUrl !== undefined) {
    files.set('sitemap.xml', fileOf(sitemap(pages, publicUrl), 'application/xml; charset=utf-8'))
    files.set('feed.xml', fileOf(feed(content, publicUrl), 'application/atom+xml; charset=utf-8'))
  }
  return files
}

/** One page of text, as the server makes it for a search. */
export async function renderSitePage(page: SitePage, options: SiteOptions): Promise<SiteFile> {
  return fileOf(await framePage({ ...page, options }), htmlType)
}

function fileOf(text: string, type: string): SiteFile {
  const body = new TextEncoder().encode(text)
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

function calendarFile({ events, day }: SiteContent): string {
  const calendar = ical({
    name: '创客活动',
    prodId: { company: 'chuangke', product: 'site', language: 'ZH' },
  })
  for (const { atMs, title, kind, time } of events) {
    const start = new Date(atMs)
    calendar.createEvent({
      id: sha256(`${atMs} ${kind} ${title}`).slice(0, 24),
      start,
      stamp: new Date(`${day}T00:00:00Z`),
      summary: `${kind}：${title}`,
      allDay: time === '',
    })
  }
  return calendar.toString()
}

const robots = (publicUrl: string | undefined) =>
  publicUrl === undefined
    ? 'User-agent: *\nDisallow: /\n'
    : `User-agent: *\nAllow: /\nSitemap: ${publicUrl}/sitemap.xml\n`

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const urlOf = (publicUrl: string, path: string) =>
  escapeXml(`${publicUrl}/${path.replace(/(^|\/)index\.html$/u, '$1')}`)

const sitemap = (pages: readonly SitePage[], publicUrl: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${pages
    .map(({ path }) => `<url><loc>${urlOf(publicUrl, path)}</loc></url>`)
    .join('\n')}\n</urlset>\n`

/** Atom, RFC 4287. */
function feed({ digests, day }: SiteContent, publicUrl: string): string {
  const updated = `${digests[0]?.sentOn ?? day}T00:00:00+08:00`
  const entries = digests.slice(0, 50).map(({ number, title, sentOn, parts }) => {
    const url = urlOf(publicUrl, `digests/${number}.html`)
    return `<entry><id>${url}</id><link href="${url}"/><title>${escapeXml(title)}</title><updated>${sentOn}T00:00:00+08:00</updated><content type="text">${escapeXml(parts.join('\n'))}</content></entry>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>${escapeXml(publicUrl)}/</id><title>党支部E空间 · 政策速递</title><author><name>党员创客</name></author><updated>${updated}</updated><link rel="self" href="${escapeXml(publicUrl)}/feed.xml"/>\n${entries.join('\n')}\n</feed>\n`
}

import { parseFeed } from 'feedsmith'
import { plainText } from './html.ts'
import type { ListedEntry } from './list-pages.ts'

/** An entry of a feed; `text` is empty where the feed gives titles only. */
export type FeedEntry = ListedEntry & { text: string }

/**
 * The entries of an RSS, Atom or RDF feed; those without a title or a link are left out.
 * @param base what links are relative to
 * @throws when it is no feed
 */
export function feedEntries(source: string, base: string): FeedEntry[] {
  const entries = rawEntries(parseFeed(source))
  return entries.flatMap(({ title, date, link, markup }) => {
    const address = URL.parse(link ?? '', base)?.href ?? ''
    const name = plainText(title ?? '').replaceAll(/\s+/gu, ' ')
    if (name === '' || !/^https?:/u.test(address)) return []
    return [{ title: name, date: String(date ?? ''), link: address, text: plainText(markup ?? '') }]
  })
}

type Raw = {
  title?: string | undefined
  /** Text, as long as nobody tells the parser to make something else of it. */
  date?: unknown
  link?: string | undefined
  markup?: string | undefined
}

function rawEntries(parsed: ReturnType<typeof parseFeed>): Raw[] {
  switch (parsed.format) {
    case 'atom':
      return (parsed.feed.entries ?? []).map(entry => ({
        title: entry.title?.value,
        date: entry.published ?? entry.updated,
        link: (entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate') ?? entry.links?.[0])?.href,
        markup: entry.content?.value ?? entry.summary?.value,
      }))
    case 'json':
      return (parsed.feed.items ?? []).map(item => ({
        title: item.title,
        date: item.date_published,
        link: item.url,
        markup: item.content_html ?? item.content_text ?? item.summary,
      }))
    case 'rdf':
      return (parsed.feed.items ?? []).map(item => ({
        title: item.title,
        date: item.dc?.dates?.[0],
        link: item.link,
        markup: item.content?.encoded ?? item.description,
      }))
    default:
      return (parsed.feed.items ?? []).map(item => ({
        title: item.title,
        date: item.pubDate ?? item.dc?.dates?.[0],
        link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
        markup: item.content?.encoded ?? item.description,
      }))
  }
}

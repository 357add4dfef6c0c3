import { parseFeed, parseOpml } from 'feedsmith'
import { plainText } from './html.ts'
import type { ListedEntry } from './list-pages.ts'
import { withoutMarks } from './page-titles.ts'

/** An entry of a feed; `text` is empty where the feed gives titles only. */
export type FeedEntry = ListedEntry & { text: string }

/** A parsed feed; `untitled` entries are left out. */
export type FeedReading = { entries: FeedEntry[]; untitled: number }

/** Most entries read of a feed; feeds give the latest first. */
const mostEntries = 500

/**
 * The first entries of an RSS, Atom or RDF feed; those without a title or a link are left out.
 * @param base what links are relative to
 * @throws when it is no feed
 */
export function feedEntries(source: string, base: string): FeedReading {
  const entries: FeedEntry[] = []
  let untitled = 0
  const raw = rawEntries(parseFeed(withoutLater(source), { maxItems: mostEntries }))
  for (const { title, date, link, markup } of raw.slice(0, mostEntries)) {
    const address = URL.parse(link ?? '', base)?.href ?? ''
    const name = withoutMarks(textIn(title))
    if (name === '') untitled++
    else if (/^https?:/u.test(address))
      entries.push({ title: name, date: String(date ?? ''), link: address, text: textIn(markup) })
  }
  return { entries, untitled }
}

/** The end of an entry before another one. */
const entryEnd = /<\/(?:\w+:)?(item|entry)\s*>(?=\s*<(?:\w+:)?\1[\s>])/gu

/** A feed without the entries that are not read: the parser would build all of them first. */
function withoutLater(source: string): string {
  const ends = source.matchAll(entryEnd).drop(mostEntries - 1)
  const from = ends.next().value
  if (!from) return source
  const last = source.lastIndexOf(from[0])
  return source.slice(0, from.index) + source.slice(last)
}

/** Most titles hold no markup, and to parse them as if they did is slow. */
const textIn = (markup = '') => (/[<&]/u.test(markup) ? plainText(markup) : markup.trim())

type Raw = {
  title?: string | undefined
  /** Text, unless the parser is told to convert it. */
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
        date: item.pubDate || item.dc?.dates?.[0] || item.dcterms?.issued?.[0] || item.atom?.updated,
        link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
        markup: item.content?.encoded ?? item.description,
      }))
  }
}

/** A feed that a list of subscriptions names. */
export type SubscribedFeed = { title: string; url: string }

/** The feeds of a list of subscriptions; `wrong` counts those whose address is no web address. */
export type SubscriptionReading = { feeds: SubscribedFeed[]; wrong: number }

type Outline = { text?: string; title?: string; xmlUrl?: string; outlines?: Outline[] }

/**
 * The feeds of an OPML file, through all its folders, each address once, at most 500.
 * @throws when it is no OPML
 */
export function opmlFeeds(source: string): SubscriptionReading {
  const found = new Map<string, SubscribedFeed>()
  let wrong = 0
  const take = (outlines: readonly Outline[] = []): void => {
    for (const { text = '', title = '', xmlUrl = '', outlines: inside } of outlines) {
      const url = URL.parse(xmlUrl.trim())
      if (!url || !/^https?:$/u.test(url.protocol)) wrong += xmlUrl.trim() === '' ? 0 : 1
      else if (!found.has(url.href))
        found.set(url.href, {
          title: textIn(text || title).replaceAll(/\s+/gu, ' ') || url.hostname,
          url: url.href,
        })
      take(inside)
    }
  }
  take(parseOpml(source).body?.outlines as Outline[] | undefined)
  return { feeds: [...found.values()].slice(0, mostEntries), wrong }
}

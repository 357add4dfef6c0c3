import { Temporal } from 'temporal-polyfill'
import type { Feature } from '../../feature.ts'
import type { AskedLog } from '../../ports/asked.ts'
import type { Clock } from '../../ports/clock.ts'
import { type Item, type Items, streams } from '../../ports/items.ts'
import type { ArchivedDigest, SentDigests } from '../../ports/sent-digests.ts'
import type { SiteAnswer, SiteContent, SiteDigest, SiteEvent, SiteItem } from '../../site/content.ts'
import { dayInShanghai, inShanghai } from '../../text/dates/time.ts'

/** Items of the last year are shown. */
const itemDays = 365
const eventDays = 60
/** Parts texts that go through the removal of names together. */
const separator = '\n\u2063\n'

export type SiteSources = {
  items: Pick<Items, 'approvedBetween' | 'get'>
  archive: SentDigests['archive']
  answers(): readonly SiteAnswer[]
  features(): readonly Feature[]
  signUps(): Promise<SiteContent['signUps']>
  report: AskedLog['byMonth']
  /** Takes the names of everybody known out of a text. */
  withoutNames(text: string): Promise<string>
  clock: Clock
}

/** Gathers what the public pages show, as it is approved now, with the names of people taken out. */
export async function contentOf(sources: SiteSources): Promise<SiteContent> {
  const now = sources.clock.now()
  const [items, digests, events, signUps, report] = await Promise.all([
    itemsOf(sources, now),
    digestsOf(sources),
    eventsOf(sources, now),
    sources.signUps(),
    sources.report(),
  ])
  const bare = await withoutNames(sources, [
    ...items.map(({ title }) => title),
    ...digests.flatMap(({ title, parts, corrections }) => [title, ...parts, ...corrections]),
    ...events.map(({ title }) => title),
    ...signUps.map(({ title }) => title),
  ])
  return {
    day: dayInShanghai(now),
    items: items.map(item => ({ ...item, title: bare(item.title) })),
    digests: digests.map(digest => ({
      ...digest,
      title: bare(digest.title),
      parts: digest.parts.map(bare),
      corrections: digest.corrections.map(bare),
    })),
    answers: sources.answers(),
    events: events.map(event => ({ ...event, title: bare(event.title) })),
    signUps: signUps.map(one => ({ ...one, title: bare(one.title) })),
    report: report.map(({ month, asked, answered, choices, none, useful, useless }) => ({
      ...{ month, asked, answered, useful, useless },
      askedBack: choices,
      unanswered: none,
    })),
  }
}

/** One removal for all texts: it reads every known name each time. */
async function withoutNames(
  sources: SiteSources,
  texts: readonly string[],
): Promise<(text: string) => string> {
  const unique = [...new Set(texts)]
  const bare = (await sources.withoutNames(unique.join(separator))).split(separator)
  const known = new Map(unique.map((text, at) => [text, bare[at] ?? '']))
  return text => known.get(text) ?? ''
}

async function itemsOf({ items }: SiteSources, now: Temporal.Instant): Promise<SiteItem[]> {
  const from = now.subtract({ hours: 24 * itemDays })
  const all = (await Promise.all(streams.map(stream => items.approvedBetween(stream, from, now)))).flat()
  return all
    .filter(isPublic)
    .toSorted((a, b) => Temporal.Instant.compare(b.approvedAt, a.approvedAt))
    .map(item => ({
      id: item.id,
      stream: item.stream,
      title: item.title,
      link: item.link,
      publishedOn: item.publishedOn.toString(),
      approvedOn: dayInShanghai(item.approvedAt),
      deadline: item.unconfirmedDays.length > 0 ? undefined : item.deadline?.value.toString(),
    }))
}

/** News of a company that it has not published itself stays in the groups to which it was sent in. */
const isPublic = ({ stream, link }: Item) => stream === '政策' || link !== undefined

async function digestsOf({ archive, items }: SiteSources): Promise<SiteDigest[]> {
  return Promise.all(
    (await archive()).map(async digest => ({
      number: digest.number,
      title: digest.title,
      sentOn: dayInShanghai(digest.sentAt),
      parts: digest.parts,
      corrections: await correctionsOf(digest, items),
    })),
  )
}

async function correctionsOf(digest: ArchivedDigest, items: SiteSources['items']): Promise<string[]> {
  const cited = await Promise.all(
    digest.items.map(async ({ id, revision }) => ({ item: await items.get(id), revision })),
  )
  return cited.flatMap(({ item, revision }) => {
    if (!item) return []
    if (item.state === 'withdrawn') return [`「${item.title}」已经撤回，请不要再按它办。`]
    return item.revision > revision ? [`「${item.title}」发出以后改过，请以原文件为准。`] : []
  })
}

async function eventsOf({ features }: SiteSources, now: Temporal.Instant): Promise<SiteEvent[]> {
  const start = inShanghai(now).startOfDay().toInstant()
  const all = await Promise.all(
    features().map(
      async feature => (await feature.calendar?.(start, start.add({ hours: 24 * eventDays }))) ?? [],
    ),
  )
  return all
    .flat()
    .filter(({ kind }) => kind === '课程' || kind === '截止')
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ at, kind, title, isAllDay }) => ({
      day: dayInShanghai(at),
      time: isAllDay ? '' : inShanghai(at).toPlainTime().toString().slice(0, 5),
      kind,
      title,
      atMs: at.epochMilliseconds,
    }))
}

import { Temporal } from 'temporal-polyfill'
import type { Feature } from '../../feature.ts'
import type { AskedLog } from '../../ports/asked.ts'
import type { Clock } from '../../ports/clock.ts'
import { type Item, type Items, type Stream, streams } from '../../ports/items.ts'
import type { CalendarEntry } from '../../ports/overviews.ts'
import type { ArchivedDigest, SentDigest, SentDigests } from '../../ports/sent-digests.ts'
import type { SiteAnswer, SiteContent, SiteDocument, SiteEvent, SiteItem } from '../../site/content.ts'
import { deadlinesOf, eventAt, eventDays } from '../../site/events.ts'
import { dayInShanghai, inShanghai, sayDate } from '../../text/dates/time.ts'
import { type GatheredDigest, textsOf, withoutNames } from './nameless.ts'
import type { PublicTexts } from './names.ts'
import type { MayShow, PublicTitles } from './titles.ts'

/** Items of the last year are shown. */
const itemDays = 365
/** Title of a lesson until an organizer makes its own public. */
const lessonWord = '微党课'
const hiddenDigest = '这一期有企业和服务的消息，主人还没有同意公开，只在群里看。'

export type SiteSources = {
  items: Pick<Items, 'approvedBetween' | 'get'>
  archive: SentDigests['archive']
  answers(): readonly SiteAnswer[]
  features(): readonly Feature[]
  signUps(): Promise<readonly OpenSignUp[]>
  report: AskedLog['byMonth']
  pledges(): Promise<SiteContent['pledges']>
  documents(): readonly SiteDocument[]
  titles: Pick<PublicTitles, 'isPublic'>
  publicTexts: PublicTexts
  clock: Clock
}
type OpenSignUp = { number: number; title: string; limits: string; closesAt: Temporal.Instant | undefined }

/**
 * Gathers what the public pages show, as it is approved now. Titles that anyone may type stand there only once an
 * organizer made them public, and every text is freed of names: what offices wrote and what was reviewed only of those
 * that are said to be persons.
 */
export async function siteContentOf(sources: SiteSources): Promise<SiteContent> {
  const now = sources.clock.now()
  const mayShow = await sources.titles.isPublic()
  const [items, digests, lessons, signUps, pledges, report] = await Promise.all([
    itemsOf(sources, now, mayShow),
    digestsOf(sources, mayShow),
    lessonsOf(sources.features(), now, mayShow),
    signUpsOf(sources, mayShow),
    sources.pledges(),
    sources.report(),
  ])
  const [answers, documents] = [sources.answers(), sources.documents()]
  const gathered = { items, digests, lessons, signUps, pledges, answers, documents }
  const {
    items: shown,
    signUps: open,
    ...texts
  } = withoutNames(gathered, await sources.publicTexts(textsOf(gathered)))
  const events = [...texts.lessons, ...deadlinesOf({ items: shown, signUps: open }, now)]
  return {
    day: dayInShanghai(now),
    items: shown,
    signUps: open,
    digests: texts.digests,
    answers: texts.answers,
    pledges: texts.pledges,
    documents: texts.documents,
    events: events.sort((a, b) => a.atMs - b.atMs),
    report: report.map(({ month, asked, answered, choices, none, useful, useless }) => ({
      ...{ month, asked, answered, useful, useless },
      askedBack: choices,
      unanswered: none,
    })),
  }
}

/** Items of 科技服务 and 企业动态, which concern companies. */
export const companyItems = (items: SiteSources['items'], now: Temporal.Instant): Promise<Item[]> =>
  itemsIn(
    items,
    streams.filter(stream => stream !== '政策'),
    now,
  )

async function itemsIn(
  items: SiteSources['items'],
  wanted: readonly Stream[],
  now: Temporal.Instant,
): Promise<Item[]> {
  const from = now.subtract({ hours: 24 * itemDays })
  return (await Promise.all(wanted.map(stream => items.approvedBetween(stream, from, now)))).flat()
}

async function itemsOf({ items }: SiteSources, now: Temporal.Instant, mayShow: MayShow): Promise<SiteItem[]> {
  const all = await Promise.all([itemsIn(items, ['政策'], now), companyItems(items, now)])
  return all
    .flat()
    .filter(item => isPublicItem(item, mayShow))
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

/** Items about a company are public with its consent only. */
const isPublicItem = ({ stream, title }: Item, mayShow: MayShow) =>
  stream === '政策' || mayShow('item', title)

async function digestsOf({ archive, items }: SiteSources, mayShow: MayShow): Promise<GatheredDigest[]> {
  return Promise.all(
    (await archive()).map(async digest => {
      const cited = await citedIn(digest, items)
      const isHidden = cited.some(({ item }) => item && !isPublicItem(item, mayShow))
      return {
        number: digest.number,
        title: isHidden ? '企业和服务消息' : digest.title,
        sentOn: dayInShanghai(digest.sentAt),
        parts: isHidden ? [hiddenDigest] : digest.parts,
        corrections: isHidden ? [] : correctionsOf(cited),
        noticed: isHidden ? [] : digest.corrections.map(sayCorrection),
        kind: cited.length > 0 && cited.every(({ item }) => item?.stream === '政策') ? 'official' : 'typed',
      }
    }),
  )
}

/** One line; its own 「更正：」 stands before it on the page. */
const sayCorrection = ({ sentAt, parts }: SentDigest): string =>
  `${sayDate(inShanghai(sentAt))}发到群里：${parts
    .join('\n')
    .replace(/^更正[：:]\s*/u, '')
    .replaceAll(/\s*\n\s*/gu, ' ')
    .trim()}`

type Cited = { item: Item | undefined; revision: number }

const citedIn = (digest: ArchivedDigest, items: SiteSources['items']): Promise<Cited[]> =>
  Promise.all(digest.items.map(async ({ id, revision }) => ({ item: await items.get(id), revision })))

const correctionsOf = (cited: readonly Cited[]): string[] =>
  cited.flatMap(({ item, revision }) => {
    if (!item) return []
    if (item.state === 'withdrawn') return [`「${item.title}」已经撤回，请不要再按它办。`]
    return item.revision > revision ? [`「${item.title}」发出以后改过，请以原文件为准。`] : []
  })

async function signUpsOf({ signUps }: SiteSources, mayShow: MayShow) {
  return (await signUps()).map(({ number, title, limits, closesAt }) => ({
    number,
    title: mayShow('form', title) ? title : '',
    // Options are typed like titles.
    limits: mayShow('form', title) ? limits : '',
    closesAtMs: closesAt?.epochMilliseconds,
  }))
}

/** Lessons of the next weeks. */
export async function upcomingLessons(
  features: readonly Feature[],
  today: Temporal.ZonedDateTime,
): Promise<CalendarEntry[]> {
  const start = today.startOfDay().toInstant()
  const until = start.add({ hours: 24 * eventDays })
  const all = await Promise.all(features.map(async feature => (await feature.calendar?.(start, until)) ?? []))
  return all.flat().filter(({ kind }) => kind === '课程')
}

/** The same under their titles where these are public. */
async function lessonsOf(
  features: readonly Feature[],
  now: Temporal.Instant,
  mayShow: MayShow,
): Promise<SiteEvent[]> {
  return (await upcomingLessons(features, inShanghai(now))).map(({ at, kind, title, isAllDay }) =>
    eventAt(at, { kind, title: mayShow('lesson', title) ? title : lessonWord, isAllDay: isAllDay === true }),
  )
}

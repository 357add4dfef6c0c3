import { Temporal } from 'temporal-polyfill'
import { noticeRecord } from '../../../parsing/index.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Stream } from '../../../ports/items.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { NoticeRecord } from '../../../text/notices/record.ts'
import { canonicalLink, dayInLink } from '../../../text/pages/links.ts'
import { packSketch, sketchOf } from '../../../text/sketches/sketch.ts'
import type { Tags } from '../tags.ts'
import { publicationDay } from './publication-day.ts'
import type { DeedKind, ItemDraft, KeptItem } from './records.ts'

/** The input of an item, as a person or a source gave it. */
export type NewItemFields = {
  title: string
  text: string
  link?: string | undefined
  /** As written; empty where it is not stated. */
  date: string
  from: string
  stream: Stream
  origin: KeptItem['origin']
  sourceId?: string | undefined
  submitter?: RecordedActor | undefined
  doubts: readonly string[]
}

type Parts = { at: Temporal.Instant; tag: (title: string, text: string) => Tags; by: RecordedActor }

export const longestTitle = 200
const longestText = 30_000

/** A draft of an item with all that can be read out of its text; `doubts` names what a person should check. */
export async function itemDraftOf(given: NewItemFields, { at, tag, by }: Parts): Promise<ItemDraft> {
  const today = inShanghai(at).toPlainDate()
  const title = given.title.replaceAll(/\s+/gu, ' ').trim().slice(0, longestTitle)
  const text = given.text.trim().slice(0, longestText)
  const { publishedOn, isGuess, doubts } = publishedDay(given, today)
  const days = { publishedOn: publishedOn.toString(), readOn: today.toString() }
  const read = await noticeRecord({ title, text, ...days, isGuess })
  return {
    state: 'new',
    stream: given.stream,
    title,
    text,
    link: given.link && canonicalLink(given.link),
    from: given.from,
    publishedOn: publishedOn.toString(),
    ...(read ?? unread),
    ...tag(title, text),
    summary: summaryOf(text),
    origin: given.origin,
    sourceId: given.sourceId,
    submitter: given.submitter,
    alsoAt: [],
    sketch: text === '' ? '' : packSketch(sketchOf(`${title}\n${text}`)),
    doubts: [...given.doubts, ...doubts, ...(read ? [] : [textUnread])],
    foundAt: at.toString(),
    history: [{ at: at.toString(), by, ...deeds[given.origin] }],
  }
}

const deeds: Record<KeptItem['origin'], { deed: string; kind: DeedKind }> = {
  source: { deed: '采集', kind: 'other' },
  organizer: { deed: '录入', kind: 'wrote' },
  member: { deed: '投稿', kind: 'other' },
}

const unread: NoticeRecord = {
  documentNumber: undefined,
  deadline: undefined,
  deadlineChoices: [],
  isSetLocally: false,
  dates: [],
  effectiveFrom: undefined,
  effectiveUntil: undefined,
  amounts: [],
}
const textUnread = '正文太长或写法太乱，里面的日期、文号和金额没有读，请对照原文填写。'

/** A day in a text without the year that it is of. */
const openDay = /(?<![\d年])\d{1,2}\s*月\s*\d{1,2}\s*[日号]/gu
const mostOpenDays = 3

/** Names the days that a page without a day of publishing leaves open: no year is made up for them. */
function dateMissing(text: string): string {
  const days = [...new Set(text.match(openDay) ?? [])].slice(0, mostOpenDays).join('、')
  return `网页上没找到发布日期，先按今天算${days && `；正文里的 ${days} 没写年份，没有当成截止日`}，请核对。`
}
const dateUnread = '发布日期没看懂，先按今天算，请核对。'

/** Whether the day of publishing is only that on which the item was found. */
export const isDateGuess = ({ doubts }: Pick<KeptItem, 'doubts'>) =>
  doubts.some(doubt => doubt.includes('发布日期') && doubt.includes('先按今天算'))

/** A day that is to come, 2099 for one, is a mistake of the page. */
function publishedDay({ date, link, text }: NewItemFields, today: Temporal.PlainDate) {
  const inLink = date === '' && link ? dayInLink(link, 'any') : ''
  const written = publicationDay(date || inLink, today)
  if (!written)
    return {
      publishedOn: today,
      isGuess: link !== undefined,
      doubts: date === '' ? (link ? [dateMissing(text)] : []) : [dateUnread],
    }
  if (Temporal.PlainDate.compare(written, today.add({ days: 1 })) > 0) {
    return {
      publishedOn: today,
      isGuess: true,
      doubts: [`网页上的发布日期是 ${written}，还没有到，先按今天算，请核对。`],
    }
  }
  const doubts = inLink ? [`网页上没找到发布日期，按网址里的 ${inLink} 算，请核对。`] : []
  return { publishedOn: written, isGuess: false, doubts }
}

const longestSummary = 120
const noContent =
  /[:：]$|^[\p{Script=Han}]{1,8}〔\d{4}〕|号$|^\d{4}年\d{1,2}月\d{1,2}日$|^(?:附件|发布|来源|作者|编辑|责编|浏览|阅读|点击|字[体号]|索引|发文|成文|名称|文号)/u

/** The first sentences that say something. */
export function summaryOf(text: string): string {
  const lines = text.split('\n').filter(line => line.length >= 12 && !noContent.test(line))
  const sentences = lines.join('').match(/[^。！？]+[。！？]?/gu) ?? []
  let summary = ''
  for (const sentence of sentences) {
    if (summary !== '' && summary.length + sentence.length > longestSummary) break
    summary += sentence
  }
  return summary.length > longestSummary ? `${summary.slice(0, longestSummary - 1)}…` : summary
}

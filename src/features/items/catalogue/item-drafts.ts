import { Temporal } from 'temporal-polyfill'
import type { Stream } from '../../../ports/items.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { writtenDay } from '../../../text/dates/written-day.ts'
import { type FoundDay, type NoticeFacts, readNotice, statedFrom } from '../../../text/notices/index.ts'
import { canonicalLink } from '../../../text/pages/links.ts'
import { packSketch, sketchOf } from '../../../text/sketches/sketch.ts'
import type { Tags } from '../tags.ts'
import type { ItemActor, ItemDraft, KeptItem } from './records.ts'

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
  submitter?: ItemActor | undefined
  doubts: readonly string[]
}

type Parts = { at: Temporal.Instant; tag: (title: string, text: string) => Tags; by: ItemActor }

export const longestTitle = 200
const longestText = 30_000

/** A draft of an item with all that can be read out of it; whatever is odd stands in its doubts. */
export function draftOf(given: NewItemFields, { at, tag, by }: Parts): ItemDraft {
  const today = inShanghai(at).toPlainDate()
  const title = given.title.replaceAll(/\s+/gu, ' ').trim().slice(0, longestTitle)
  const text = given.text.trim().slice(0, longestText)
  const { publishedOn, isGuess, doubts } = publishedDay(given, today)
  return {
    state: 'new',
    stream: given.stream,
    title,
    text,
    link: given.link && canonicalLink(given.link),
    from: given.from,
    publishedOn: publishedOn.toString(),
    ...readingOf({ title, text, publishedOn, readOn: today, isGuess }),
    ...tag(title, text),
    summary: summaryOf(text),
    origin: given.origin,
    sourceId: given.sourceId,
    submitter: given.submitter,
    alsoAt: [],
    sketch: text === '' ? '' : packSketch(sketchOf(`${title}\n${text}`)),
    doubts: [...given.doubts, ...doubts],
    foundAt: at.toString(),
    history: [{ at: at.toString(), by, deed: deeds[given.origin] }],
  }
}

const deeds: Record<KeptItem['origin'], string> = { source: '采集', organizer: '录入', member: '投稿' }

type Read = {
  title: string
  text: string
  publishedOn: Temporal.PlainDate
  readOn: Temporal.PlainDate
  /** The day of publication is unknown: a day without a year is not completed. */
  isGuess?: boolean
}

/** Days, number and amounts of a notice in the form of the record. */
export function readingOf({ isGuess = false, ...notice }: Read) {
  const facts = readNotice(notice)
  const earlier = isGuess
    ? readNotice({ ...notice, publishedOn: notice.publishedOn.subtract({ years: 1 }) })
    : facts
  const certain = (name: 'effectiveFrom' | 'effectiveUntil') =>
    facts[name]?.day.toString() === earlier[name]?.day.toString() ? kept(facts[name]) : undefined
  return {
    documentNumber: facts.documentNumber,
    ...deadlineOf(facts, earlier),
    isSetLocally: facts.isSetLocally,
    dates: facts.dates.map(({ day, from, role, said, sentence }) => ({
      value: day.toString(),
      ...(from ? { from: from.toString() } : {}),
      role,
      said,
      sentence,
    })),
    effectiveFrom: certain('effectiveFrom'),
    effectiveUntil: certain('effectiveUntil'),
    amounts: facts.amounts.map(({ value }) => value),
  }
}

/** A deadline of which the text leaves no doubt; else the days from which a person chooses. */
function deadlineOf({ deadlineChoices }: NoticeFacts, earlier: NoticeFacts) {
  const [first] = deadlineChoices
  const isSame = first?.day.toString() === earlier.deadlineChoices[0]?.day.toString()
  if (!first || !isSame) return { deadline: undefined, deadlineChoices: [] }
  if (first.probability >= statedFrom) return { deadline: kept(first), deadlineChoices: [] }
  return { deadline: undefined, deadlineChoices: deadlineChoices.flatMap(choice => kept(choice) ?? []) }
}

const kept = (found: FoundDay | undefined) =>
  found && { value: found.day.toString(), sentence: found.sentence }

const dateMissing = '网页上没找到发布日期，先按今天算；正文里没写年份的日子没有当成截止日，请核对。'
const dateUnread = '发布日期没看懂，先按今天算，请核对。'

/** Whether the day of publishing is only that on which the item was found. */
export const isDateGuess = ({ doubts }: Pick<KeptItem, 'doubts'>) =>
  doubts.some(doubt => doubt.includes('发布日期') && doubt.includes('先按今天算'))

/** A day that is to come, 2099 for one, is a mistake of the page. */
function publishedDay({ date, link }: NewItemFields, today: Temporal.PlainDate) {
  const written = writtenDay(date, today)
  if (!written)
    return {
      publishedOn: today,
      isGuess: link !== undefined,
      doubts: date === '' ? (link ? [dateMissing] : []) : [dateUnread],
    }
  if (Temporal.PlainDate.compare(written, today.add({ days: 1 })) > 0) {
    return {
      publishedOn: today,
      isGuess: true,
      doubts: [`网页上的发布日期是 ${written}，还没有到，先按今天算，请核对。`],
    }
  }
  return { publishedOn: written, isGuess: false, doubts: [] }
}

const longestSummary = 120
const noContent =
  /[:：]$|^[\p{Script=Han}]{1,8}〔\d{4}〕|号$|^\d{4}年\d{1,2}月\d{1,2}日$|^(?:附件|发布|来源|索引|发文|成文|名称|文号)/u

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

import { Temporal } from 'temporal-polyfill'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Stream } from '../../../ports/items.ts'
import { isWrittenAs, sayKeptDay } from '../../../text/dates/kept-day.ts'
import { dayInShanghai, inShanghai } from '../../../text/dates/time.ts'
import type { NoticeRecord } from '../../../text/notices/record.ts'
import { canonicalLink } from '../../../text/pages/links.ts'
import { packSketch, sketchOf } from '../../../text/sketches/sketch.ts'
import { withCorrections } from './corrected-dates.ts'
import { roleWords } from './date-roles.ts'
import { assertHasWords } from './deleted-submission.ts'
import { isDateGuess, longestTitle, summaryOf } from './item-drafts.ts'
import { publicationDay } from './publication-day.ts'
import type { DeedKind, KeptItem } from './records.ts'

/** The person who decides, and the time. */
export type ItemAction = { by: RecordedActor; at: Temporal.Instant }

/** The words for a state, as organizers read them. */
export const stateWords: Record<KeptItem['state'], string> = {
  new: '待看',
  approved: '已通过',
  dismissed: '不用',
  withdrawn: '已撤回',
}

/** From now on it may be told. @throws {@link Refusal} where it must not */
export function approveItem(item: KeptItem, deed: ItemAction): KeptItem {
  assertHasWords(item)
  if (item.state === 'approved') throw new Refusal(`${item.number} 号条目已经通过了。`)
  const today = dayInShanghai(deed.at)
  for (const [found, name] of [
    [item.deadline, '截止日'],
    [item.effectiveUntil, '有效期'],
  ] as const) {
    if (found && found.value < today) {
      throw new Refusal(
        `${item.number} 号条目的${name} ${sayKeptDay(found.value)} 已经过了。要推的话，先改${name}再通过。`,
      )
    }
  }
  return noted(
    { ...item, state: 'approved', approvedAt: deed.at.toString(), resembles: undefined },
    deed,
    '通过',
    'read',
  )
}

/** Dismisses an item: it is not told. @throws {@link Refusal} where it may be already */
export function dismissItem(item: KeptItem, deed: ItemAction): KeptItem {
  if (item.state === 'approved')
    throw new Refusal(`${item.number} 号条目已经通过了，要收回请发「撤回条目 ${item.number} 原因」。`)
  if (item.state !== 'new') throw new Refusal(`${item.number} 号条目${stateWords[item.state]}，不用再标。`)
  return noted({ ...item, state: 'dismissed' }, deed, '不用')
}

/** Reopens an item: it waits for a decision again. @throws {@link Refusal} where it was not dismissed */
export function reopenItem(item: KeptItem, deed: ItemAction): KeptItem {
  if (item.state !== 'dismissed')
    throw new Refusal(`${item.number} 号条目${stateWords[item.state]}，没有可恢复的。`)
  assertHasWords(item)
  return noted({ ...item, state: 'new' }, deed, '放回待看')
}

/**
 * Withdraws an item: it is told no longer, and digests that cite it stop.
 * @throws {@link Refusal} where it was never told
 */
export function withdrawItem(item: KeptItem, deed: ItemAction, reason: string): KeptItem {
  if (item.state !== 'approved')
    throw new Refusal(`${item.number} 号条目${stateWords[item.state]}，没有可撤回的。`)
  return noted({ ...item, state: 'withdrawn' }, deed, reason ? `撤回：${reason}` : '撤回')
}

/** Merges an item into the one that it repeats; {@link withPlacesOf} keeps its places. */
export function mergeInto(item: KeptItem, into: number, deed: ItemAction): KeptItem {
  if (item.number === into) throw new Refusal('不能和自己合并。')
  if (item.state === 'approved') throw new Refusal(`${item.number} 号条目已经通过了，请先撤回再合并。`)
  return noted({ ...item, state: 'dismissed', resembles: undefined }, deed, `并入 ${into} 号`)
}

/** The item, and where else it was published. */
export function withPlacesOf(item: KeptItem, other: KeptItem): KeptItem {
  const known = new Set([item.link, ...item.alsoAt.map(({ link }) => link)])
  const places = [{ from: other.from, link: other.link }, ...other.alsoAt]
  return { ...item, alsoAt: [...item.alsoAt, ...places.filter(({ link }) => link && !known.has(link))] }
}

/** The day of publication after its page was read anew, and the day of reading. @param date as written on the page */
export function publishedDayOf(item: KeptItem, date: string, at: Temporal.Instant) {
  const today = inShanghai(at).toPlainDate()
  const found = isDateGuess(item) ? publicationDay(date, today) : undefined
  const isFound = found !== undefined && Temporal.PlainDate.compare(found, today) <= 0
  return {
    publishedOn: isFound ? found.toString() : item.publishedOn,
    readOn: today.toString(),
    isGuess: isDateGuess(item) && !isFound,
  }
}

/** The page of an item, read anew. */
type PageRead = { text: string; publishedOn: string; isGuess: boolean; record: NoticeRecord; deed: string }

/** The item with its text read anew, and what that says. What an organizer typed in stays. */
export function withText(
  item: KeptItem,
  { text, publishedOn, isGuess, record, deed: said }: PageRead,
  deed: ItemAction,
): KeptItem {
  const isFound = isDateGuess(item) && !isGuess
  const read = { ...record, ...withCorrections(record, item.dates) }
  const changed: KeptItem = {
    ...item,
    ...read,
    text,
    publishedOn,
    documentNumber: item.documentNumber ?? read.documentNumber,
    deadline: item.deadline ?? read.deadline,
    deadlineChoices: item.deadline ? [] : read.deadlineChoices,
    effectiveFrom: item.effectiveFrom ?? read.effectiveFrom,
    effectiveUntil: item.effectiveUntil ?? read.effectiveUntil,
    summary: item.summary || summaryOf(text),
    sketch: packSketch(sketchOf(`${item.title}\n${text}`)),
    doubts: item.doubts.filter(
      doubt => !doubt.startsWith('原文没有读到') && !(isFound && isDateGuess({ doubts: [doubt] })),
    ),
  }
  return noted(changed, deed, said, 'wrote')
}

/** The fields that an organizer may correct, as typed. */
export type ItemEdit = {
  revision: number
  title: string
  stream: Stream
  link: string
  documentNumber: string
  publishedOn: string
  deadline: string
  effectiveUntil: string
  summary: string
  what: string
  who: string
  when: string
}

/**
 * The item as put right. A day that was changed stands on the organizer's word instead of a sentence.
 * @throws {@link Refusal} for what can not be, or where another person changed it meanwhile
 */
export function editItem(item: KeptItem, typed: ItemEdit, deed: ItemAction): KeptItem {
  if (typed.revision !== item.revision) {
    throw new Refusal('你打开之后，别人改过这一条。请重新打开看一遍，再改。')
  }
  if (typed.title === '') throw new FieldRefusal('title', '标题不能空。')
  if ([...typed.title].length > longestTitle)
    throw new FieldRefusal('title', `标题太长了，最多 ${longestTitle} 个字。`)
  const link = typed.link === '' ? undefined : canonicalLink(typed.link)
  if (typed.link !== '' && !link) throw new FieldRefusal('link', '链接要以 http:// 或 https:// 开头。')
  const lines = { what: typed.what, who: typed.who, when: typed.when }
  const written = Object.values(lines).filter(line => line !== '').length
  if (written !== 0 && written !== 3) throw new Refusal('三行要么都写，要么都不写。')
  const changed: KeptItem = {
    ...item,
    title: typed.title,
    stream: typed.stream,
    link,
    documentNumber: typed.documentNumber || undefined,
    publishedOn: dayOf(typed, 'publishedOn', '发布日期') ?? item.publishedOn,
    deadline: foundDay(item.deadline, dayOf(typed, 'deadline', '截止日'), deed),
    deadlineChoices: [],
    effectiveUntil: foundDay(item.effectiveUntil, dayOf(typed, 'effectiveUntil', '有效期'), deed),
    summary: typed.summary,
    lines: written === 3 ? lines : undefined,
    doubts: [],
  }
  return noted(changed, deed, '修改', 'wrote')
}

/**
 * The deadline as an organizer chose it: a date of the text as kept or as people write it, or none.
 * @throws {@link Refusal} where the text has no such date
 */
export function chooseDeadline(item: KeptItem, value: string | undefined, deed: ItemAction): KeptItem {
  if (value === undefined)
    return noted({ ...item, deadline: undefined, deadlineChoices: [] }, deed, '确认没有截止日', 'wrote')
  const daysIn = (days: readonly { value: string; sentence: string }[]) =>
    days.filter(
      (day, at) => isWrittenAs(day.value, value) && days.findIndex(one => one.value === day.value) === at,
    )
  const offered = daysIn(item.deadlineChoices)
  const [found, ...others] = offered.length > 0 ? offered : daysIn(item.dates)
  if (found && others.length > 0)
    throw new Refusal(
      `正文里有 ${[found, ...others].map(day => sayKeptDay(day.value)).join('、')}，请连年份一起写，例如「${sayKeptDay(others.at(-1)?.value ?? '')}」。`,
    )
  if (!found) throw new Refusal('这一天不在这一条的正文里，请刷新页面再选；要填别的日子，请点「改」。')
  const deadline = { value: found.value, sentence: found.sentence }
  const words = sayKeptDay(found.value)
  return noted({ ...item, deadline, deadlineChoices: [] }, deed, `确认截止日 ${words}`, 'wrote')
}

/** The role of one date as an organizer corrected it. */
export function correctRole(
  item: KeptItem,
  { at, role }: { at: number; role: KeptItem['dates'][number]['role'] },
  deed: ItemAction,
): KeptItem {
  const date = item.dates[at]
  if (!date) throw new Refusal('这个日期找不到了，请刷新页面。')
  const dates = item.dates.with(at, { ...date, role, correctedBy: deed.by.name })
  const change = noted({ ...item, dates }, deed, `「${date.said}」改为${roleWords[role]}`, 'wrote')
  if (role === 'apply')
    return { ...change, deadline: { value: date.value, sentence: date.sentence }, deadlineChoices: [] }
  const isDeadline = item.deadline?.value === date.value
  return isDeadline ? { ...change, deadline: undefined } : change
}

/** Stands in the place of the sentence of a day that a person typed. */
export const typedBy = (name: string) => `${name}填写`

function foundDay(before: KeptItem['deadline'], value: string | undefined, { by }: ItemAction) {
  if (value === undefined) return undefined
  if (value === before?.value) return before
  return { value, sentence: typedBy(by.name) }
}

function dayOf(
  typed: ItemEdit,
  field: 'publishedOn' | 'deadline' | 'effectiveUntil',
  name: string,
): string | undefined {
  const text = typed[field]
  if (text === '') return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    throw new FieldRefusal(field, `${name}要写成 2026-12-15 这样，日历上要有。`)
  }
}

function noted(item: KeptItem, { by, at }: ItemAction, deed: string, kind: DeedKind = 'other'): KeptItem {
  const entry = { at: at.toString(), by, deed, kind }
  return { ...item, revision: item.revision + 1, history: [...item.history, entry] }
}

import { Temporal } from 'temporal-polyfill'
import {
  type DayKind,
  dayOfPart,
  dayPatterns,
  endOfPeriod,
  nearYear,
  smallNumber,
  type WrittenDay,
} from './day-patterns.ts'

/** A day that is named in a text, and where: [start, end), a time of day behind it included. */
export type DayMention = {
  start: number
  end: number
  day: Temporal.PlainDate
  /** The end of a span whose beginning is the mention before: 「12月1日至15日」. */
  isSpanEnd: boolean
  /** Named as a stretch, 「自发布之日起30日内」: it is an end by itself. */
  isPeriod: boolean
  /** 「每年5月31日」: no one day. */
  isYearly: boolean
  /** 「16日0时」: the day before is the last one. */
  isMidnight: boolean
  /** Only a month is named; the day is its last. */
  isMonth: boolean
  /** A year stands with it. */
  hasYear: boolean
}

/** In characters: a day that is named without its month belongs to the one named before, up to there. */
const longestMatter = 60

/** 「1月3日」 may be this many days past before the next year's is meant. */
const pastDays = 60

const timeOfDay =
  /^(?:\s*\([^()]{0,12}\))?\s*(?:凌晨|上午|中午|下午|晚上|晚间|晚|傍晚)?\s*(?:\d{1,2}\s*(?::\s*\d{2}(?::\d{2})?|[时点]\s*(?:半|\d{1,2}分?|整)?)|(?:零|十[一二]?|[一二三四五六七八九])[时点](?:半|整)?)?/u
const midnight = /^(?:\s*\([^()]{0,12}\))?\s*(?:凌晨)?(?:0{1,2}\s*(?::00(?![:\d]*[1-9])|[时点])|零[时点])/u
const connected = /^\s*(?:\([^()]{0,12}\))?\s*(?:起|开始)?\s*(?:至|到|-{1,2}|、)\s*$/u
/** What a period counts from, where that is the day of the notice. */
const sinceNotice =
  /(?:即日|今日|今天|(?:发布|印发|公布|发出|下发|刊登|发文|刊发|公告|通告|通知|公示|张贴|挂网)(?:之日|当日|之时|日|(?:之|的)?次日)?(?:\([^()]{0,12}\))?)$/u

type Raw = { kind: DayKind; start: number; end: number; groups: Record<string, string | undefined> }

/**
 * The days that a folded text names, in order. Days without a year are completed: from the day they are connected
 * with (「2026年12月20日至1月15日」), else from the day of publication.
 */
export function findDays(text: string, publishedOn: Temporal.PlainDate): DayMention[] {
  const found: DayMention[] = []
  const issuedOn = printedDay(text) ?? publishedOn
  for (const raw of rawDays(text)) {
    const before = found.at(-1)
    const isJoined = before !== undefined && connected.test(text.slice(before.end, raw.start))
    const day = resolve(raw, { text, publishedOn, issuedOn, before, isJoined })
    if (!day) continue
    const tail = timeOfDay.exec(text.slice(raw.end))?.[0].trimEnd() ?? ''
    const lead = text.slice(Math.max(0, raw.start - 3), raw.start)
    found.push({
      start: raw.start,
      end: raw.end + tail.length,
      day,
      isSpanEnd: isJoined && !text.slice(before.end, raw.start).includes('、'),
      isPeriod: raw.kind === 'period' || raw.kind === 'periodFirst',
      isYearly: /每(?:年|月|季度|个月|年度)的?$/u.test(lead) || (isJoined && before.isYearly),
      isMidnight: midnight.test(tail),
      isMonth: raw.kind === 'monthAlone',
      hasYear: raw.groups.year !== undefined,
    })
  }
  return found
}

function rawDays(text: string): Raw[] {
  const all = Object.entries(dayPatterns).flatMap(([kind, pattern], rank) =>
    [...text.matchAll(pattern)].map(match => ({
      kind: kind as DayKind,
      rank,
      start: match.index,
      end: match.index + match[0].length,
      groups: match.groups ?? {},
    })),
  )
  const free: typeof all = []
  for (const one of all.sort((a, b) => a.rank - b.rank)) {
    if (free.every(other => one.end <= other.start || other.end <= one.start)) free.push(one)
  }
  return free.sort((a, b) => a.start - b.start)
}

type Place = {
  text: string
  publishedOn: Temporal.PlainDate
  /** What 「自印发之日起」 counts from. */
  issuedOn: Temporal.PlainDate
  before: DayMention | undefined
  isJoined: boolean
}

/** @returns undefined for what no calendar has, or what counts from something that we do not know */
function resolve(raw: Raw, place: Place): Temporal.PlainDate | undefined {
  try {
    if (raw.kind === 'periodFirst')
      return endOfPeriod(
        dayOfNotice(place, place.text.slice(raw.start, raw.end)),
        raw.groups.count ?? '',
        raw.groups.unit ?? '',
      )
    return raw.kind === 'period' ? periodEnd(raw, place) : dated(raw, place)
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

const printed = /(?<year>20\d{2})年(?<month>\d{1,2})月(?<day>\d{1,2})日\s*印发\s*(?:\n|$)/gu

/** The day of printing that stands at the foot, if one does. */
function printedDay(text: string): Temporal.PlainDate | undefined {
  const { year, month, day } = [...text.matchAll(printed)].at(-1)?.groups ?? {}
  if (!year) return undefined
  return Temporal.PlainDate.from(
    { year: Number(year), month: Number(month), day: Number(day) },
    { overflow: 'constrain' },
  )
}

/** @param said with 「印发」 it is the day of printing, else that of publication */
function dayOfNotice({ publishedOn, issuedOn }: Place, said: string): Temporal.PlainDate {
  return /印发|下发|发文/u.test(said) ? issuedOn : publishedOn
}

function periodEnd({ start, end, groups }: Raw, place: Place) {
  const { text, before } = place
  const said = text.slice(Math.max(0, start - 24), start)
  const isFromDay = before !== undefined && before.end === start && !before.isPeriod
  const isFromNotice = sinceNotice.test(said) || /^(?:发布|印发|公布)后/u.test(text.slice(start))
  if (!isFromDay && !isFromNotice) return undefined
  const from = isFromDay ? before.day : dayOfNotice(place, `${said.slice(-10)}${text.slice(start, end)}`)
  return endOfPeriod(from, groups.count ?? '', groups.unit ?? '')
}

function dated(raw: Raw, place: Place): Temporal.PlainDate | undefined {
  const { kind, groups } = raw
  const { publishedOn } = place
  if (kind === 'weekday') return weekdayOf(groups, publishedOn)
  if (kind === 'thisMonthPart') return publishedOn.with({ day: publishedOn.daysInMonth })
  if (kind === 'nearMonth') return inNearMonth(groups, publishedOn)
  if (kind === 'dayOnly') return dayAlone(smallNumber(groups.day ?? ''), raw, place)
  return complete(writtenDay(raw, publishedOn), place)
}

function writtenDay({ kind, groups }: Raw, publishedOn: Temporal.PlainDate): WrittenDay {
  const year = groups.year ? smallNumber(groups.year) : groups.near && nearYear(groups.near, publishedOn)
  const known = year || undefined
  if (kind === 'yearEnd') return { year: known ?? publishedOn.year, month: 12, day: 31 }
  const month =
    kind === 'quarterEnd'
      ? smallNumber(groups.quarter ?? '') * 3
      : smallNumber(groups.month ?? groups.month2 ?? '')
  const isPart = kind === 'quarterEnd' || kind === 'monthPart' || kind === 'monthAlone'
  return {
    year: known,
    month,
    day: isPart ? { part: groups.part ?? '底' } : smallNumber(groups.day ?? groups.day2 ?? ''),
  }
}

function complete({ year, month, day }: WrittenDay, { publishedOn, before, isJoined }: Place) {
  const on = (inYear: number) => {
    const inMonth = typeof day === 'number' ? day : dayOfPart(day.part, { year: inYear, month })
    return Temporal.PlainDate.from({ year: inYear, month, day: inMonth }, { overflow: 'reject' })
  }
  if (year !== undefined) return on(year)
  if (isJoined && before) {
    const same = on(before.day.year)
    return Temporal.PlainDate.compare(same, before.day) < 0 ? on(before.day.year + 1) : same
  }
  const earliest = publishedOn.subtract({ days: pastDays })
  const next = on(publishedOn.year)
  return Temporal.PlainDate.compare(next, earliest) < 0 ? on(publishedOn.year + 1) : next
}

const endsAfter = /^\s*(?:\([^()]{1,8}\))?\s*(?:之前|以前|前|止|截止|下班)/u
const endsBefore = /(?:不晚于|不迟于|最晚|最迟|截至|截止到?|起到|起至)\s*$/u

/** 「12月1日至25日」, or 「15日前」 of the month that the sentence is about, else of this one or the next. */
function dayAlone(day: number, { start, end }: Raw, { text, publishedOn, before, isJoined }: Place) {
  if (isJoined && before) return before.day.with({ day }, { overflow: 'reject' })
  const lead = text.slice(0, start)
  if (/每月的?$/u.test(lead)) return undefined
  if (!endsAfter.test(text.slice(end)) && !endsBefore.test(lead)) return undefined
  const isSameMatter = before && before.end > start - longestMatter && !before.isPeriod
  const from =
    isSameMatter && Temporal.PlainDate.compare(before.day, publishedOn) >= 0 ? before.day : publishedOn
  const same = from.with({ day }, { overflow: 'reject' })
  return Temporal.PlainDate.compare(same, from) < 0 ? same.add({ months: 1 }) : same
}

function weekdayOf(groups: Raw['groups'], publishedOn: Temporal.PlainDate) {
  const weekday = Math.min('一二三四五六日天'.indexOf(groups.weekday ?? '') + 1, 7)
  const weeks = [...(groups.which ?? '')].filter(sign => sign === '下').length
  return publishedOn.add({ days: weekday - publishedOn.dayOfWeek + weeks * 7 })
}

function inNearMonth(groups: Raw['groups'], publishedOn: Temporal.PlainDate) {
  const first = publishedOn.with({ day: 1 }).add({ months: /^[下次]/u.test(groups.which ?? '') ? 1 : 0 })
  const day = groups.day ? smallNumber(groups.day) : dayOfPart(groups.part ?? '底', first)
  return first.with({ day }, { overflow: 'reject' })
}

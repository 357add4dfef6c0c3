import { Temporal } from 'temporal-polyfill'
import {
  dayIn,
  endOfPeriod,
  inNearMonth,
  inYear,
  nthWeekday,
  onWeekday,
} from '../../dates/tokens/calendar.ts'
import { type DayKind, type DayToken, dayTokens } from '../../dates/tokens/day-tokens.ts'

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

const noticeKinds: readonly DayKind[] = [
  'weekdayOfMonth',
  'englishDay',
  'monthDay',
  'digits',
  'spokenDay',
  'monthPart',
  'monthAlone',
  'thisMonthPart',
  'nearMonth',
  'yearEnd',
  'quarterEnd',
  'weekday',
  'shortDigits',
  'shortRangeEnd',
  'slashed',
  'leadingSlashed',
  'slashedAgain',
  'period',
  'periodFirst',
  'dayOnly',
]

/** In characters: a day without its month belongs to the one named before, up to there. */
const longestMatter = 60
/** 「1月3日」 may be this many days past before the next year's is meant. */
const pastDays = 60

/** In characters: no time of day behind a day is longer. */
const longestTime = 60
const timeOfDay =
  /^(?:\s*\([^()]{0,12}\))?\s*(?:凌晨|上午|中午|下午|晚上|晚间|晚|傍晚)?\s*(?:\d{1,2}\s*(?::\s*\d{2}(?::\d{2})?|[时点]\s*(?:半|\d{1,2}分?|整)?)|(?:零|十[一二]?|[一二三四五六七八九])[时点](?:半|整)?)?/u
const midnight = /^(?:\s*\([^()]{0,12}\))?\s*(?:凌晨)?(?:0{1,2}\s*(?::00(?![:\d]*[1-9])|[时点])|零[时点])/u
const connected = /^\s*(?:\([^()]{0,12}\)\s*)?(?:(?:起|开始)\s*)?(?:至|到|-{1,2}>?|→|、)\s*$/u
/** Words that let a period count from the day of the notice. */
const sinceNotice =
  /(?:即日|今日|今天|(?:发布|印发|公布|发出|下发|刊登|发文|刊发|公告|通告|通知|公示|张贴|挂网)(?:之日|当日|之时|日|(?:之|的)?次日)?(?:\([^()]{0,12}\))?)$/u

/** `takesSlashes`: 「9/20」 is a day even where no other is written so; false by default. */
type DayReading = { takesSlashes?: boolean }

/**
 * The days that a folded text names, in order. Days without a year are completed: from the day they are connected
 * with (「2026年12月20日至1月15日」), else from the day of publication.
 */
export function findDays(
  text: string,
  publishedOn: Temporal.PlainDate,
  reading: DayReading = {},
): DayMention[] {
  const found: DayMention[] = []
  const issuedOn = printedDay(text) ?? publishedOn
  for (const token of tokensOf(text, reading)) {
    const before = found.at(-1)
    const isJoined = before !== undefined && connected.test(text.slice(before.end, token.start))
    const place = { text, publishedOn, issuedOn, before, isJoined }
    const day = resolve(token, place)
    if (!day) continue
    const past = pastSpan(day, token, place)
    if (past) found.splice(-1, 1, past.first)
    const tail = timeOfDay.exec(text.slice(token.end, token.end + longestTime))?.[0].trimEnd() ?? ''
    const lead = text.slice(Math.max(0, token.start - 3), token.start)
    found.push({
      start: token.start,
      end: token.end + tail.length,
      day: past?.to ?? day,
      isSpanEnd: isJoined && !text.slice(before.end, token.start).includes('、'),
      isPeriod: token.kind === 'period' || token.kind === 'periodFirst',
      isYearly: /每(?:年|月|季度|个月|年度)的?$/u.test(lead) || (isJoined && before.isYearly),
      isMidnight: midnight.test(tail),
      isMonth: token.kind === 'monthAlone',
      hasYear: token.words.year !== undefined,
    })
  }
  return found.filter((mention, at) => !isRestated(mention, found[at + 1], text))
}

/** 「起一个月内，即最迟3月31日」: the day that is named counts, not how long it is until then. */
const restates = /^内?,?\s*\(?(?:即|也就是|截?至|截?止)[^。;,\n]{0,6}$/u

const isRestated = (mention: DayMention, next: DayMention | undefined, text: string): boolean =>
  mention.isPeriod && next !== undefined && restates.test(text.slice(mention.end, next.start))

/** 「1/3」 alone is a fraction: a slash between bare numbers is of a day only where others are. */
function tokensOf(text: string, { takesSlashes = false }: DayReading): DayToken[] {
  const tokens = dayTokens(text, noticeKinds)
  const hasSlashes =
    takesSlashes || tokens.some(({ kind }) => kind === 'slashed' || kind === 'leadingSlashed')
  return hasSlashes ? tokens : tokens.filter(({ kind }) => kind !== 'slashedAgain')
}

type Place = {
  text: string
  publishedOn: Temporal.PlainDate
  /** Day from which 「自印发之日起」 counts. */
  issuedOn: Temporal.PlainDate
  before: DayMention | undefined
  isJoined: boolean
}

/** @returns undefined for what no calendar has, or what counts from something that we do not know */
function resolve(token: DayToken, place: Place): Temporal.PlainDate | undefined {
  try {
    if (token.kind === 'periodFirst')
      return endOfPeriod(dayOfNotice(place, place.text.slice(token.start, token.end)), token.words)
    return token.kind === 'period' ? periodEnd(token, place) : dated(token, place)
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

const printedBehind = /^\s*印发\s*(?:\n|$)/u
const printedBefore = /印发(?:日期|时间)\s*:?\s*$/u

/** The day of printing, 「2026年11月11日印发」 at the foot or 「印发日期：2026-11-11」, if a folded text names one. */
export function printedDay(text: string): Temporal.PlainDate | undefined {
  if (!text.includes('印发')) return undefined
  const token = dayTokens(text, ['monthDay', 'digits']).findLast(
    ({ start, end, words: { year } }) =>
      year !== undefined &&
      (printedBehind.test(text.slice(end, end + 12)) ||
        printedBefore.test(text.slice(Math.max(0, start - 8), start))),
  )
  if (!token) return undefined
  const { year = 0, month = 0, day = 0 } = token.words
  return Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
}

/** Whether 「自印发之日起」 and the like count from the day of printing, not from that of publication. */
export const isFromPrinting = (said: string) => /印发|下发|发文/u.test(said)

/** @param said with 「印发」 it is the day of printing, else that of publication */
function dayOfNotice({ publishedOn, issuedOn }: Place, said: string): Temporal.PlainDate {
  return isFromPrinting(said) ? issuedOn : publishedOn
}

function periodEnd({ start, end, words }: DayToken, place: Place) {
  const { text, before } = place
  const said = text.slice(Math.max(0, start - 24), start)
  const isFromDay = before !== undefined && before.end === start && !before.isPeriod
  const isFromNotice =
    sinceNotice.test(said) || /^(?:发布|印发|公布|挂网|刊登|刊发|张贴)后/u.test(text.slice(start))
  if (!isFromDay && !isFromNotice) return undefined
  const from = isFromDay ? before.day : dayOfNotice(place, `${said.slice(-10)}${text.slice(start, end)}`)
  return endOfPeriod(from, words)
}

function dated(token: DayToken, place: Place): Temporal.PlainDate | undefined {
  const { kind, words } = token
  const { publishedOn } = place
  if (kind === 'weekday') return words.weeksAhead === undefined ? undefined : onWeekday(words, publishedOn)
  if (kind === 'thisMonthPart') return publishedOn.with({ day: publishedOn.daysInMonth })
  if (kind === 'nearMonth') return inNearMonth(words, publishedOn)
  if (kind === 'weekdayOfMonth') return nthWeekday(words, publishedOn, { pastDays })
  if (kind === 'dayOnly') return dayAlone(words.day ?? Number.NaN, token, place)
  if (kind === 'yearEnd')
    return inYear({ yearsAhead: 0, ...words, month: 12, day: 31 }, publishedOn, { pastDays })
  const isPart = kind === 'monthAlone' || kind === 'quarterEnd'
  const said = isPart ? { ...words, part: '底' } : words
  return completed(isOfLastYear(token, place) ? { ...said, yearsAhead: -1 } : said, place)
}

/** 「去年系统6月3日开放」: nothing that acts today stands between. 「较去年提前至6月30日」 is of this year. */
const lastYearBefore = /(?<![较比与同跟])(?:去年|上年|往年)[^,。;:!?、\n的请须应\d]{1,10}(?<![至到为])$/u
const listedBehind = /^[^,。;:!?\n的请须应\d]{1,8}、[^,。;:!?\n的请须应\d]{0,8}$/u

/** Whether a day without a year belongs to the last one, as its clause says; so does the next one of a list. */
function isOfLastYear({ start, words }: DayToken, { text, before, publishedOn }: Place): boolean {
  if (words.year !== undefined || words.yearsAhead !== undefined) return false
  if (lastYearBefore.test(text.slice(Math.max(0, start - 14), start))) return true
  if (!before || before.hasYear || before.day.year !== publishedOn.year - 1) return false
  const isListed = listedBehind.test(text.slice(before.end, start))
  return isListed && lastYearBefore.test(text.slice(Math.max(0, before.start - 14), before.start))
}

/** 「9月1日-10月15日」 in November: a span whose end is just past lies before, though its beginning alone would not. */
function pastSpan(day: Temporal.PlainDate, { words }: DayToken, { before, publishedOn, isJoined }: Place) {
  const hasYear = words.year !== undefined || words.yearsAhead !== undefined
  if (!isJoined || !before || before.hasYear || before.isPeriod || hasYear) return undefined
  const [from, to] = [before.day.subtract({ years: 1 }), day.subtract({ years: 1 })]
  const daysAgo = to.until(publishedOn).days
  return daysAgo > 0 && daysAgo <= pastDays ? { first: { ...before, day: from }, to } : undefined
}

function completed(words: DayToken['words'], { publishedOn, before, isJoined }: Place) {
  if (!isJoined || !before || words.year !== undefined || words.yearsAhead !== undefined)
    return inYear(words, publishedOn, { pastDays })
  const same = dayIn(words, before.day.year)
  return Temporal.PlainDate.compare(same, before.day) < 0 ? dayIn(words, before.day.year + 1) : same
}

const endsAfter =
  /^\s*(?:\([^()]{1,8}\))?\s*(?:之前|以前|前|止|截止|下班|[收停关截][^,。;\n]{0,3}(?:最后一天|齐|完|止)|最后一天|统一(?:交|送|报))/u
const endsBefore = /(?:不晚于|不迟于|最晚|最迟|截至|截止到?|起到|起至)\s*$/u

/** 「12月5日起开启,20日18:00关闭」: the day on which closes what the day before opens. 「开放20日关闭」 may be a stretch. */
const opensBefore = /^[^。;!?\n]*(?:起|开[放通启始]|启[用动]|上线)[^。;!?\n]*$/u
const stretchBefore = /(?:开放|持续|历时|为期|运行|共计?|满|达|后)\s*$/u
const closesOn = /^\s*(?:\([^()]{1,8}\))?\s*(?:系统|通道|平台|入口)?(?:自动)?(?:关闭|结束|锁定|停止|下线)/u

/** 「12月1日至25日」, or 「15日前」 of the month that the sentence is about, else of this one or the next. */
function dayAlone(day: number, { start, end }: DayToken, { text, publishedOn, before, isJoined }: Place) {
  if (isJoined && before) return before.day.with({ day }, { overflow: 'reject' })
  const lead = text.slice(0, start)
  if (/每月的?$/u.test(lead)) return undefined
  const isSameMatter = before && before.end > start - longestMatter && !before.isPeriod
  const isClosing = isSameMatter && closesAgain(text.slice(before.end, start), text.slice(end))
  if (!isClosing && !endsAfter.test(text.slice(end)) && !endsBefore.test(lead)) return undefined
  const from =
    isSameMatter && Temporal.PlainDate.compare(before.day, publishedOn) >= 0 ? before.day : publishedOn
  const same = from.with({ day }, { overflow: 'reject' })
  return Temporal.PlainDate.compare(same, from) < 0 ? same.add({ months: 1 }) : same
}

/** @param between what stands between two days, @param behind what stands behind the later one */
function closesAgain(between: string, behind: string): boolean {
  const afterTime = behind.slice(timeOfDay.exec(behind.slice(0, longestTime))?.[0].length ?? 0)
  return opensBefore.test(between) && !stretchBefore.test(between) && closesOn.test(afterTime)
}

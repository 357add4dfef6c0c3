import type { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../characters.ts'
import { inShanghai, timeZone, weekdayName } from './time.ts'
import { comingDay, onWeekday } from './tokens/calendar.ts'
import { type ChatDay, chatDays, dayMark, marked } from './tokens/chat-days.ts'
import { clockSpan, spanOfDay } from './tokens/clock-times.ts'
import { continuesRange, hasUnreadDay, isChangedDay } from './tokens/unread-days.ts'

/** A time as a person wrote it, and the words around it. */
export type When = {
  kind: 'when'
  startsAt: Temporal.Instant
  /** Only where an end was written. */
  endsAt?: Temporal.Instant
  /** Whether a day was written; without one today is taken. */
  hasDay: boolean
  /** The time as it was written, a day beside it included. */
  said: string
  /** The text without the time. */
  rest: string
}

/** A time that cannot be: the reason is a Chinese sentence to be said as it is. */
export type ImpossibleWhen = { kind: 'impossible'; reason: string }

const adjacent = new RegExp(
  `(?:(?<day>${dayMark})(?:\\s*[（(][^）)\u{e000}]*[)）])?(?:[\\s,，的]*|-(?=\\d{1,2}:\\d)))?${clockSpan}`,
  'gu',
)
const standingAlone = new RegExp(`(?<=^|\\s)${dayMark}(?=\\s|$)`, 'u')
const noDayFollows = `(?!\\s*(?:[-、/&+]|到|至|和|及|与|跟|或)\\s*${dayMark})`
/** 「14:00 12月19日」, 「14:00（周六）」: a day right behind the time, and not the first of several. */
const behindTime = new RegExp(
  `^(?<gap>[\\s,，]*[（(]?\\s*)${dayMark}\\s*[)）]?(?=[\\s,，]|$)${noDayFollows}`,
  'u',
)
/** 「14:00 王老师 12月19日」: at the end of all. 「报名截止 12月10日」 is another day. */
const standingBehind = new RegExp(`(?<=\\s)(?<!(?:截止|报名|之?前)[^\\u{e000}]{0,6})${dayMark}\\s*$`, 'u')
/** 「2pm」, 「PM 2:00」: 「02:00 PM」 read as written would be the night; 「PM2.5」 is fine dust. */
const englishHalf = {
  before: /(?<![a-z])[ap]\.?m\.?\s*$/iu,
  behind: /^\s*[ap]\.?m(?![a-z]|2\.5|10(?![\d.:月]))/iu,
}
/** 「14:00到晚上」. */
const unreadEnd =
  /^\s*(?:-|到|至)\s*(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上?|夜里|结束|散会)(?=[\s,，]|$)/u

/** A weekday that is today means today until this long after the start, and then the next one. */
const sameDayGraceHours = 3

/**
 * Finds a time in what a person wrote: 「14:00」「今天14:00」「明天下午2点半」「周六 14:00-15:30」「11月28日 14:00到16:00」.
 * The last one counts, since titles come first; a day may also stand alone elsewhere between spaces.
 * 「2点」 without a part of the day is 14:00, as lessons do not begin at two in the morning; 「02:00」 is as written.
 * A time without a day is today's, even when it is past.
 * @param now what 「今天」 and 「周六」 are counted from; days are those of Asia/Shanghai
 * @returns undefined where no time was written
 */
export function findWhen(text: string, now: Temporal.Instant): When | ImpossibleWhen | undefined {
  const folded = foldCharacters(text)
  const days = chatDays(folded)
  const plain = marked(folded, days)
  const found = [...plain.matchAll(adjacent)].at(-1)
  if (!found?.groups) return undefined
  const [start, end] = [found.index, found.index + found[0].length]
  const { day, span, cut, fault } = placeDay({ plain, days, start, end })
  const rest = without(text, cut)
  if (!day && hasUnreadDay(plain.slice(0, start), rest)) return unread(text)
  if (fault === 'range') return impossible('一次只能写同一天里的时间，跨几天的请一天一天分开写。')
  if (fault === 'unread') return unread(text)
  if (englishHalf.before.test(plain.slice(0, start)) || englishHalf.behind.test(folded.slice(end)))
    return impossible('几点请写成「14:00」或「下午2点」这样，不写 AM、PM。')
  if (unreadEnd.test(plain.slice(end))) return impossible('几点结束没看懂，请写成「14:00-15:30」这样。')
  const said = text.slice(span.start, span.end).trim()
  try {
    return { kind: 'when', ...resolve(found.groups, day, now), hasDay: day !== undefined, said, rest }
  } catch (cause) {
    if (cause instanceof ContradictoryDay) return impossible(cause.message)
    if (cause instanceof RangeError) return impossible(`没有「${said}」这个时间，请改一下再发。`)
    throw cause
  }
}

type Fault = 'range' | 'unread' | undefined
type Span = { start: number; end: number }
/** The day of a time; `span` is the time with a day beside it, `cut` what leaves the text with both. */
type PlacedDay = { day?: ChatDay; span: Span; cut: Span[]; fault: Fault }

/**
 * The day of the time in [start, end): beside it, else between spaces before it, else behind it.
 * @param plain the marked text
 */
function placeDay({ plain, days, start, end }: Span & { plain: string; days: ChatDay[] }): PlacedDay {
  const dayFrom = (from: number | undefined) => days.find(day => day.start === from)
  const [before, behind] = [plain.slice(0, start), plain.slice(end)]
  const time = { start, end }
  const beside = dayFrom(start)
  if (beside) return { day: beside, span: time, cut: [time], fault: dayFault(before, beside) }
  const earlier = dayFrom(standingAlone.exec(before)?.index)
  if (earlier) return { day: earlier, span: time, cut: [time, earlier], fault: undefined }
  const next = behindTime.exec(behind)
  const nextDay = next && dayFrom(end + (next.groups?.gap ?? '').length)
  // 「14:00 12.19」 is a day at the end or in brackets; before more words it may be a version or a number of a list.
  const isAtEnd = behind.slice(next?.[0].length).trim() === ''
  if (nextDay && (nextDay.kind !== 'dottedDay' || isAtEnd || /[（(]/u.test(next[0]))) {
    const span = { start, end: end + next[0].length }
    return { day: nextDay, span, cut: [span], fault: undefined }
  }
  const later = standingBehind.exec(behind)
  const laterDay = later && dayFrom(end + later.index)
  // 「12.19」 further behind may be anything.
  if (!laterDay || laterDay.kind === 'dottedDay') return { span: time, cut: [time], fault: undefined }
  const fault = dayFault(behind.slice(0, later.index), laterDay)
  return { day: laterDay, span: time, cut: [time, laterDay], fault }
}

/** @param before the marked text before the day */
function dayFault(before: string, day: ChatDay): Fault {
  if (continuesRange(before, day)) return 'range'
  return isChangedDay(before) ? 'unread' : undefined
}

/** The text without some spans of it, tidied. */
function without(text: string, spans: readonly Span[]): string {
  const cut = [...spans].sort((a, b) => b.start - a.start)
  const left = cut.reduce((words, { start, end }) => `${words.slice(0, start)} ${words.slice(end)}`, text)
  return left.replaceAll(/\s+/gu, ' ').replaceAll(/^[\s,，]+|[\s,，—-]+$/gu, '')
}

const unread = (text: string) => impossible(`「${text.trim()}」里的日子没看懂，请写成「12月5日 14:00」这样。`)

const impossible = (reason: string): ImpossibleWhen => ({ kind: 'impossible', reason })

/** A date and the weekday beside it do not agree; the message is said as it is. */
class ContradictoryDay extends Error {
  override name = 'ContradictoryDay'
}

/** @throws RangeError where there is no such day or time */
function resolve(times: Record<string, string | undefined>, day: ChatDay | undefined, now: Temporal.Instant) {
  const { start, end } = spanOfDay(times)
  const date = day ? dateOf(day, start, now) : inShanghai(now).toPlainDate()
  return { startsAt: at(date, start), ...(end ? { endsAt: at(date, end) } : {}) }
}

const at = (date: Temporal.PlainDate, time: Temporal.PlainTime) =>
  date.toZonedDateTime({ timeZone, plainTime: time }).toInstant()

/** @throws ContradictoryDay, RangeError */
function dateOf(day: ChatDay, start: Temporal.PlainTime, now: Temporal.Instant): Temporal.PlainDate {
  const today = inShanghai(now).toPlainDate()
  const isOver = at(today, start).until(now).total('hours') > sameDayGraceHours
  const date = comingDay(day, { today, from: isOver ? today.add({ days: 1 }) : today })
  const { weekday = date.dayOfWeek, weeksAhead } = day.beside ?? {}
  const named = `${date.month}月${date.day}日`
  if (weekday !== date.dayOfWeek)
    throw new ContradictoryDay(
      `${named}是星期${weekdayName(date)}，不是星期${weekdayName({ dayOfWeek: weekday })}，请看看日期对不对，改一下再发。`,
    )
  if (weeksAhead === undefined) return date
  const inWeek = onWeekday({ weekday, weeksAhead }, today)
  if (inWeek.equals(date)) return date
  throw new ContradictoryDay(
    `${weekOf(weeksAhead)}星期${weekdayName(date)}是${inWeek.month}月${inWeek.day}日，不是${named}，请看看日期对不对，改一下再发。`,
  )
}

const weekOf = (weeksAhead: number) => ['本周的', '下周的', '下下周的'][weeksAhead] ?? ''

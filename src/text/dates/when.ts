import type { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../characters.ts'
import { inShanghai, timeZone, weekdayName } from './time.ts'
import { comingDay, onWeekday } from './tokens/calendar.ts'
import { type ChatDay, chatDays, dayMark, withDayMarks } from './tokens/chat-days.ts'
import { clockSpan, partOfDay, spanMark, spanOfDay } from './tokens/clock-times.ts'
import { continuesRange, contradictsDay, hasUnreadDay, isChangedDay } from './tokens/unread-days.ts'

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
  /** `rest` without words that only lead to the time or follow it: 「定于」, 「召开」. */
  subject: string
}

/** A time that cannot be: the reason is a Chinese sentence to be said as it is. */
export type ImpossibleWhen = { kind: 'impossible'; reason: string }

const adjacent = new RegExp(
  `(?:(?<day>${dayMark})(?:\\s*[（(](?<aside>[^）)\u{e000}]*)[)）])?(?:[\\s,，的、|。._]*|T(?=\\d)|(?:在|于|大[概约]|约|-(?=\\d{1,2}:\\d))))?${clockSpan}`,
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
const unreadEnd = new RegExp(`^\\s*${spanMark}\\s*(?:${partOfDay}|结束|散会)(?=[\\s,，]|$)`, 'u')
/** 「14:00结束」, 「13:30签到」, 「14:00前」: a time of something else than the start. 「14:00前沿技术」 is a start. */
const otherMoment =
  /^(?:之?前|以前|之?后|以后)?(?:结束|截止|散会|散场|下课|签到|签退|入场|报到|报名)|^(?:之前|以前|之后|以后|[前后])(?=[\s,，。)）]|$)/u
/** 「三点差一刻」. */
const lessThanHour = /^\s*[差过](?:[\d一二两三四五六七八九十]{1,3}分|[一三]刻)/u

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
  const folded = withColons(foldCharacters(text))
  const days = chatDays(folded)
  const plain = withDayMarks(folded, days)
  const times = [...plain.matchAll(adjacent)]
  const found = times.at(-1)
  if (!found?.groups) return undefined
  const [start, end] = [found.index, found.index + found[0].length]
  const { day, span, cut, fault } = placeDay({ plain, days, start, end })
  const rest = without(text, cut)
  const other = day ? undefined : times.find(one => one !== found && one.groups?.day !== undefined)
  if (other) return secondTime(text.slice(start, end))
  if (!day && hasUnreadDay(plain.slice(0, start), rest)) return unread(text)
  if (fault === 'range') return impossible('一次只能写同一天里的时间，跨几天的请一天一天分开写。')
  if (fault === 'unread' || (day && contradictsDay(found.groups.aside, day))) return unread(text)
  if (englishHalf.before.test(plain.slice(0, start)) || englishHalf.behind.test(folded.slice(end)))
    return impossible('几点请写成「14:00」或「下午2点」这样，不写 AM、PM。')
  const wrongTime = faultBehind(plain.slice(end), text.slice(start, end), times.length > 1)
  if (wrongTime) return wrongTime
  const subject = without(text, widened(plain, cut))
  const said = text.slice(span.start, span.end).trim()
  try {
    return {
      kind: 'when',
      ...resolve(found.groups, day, now),
      hasDay: day !== undefined,
      said,
      rest,
      subject,
    }
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
  return isChangedDay(before, day) ? 'unread' : undefined
}

/** Words that only lead to a time: 「定于」, 「暂定」, 「⏰」; a colon behind the title. */
const leadBefore =
  /(?:\p{Extended_Pictographic}|\ufe0f|[\s,，:|_]|(?:时间|日期)(?:改为|改到|改成|定在|定为|为)|(?:暂|初步?|拟|预|现)?定[于在]|暂定|拟定|拟于|将于|谨于|兹定于|订于|改到|改在|改为)+$/u
/** Words that only follow a time: 「召开」, 「左右」. */
const tailBehind =
  /^(?:左右|前后)?\s*(?:正式|准时|如期)?(?:召开|举行|举办|开展|进行|开课|开讲|开场|开会|上课|集合)?(?=[\s,，。;；!！]|$)[。!！|]?/u

/** The spans with the words beside them that only lead to a time or follow one. */
function widened(plain: string, spans: readonly Span[]): Span[] {
  return spans.map(({ start, end }) => ({
    start: start - (leadBefore.exec(plain.slice(0, start))?.[0].length ?? 0),
    end: end + (tailBehind.exec(plain.slice(end))?.[0].length ?? 0),
  }))
}

const wrongColon = '[.;。](?=[0-5]\\d(?![\\d.元万亿%]))'
/** 「下午2.30」, 「12月12日14;30」: a colon typed as another mark. One code unit stays one. */
const otherColon = new RegExp(
  [
    // Behind a part of the day, a day or a weekday.
    `(?<=(?:${partOfDay}|[\\d一二三四五六七八九十][日号號]|(?:周|星期|礼拜)[一二三四五六日天])\\s*[)）]?\\s*\\d{1,2})${wrongColon}`,
    // In the second time of a span.
    `(?<=\\d{1,2}:\\d{2}\\s*${spanMark}\\s*\\d{1,2})${wrongColon}`,
  ].join('|'),
  'gu',
)
/** The end of a span is read when its start has a colon: the second pass. */
const withColons = (folded: string) => folded.replaceAll(otherColon, ':').replaceAll(otherColon, ':')

/** The text without some spans of it, tidied. */
function without(text: string, spans: readonly Span[]): string {
  const cut = [...spans].sort((a, b) => b.start - a.start)
  const left = cut.reduce((words, { start, end }) => `${words.slice(0, start)} ${words.slice(end)}`, text)
  return left.replaceAll(/\s+/gu, ' ').replaceAll(/^[\s,，]+|[\s,，—-]+$/gu, '')
}

const unread = (text: string) => impossible(`「${text.trim()}」里的日子没看懂，请写成「12月5日 14:00」这样。`)

const secondTime = (said: string) =>
  impossible(`「${said.trim()}」也是一个时间，分不清要的是哪一个。请只写一个，像「12月5日 14:00-15:30」。`)

/** Refuses a time of something else than the start. @param said the time as it was written */
function faultBehind(behind: string, said: string, isOneOfSeveral: boolean): ImpossibleWhen | undefined {
  if (unreadEnd.test(behind)) return impossible('几点结束没看懂，请写成「14:00-15:30」这样。')
  if (lessThanHour.test(behind)) return impossible('几点请写成「14:45」这样。')
  const moment = otherMoment.exec(behind)?.[0]
  if (moment === undefined) return undefined
  if (isOneOfSeveral) return secondTime(said)
  return impossible(`「${said.trim()}${moment}」不是几点开始。请写开始的时间，像「12月5日 14:00-15:30」。`)
}

const impossible = (reason: string): ImpossibleWhen => ({ kind: 'impossible', reason })

/** A date and the weekday beside it do not agree; the message is said as it is. */
class ContradictoryDay extends Error {
  override name = 'ContradictoryDay'
}

/** @throws RangeError where there is no such day or time */
function resolve(times: Record<string, string | undefined>, day: ChatDay | undefined, now: Temporal.Instant) {
  const { start, end, endsNextDay = false } = spanOfDay(times)
  const date = day ? dateOf(day, start, now) : inShanghai(now).toPlainDate()
  const lastDate = endsNextDay ? date.add({ days: 1 }) : date
  return { startsAt: at(date, start), ...(end ? { endsAt: at(lastDate, end) } : {}) }
}

const at = (date: Temporal.PlainDate, time: Temporal.PlainTime) =>
  date.toZonedDateTime({ timeZone, plainTime: time }).toInstant()

/** @throws ContradictoryDay, RangeError */
function dateOf(day: ChatDay, start: Temporal.PlainTime, now: Temporal.Instant): Temporal.PlainDate {
  const today = inShanghai(now).toPlainDate()
  const isOver = at(today, start).until(now).total('hours') > sameDayGraceHours
  const date = comingDay(day, { today, from: isOver ? today.add({ days: 1 }) : today })
  const { weekday = date.dayOfWeek, weeksAhead, daysAhead } = day.beside ?? {}
  const named = `${date.month}月${date.day}日`
  if (weekday !== date.dayOfWeek)
    throw new ContradictoryDay(
      `${named}是星期${weekdayName(date)}，不是星期${weekdayName({ dayOfWeek: weekday })}，${checkDay}`,
    )
  if (daysAhead !== undefined) requireSame(date, today.add({ days: daysAhead }), nearName(daysAhead))
  if (weeksAhead !== undefined)
    requireSame(
      date,
      onWeekday({ weekday, weeksAhead }, today),
      `${weekOf(weeksAhead)}星期${weekdayName(date)}`,
    )
  return date
}

/** @throws ContradictoryDay where a day and its other name differ */
function requireSame(date: Temporal.PlainDate, other: Temporal.PlainDate, name: string): void {
  if (other.equals(date)) return
  throw new ContradictoryDay(
    `${name}是${other.month}月${other.day}日，不是${date.month}月${date.day}日，${checkDay}`,
  )
}

const checkDay = '请看看日期对不对，改一下再发。'
const nearName = (daysAhead: number) => ['今天', '明天', '后天', '大后天'][daysAhead] ?? ''
const weekOf = (weeksAhead: number) => ['本周的', '下周的', '下下周的'][weeksAhead] ?? ''

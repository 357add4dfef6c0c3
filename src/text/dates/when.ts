import { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../characters.ts'
import { numberOf } from '../figures/numerals.ts'
import { withPlainDays } from './plain-days.ts'
import { inShanghai, timeZone, weekdayName } from './time.ts'

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

const hours = '(?:\\d{1,2}|十[一二]?|[一二两三四五六七八九])'
const period = '(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)'
const time = (name: string) =>
  `(?<${name}Period>${period})?\\s*(?<${name}Hour>${hours})(?:\\s*:\\s*(?<${name}Minute>\\d{2})|[点點时時](?:(?<${name}Half>半)|(?<${name}Quarter>[一三])刻|(?<${name}Spoken>\\d{1,2})分?|整)?|(?=\\s*(?:-|到|至)\\s*${period}?${hours}[点點时時]))`
const weekWord = '(?:周|週|星期|礼拜|禮拜)'
const besideDate = `(?:[\\s,，/]*(?:${weekWord}|[（(]\\s*${weekWord}?)(?<dateWeekday>[一二三四五六日天])\\s*[)）]?)?`
const dayPattern = `(?:(?:(?<year>\\d{4})[年/.-])?(?<![\\d月])(?<month>\\d{1,2})(?:月|[/.-](?!\\d{1,2}[日号號]))(?<day>\\d{1,2})[日号號]?|(?<![\\d第])(?<dayOfMonth>\\d{1,2})[日号號]|(?<near>大后天|大後天|后天|後天|今天|今日|明天|明日|今|明))${besideDate}|(?<week>下下|下|本|这|這)?个?${weekWord}(?<weekday>[一二三四五六日天])`
const timePattern = `(?:(?<![\\d:])|(?=${period}))${time('start')}(?:\\s*(?:-|到|至)\\s*${time('end')})?(?![\\d:])(?:准时)?(?:开始|開始)?`
const adjacent = new RegExp(`(?:(?:${dayPattern})(?:\\s*[（(][^）)]*[)）])?[\\s,，的]*)?${timePattern}`, 'gu')
const standingAlone = new RegExp(`(?<=^|\\s)(?:${dayPattern})(?=\\s|$)`, 'u')

const solarTerm =
  '立春|雨水|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒'
const festival =
  '元旦|除夕|春节|元宵|清明|劳动|端午|中秋|国庆|圣诞|五一|五四|六一|七一|八一|十一|三八|七夕|重阳|双十[一二]|双1[12]|母亲|父亲|儿童|妇女|教师|情人|感恩'
const namedDay = `(?:${festival})节?(?:当天|当日|那天)?|(?:${solarTerm})(?:当天|当日|那天)?|平安夜|(?:大年|正月|腊月|农历).{0,4}|初[一二三四五六七八九十]|双休日|(?:每个)?工作日|月底.{0,4}|昨天|昨日|前天|后日|明后天|(?:[一二两三四五六七八九十]|\\d){1,3}[天日周]后|廿[一二三四五六七八九]?[日号]|(?:\\S*月)?最后一[天日]|20\\d{6}`
/** What names a day and is not understood beside a time without a day: by itself, a full date, or a day with no thing named after it. */
const otherDay = new RegExp(
  `(?:^|\\s)(?:${namedDay}|[一二三四五六七八九十]{1,3}月份?)(?=\\s|$)|[一二三四五六七八九十\\d]{1,3}月[一二三四五六七八九十\\d]{1,3}[日号號]|(?<![第\\d])[一二三四五六七八九十\\d]{1,3}[日号號](?=\\s|$|[/])`,
  'u',
)
/** 「上周六」「两周后周六」「第二个周六」「今天 12月12日」: what stands before a day that was read makes it another. */
const changedDay = new RegExp(
  `(?:[一二两三四五六\\d]个?(?:周|星期|礼拜|月)[以之]?[后後]的?|第[一二三四五\\d]|最[后後]一?|首|每|[单双單雙]周?)[个個]?\\s*$|(?:^|\\s)(?:上个?|下+个?|明|大?[后後]天和|[一二三四五六七八九十]{1,3}月|${dayPattern})\\s*$`,
  'u',
)
/** A day, or a day and a time, that goes on into the day behind it. A title that ends in a number does not. */
const openRange = new RegExp(
  `(?:${dayPattern}|[点點时時]半?|:\\d{2}|(?:^|[\\s月])\\d{1,2}(?=\\s*[-、到至和]\\s*$))\\s*(?:-|到|至|、|和|及)\\s*$`,
  'u',
)

const endsInNamedDay = /(?:元旦|除夕|春节|中秋节?|国庆节?|端午节?)$/u

const nearDays = new Map([
  ['今', 0],
  ['明', 1],
  ['后', 2],
  ['後', 2],
  ['大', 3],
])
/** A weekday that is today means today until this long after the start, and then the next one. */
const sameDayGraceHours = 3
/** 「1月3日」, written in December, is next year's; one that is this long past was meant for next year. */
const pastDateDays = 90

type Groups = Record<string, string | undefined>

/**
 * Finds a time in what a person wrote: 「14:00」「今天14:00」「明天下午2点半」「周六 14:00-15:30」「11月28日 14:00到16:00」.
 * The last one counts, since titles come first; a day may also stand alone elsewhere between spaces.
 * 「2点」 without a part of the day is 14:00, as lessons do not begin at two in the morning; 「02:00」 is as written.
 * A time without a day is today's, even when it is past.
 * @param now what 「今天」 and 「周六」 are counted from; days are those of Asia/Shanghai
 * @returns undefined where no time was written
 */
export function findWhen(text: string, now: Temporal.Instant): When | ImpossibleWhen | undefined {
  const said = withPlainDays(text, inShanghai(now).toPlainDate())
  const plain = foldCharacters(said)
  const found = [...plain.matchAll(adjacent)].at(-1)
  if (!found?.groups) return undefined
  const before = said.slice(0, found.index)
  const after = said.slice(found.index + found[0].length)
  const hasDay = ['month', 'dayOfMonth', 'near', 'weekday'].some(name => found.groups?.[name])
  const alone = hasDay ? undefined : (foldCharacters(before).match(standingAlone) ?? undefined)
  const rest = alone
    ? `${before.slice(0, alone.index)}${before.slice((alone.index ?? 0) + alone[0].length)} ${after}`
    : `${before} ${after}`
  const words = rest.replaceAll(/\s+/gu, ' ').replaceAll(/^[\s,，]+|[\s,，—-]+$/gu, '')
  const start = foldCharacters(before)
  if (hasDay && isRange(start, found.groups))
    return impossible('一次只能写同一天里的时间，跨几天的请一天一天分开写。')
  const isUnread = hasDay
    ? changedDay.test(start)
    : alone === undefined && (otherDay.test(foldCharacters(words)) || endsInNamedDay.test(start))
  if (isUnread) return impossible(`「${text.trim()}」里的日子没看懂，请写成「12月5日 14:00」这样。`)
  try {
    return {
      kind: 'when',
      ...resolve(found.groups, alone?.groups ?? found.groups, now),
      hasDay: hasDay || alone !== undefined,
      said: said.slice(found.index, found.index + found[0].length).trim(),
      rest: words,
    }
  } catch (cause) {
    if (cause instanceof ContradictoryDay) return impossible(cause.message)
    if (cause instanceof RangeError) return impossible(`没有「${found[0].trim()}」这个时间，请改一下再发。`)
    throw cause
  }
}

/** 「12月5-6日」 counts only beside a day of the month; 「第 2-周六」 is a title. */
function isRange(before: string, { dayOfMonth, near }: Groups): boolean {
  const range = openRange.exec(before)?.[0]
  if (range === undefined) return false
  const isBareNumber = /^[\s月]?\d{1,2}\s*(?:-|、|到|至|和|及)\s*$/u.test(range)
  return !isBareNumber || dayOfMonth !== undefined || (near !== undefined && /月/u.test(range))
}

const impossible = (reason: string): ImpossibleWhen => ({ kind: 'impossible', reason })

/** A date and the weekday beside it do not agree; the message is said as it is. */
class ContradictoryDay extends Error {
  override name = 'ContradictoryDay'
}

/** @throws RangeError where there is no such day or time */
function resolve(times: Groups, day: Groups, now: Temporal.Instant) {
  const start = timeOfDay(times, 'start')
  const date = dateOf(day, start, inShanghai(now))
  const startsAt = at(date, start)
  if (times.endHour === undefined) return { startsAt }
  const end = timeOfDay(times, 'end')
  const isInherited =
    times.endPeriod === undefined && (times.endMinute === undefined || times.startPeriod !== undefined)
  const isBefore = Temporal.PlainTime.compare(end, start) <= 0
  // 「下午2点到4点」: the second time is of the same part of the day as the first.
  const meant = isInherited && isBefore && end.hour < 12 ? end.add({ hours: 12 }) : end
  return { startsAt, endsAt: at(date, meant) }
}

const at = (date: Temporal.PlainDate, time: Temporal.PlainTime) =>
  date.toZonedDateTime({ timeZone, plainTime: time }).toInstant()

function timeOfDay(groups: Groups, name: 'start' | 'end'): Temporal.PlainTime {
  const said = numberOf(groups[`${name}Hour`] ?? '') ?? 0
  const minute = minuteOf(groups, name)
  return Temporal.PlainTime.from(
    { hour: hourOfDay(said, groups[`${name}Period`], groups[`${name}Minute`] !== undefined), minute },
    { overflow: 'reject' },
  )
}

function minuteOf(groups: Groups, name: 'start' | 'end'): number {
  if (groups[`${name}Half`]) return 30
  const quarter = groups[`${name}Quarter`]
  if (quarter) return (numberOf(quarter) ?? 0) * 15
  return Number(groups[`${name}Minute`] ?? groups[`${name}Spoken`] ?? 0)
}

function hourOfDay(said: number, partOfDay: string | undefined, isWrittenOut: boolean): number {
  if (partOfDay === undefined) return !isWrittenOut && said >= 1 && said <= 6 ? said + 12 : said
  // 「晚上12点」 is the next day to some and this one to others: 24 is refused as no time.
  if (/晚/u.test(partOfDay) && said === 12) return 24
  if (/[下傍晚]/u.test(partOfDay)) return said < 12 ? said + 12 : said
  if (partOfDay === '中午') return said < 4 ? said + 12 : said
  return said
}

function dateOf(groups: Groups, start: Temporal.PlainTime, now: Temporal.ZonedDateTime): Temporal.PlainDate {
  const today = now.toPlainDate()
  if (groups.near) {
    const near = today.add({ days: nearDays.get(groups.near.slice(0, 1)) ?? 0 })
    checkWeekday(near, groups.dateWeekday)
    return near
  }
  if (groups.weekday) return weekdayOf(groups, start, now)
  if (groups.dayOfMonth) {
    const next = dayOfMonthOf(Number(groups.dayOfMonth), start, now)
    checkWeekday(next, groups.dateWeekday)
    return next
  }
  if (!groups.month) return today
  const year = Number(groups.year ?? today.year)
  const written = { year, month: Number(groups.month), day: Number(groups.day) }
  const date = Temporal.PlainDate.from(written, { overflow: 'reject' })
  const isLongPast = date.until(today).total('days') > pastDateDays
  const meant = groups.year || !isLongPast ? date : date.add({ years: 1 })
  checkWeekday(meant, groups.dateWeekday)
  return meant
}

/** @throws ContradictoryDay */
function checkWeekday(date: Temporal.PlainDate, written: string | undefined): void {
  const actual = weekdayName(date)
  if (written === undefined || written.replace('天', '日') === actual) return
  throw new ContradictoryDay(
    `${date.month}月${date.day}日是星期${actual}，不是星期${written}，请看看日期对不对，改一下再发。`,
  )
}

/** The next such day from now on; months without it are passed over. */
function dayOfMonthOf(
  day: number,
  start: Temporal.PlainTime,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate {
  if (day < 1 || day > 31) throw new RangeError(`no day ${day}`)
  const month = now.toPlainDate().toPlainYearMonth()
  for (const months of [0, 1, 2]) {
    const candidate = month.add({ months })
    if (day > candidate.daysInMonth) continue
    const date = candidate.toPlainDate({ day })
    if (at(date, start).until(now.toInstant()).total('hours') <= sameDayGraceHours) return date
  }
  throw new RangeError(`no day ${day}`)
}

function weekdayOf(groups: Groups, start: Temporal.PlainTime, now: Temporal.ZonedDateTime) {
  const today = now.toPlainDate()
  const weekday = '一二三四五六日天'.indexOf(groups.weekday ?? '') + 1
  const ahead = Math.min(weekday, 7) - today.dayOfWeek
  if (groups.week) return today.add({ days: ahead + 7 * [...groups.week].filter(c => c === '下').length })
  if (ahead !== 0) return today.add({ days: (ahead + 7) % 7 })
  const isOver = at(today, start).until(now.toInstant()).total('hours') > sameDayGraceHours
  return isOver ? today.add({ days: 7 }) : today
}

import { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../characters.ts'
import { timeZone } from './time.ts'
import { inYear, type YearPolicy } from './tokens/calendar.ts'
import { type DayWords, dateNumber, dayTokens } from './tokens/day-tokens.ts'

/** 「11-20」 on a list is of the last twelve months: what was published lies behind, but for clocks and typing errors. */
const publishedPolicy: YearPolicy = { pastDays: Infinity, aheadDays: 31 }
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = `(?<name>${months.join('|')})[a-z]*\\.?`
/** Where a zone is not named, a Chinese site means its own; CST is China's. */
const zones: Record<string, string> = {
  gmt: '+00:00',
  utc: '+00:00',
  ut: '+00:00',
  z: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  jst: '+09:00',
}
const time =
  /(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?<zone>[+-]\d{2}:?\d{2}|z\b|[a-z]{2,4}\b)?/iu

type ReadDay = (found: Record<string, string>) => DayWords

/**
 * The ways in which pages and feeds write a day besides the Chinese ones: in digits, with an English month, and
 * with its parts in elements of their own. The most certain first.
 */
const shapes: readonly [RegExp, ReadDay?][] = [
  // Day tokens know years from 2000 on.
  [/(?<!\d)(?<year>19\d{2})\s*[-/.年]\s*(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})(?!\d)/u],
  [
    /(?<!\d)(?<year>20\d{2}|19\d{2})(?<month>0[1-9]|1[0-2])(?<day>[0-2]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)/u,
  ],
  [
    new RegExp(
      `(?<!\\d)(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s,./-]+${monthName}[\\s,./-]+(?<year>\\d{4}|\\d{2}(?!\\d|:))`,
      'iu',
    ),
  ],
  [
    new RegExp(
      `\\b${monthName}[\\s./-]+(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s,./-]+(?:\\d{1,2}:\\d{2}\\S*\\s+(?:[a-z]+\\s+)?)?(?<year>\\d{4})`,
      'iu',
    ),
  ],
  // Day and month in elements of their own: 「20 2026-11」, 「2026年11月 20」.
  [
    /(?<![\d.:-])(?<day>\d{1,2})\s*日?[\s/]+(?<year>20\d{2})\s*[-/.年]\s*(?<month>\d{1,2})(?!\d|\s*[-/.]\s*\d)/u,
  ],
  [/(?<!\d)(?<year>20\d{2})\s*[-/.年]\s*(?<month>\d{1,2})\s*月?[\s/]+(?<day>\d{1,2})(?![\d:])/u],
  [/(?<!\d)(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})\s*日?[\s,/]+(?<year>20\d{2})(?!\d)/u, notLater],
  [/(?<!\d)(?<year>20\d{2})年?\s+(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})(?!\d)/u],
  [/(?<!\d)(?<day>\d{1,2})[\s/]+(?<month>\d{1,2})[月\s/]+(?<year>20\d{2})(?!\d)/u, notLater],
  [/(?<!\d)(?<day>\d{1,2})[-.](?<month>\d{1,2})[-.](?<year>20\d{2})(?!\d)/u, notLater],
  [/(?<![\d.-])(?<year>[12]\d)[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?![\d.-])/u],
  [new RegExp(`(?<!\\d)(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s./-]+${monthName}(?![a-z])`, 'iu')],
  [new RegExp(`\\b${monthName}[\\s./-]+(?<day>\\d{1,2})(?!\\d)`, 'iu')],
  [/(?<!\d|\d\.)(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})(?!\d|\s*[万亿元%倍个kKMG次]|\.\d)/u],
  [/(?<![\d.:-])(?<day>\d{1,2})\s*日?[\s/]+(?<month>\d{1,2})\s*月/u],
]

/** 「11/20/2026」 and 「20/11/2026」: a number over twelve is the day; else the day comes first. */
function notLater({ year, month, day }: Record<string, string>): DayWords {
  const isSwapped = Number(month) > 12
  return {
    year: Number(year),
    month: Number(isSwapped ? day : month),
    day: Number(isSwapped ? month : day),
  }
}

/**
 * The day on which something was published, as a feed or a list page writes it: an instant counts in Shanghai, and
 * a day without a year is the latest one that is at most 31 days to come.
 * @returns undefined where no day is written
 */
export function writtenDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const plain = foldCharacters(text.normalize('NFKC').trim()).replaceAll(translatedMonth, said =>
    String(dateNumber(said)),
  )
  return epochDay(plain) ?? namedDay(plain, today) ?? relativeDay(plain, today)
}

/** 「20 十一月 2026」, 「十一月 20, 2026」: an English date whose month a program translated. */
const translatedMonth =
  /(?<=\d\s+)[一二三四五六七八九十]{1,2}(?=月)|[一二三四五六七八九十]{1,2}(?=月\s+\d{1,2},?\s+20\d{2})/gu

const inShanghai = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()

/** Seconds or milliseconds since 1970, from 2001 to 2033. */
function epochDay(text: string): Temporal.PlainDate | undefined {
  if (!/^1\d{9}(?:\d{3})?$/u.test(text)) return undefined
  return inShanghai(Number(text.padEnd(13, '0')))
}

function namedDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (const { words, at } of candidatesIn(text)) {
    const day = publishedDay(words, today)
    if (day) return words.year === undefined ? day : inOwnZone(day, text.slice(at))
  }
  return undefined
}

const publishedKinds = ['monthDay', 'digits', 'openMonthDay'] as const

/** Days that a text may name, the most certain first. */
function* candidatesIn(text: string): Generator<{ words: DayWords; at: number }> {
  const tokens = dayTokens(text, publishedKinds).map(({ kind, words, start }) => ({ kind, words, at: start }))
  yield* tokens.filter(({ words }) => words.year !== undefined)
  for (const [shape, read = wordsOf] of shapes) {
    const found = shape.exec(text)
    if (found?.groups) yield { words: read(found.groups), at: found.index }
  }
  yield* tokens.filter(({ words, kind }) => words.year === undefined && kind === 'monthDay')
}

function wordsOf({ year, month, name, day }: Record<string, string>): DayWords {
  return {
    ...(year ? { year: Number(year.length === 2 ? `20${year}` : year) } : {}),
    month: name ? months.indexOf(name.toLowerCase()) + 1 : Number(month),
    day: Number(day),
  }
}

/** @returns undefined for a day that no calendar has */
function publishedDay(words: DayWords, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  try {
    return inYear(words, today, publishedPolicy)
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

/** The day in Shanghai, where a time and a zone stand beside it. */
function inOwnZone(day: Temporal.PlainDate, text: string): Temporal.PlainDate {
  const found = time.exec(text)
  const zone = found?.groups?.zone?.toLowerCase() ?? ''
  const offset = zones[zone] ?? /^[+-]/u.exec(zone)?.input.replace(/^(.{3}):?/u, '$1:')
  if (!found || !offset) return day
  const [, hour = '', minute = ''] = found
  const ms = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:00${offset}`)
  return Number.isNaN(ms) ? day : inShanghai(ms)
}

const namedAgo: Record<string, number> = { 刚刚: 0, 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 前天: 2, 前日: 2 }
const daysOfUnit: readonly [RegExp, number][] = [
  [/^(?:秒|分|min|sec)/iu, 0],
  [/^(?:个?小时|时|hour)/iu, 1 / 24],
  [/^(?:天|日|day)/iu, 1],
  [/^(?:周|星期|week)/iu, 7],
  [/^(?:个?月|month)/iu, 30],
  [/^(?:年|year)/iu, 365],
]

/** 「3小时前」, 「昨天 10:20」, 「2 days ago」. */
function relativeDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const named = /(?<!\p{Script=Han})(刚刚|[今昨前][天日])(?!\p{Script=Han})/u.exec(text)?.[1]
  if (named) return today.subtract({ days: namedAgo[named] ?? 0 })
  if (/\byesterday\b/iu.test(text)) return today.subtract({ days: 1 })
  const found =
    /(?<![\d.])(\d{1,3})\s*(秒钟?|分钟?|个?小时|天|日|周|个?星期|个?月|年)(?:之|以)?前/u.exec(text) ??
    /\b(\d{1,3})\s*(second|minute|min|hour|day|week|month|year)s?\s+ago\b/iu.exec(text)
  const perUnit = daysOfUnit.find(([unit]) => unit.test(found?.[2]?.replace(/^个/u, '') ?? ''))?.[1]
  if (!found || perUnit === undefined) return undefined
  return today.subtract({ days: Math.floor(Number(found[1]) * perUnit + 1e-9) })
}

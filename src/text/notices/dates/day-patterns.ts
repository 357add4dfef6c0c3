import { Temporal } from 'temporal-polyfill'
import { isRestDay } from '../../dates/rest-days.ts'

/** A day as it was written. Without a year it is completed from where it stands. */
export type WrittenDay = { year: number | undefined; month: number; day: number | { part: string } }

const num = '(?:\\d{1,2}|元(?=月)|[一二三四五六七八九十]{1,3}|廿[一二三四五六七八九]?|卅)'
const year = '(?:20\\d{2}|二[〇零][一二三四五六七八九〇零]{2})'
const near = '(?:今年|本年|当年|明年|次年|翌年|去年|上年)'
const yearBefore = `(?:(?<year>${year})\\s*年\\s*|(?<near>${near})\\s*)?`
const count = '(?:\\d{1,3}|[一二两三四五六七八九十半]{1,4})'
const unit = '(?:个?(?:法定)?工作日|个?自然日|个?日历[天日]|个?月|个?(?:星期|周)|[天日])'

/** The kinds of days that notices name; the first that fits at a place counts. All are for folded text. */
export const dayPatterns = {
  monthDay: new RegExp(`(?<!\\d)${yearBefore}(?<month>${num})\\s*月\\s*(?<day>${num})\\s*[日号]`, 'gu'),
  digits:
    /(?<!\d)(?<year>20\d{2})\s*[-./]\s*(?<month>\d{1,2})\s*[-./]\s*(?<day>\d{1,2})(?!\d|\s*[-./]\s*\d)/gu,
  monthPart: new RegExp(
    `(?<!\\d)${yearBefore}(?<month>${num})\\s*月份?\\s*(?<part>底|末|初|最后一[天日]|[上中下]旬)`,
    'gu',
  ),
  monthAlone: new RegExp(
    `(?<![\\d.个每零〇一二三四五六七八九十])${yearBefore}(?<month>${num})\\s*月(?![\\d]|\\s*\\d{1,2}\\s*[日号]|[一二三四五六七八九十]{1,3}[日号])(?:份|[之以]?内)?`,
    'gu',
  ),
  thisMonthPart: /(?<![\d一二三四五六七八九十本当下次个每季])月(?<part>底|末)(?=[前止截]|之前|以前)/gu,
  nearMonth: new RegExp(
    `(?<which>本月|当月|这个?月|下个?月|次月)份?\\s*(?:(?<day>${num})\\s*[日号]|(?<part>底|末|初|[上中下]旬))`,
    'gu',
  ),
  yearEnd: new RegExp(
    `(?:(?<year>${year})\\s*年度?|(?<near>[今本明去上]年度?|年))(?:底|末|终|内)(?![端设])`,
    'gu',
  ),
  quarterEnd: new RegExp(
    `(?:(?<year>${year})\\s*年|(?<near>${near}))?第?(?<quarter>[一二三四1-4])季度(?:底|末|结束)`,
    'gu',
  ),
  weekday: /(?<which>本|这|下下|下)个?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])/gu,
  shortDigits:
    /(?<![\d.])(?<month>1[0-2]|0?[1-9])\.(?<day>[0-3]?\d)(?=日?(?:前|止|截止)|\s*(?:-|至|到)\s*\d{1,2}\.\d{1,2}(?![\d.]*[万亿元%倍个]))/gu,
  shortRangeEnd:
    /(?<=\d\.\d{1,2}\s*(?:-|至|到)\s*)(?<month>1[0-2]|0?[1-9])\.(?<day>[0-3]?\d)(?![\d.]|\s*[万亿元%倍个])/gu,
  /** 「3/20（周五）18:00」: a slash stands for many things, so what follows or goes before must say that it is a day. */
  slashed:
    /(?<![\d/.])(?<month>1[0-2]|0?[1-9])\/(?<day>[0-3]?\d)(?![\d/%.])(?=\s*\((?:周|星期|礼拜)|\s*(?:上午|下午)?\s*\d{1,2}[:时点]|日?\s*(?:之?前|以前|止|截止|起|开始|(?:-|至|到)\s*\d{1,2}\/\d{1,2}(?!\d|\s*(?:以上|以下|的|多数))))|(?<=\d\/\d{1,2}\s*(?:-|至|到)\s*|截[止至]\s*)(?<month2>1[0-2]|0?[1-9])\/(?<day2>[0-3]?\d)(?![\d/%.]|\s*(?:以上|以下|的|多数))/gu,
  period: new RegExp(
    `(?:起|发布后|印发后|公布后)(?:算|计|的)?,?\\s*(?<count>${count})\\s*(?<unit>${unit})(?!后|以后|之后)`,
    'gu',
  ),
  periodFirst: new RegExp(
    `(?<!有效|试行|公示|执行|实施|服务|建设)(?:期|期限|时间|时限)(?:为|是|:)?\\s*(?<count>${count})\\s*(?<unit>${unit}),?\\s*\\(?[自从](?:本|该|此)?(?:通知|公告|通告|指南|文件)?(?:发布|印发|公布|发出|下发)(?:之日|当日)?起(?:计算|算|计)?`,
    'gu',
  ),
  dayOnly: new RegExp(`(?<![\\d月.]|个工作)(?<day>${num})\\s*[日号](?!内|以内|历)`, 'gu'),
} as const
export type DayKind = keyof typeof dayPatterns

const signs = '〇一二三四五六七八九'

/** 「三」 3, 「十二」 12, 「二十一」 21, 「二〇二六」 2026; digits as they are. */
export function smallNumber(said: string): number {
  if (said === '元') return 1
  const text = said.replaceAll('零', '〇').replaceAll('两', '二').replace('廿', '二十').replace('卅', '三十')
  if (/^\d+$/.test(text)) return Number(text)
  const [tens, ones] = text.split('十')
  if (ones === undefined) return Number([...text].map(sign => signs.indexOf(sign)).join(''))
  return (tens ? signs.indexOf(tens) : 1) * 10 + (ones ? signs.indexOf(ones) : 0)
}

/** The year that 「今年」, 「明年」 or 「去年」 is, seen from a day. */
export function nearYear(said: string, from: Temporal.PlainDate): number {
  if (/^[去上]/u.test(said)) return from.year - 1
  return from.year + (/^[明次翌]/u.test(said) ? 1 : 0)
}

/** The last day of a part of a month: 「底」 is its end, 「中旬」 the 20th. */
export function dayOfPart(part: string, of: { year: number; month: number }): number {
  if (part === '初' || part === '上旬') return 10
  if (part === '中旬') return 20
  return Temporal.PlainYearMonth.from(of).daysInMonth
}

/**
 * The last day of a period: the day it begins with does not count (民法典第二百零一条), and a month ends on the
 * same day of the next, or the last one.
 */
export function endOfPeriod(from: Temporal.PlainDate, said: string, unit: string): Temporal.PlainDate {
  if (said === '半') return from.add({ days: 15 })
  const count = smallNumber(said)
  if (unit.includes('工作日')) return afterWorkdays(from, count)
  if (unit.includes('月')) return from.add({ months: count })
  if (/周|星期/u.test(unit)) return from.add({ weeks: count })
  return from.add({ days: count })
}

function afterWorkdays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = from
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 })
    if (!isRestDay(day)) left--
  }
  return day
}

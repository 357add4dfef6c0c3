import { numberOf } from '../../figures/numerals.ts'
import { digitDays, noMeasure } from './digit-days.ts'

/** A day as it is written, before it has a place in a calendar. Absent where the words do not say. */
export type DayWords = {
  year?: number
  /** 「今年」 0, 「明年」 1, 「去年」 -1. */
  yearsAhead?: number
  month?: number
  /** 「本月」 0, 「下个月」 1. */
  monthsAhead?: number
  day?: number
  /** A part of a month or year in place of a day: 「底」, 「中旬」. */
  part?: string
  /** 「今天」 0, 「大后天」 3. */
  daysAhead?: number
  /** 1 (Monday) to 7. */
  weekday?: number
  /** 「本周」 0, 「下周」 1; absent for 「周六」 alone. */
  weeksAhead?: number
  /** Place of a weekday in its month, 1 to 5; 5 is the last one. */
  nth?: number
  /** A stretch: 「十五个工作日」. */
  count?: string
  unit?: string
}

/** A day in a folded text, in [start, end). */
export type DayToken = { kind: DayKind; start: number; end: number; words: DayWords }

const numeral = '[一二三四五六七八九十]'
const num = `(?:\\d{1,2}|元(?=月)|(?<![周週拜]|星期)${numeral}{1,3}|廿[一二三四五六七八九]?|卅)`
/** 「二O二六」 is often typed with the letter. */
const year = '(?:19[4-9]\\d|20\\d{2}|[二一][〇○O零九][一二三四五六七八九〇○O零]{2})'
/** 「26年底」, 「二六年底」; 「25年内」 is a stretch. */
const shortYear =
  '(?<![\\d第满近超〇○O零一二三四五六七八九十])(?:2\\d|二[〇○O零一二三四五六七八九])(?=\\s*年度?[底末终])'
const nearYear = '(?:今年|本年|当年|明年|次年|翌年|后年|後年|去年|上年)'
const yearBefore = `(?:(?<year>${year})\\s*年\\s*|(?<near>${nearYear})的?\\s*)?`
const anyYearBefore = yearBefore.replace(year, `${year}|(?<!\\d)\\d{2}`)
const dayWord = '[日号號]'
/** Behind the first three letters of an English month; 「Mary 7」 has none. */
const monthEnding =
  '(?:(?<=Jan)uary|(?<=Feb)ruary|(?<=Mar)ch|(?<=Apr)il|(?<=Jun)e|(?<=Jul)y|(?<=Aug)ust|(?<=Sep)t(?:ember)?|(?<=Oct)ober|(?<=Nov|Dec)ember)?'
const count = '(?:\\d{1,3}|[一二两三四五六七八九十半]{1,4})'
const unit = '(?:个?(?:法定)?工作日|个?自然日|个?日历[天日]|个?月|个?(?:星期|周)|[天日])'
/** 「3号楼」, 「12号文」. */
const numberedPlace = '楼|馆|厅|院|门|店|线|路|会议室|教室|仓|基地|文|令'
export const weekWord = '(?:周|週|星期|礼拜|禮拜)'
export const weekdayNames = '一二三四五六日天'
const partOfDay = '(?:凌晨|清晨|早|上午|中午|下午|傍晚|晚)'
const nearMonth = '(?<which>本月|当月|[这這][个個]?月|下个?月|下個月|次月)份?的?'

/** All kinds of days. Of two at one place the kind that stands first counts. All are for folded text. */
const patterns = {
  monthDay: new RegExp(
    `(?<!\\d)${anyYearBefore}(?<month>${num})\\s*月\\s*(?<day>${num})\\s*${dayWord}`,
    'gu',
  ),
  digits:
    /(?<!\d)(?<year>20\d{2})\s*[-./]\s*(?<month>\d{1,2})\s*[-./]\s*(?<day>\d{1,2})(?!\d|\s*[-./]\s*\d(?!\d?:\d{2}))/gu,
  /** 「12月5」, 「2026年12月5」. */
  openMonthDay: new RegExp(
    `(?<!\\d)${anyYearBefore}(?<month>\\d{1,2})月(?<day>\\d{1,2})(?![\\d日号號:点點时時个])`,
    'gu',
  ),
  /** 「12.5」, 「12/5日」; beside a time it is a day. 「5-6日」 are two. */
  dottedDay: new RegExp(
    `(?<![\\d月:])(?:(?<year>\\d{4})[年/.-])?(?<month>\\d{1,2})(?:-(?<day>\\d{1,2})(?!${dayWord})|[/.](?<day2>\\d{1,2})(?:${dayWord}|(?!${dayWord})))(?<![^日号號](?=[\\d月:点點时時]))${noMeasure}`,
    'gu',
  ),
  /** 「三月十五」, as villagers write it; 「农历三月十五」 is another day. */
  spokenDay:
    /(?<!农历|阴历|旧历|年的?|[零〇一二三四五六七八九十])(?<month>十[一二]?|[一二三四五六七八九])月(?<day>[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)(?![日号號个個天月年点时多余几分万亿元千百一二三四五六七八九十])/gu,
  /** 「十一月最后一个星期五」, 「11月第三个周六」 */
  weekdayOfMonth: new RegExp(
    `(?<!\\d)${yearBefore}(?<month>${num})\\s*月份?的?(?<which>最后一|第[一二三四])个?${weekWord}(?<weekday>[${weekdayNames}])`,
    'gu',
  ),
  /** 「Mar 7」, 「November 3, 2026」 */
  englishDay: new RegExp(
    `(?<![A-Za-z])(?<english>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)${monthEnding}\\.?\\s*(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.])(?:,?\\s*(?<year>20\\d{2}))?`,
    'gu',
  ),
  monthPart: new RegExp(
    `(?<!\\d)${yearBefore}(?<month>${num})\\s*月份?\\s*(?<part>底|末|初|最后一[天日]|[上中下]旬)`,
    'gu',
  ),
  monthAlone: new RegExp(
    `(?<![\\d.个每零〇一二三四五六七八九十])${yearBefore}(?<month>${num})\\s*月(?![\\d]|\\s*\\d{1,2}\\s*[日号]|${numeral}{1,3}[日号])(?:份|[之以]?内)?`,
    'gu',
  ),
  thisMonthPart: /(?<![\d一二三四五六七八九十本当下次个每季])月(?<part>底|末)(?=[前止截]|之前|以前)/gu,
  nearMonth: new RegExp(
    `${nearMonth}\\s*(?:(?<day>${num})\\s*${dayWord}|(?<part>底|末|初|[上中下]旬))`,
    'gu',
  ),
  /** 「年内」 is this year's, 「26年底」 that of 2026; 「五年内」 is a stretch. */
  yearEnd: new RegExp(
    `(?:(?<year>${year}|${shortYear})\\s*年度?|(?<near>[今本明去上]年度?|(?<![\\d一二两三四五六七八九十百半几数多周]\\s*)年))(?:底|末|终|内)(?![端设])`,
    'gu',
  ),
  quarterEnd: new RegExp(
    `(?:(?<year>${year})\\s*年|(?<near>${nearYear}))?第?(?<quarter>[一二三四1-4])季度(?:底|末|结束)`,
    'gu',
  ),
  weekday: new RegExp(`(?<week>下下|下|本|这|這)?[个個]?${weekWord}(?<weekday>[${weekdayNames}])`, 'gu'),
  ...digitDays,
  period: new RegExp(
    `(?:起|(?:发布|印发|公布|挂网|刊登|刊发|张贴)后)(?:算|计|的)?,?\\s*(?<count>${count})\\s*(?<unit>${unit})(?!后|以后|之后)`,
    'gu',
  ),
  periodFirst: new RegExp(
    `(?<!有效|试行|公示|执行|实施|服务|建设)(?:期|期限|时间|时限)(?:为|是|:)?\\s*(?<count>${count})\\s*(?<unit>${unit}),?\\s*\\(?[自从](?:本|该|此)?(?:(?:通知|公告|通告|指南|文件)?(?:发布|印发|公布|发出|下发)(?:之日|当日)?|(?:通知|公告|通告)之日)起(?:计算|算|计)?`,
    'gu',
  ),
  dayOnly: new RegExp(
    `(?<![\\d月.第周期拜]|(?<!${weekWord})${numeral}|个工作)(?<day>${num})\\s*${dayWord}(?!内|以内|历|${numberedPlace})`,
    'gu',
  ),
  /** 「今」 and 「明」 alone before a part of the day; 「说明14:00」 and 「发明上午」 are none. */
  nearDay: new RegExp(
    `(?<near>大后天|大後天|后天|後天|今天|今日|明天|明日|[今明后後][儿兒][个個]?|(?:今|(?<![说說文发發声聲证證表申阐闡光透分鲜鮮聪聰注标標])明)(?=${partOfDay})|(?<!\\p{Script=Han})[今明](?=\\s*\\d))`,
    'gu',
  ),
} as const
export type DayKind = keyof typeof patterns

/**
 * The days that a folded text names, in order and without overlaps.
 * @param kinds those that the reader understands
 */
export function dayTokens(folded: string, kinds: readonly DayKind[]): DayToken[] {
  const ranked = (Object.keys(patterns) as DayKind[]).filter(kind => kinds.includes(kind))
  const tokens: DayToken[] = []
  const taken = new Uint8Array(folded.length)
  for (const kind of ranked) {
    for (const match of folded.matchAll(patterns[kind])) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (taken.subarray(start, end).includes(1)) continue
      taken.fill(1, start, end)
      tokens.push({ kind, start, end, words: wordsOf(kind, match.groups ?? {}) })
    }
  }
  return tokens.sort((a, b) => a.start - b.start)
}

const englishMonths = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const englishMonthLength = 3
/** 「最后一」 5, which a month may not have. */
const nthOf = (which: string) => (which.startsWith('最') ? 5 : dateNumber(which.slice(1)))

type Groups = Record<string, string | undefined>

function wordsOf(kind: DayKind, groups: Groups): DayWords {
  if (kind === 'nearDay') return { daysAhead: daysAheadOf(groups.near ?? '') }
  const { year, near, part, week, weekday, which, count, unit, quarter, english } = groups
  const named = english && String(englishMonths.indexOf(english) / englishMonthLength + 1)
  const month = quarter ? String(dateNumber(quarter) * 3) : (named ?? groups.month ?? groups.month2)
  const day = groups.day ?? groups.day2
  return {
    ...(year ? { year: yearOf(year) } : {}),
    ...(near ? { yearsAhead: yearsAheadOf(near) } : {}),
    ...(month ? { month: dateNumber(month) } : {}),
    ...(day ? { day: dateNumber(day) } : {}),
    ...(part ? { part } : {}),
    ...(which && kind === 'nearMonth' ? { monthsAhead: /^[下次]/u.test(which) ? 1 : 0 } : {}),
    ...(which && kind === 'weekdayOfMonth' ? { nth: nthOf(which) } : {}),
    ...(weekday ? { weekday: weekdayOf(weekday) } : {}),
    ...(week ? { weeksAhead: weeksAheadOf(week) } : {}),
    ...(count && unit ? { count, unit } : {}),
  }
}

/** A number of a date: 「三」 3, 「元」 1, 「廿五」 25, 「二〇二六」 2026; digits as they are. NaN for what is none. */
export function dateNumber(said: string): number {
  if (said === '元') return 1
  return numberOf(said.replace('廿', '二十').replace('卅', '三十').replaceAll('O', '〇')) ?? Number.NaN
}

/** 「下下」 2, 「本」 0. */
export const weeksAheadOf = (week: string) => [...week].filter(one => one === '下').length
export const weekdayOf = (name: string) => Math.min(weekdayNames.indexOf(name) + 1, 7)
const yearOf = (said: string) =>
  dateNumber(said.length === 2 ? `${/^\d/u.test(said) ? '20' : '二〇'}${said}` : said)
const daysAheadOf = (said: string) => ({ 今: 0, 明: 1, 后: 2, 後: 2, 大: 3 })[said.charAt(0)] ?? 0

function yearsAheadOf(said: string): number {
  if (/^[去上]/u.test(said)) return -1
  if (/^[后後]/u.test(said)) return 2
  return /^[明次翌]/u.test(said) ? 1 : 0
}

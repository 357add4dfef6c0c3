import { Temporal } from 'temporal-polyfill'
import { numberOf } from '../../figures/numerals.ts'

const digit = '[一二三四五六七八九]'
const hours = `(?:\\d{1,2}|二十${digit}?|十${digit}?|[一二两三四五六七八九])`
/** Minutes in Chinese numbers; 「两点四十人」 has none. */
const spokenMinutes = `(?:[零〇]${digit}分?|[二三四五]?十${digit}?(?:分|(?=开始|開始|准时|到|至)|(?!\\p{Script=Han}))|${digit}分)`
const partOfDay = '(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)'

/** The source of a pattern for a time of day: `14:00`, 「下午两点半」; a bare hour only before an end with 「点」. */
const clockTime = (name: string) =>
  `(?:(?<${name}Period>${partOfDay})\\s*)?(?<${name}Hour>${hours})(?:\\s*:\\s*(?<${name}Minute>\\d{2})|[点點时時](?:(?<${name}Half>半)|(?<${name}Quarter>[一三])刻|(?<${name}Spoken>\\d{1,2}|${spokenMinutes})分?|整)?|(?=\\s*(?:-|到|至)\\s*${partOfDay}?${hours}[点點时時]))`

/** The source of a pattern for a time of day, or a span; read by {@link spanOfDay}. */
export const clockSpan = `(?:(?<![\\d:])|(?=${partOfDay}))${clockTime('start')}(?:\\s*(?:-|到|至)\\s*${clockTime('end')})?(?![\\d:])(?:准时)?(?:开始|開始)?`

type Groups = Record<string, string | undefined>

/** @throws RangeError where there is no such time */
export function spanOfDay(groups: Groups): { start: Temporal.PlainTime; end?: Temporal.PlainTime } {
  const start = timeOfDay(groups, 'start')
  if (groups.endHour === undefined) return { start }
  const end = timeOfDay(groups, 'end')
  const isInherited =
    groups.endPeriod === undefined && (groups.endMinute === undefined || groups.startPeriod !== undefined)
  const isBefore = Temporal.PlainTime.compare(end, start) <= 0
  // 「下午2点到4点」: the second time is of the same part of the day as the first.
  return { start, end: isInherited && isBefore && end.hour < 12 ? end.add({ hours: 12 }) : end }
}

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
  const spoken = groups[`${name}Spoken`]?.replaceAll(/[零〇分]/gu, '')
  return Number(groups[`${name}Minute`] ?? (spoken === undefined ? 0 : numberOf(spoken)))
}

function hourOfDay(said: number, part: string | undefined, isWrittenOut: boolean): number {
  if (part === undefined) return !isWrittenOut && said >= 1 && said <= 6 ? said + 12 : said
  // 「晚上12点」 is the next day to some and this one to others: 24 is refused as no time.
  if (/晚/u.test(part) && said === 12) return 24
  if (/[下傍晚]/u.test(part)) return said < 12 ? said + 12 : said
  if (part === '中午') return said < 4 ? said + 12 : said
  return said
}

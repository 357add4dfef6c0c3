import { Temporal } from 'temporal-polyfill'
import { numberOf } from '../../figures/numerals.ts'

const digit = '[一二三四五六七八九]'
/** 「14点30分享会」 begins a word with it. */
const minuteWord = '分(?![享析组])'
const hours = `(?:\\d{1,2}|二十${digit}?|十${digit}?|[一二两兩三四五六七八九])`
/** Minutes in Chinese numbers; 「两点四十人」 has none. */
const spokenMinutes = `(?:[零〇]${digit}(?:${minuteWord})?|[二三四五]?十${digit}?(?:${minuteWord}|(?=分[享析组]|开始|開始|准时|到|至)|(?!\\p{Script=Han}))|${digit}${minuteWord})`
export const partOfDay =
  '(?:凌晨|清晨|[清一]早|早上|早晨|上午|中午|午间|下午|午后|午後|傍晚|晚上|晚间|夜[里间晚]|早|晚)'
const clockWord = '[点點时時]'
/** 「2 点 30 分」, as offices space numbers; 「4.0 时代」 and 「2 点要求」 are none. */
const spacedWord = `\\s+${clockWord}(?=\\s*(?:\\d{1,2}\\s*分|半|整|(?:-|到|至)\\s*${partOfDay}?\\d|$|[\\s,，]))`
export const spanMark = '(?:-{1,3}|到|至)'

/**
 * Patterns in place of a word for the hour: an end with one behind it, or an end as
 * `16:30` where a day goes before.
 */
const bareHour = {
  start: `(?=\\s*${spanMark}\\s*${partOfDay}?${hours}\\s*${clockWord})|(?<=(?:${partOfDay}|[\u{e000}\u{e001}])\\s*\\d{1,2})(?=\\s*${spanMark}\\s*\\d{1,2}:\\d{2})`,
  end: '(?<=:\\d{2}\\s*-{1,3}\\s*\\d{1,2})(?=[\\s,，]|$)',
}

const exactly = '[整正](?![理改合体式])'
/** Half, quarters or minutes behind the word for the hour; 「2点 半导体」 and 「2点30分享」 have none. */
const pastHour = (name: string) =>
  `(?:(?<${name}Half>半)|(?<${name}Quarter>[一三])刻|\\s*(?<${name}Spaced>\\d{1,2})\\s*${minuteWord}|(?<${name}Spoken>\\d{1,2}|${spokenMinutes})(?:${minuteWord})?|${exactly})?`
/** The source of a pattern for a time of day: `14:00`, 「下午两点半」; a bare hour only beside another time. */
const clockTime = (name: 'start' | 'end') =>
  `(?:(?<${name}Period>${partOfDay})\\s*)?(?<${name}Hour>${hours})(?:\\s*:\\s*(?<${name}Minute>\\d{2})(?::00(?!\\d))?(?:${exactly})?|(?:${clockWord}|${spacedWord})(?:[钟鐘](?![表点情]))?${pastHour(name)}|${bareHour[name]})`

/** 「14:00开始，16:30结束」: words between the two times of a span. */
const spokenSpan = '(?:开始|開始|开课|上课)[\\s,，]*(?:到|至)?\\s*(?=[^\\s,，]{4,9}(?:结束|散会|下课))'

/** The source of a pattern for a time of day, or a span; read by {@link spanOfDay}. */
export const clockSpan = `(?:(?<![\\d:])|(?=${partOfDay}))${clockTime('start')}(?:(?:\\s*${spanMark}\\s*|${spokenSpan})${clockTime('end')}(?:结束|散会|下课)?)?(?![\\d:])(?:(?:正式|准时)?(?:开始|開始))?(?:准时)?`

type Groups = Record<string, string | undefined>
/** `endsNextDay`: the end is midnight, 「24:00」 or 「晚上12点」. */
type DaySpan = { start: Temporal.PlainTime; end?: Temporal.PlainTime; endsNextDay?: boolean }

/** @throws RangeError where there is no such time */
export function spanOfDay(groups: Groups): DaySpan {
  const start = timeOfDay(groups, 'start')
  if (groups.endHour === undefined) return { start }
  if (isMidnight(groups, start)) return { start, end: new Temporal.PlainTime(), endsNextDay: true }
  const end = timeOfDay(groups, 'end')
  const isInherited =
    groups.endPeriod === undefined && (groups.endMinute === undefined || groups.startPeriod !== undefined)
  const isBefore = Temporal.PlainTime.compare(end, start) <= 0
  // 「下午2点到4点」: the second time is of the same part of the day as the first.
  return { start, end: isInherited && isBefore && end.hour < 12 ? end.add({ hours: 12 }) : end }
}

/** 「22:00-24:00」, 「晚上10点到12点」; 「上午10点到12点」 ends at noon. */
function isMidnight(groups: Groups, start: Temporal.PlainTime): boolean {
  const hour = numberOf(groups.endHour ?? '')
  if (minuteOf(groups, 'end') !== 0) return false
  const isOfEvening = /[晚夜]/u.test(groups.endPeriod ?? groups.startPeriod ?? '')
  return hour === 24 || (hour === 12 && isOfEvening && start.hour >= 12)
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
  const spoken = (groups[`${name}Spaced`] ?? groups[`${name}Spoken`])?.replaceAll(/[零〇分]/gu, '')
  return Number(groups[`${name}Minute`] ?? (spoken === undefined ? 0 : numberOf(spoken)))
}

function hourOfDay(said: number, part: string | undefined, isWrittenOut: boolean): number {
  if (part === undefined) return !isWrittenOut && said >= 1 && said <= 6 ? said + 12 : said
  // 「晚上12点」 is the next day to some and this one to others: 24 is refused as no time.
  if (/[晚夜]/u.test(part) && said === 12) return 24
  if (/夜/u.test(part) && said < 6) return said
  if (/[下傍晚夜後后]/u.test(part)) return said < 12 ? said + 12 : said
  if (/中午|午间/u.test(part)) return said < 4 ? said + 12 : said
  return said
}

import {
  type DayKind,
  type DayToken,
  type DayWords,
  dayTokens,
  weekdayNames,
  weekdayOf,
  weeksAheadOf,
  weekWord,
} from './day-tokens.ts'
import { festivalBefore, festivalLength } from './festivals.ts'

/**
 * A day in a message; `beside` is its other name written with it: 「12月5日（周六）」, 「12月12日（下周六）」, 「明天（12月5日）」.
 * A festival's name that says the same day is part of it: 「1月1日元旦」, 「元旦（1月1日）」.
 */
export type ChatDay = DayToken & { beside?: Pick<DayWords, 'weekday' | 'weeksAhead' | 'daysAhead'> }

const chatKinds: readonly DayKind[] = [
  'monthDay',
  'openMonthDay',
  'spokenDay',
  'dottedDay',
  'nearMonth',
  'weekday',
  'dayOnly',
  'nearDay',
]

const whichWeek = '(?:下下|下|本|这|這)?[个個]?'
const weekdayBehind = new RegExp(
  `^(?:[\\s,，/、|。._]*(?:(?<week>${whichWeek})${weekWord}|[（(]\\s*(?:(?<inBrackets>${whichWeek})${weekWord})?)(?<weekday>[${weekdayNames}])\\s*[)）]?)`,
  'u',
)
const gapBeforeDate = /^[\s,，/、|。._]*[（(]?\s*$/u
const gapBeforeNear = /^\s*[（(]?\s*$/u

/** The days that a folded message names, each with its other name that stands beside it. */
export function chatDays(folded: string): ChatDay[] {
  const days: ChatDay[] = []
  for (const token of dayTokens(folded, chatKinds)) {
    if (isVague(token, folded)) continue
    const before = days.at(-1)
    if (before && token.start < before.end) continue
    const both = before && joined(before, token, folded)
    if (both) days[days.length - 1] = both
    else days.push(token.kind === 'weekday' ? token : withFestival(withWeekday(token, folded), folded))
  }
  return days
}

/** 「月底」 is no one day of a lesson, and 「廿五」 is mostly of the lunar calendar. */
const isVague = ({ start, end, words }: DayToken, folded: string) =>
  words.part !== undefined || /[廿卅]/u.test(folded.slice(start, end))

function withWeekday(token: DayToken, folded: string): ChatDay {
  const found = weekdayBehind.exec(folded.slice(token.end))
  if (!found?.groups) return token
  const { weekday = '', week, inBrackets } = found.groups
  const weeks = week || inBrackets
  return {
    ...token,
    end: token.end + found[0].length,
    beside: { weekday: weekdayOf(weekday), ...(weeks ? { weeksAhead: weeksAheadOf(weeks) } : {}) },
  }
}

function withFestival(day: ChatDay, folded: string): ChatDay {
  const before = festivalBefore(day.words, folded.slice(0, day.start))
  const end = before > 0 ? closed(day.end, folded) : day.end
  return { ...day, start: day.start - before, end: end + festivalLength(day.words, folded.slice(end)) }
}

/** Two names of one day: 「周六（12月5日）」, 「明天（12月5日）」, 「12月5日（明天）」. */
function joined(before: ChatDay, token: DayToken, folded: string): ChatDay | undefined {
  const gap = folded.slice(before.end, token.start)
  const isDate = (day: DayToken) => day.kind !== 'weekday' && day.kind !== 'nearDay'
  const ofBoth = { start: before.start, end: closed(token.end, folded) }
  if (before.kind === 'weekday' && isDate(token) && gapBeforeDate.test(gap))
    return { ...token, ...ofBoth, beside: before.words }
  // 「创业2.0 明天」
  const isSure =
    gapBeforeNear.test(gap) && (/[（(]/u.test(gap) || ![before.kind, token.kind].includes('dottedDay'))
  if (before.kind === 'nearDay' && isDate(token) && isSure)
    return { ...token, ...ofBoth, beside: { ...before.beside, ...before.words } }
  if (isDate(before) && token.kind === 'nearDay' && isSure)
    return { ...before, ...ofBoth, beside: { ...before.beside, ...token.words } }
  return undefined
}

/** The end with a closing bracket behind it. */
const closed = (end: number, folded: string) => end + (/^\s*[)）]/u.exec(folded.slice(end))?.[0].length ?? 0)

/** A pattern for one day of {@link withDayMarks}. */
export const dayMark = '\u{e000}\u{e001}*'

/** The same text, of the same length, with each day replaced by {@link dayMark}. */
export function withDayMarks(folded: string, days: readonly ChatDay[]): string {
  const plain = folded.replaceAll(/[\u{e000}\u{e001}]/gu, ' ')
  const gaps = days.map(({ end }, at) => plain.slice(end, days[at + 1]?.start))
  const marks = days.map(({ start, end }) => `\u{e000}${'\u{e001}'.repeat(end - start - 1)}`)
  return plain.slice(0, days[0]?.start) + marks.map((mark, at) => mark + gaps[at]).join('')
}

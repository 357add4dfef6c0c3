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
import { festivalLength } from './festivals.ts'

/** A day in a message; `beside` is the weekday written with it: 「12月5日（周六）」, 「12月12日（下周六）」. A festival's name that says the same day is part of it: 「1月1日元旦」. */
export type ChatDay = DayToken & { beside?: Pick<DayWords, 'weekday' | 'weeksAhead'> }

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
  `^(?:[\\s,，/]*(?:(?<week>${whichWeek})${weekWord}|[（(]\\s*(?:(?<inBrackets>${whichWeek})${weekWord})?)(?<weekday>[${weekdayNames}])\\s*[)）]?)`,
  'u',
)
const gapBeforeDate = /^[\s,，/]*[（(]?\s*$/u

/** The days that a folded message names, each with the weekday that stands beside it. */
export function chatDays(folded: string): ChatDay[] {
  const days: ChatDay[] = []
  for (const token of dayTokens(folded, chatKinds)) {
    if (isVague(token, folded)) continue
    const before = days.at(-1)
    if (before && token.start < before.end) continue
    if (before && isWeekdayBefore(before, token, folded))
      days[days.length - 1] = joined(before, token, folded)
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
  return { ...day, end: day.end + festivalLength(day.words, folded.slice(day.end)) }
}

/** 「周六（12月5日）」. */
function isWeekdayBefore(before: ChatDay, token: DayToken, folded: string): boolean {
  return (
    before.kind === 'weekday' &&
    token.kind !== 'weekday' &&
    token.kind !== 'nearDay' &&
    gapBeforeDate.test(folded.slice(before.end, token.start))
  )
}

function joined(weekday: ChatDay, date: DayToken, folded: string): ChatDay {
  const closing = /^\s*[)）]/u.exec(folded.slice(date.end))?.[0].length ?? 0
  return { ...date, start: weekday.start, end: date.end + closing, beside: weekday.words }
}

/** A pattern for one day of {@link marked}. */
export const dayMark = '\u{e000}\u{e001}*'

/** The same text, of the same length, with each day replaced by {@link dayMark}. */
export function marked(folded: string, days: readonly ChatDay[]): string {
  const plain = folded.replaceAll(/[\u{e000}\u{e001}]/gu, ' ')
  const gaps = days.map(({ end }, at) => plain.slice(end, days[at + 1]?.start))
  const marks = days.map(({ start, end }) => `\u{e000}${'\u{e001}'.repeat(end - start - 1)}`)
  return plain.slice(0, days[0]?.start) + marks.map((mark, at) => mark + gaps[at]).join('')
}

import type { DayMention } from './days.ts'
import { clausesOf } from './passages.ts'

/** What is said around a day: its clause up to it, from it on, and the clauses behind that belong to no other end. */
export type Scope = { label: string; before: string; after: string; following: string; earlier: string }

/** The end before, where the two are not one list. */
function previousOf(text: string, day: DayMention, ends: readonly DayMention[]): DayMention | undefined {
  const previous = ends.filter(({ end }) => end <= day.start).at(-1)
  return previous && isListedWith(text, previous, day) ? previousOf(text, previous, ends) : previous
}

/** In one clause another end may follow: 「材料12月15日前、电子版12月10日前」. */
const nextPart = /(?<=[前)])、.*$/u

/** What belongs to this day of a sentence, among all its ends. */
export function scopeOf(text: string, day: DayMention, ends: readonly DayMention[]): Scope {
  const clauses = clausesOf(text)
  const at = clauses.findIndex(({ end }) => day.start < end)
  const own = clauses[at] ?? { start: 0, end: text.length, text }
  const nextEnd = ends.find(({ start }) => start >= own.end)
  const nextClause = nextEnd ? clauses.find(({ end }) => nextEnd.start < end) : undefined
  const previousEnd = previousOf(text, day, ends)
  const before = text.slice(Math.max(own.start, previousEnd?.end ?? 0), day.start)
  return {
    label: /^[^:]{1,20}(?=:)/u.exec(text.slice(0, day.start))?.[0] ?? '',
    before,
    after: text.slice(day.end, Math.max(own.end, day.end)).replace(nextPart, ''),
    following: text.slice(Math.max(own.end, day.end), nextClause?.start ?? text.length),
    earlier: text.slice(previousEnd?.end ?? 0, Math.min(own.start, day.start)),
  }
}

/** 「分别截至6月30日、7月31日、9月5日」: what is said of the first is said of all. */
export function isListedWith(text: string, end: DayMention | undefined, day: DayMention): boolean {
  return end !== undefined && /^\s*(?:、|和|及|以及|,)\s*$/u.test(text.slice(end.end, day.start))
}

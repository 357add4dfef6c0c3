import type { ToldFigure } from './told-figures.ts'

/** Days of a unit of time; a year has 365, a month its twelfth. */
const daysOf: Readonly<Record<string, number>> = { 年: 365, 月: 365 / 12, 周: 7, 天: 1, 日: 1 }

/** Days of the unit of time that words begin with, 「周年」 being a year; undefined for none. */
export const dayLengthOf = (words: string) =>
  daysOf[/[年月周天日]/u.exec(words.replace('周年', '年'))?.[0] ?? '']

const oneOf = /^1(?:个?月|年|周|天|日)$/u

/** 「一年只干了5个月」, 「一年办了5场」: the first is no time by itself, but that within which the second is counted. */
export function isPeriodOf(first: ToldFigure, second: ToldFigure, folded: string): boolean {
  if (first.measure !== 'days' || !oneOf.test(first.words)) return false
  if (second.measure !== 'count' && second.measure !== 'days') return false
  return (
    (second.measure === 'count' || second.range.max < first.range.max) &&
    /^(?:里|内|中|就|也|总共|一共|累计|大概|实际|平均|才|只|还|都|能|要|得)*[干做上工待出来在用跑开忙参投花办搞举]/u.test(
      folded.slice(first.to, second.from),
    )
  )
}

/** 「两年零三个月」, 「1年3个月」: the second time goes on from the first. */
export function isRestOf(first: ToldFigure, second: ToldFigure, folded: string): boolean {
  if (first.measure !== 'days' || second.measure !== 'days') return false
  const isOpenAbove = first.range.min > 0 && first.range.min !== first.range.max
  const unitDays = dayLengthOf(first.words.split(/\d/u).at(-1) ?? '') ?? 0
  return (
    !isOpenAbove &&
    second.range.max < unitDays &&
    /^\s?[零又]?\s?$/u.test(folded.slice(first.to, second.from))
  )
}

/** Both times as one, with what each leaves open. */
export function compoundFigureOf(first: ToldFigure, second: ToldFigure, folded: string): ToldFigure {
  const { min, max } = second.range
  const isMaxIncluded = first.range.isMaxIncluded && second.range.isMaxIncluded
  return {
    ...first,
    range: {
      // 「不到1年3个月」 may be nothing yet.
      min: first.range.min === 0 ? 0 : first.range.min + min,
      max: first.range.max + max,
      isMaxIncluded,
    },
    words: folded.slice(first.from, second.to).trim(),
    to: second.to,
  }
}

/** 「满一年差三天」, 「还差三天满一年」, 「60分还差1分」: a figure that lacks another; undefined for two of their own. */
export function lackOf(first: ToldFigure, second: ToldFigure, folded: string): ToldFigure | undefined {
  if (first.measure !== second.measure) return undefined
  const between = folded.slice(first.to, second.from)
  const ahead = folded.slice(Math.max(0, first.from - 2), first.from)
  // 「去年150万，少了5万」 are two amounts.
  const lacks = first.measure === 'days' ? '(?:差|少)' : '差'
  const isAfter = new RegExp(`^[，,\\s]*(?:还|就|只)?${lacks}了?$`, 'u').test(between)
  const isAhead = new RegExp(`${lacks}$`, 'u').test(ahead) && /^(?:就|才|到|满|够|不到)*$/u.test(between)
  if (!isAfter && !isAhead) return undefined
  const [whole, lack] = isAfter ? [first, second] : [second, first]
  const value = whole.range.max - lack.range.max
  return {
    measure: first.measure,
    range: { min: value, max: value, isMaxIncluded: true },
    words: folded.slice(isAfter ? first.from : first.from - 1, second.to).trim(),
    from: first.from,
    to: second.to,
  }
}

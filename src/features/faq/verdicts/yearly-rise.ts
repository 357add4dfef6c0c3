import { smallest } from '../../../matching/logic/limits.ts'
import type { ToldFigure } from './told-figures.ts'

/** The figures of two years of one thing. */
export type YearPair = { later: ToldFigure; earlier: ToldFigure }

/** A figure with the folded words before it, in its clause and behind the figure before. */
type Led = { figure: ToldFigure; ahead: string }

const relativeYears: readonly (readonly [RegExp, number])[] = [
  [/前年/u, -2],
  [/去年|上一?年|往年/u, -1],
  [/今年|本年|这一?年|现在/u, 0],
]
const numberedYear = /(?<year>20\d\d)\s*年/u
const leastNumberedYear = 2000
/** 「多了99万」 is itself a rise; 「涨到210万」 is what it rose to. */
const riseAhead = /(?:增|增加|增长|多|涨|加|升|提高)[了出]?\s*$/u
const changedTo = /^[^，,。；;]{0,4}[到至]/u

/**
 * The two amounts of a question that tell one year and the year before, in either order: 「去年111万，今年210万」,
 * 「从111万涨到210万」.
 * @returns undefined for more or fewer amounts, for years that do not compare, and where an amount is itself a rise
 */
export function yearsCompared(amounts: readonly Led[], folded: string): YearPair | undefined {
  const [first, second, third] = amounts
  if (!first || !second || third || amounts.some(({ ahead }) => riseAhead.test(ahead))) return undefined
  const between = folded.slice(first.figure.to, second.figure.from)
  const [a, b] = [yearOf(first.ahead), yearOf(second.ahead)]
  if (a === undefined && b === undefined)
    return changedTo.test(between) ? { earlier: first.figure, later: second.figure } : undefined
  // Without a year beside it, an amount is this year's.
  const [x, y] = [a ?? 0, b ?? 0]
  if (x === y || x > leastNumberedYear !== y > leastNumberedYear) return undefined
  return x > y
    ? { later: first.figure, earlier: second.figure }
    : { later: second.figure, earlier: first.figure }
}

/** The rise from one year to the next; below 0 for a fall. */
export function riseOf({ later, earlier }: YearPair): ToldFigure {
  const min = later.range.min - earlier.range.max
  const max = later.range.max - earlier.range.min
  const isExact = min === max
  const more = isExact ? sayDifference(min) : ''
  return {
    ...later,
    // The largest of the one less the smallest of the other is reached where both are.
    range: {
      min: earlier.range.isMaxIncluded ? min : min + smallest,
      max,
      isMaxIncluded: later.range.isMaxIncluded,
    },
    words: `${earlier.words}到${later.words}${more}`,
  }
}

/** 「，多99万元」, 「，少5万元」; nothing for no difference. */
function sayDifference(yuan: number): string {
  if (yuan === 0) return '，没有增加'
  const size = Math.abs(yuan)
  const said = size >= 10_000 ? `${Number((size / 10_000).toFixed(4))}万元` : `${size}元`
  return `，${yuan > 0 ? '多' : '少'}${said}`
}

function yearOf(ahead: string): number | undefined {
  const year = numberedYear.exec(ahead)?.groups?.year
  return year === undefined ? relativeYears.find(([words]) => words.test(ahead))?.[1] : Number(year)
}

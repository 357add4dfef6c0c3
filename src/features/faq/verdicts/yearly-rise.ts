import { smallestDifference } from '../../../matching/logic/limits.ts'
import type { ToldFigure } from './told-figures.ts'

/** The figures of two years of one thing, and how many years lie between them. */
export type YearPair = { later: ToldFigure; earlier: ToldFigure; yearsApart: number }

/** A figure with the folded words before it, in its clause and behind the figure before. */
type Led = { figure: ToldFigure; ahead: string }

/** Years in relation to this one; `NaN` for words that tell no certain year. */
const relativeYears: readonly (readonly [RegExp, number])[] = [
  [/往年|以前|早[几些]?年|前[几些23]年|(?:几|(?<!\d)\d{1,2})年前|同期/gu, Number.NaN],
  [/大前年/gu, -3],
  [/(?<![大以])前年/gu, -2],
  [/去年|上一?年/gu, -1],
  [/今年|本年|这一?年|现在/gu, 0],
]
const numberedYear = /(?<year>20\d\d)\s*年/gu
const leastNumberedYear = 2000
/** 「多了99万」 is itself a rise; 「涨到210万」 is what it rose to. */
const riseAhead = /(?:增|增加|增长|多|涨|加|升|提高)[了出]?\s*(?:刚好|正好|大概|大约|约)?\s*$/u
const changedTo = /^[^，,。；;]{0,4}[到至]/u
/** 「三年里从100万涨到220万」 is no rise from one year to the next. */
const overYears = /(?:几|(?<![\d第])(?:[2-9]|\d\d))年(?!度)/u

/** Whether an amount is itself a rise. */
const isRise = ({ ahead }: Led) => riseAhead.test(ahead)

/** Whether these amounts are told of more than one year, or of years that are not certain. */
export function tellsSeveralYears(amounts: readonly Led[]): boolean {
  const years = amounts.filter(each => !isRise(each)).map(({ ahead }) => yearOf(ahead) ?? 0)
  return years.length > 1 && years.some(year => year !== years[0] || Number.isNaN(year))
}

/**
 * The two amounts of a question that tell two years, in either order: 「去年111万，今年210万」, 「从111万涨到210万」.
 * @returns undefined for more or fewer amounts, and for years that do not compare
 */
export function yearsCompared(amounts: readonly Led[], folded: string): YearPair | undefined {
  const [first, second, third] = amounts.filter(each => !isRise(each))
  if (!first || !second || third) return undefined
  const between = folded.slice(first.figure.to, second.figure.from)
  const [a, b] = [yearOf(first.ahead), yearOf(second.ahead)]
  if (a === undefined && b === undefined) {
    if (!changedTo.test(between)) return undefined
    const yearsApart = overYears.test(folded.slice(0, first.figure.from)) ? Number.NaN : 1
    return { earlier: first.figure, later: second.figure, yearsApart }
  }
  // Without a year beside it, an amount is this year's.
  const [x, y] = [a ?? 0, b ?? 0]
  if (Number.isNaN(x - y) || x === y || x > leastNumberedYear !== y > leastNumberedYear) return undefined
  const yearsApart = Math.abs(x - y)
  return x > y
    ? { later: first.figure, earlier: second.figure, yearsApart }
    : { later: second.figure, earlier: first.figure, yearsApart }
}

/** Whether a rise that is told as such, 「比去年多了99万」, is one from the year before. @param clause that it stands in */
export function isOverOneYear(clause: string): boolean {
  if (overYears.test(clause)) return false
  const [one, other, third] = yearsIn(clause)
  if (one === undefined) return true
  if (other === undefined)
    return one === 0 || one === -1 || (one > leastNumberedYear && !/[比较]/u.test(clause))
  return third === undefined && Math.abs(one - other) === 1
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
      min: earlier.range.isMaxIncluded ? min : min + smallestDifference,
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

/** 「两年前成立」 tells of the company's age, of no year's figures. */
const founding =
  /(?:几|\d{1,2})年(?:多|半)?(?:以?前)(?=[^，,。]{0,4}(?:成立|注册|开|办|创))|以前(?=[^，,。]{0,4}(?:成立|注册|开|办|创))/gu

/**
 * Whether a figure is told for a year that a rule is not on: one before last year, or no certain one; this year
 * where the rule is on the last.
 * @param ahead folded text before the figure
 */
export function isOfOtherYear(ahead: string, isOnLastYear: boolean): boolean {
  const sentence = ahead.split(/[。；;？?]/u).at(-1) ?? ''
  const year = yearOf(sentence.replaceAll(founding, ''))
  if (year === undefined || year > leastNumberedYear) return false
  return Number.isNaN(year) || year < -1 || (isOnLastYear && year === 0)
}

/** The years that a text names, in order. */
function yearsIn(text: string): number[] {
  const numbered = [...text.matchAll(numberedYear)].map(({ index, groups }) => ({
    index,
    year: Number(groups?.year),
  }))
  const relative = relativeYears.flatMap(([words, year]) =>
    [...text.matchAll(words)].map(({ index }) => ({ index, year })),
  )
  return [...numbered, ...relative].sort((a, b) => a.index - b.index).map(({ year }) => year)
}

/** The year nearest to what follows. */
const yearOf = (ahead: string): number | undefined => yearsIn(ahead).at(-1)

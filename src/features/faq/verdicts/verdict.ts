import { type Limit, meetsLimit } from '../../../matching/logic/limits.ts'
import type { Truth } from '../../../matching/logic/truth.ts'
import { fold } from '../../../text/fold.ts'
import { type Entry, unsureWords } from '../records.ts'
import { wishOf } from '../wishes.ts'
import { asksForDuty, countedThing, isChanging, isHopedFor, isOneOfSum, isPart } from './other-figures.ts'
import { isOfPeriod } from './periods.ts'
import type { GivenFigure, Threshold } from './thresholds.ts'
import { figuresTold, limitOf, type ToldFigure } from './told-figures.ts'
import {
  isOfOtherYear,
  isOverOneYear,
  riseOf,
  tellsSeveralYears,
  type YearPair,
  yearsCompared,
} from './yearly-rise.ts'

type Judged = { threshold: Threshold; told: ToldFigure; isMet: boolean }

/** Words of another question than whether a rule is met: the figure only describes a company, a loan, an invoice. */
const otherAsks =
  /值得|靠谱|股价|上市|北交所|新三板|加薪|打折|报销|丢了|丢失|弄丢|补办|红包|投诉|贵吗|贵不贵|再降|开除|逾期/u

/** Failed conditions that are named in one verdict. */
const mostNamed = 2
/** A question with more figures is a list: which of them a limit is about is not certain. */
const mostTold = 20

/**
 * The verdict on the maker's own figures in a yes-or-no question: each is put against the entry's thresholds.
 * @returns undefined where nothing is certain: no figure beside the words of a threshold, a rough one near it, a
 *   list of figures, or an entry that no longer states the threshold
 */
export function verdictOn(
  question: string,
  entry: Entry,
  thresholds: readonly Threshold[] = [],
): string | undefined {
  const folded = fold(question)
  if (thresholds.length === 0 || wishOf(folded) !== 'can') return undefined
  if (otherAsks.test(folded) || asksForDuty(folded)) return undefined
  const told = figuresTold(question).filter(figure => !isHopedFor(figure, folded))
  if (told.length > mostTold) return undefined
  const stated = numbersIn(textOf(entry))
  const asked: Asked = {
    told,
    folded,
    ...yearsIn(told, folded),
    isOnRise: thresholds.some(({ rise }) => rise),
  }
  const judged = thresholds
    .filter(({ says }) => [...numbersIn(says)].every(number => stated.has(number)))
    .flatMap(threshold => judge(threshold, asked))
  const failed = judged.filter(({ isMet }) => !isMet)
  if (failed.length > 0) return failed.slice(0, mostNamed).map(sayJudged).join('\n')
  const [only, ...more] = judged
  if (!only) return undefined
  return more.length === 0 ? sayJudged(only) : sayAllMet(judged)
}

type Asked = {
  told: readonly ToldFigure[]
  folded: string
  /** Amounts of two years, where the question tells these two and no other. */
  years: YearPair | undefined
  isOfSeveralYears: boolean
  /** The entry has a limit on the rise from the year before. */
  isOnRise: boolean
}

function judge(threshold: Threshold, asked: Asked): Judged[] {
  const { told, folded } = asked
  const figure = threshold.rise ? riseTold(threshold, asked) : figureTold(threshold, asked)
  const isGiven = threshold.given.every(given => truthOf(given, told, folded) === true)
  const truth = figure && isGiven ? meetsLimit(figure.range, limitsOf(threshold)) : undefined
  if (figure === undefined || truth === undefined) return []
  // A part may be under another rule, so that only a whole above the limit is certain.
  if (truth && threshold.anywhere && told.some(part => isPart(part, folded))) return []
  return [{ threshold, told: figure, isMet: truth }]
}

/** A rise from the year before; one over several years, or of half-years, is another figure. */
function riseTold(threshold: Threshold, { told, folded, years }: Asked): ToldFigure | undefined {
  if (years) {
    const isOfYears = [years.later, years.earlier].every(figure => isOfPeriod(figure, 'year', folded))
    return years.yearsApart === 1 && isOfYears ? riseOf(years) : undefined
  }
  const rise = figureFor(threshold, told, folded)
  const isYearly = rise && (isOverOneYear(clauseOf(rise, folded)) || isOverOneYear(folded))
  return isYearly ? rise : undefined
}

/** An amount of another year than the one that counts is not put against a limit. */
function figureTold(
  threshold: Threshold,
  { told, folded, years, isOfSeveralYears, isOnRise }: Asked,
): ToldFigure | undefined {
  const isOfPair = isOnRise && years !== undefined && threshold.of.some(word => folded.includes(word))
  // 「从100万增加到200万」: the later amount is the one of the year, whatever words stand beside it.
  const figure =
    figureFor(threshold, told, folded) ?? (isOfPair ? laterOf(years, threshold, folded) : undefined)
  if (figure === undefined) return undefined
  const isOfAge = figure.measure === 'days'
  if (!isOfAge && isOfOtherYear(folded.slice(0, figure.from), threshold.ofLastYear)) return undefined
  if (figure.measure !== 'yuan' || !isOfSeveralYears) return figure
  // The limit on an amount applies to the later of two years, also where the words stand beside the earlier.
  if (!isOnRise || !years) return undefined
  return figure === years.earlier ? years.later : figure
}

const laterOf = ({ later }: YearPair, threshold: Threshold, folded: string) =>
  limitOf(figureIn(threshold)).measure === 'yuan' && isOfPeriod(later, threshold.per, folded)
    ? later
    : undefined

function yearsIn(told: readonly ToldFigure[], folded: string): Pick<Asked, 'years' | 'isOfSeveralYears'> {
  const amounts = told
    .filter(({ measure }) => measure === 'yuan')
    .map(figure => ({ figure, ahead: wordsBeside(figure, told, folded).ahead }))
  return { years: yearsCompared(amounts, folded), isOfSeveralYears: tellsSeveralYears(amounts) }
}

const clauseOf = ({ from, to }: ToldFigure, folded: string) =>
  `${folded.slice(0, from).split(clauseEnd).at(-1)}${folded.slice(from, to)}${folded.slice(to).split(clauseEnd)[0]}`

function truthOf(given: GivenFigure, told: readonly ToldFigure[], folded: string): Truth {
  const figure = figureFor({ ...given, unless: [], anywhere: false, per: 'year' }, told, folded)
  return figure && meetsLimit(figure.range, limitsOf(given))
}

type Sought = GivenFigure & Pick<Threshold, 'unless' | 'anywhere' | 'per'>

/** The one figure of the kind of a limit that its words are about; undefined for none or several. */
function figureFor(limit: Sought, told: readonly ToldFigure[], folded: string): ToldFigure | undefined {
  const { measure } = limitOf(figureIn(limit))
  const ofKind = told
    .filter(figure => isOfKind(figure, measure, limit.of.length > 0))
    .filter(figure => !(limit.anywhere && isPart(figure, folded)))
  const [nearest, second] = ofKind
    .map(figure => ({ figure, distance: distanceOf(limit, wordsBeside(figure, told, folded), folded) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
  if (!nearest || nearest.distance === second?.distance) return undefined
  if (limit.of.length === 0 && ofKind.length > 1) return undefined
  if (!isOfPeriod(nearest.figure, limit.per, folded)) return undefined
  const isOne = !isChanging(nearest.figure, ofKind, folded) && !isOneOfSum(nearest.figure, ofKind, folded)
  return isOne ? nearest.figure : undefined
}

/** 「51个股东」 are people, where the word says so. */
const isOfKind = (figure: ToldFigure, measure: ToldFigure['measure'], isNamed: boolean) =>
  figure.measure === measure || (isNamed && measure === 'people' && figure.measure === 'count')

/** How far the words of a limit are from a figure; behind it a little farther than before it. */
function distanceOf({ of, unless, anywhere }: Sought, beside: Beside, folded: string): number {
  const near = anywhere ? folded : `${beside.ahead}${beside.words}${beside.behind}`
  if (unless.some(word => near.includes(word))) return Number.POSITIVE_INFINITY
  if (of.length === 0) return 0
  if (anywhere) return of.some(word => near.includes(word)) ? 0 : Number.POSITIVE_INFINITY
  const distances = of.flatMap(word => {
    const at = beside.ahead.lastIndexOf(word)
    const behind = beside.behind.indexOf(word)
    return [
      ...(beside.words.includes(word) ? [0] : []),
      ...(at >= 0 ? [beside.ahead.length - at - word.length] : []),
      ...(behind >= 0 ? [behind + 0.5] : []),
    ]
  })
  return Math.min(Number.POSITIVE_INFINITY, ...distances)
}

/** Words this far before and behind a figure are about it. */
const reachBefore = 12
const reachBehind = 6

type Beside = { ahead: string; words: string; behind: string }

/** The clause around a figure, up to the figures beside it. */
function wordsBeside(
  { from, to, words, measure }: ToldFigure,
  told: readonly ToldFigure[],
  folded: string,
): Beside {
  const start = Math.max(0, from - reachBefore, ...told.filter(one => one.to <= from).map(one => one.to))
  const end = Math.min(to + reachBehind, ...told.filter(one => one.from >= to).map(one => one.from))
  const behind = folded.slice(to, end).split(clauseEnd)[0] ?? ''
  return {
    ahead: folded.slice(start, from).split(clauseEnd).at(-1) ?? '',
    words,
    behind: measure === 'count' ? countedThing(behind) : behind,
  }
}

const clauseEnd = /[，,。；;？?]/u

type Limits = Pick<Threshold, 'atLeast' | 'atMost' | 'above' | 'below'>

const figureIn = ({ atLeast, atMost, above, below }: Limits) => atLeast ?? atMost ?? above ?? below ?? ''

function limitsOf(limits: Limits): Limit {
  const value = ({ atLeast, atMost, above, below }: Limits) => ({ atLeast, atMost, above, below })
  const entries = Object.entries(value(limits)).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, limitOf(text).value]],
  )
  return Object.fromEntries(entries) as Limit
}

function sayJudged({ threshold, told, isMet }: Judged): string {
  const warning = `${threshold.note ?? ''}${isUnsure({ threshold, told }) ? unsureWords : ''}`
  if (!isMet) return `${threshold.no ?? '不能'}：${threshold.says}；你说的是${told.words}。${warning}`
  const yes = threshold.yes ?? '这一条够得上'
  const more = threshold.yes === undefined ? '其他条件也要满足。' : ''
  return `${yes}：${threshold.says}；你说的是${told.words}。${more}${warning}`
}

function isUnsure({ threshold, told }: Pick<Judged, 'threshold' | 'told'>): boolean {
  if (threshold.unsure !== 'figure') return threshold.unsure === 'rule'
  const { value } = limitOf(figureIn(threshold))
  const { min, max, isMaxIncluded } = told.range
  return min <= value && (value < max || (value === max && isMaxIncluded))
}

function sayAllMet(judged: readonly Judged[]): string {
  const figures = judged.map(({ told }) => told.words).join('、')
  const notes = new Set(judged.flatMap(({ threshold }) => threshold.note ?? []))
  const warning = `${[...notes].join('')}${judged.some(isUnsure) ? unsureWords : ''}`
  return `你说的${figures}都够得上：${judged.map(({ threshold }) => threshold.says).join('；')}。其他条件也要满足。${warning}`
}

const textOf = ({ short, firstLines = [], details }: Entry) =>
  [short, ...firstLines.map(({ text }) => text), ...details.map(({ text }) => text)].join('\n')

const numbersIn = (text: string) => new Set(text.match(/\d+(?:\.\d+)?/gu) ?? [])

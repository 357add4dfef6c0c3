import type { Range } from '../../../matching/answers.ts'
import { smallest } from '../../../matching/logic/limits.ts'
import { numberOf, numberPattern } from '../../../text/figures/numerals.ts'
import { fold } from '../../../text/fold.ts'

/** Units of figures; times are counted in days, money in yuan. */
type Measure = 'yuan' | 'people' | 'percent' | 'points' | 'area' | 'count' | 'days'

/** A figure that a text states, with the values that it leaves open. */
export type ToldFigure = {
  measure: Measure
  range: Range
  /** The words in which it is told, and where they stand in the folded text. */
  words: string
  from: number
  to: number
}

const before =
  '不到|不足|没到|未满|不满|没满|开不到|低于|少于|小于|不超过?|超过|超了|超|大于|多于|高于|快|近|将近|约|大概|大约|差不多|刚好|正好|刚满|刚刚?|满|百分之'
const after = '多|出头|有余|左右|上下|以上|以下|以内|之内|整|不到'
const unit =
  '元|块钱?|[个名位]?(?:职工|员工|工人|人员|雇员|伙计)|(?:个|号|位)?人|名|位|%|个点|分(?!之)|平方米|平米|平方|平|㎡|个半月|个?月|年半|年|天|日|周|家|项|个|件|场'
const figure = new RegExp(
  `(?<before>${before})?\\s*(?<number>${numberPattern}|半(?=年|个月))(?<decimals>点[零一二三四五六七八九]+)?(?<odd>多|来|几|余)?(?<scale>[万亿w])?(?<after>${after})?(?<unit>${unit})?(?<later>${after})?`,
  'gu',
)

const measures: readonly (readonly [Measure, RegExp])[] = [
  ['yuan', /^(?:元|块)/u],
  ['people', /人$|^[名位]$|职工|员工|人员|雇员|伙计/u],
  ['percent', /^(?:%|个点)$/u],
  ['points', /^分$/u],
  ['area', /^(?:平|㎡)/u],
  ['days', /[月年天日周]|年半/u],
  ['count', /^[家项个件场]$/u],
]

/** Days of a unit of time; a year has 365, a month its twelfth. */
const daysOf: Readonly<Record<string, number>> = { 年: 365, 月: 365 / 12, 周: 7, 天: 1, 日: 1 }

/** Every figure with a unit, in order; 「满一年差三天」 is one figure. */
export function figuresTold(text: string): ToldFigure[] {
  const folded = fold(text)
  const figures: ToldFigure[] = []
  for (const match of folded.matchAll(figure)) {
    const next = readFigure(match, folded)
    const last = figures.at(-1)
    const lack = next && last && lackOf(last, next, folded)
    if (lack) figures.splice(-1, 1, lack)
    else if (next && last && isPeriodOf(last, next, folded)) figures.splice(-1, 1, next)
    else if (next) figures.push(next)
  }
  return figures
}

/** The figure that a phrase states, as a limit has it: 「300万元」, 「6个月」. @throws {RangeError} for anything else */
export function limitOf(text: string): { measure: Measure; value: number } {
  const [only, ...more] = figuresTold(text)
  if (!only || more.length > 0 || only.range.min !== only.range.max)
    throw new RangeError(`no figure: ${text}`)
  return { measure: only.measure, value: only.range.min }
}

/** 「300万美元」 and 「300万用户」 are no amounts in yuan. */
const notYuan =
  /^\s*(?:美元|美金|刀|港币|港元|欧元|日元|英镑|韩元|新?台币|次|条|台|吨|字|用户|粉丝|股(?!权|本)|份|行|张|亩|公里|箱|套|辆|瓶|斤)/u

type Groups = Record<string, string | undefined>

function readFigure(match: RegExpMatchArray, folded: string): ToldFigure | undefined {
  const groups: Groups = match.groups ?? {}
  const measure = measureOf(groups)
  const value = measure && amountOf(groups, measure)
  if (measure === undefined || value === undefined) return undefined
  const from = match.index ?? 0
  const to = from + match[0].length
  if (measure === 'yuan' && notYuan.test(folded.slice(to))) return undefined
  return { measure, range: rangeOf(value, groups), words: folded.slice(from, to).trim(), from, to }
}

function measureOf({ before, number = '', scale, unit = '' }: Groups): Measure | undefined {
  if (before === '百分之') return 'percent'
  if (unit === '') return scale !== undefined || /[万亿]$|\d[万亿]/u.test(number) ? 'yuan' : undefined
  return measures.find(([, words]) => words.test(unit))?.[0]
}

function amountOf(
  { number = '', decimals = '', scale = '', unit = '' }: Groups,
  measure: Measure,
): number | undefined {
  const value = number === '半' ? 0.5 : numberWith(number, decimals)
  if (value === undefined) return undefined
  const scaled = value * (scale === '亿' ? 1e8 : scale === '' ? 1 : 1e4)
  if (measure !== 'days') return scaled
  // Years are counted in years, not told as 2026年.
  if (unit === '年' && scaled >= 1900) return undefined
  const days = daysOf[/[年月周天日]/u.exec(unit)?.[0] ?? ''] ?? 1
  return Math.round((scaled + (unit.includes('半') ? 0.5 : 0)) * days * 100) / 100
}

/** 「四点九」. */
function numberWith(number: string, decimals: string): number | undefined {
  const whole = numberOf(number)
  const digits = [...decimals.slice(1)].map(digit => '零一二三四五六七八九'.indexOf(digit)).join('')
  return whole === undefined || digits === '' ? whole : Number(`${whole}.${digits}`)
}

/** How far off a figure may be that is told as a rough one. */
const roughly = 0.1

function rangeOf(value: number, { before = '', odd = '', after = '', later = '' }: Groups): Range {
  const words = `${before} ${odd} ${after} ${later}`
  if (/不到|不足|没到|[未不没]满|低于|少于|小于|快|近/u.test(words)) return belowOf(value, words)
  if (/不超|以下|以内|之内/u.test(words)) return { min: 0, max: value, isMaxIncluded: true }
  if (/来/u.test(words)) return { ...someMore(value), min: value * (1 - roughly) }
  if (/超|大于|多于|高于/u.test(words))
    return { min: value + smallest, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
  if (/多|几|余|出头/u.test(words)) return someMore(value)
  if (/以上/u.test(words)) return { min: value, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
  if (/约|大概|差不多|左右|上下/u.test(words))
    return { min: value * (1 - roughly), max: value * (1 + roughly), isMaxIncluded: true }
  return { min: value, max: value, isMaxIncluded: true }
}

/** 「近300人」 and 「快一个月」 are a little less, 「不到300人」 may be much less. */
const belowOf = (value: number, words: string): Range => ({
  min: /快|近/u.test(words) ? value * (1 - roughly) : 0,
  max: value,
  isMaxIncluded: false,
})

/** 「300多人」 are fewer than 400, 「250多万」 less than 260. */
function someMore(value: number): Range {
  let place = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  while (place > 1 && value % place !== 0) place /= 10
  return { min: value + smallest, max: value + place, isMaxIncluded: false }
}

const oneOf = /^1(?:个?月|年|周|天|日)$/u

/** 「一年只干了5个月」: the first is no time by itself, but that within which the second is counted. */
function isPeriodOf(first: ToldFigure, second: ToldFigure, folded: string): boolean {
  if (first.measure !== 'days' || second.measure !== 'days' || !oneOf.test(first.words)) return false
  return (
    second.range.max < first.range.max &&
    /^(?:里|内|中|就|也|总共|一共|累计|大概|实际|平均|才|只|还|都|能|要|得)*[干做上工待出来在用跑开忙参投花]/u.test(
      folded.slice(first.to, second.from),
    )
  )
}

/** 「满一年差三天」, 「还差三天满一年」: a time that lacks another; undefined for two times. */
function lackOf(first: ToldFigure, second: ToldFigure, folded: string): ToldFigure | undefined {
  if (first.measure !== 'days' || second.measure !== 'days') return undefined
  const between = folded.slice(first.to, second.from)
  const ahead = folded.slice(Math.max(0, first.from - 2), first.from)
  const isAfter = /^[，,\s]*(?:还|就|只)?(?:差|少)了?$/u.test(between)
  const isAhead = /(?:差|少)$/u.test(ahead) && /^(?:就|才|到|满|够|不到)*$/u.test(between)
  if (!isAfter && !isAhead) return undefined
  const [whole, lack] = isAfter ? [first, second] : [second, first]
  const value = whole.range.max - lack.range.max
  return {
    measure: 'days',
    range: { min: value, max: value, isMaxIncluded: true },
    words: folded.slice(isAfter ? first.from : first.from - 1, second.to).trim(),
    from: first.from,
    to: second.to,
  }
}

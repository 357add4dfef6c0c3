import type { Range } from '../../../matching/answers.ts'
import { smallestDifference } from '../../../matching/logic/limits.ts'
import { numberOf, numberPattern } from '../../../text/figures/numerals.ts'
import { fold } from '../../../text/fold.ts'
import { compoundFigureOf, dayLengthOf, isPeriodOf, isRestOf, lackOf } from './compound-figures.ts'

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

/** Words around a figure and the values that they leave open; of several the first that is there. */
const openings: readonly (readonly [words: string, range: (value: number) => Range])[] = [
  ['不低于|不少于|不小于|不下|大于等于|至少|起码|最少|≥|>=|打底|起步', atLeast],
  ['不高于|不多于|不大于|小于等于|至多|最多|顶多|≤|<=|封顶|为限', atMost],
  ['不到|不足|没到|未满|不满|没满|开不到|低于|少于|小于|都没有?|没有?', value => belowOf(value, 0)],
  ['将近|接近|快|近', value => belowOf(value, value * (1 - roughly))],
  ['不超过?|以下|以内|之内', atMost],
  ['来', value => ({ ...someMore(value), min: value * (1 - roughly) })],
  ['超过|超了|超|不止|突破|破|大于|多于|高于|往上|朝上', above],
  ['多|几|余|出头', someMore],
  // 「过300万」 is more, 「贷过30万」 is just that.
  ['以上|过', atLeast],
  [
    '约|大概|大约|差不多|左右|上下',
    value => ({ ...atMost(value * (1 + roughly)), min: value * (1 - roughly) }),
  ],
]

const before = [
  // Less, or not less.
  '不到|不足|没到|未满|不满|没满|开不到|不低于|不少于|不小于|不下|大于等于|至少|起码|最少|≥|>=',
  // At most, or less.
  '不高于|不多于|不大于|小于等于|至多|最多|顶多|≤|<=|低于|少于|小于|不超过?',
  // More.
  '不止|超过|超了|超|突破|破|大于|多于|高于|(?<!不)过了?',
  // About, or just.
  '快|接近|近|将近|约|大概|大约|差不多|刚好|正好|刚满|刚刚?|满',
  '百分之|(?<!有)没有?',
].join('|')
const after =
  '多|出头|有余|左右|上下|以上|以下|以内|之内|整|[都也还]?不到|都没[到有]?|不止|往上|朝上|打底|起步|封顶|为限'
const unit = [
  '元|块钱?',
  '[个名位]?(?:职工|员工|工人|人员|雇员|伙计)|(?:个|号|位)?人|名|位',
  '%|个点|成(?![立都果功员本交长人])|分(?!之)',
  '平方米|平米|个?平方|平|㎡|m2',
  '个半月|个?(?:自然|整|足)?月|年半|周?年|天|日|周',
  '家|项|个|件|场',
].join('|')
const figure = new RegExp(
  `(?<before>${before})?\\s*(?<number>${numberPattern}|半(?=年|个月))(?<decimals>点[零一二三四五六七八九]+)?(?<odd>多|来|几|余)?\\s?(?<scale>[万亿w])?(?<after>${after})?\\s?(?<unit>${unit})?(?<later>${after})?`,
  'gu',
)

const measures: readonly (readonly [Measure, RegExp])[] = [
  ['yuan', /^(?:元|块)/u],
  ['people', /人$|^[名位]$|职工|员工|人员|雇员|伙计/u],
  ['percent', /^(?:%|个点|成)$/u],
  ['points', /^分$/u],
  ['area', /^(?:个?平|㎡|m2)/u],
  ['days', /[月年天日周]|年半/u],
  ['count', /^[家项个件场]$/u],
]

/** Every figure with a unit, in order; 「满一年差三天」 is one figure. */
export function figuresTold(text: string): ToldFigure[] {
  const folded = fold(text)
  const written = text.normalize('NFKC')
  const figures: ToldFigure[] = []
  for (const match of folded.matchAll(figure)) {
    const next = isCode(match, folded, written) ? undefined : readFigure(match, folded)
    const last = figures.at(-1)
    const lack = next && last && lackOf(last, next, folded)
    if (lack) figures.splice(-1, 1, lack)
    else if (next && last && isPeriodOf(last, next, folded)) figures.splice(-1, 1, next)
    else if (next && last && isRestOf(last, next, folded))
      figures.splice(-1, 1, compoundFigureOf(last, next, folded))
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

/** 「30个工作日」 are no 30 pieces. */
const notCounted = /^(?:工作日|小时|钟头|学期|季)/u
/** 「员工301个」: a count of people. */
const ofPeople = /(?:职工|员工|人员|人数|工人|雇员|伙计|从业)[^，,。；;？?]{0,4}$/u
/** 「50000100」, which folding makes of 「5000.01万」. */
const bareNumber = /^[1-9]\d{4,9}$/u
/** Behind one of these a number without a unit is money. */
const moneyAhead =
  /(?:营业?收入?|收入|利润|所得额?|销售额|流水|资产|资金|金额|投入|经费|费用?|成本|注册资本|实缴|贷款|借款|欠款|工资|薪资|月薪|年薪|税额|价格?|产值|补贴|奖励)(?:总额|总计|合计)?[是有为达到了共约:：\s]{0,3}$/u

type Groups = Record<string, string | undefined>

/** 「第11年」 has lasted ten years, not eleven; 「第40天」 is told of forty days. */
const isOrdinal = ({ unit = '' }: Groups, ahead: string) => ahead === '第' && !/^[天日]$/u.test(unit)

/** 「2月10日」 is a day of the calendar, 「2个月」 are a time. */
const isOfCalendar = ({ unit }: Groups, ahead: string) => unit === '月' || (unit === '日' && ahead === '月')

/**
 * 「打12366问」, 「邮编350001」: a long number without a unit is a telephone number, a code or a day, unless money is named
 * ahead of it or folding made it of a number in 万.
 */
function isCode({ groups, index = 0 }: RegExpMatchArray, folded: string, written: string): boolean {
  const { number = '', unit, scale, before = '' } = groups ?? {}
  if (unit !== undefined || scale !== undefined || !bareNumber.test(number)) return false
  const isWritten = new RegExp(`(?<![\\d.])${number}(?!\\d)`, 'u').test(written)
  return isWritten && !moneyAhead.test(folded.slice(0, index + before.length))
}

function readFigure(match: RegExpMatchArray, folded: string): ToldFigure | undefined {
  const groups: Groups = match.groups ?? {}
  const measure = measureOf(groups, folded.slice(0, match.index))
  const value = measure && amountOf(groups, measure)
  if (measure === undefined || value === undefined) return undefined
  const from = match.index ?? 0
  const to = from + match[0].length
  if (measure === 'yuan' && notYuan.test(folded.slice(to))) return undefined
  if (groups.unit === '个' && notCounted.test(folded.slice(to))) return undefined
  if (isOrdinal(groups, folded.charAt(from - 1)) || isOfCalendar(groups, folded.charAt(from - 1)))
    return undefined
  const words = folded.slice(from, to).trim()
  return {
    measure,
    range: rangeOf(value, groups),
    words: bareNumber.test(words) ? `${value / 1e4}万` : words,
    from,
    to,
  }
}

function measureOf({ before, number = '', scale, unit = '' }: Groups, ahead: string): Measure | undefined {
  if (before === '百分之') return 'percent'
  if (/^[个名位]$/u.test(unit) && ofPeople.test(ahead)) return 'people'
  const isAmount = scale !== undefined || /[万亿]$|\d[万亿]/u.test(number) || bareNumber.test(number)
  if (unit === '') return isAmount ? 'yuan' : undefined
  return measures.find(([, words]) => words.test(unit))?.[0]
}

function amountOf(
  { number = '', decimals = '', scale = '', unit = '' }: Groups,
  measure: Measure,
): number | undefined {
  const value = number === '半' ? 0.5 : numberWith(number, decimals)
  if (value === undefined) return undefined
  if (unit === '成') return value * 10
  const scaled = value * (scale === '亿' ? 1e8 : scale === '' ? 1 : 1e4)
  if (measure !== 'days') return scaled
  // Years are counted in years, not told as 2026年.
  if (unit === '年' && scaled >= 1900) return undefined
  const days = dayLengthOf(unit) ?? 1
  return Math.round((scaled + (unit.includes('半') ? 0.5 : 0)) * days * 100) / 100
}

/** 「四点九」. */
function numberWith(number: string, decimals: string): number | undefined {
  // 「两年零三个月」
  const whole = numberOf(number.replace(/^零(?=.)/u, ''))
  const digits = [...decimals.slice(1)].map(digit => '零一二三四五六七八九'.indexOf(digit)).join('')
  return whole === undefined || digits === '' ? whole : Number(`${whole}.${digits}`)
}

/** How far off a figure may be that is told as a rough one. */
const roughly = 0.1

function rangeOf(value: number, { before = '', odd = '', after = '', later = '' }: Groups): Range {
  const words = `${before} ${odd} ${after} ${later}`
  const opening = openings.find(([alternatives]) => new RegExp(alternatives, 'u').test(words))
  return opening ? opening[1](value) : { min: value, max: value, isMaxIncluded: true }
}

function atLeast(value: number): Range {
  return { min: value, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
}

function atMost(value: number): Range {
  return { min: 0, max: value, isMaxIncluded: true }
}

function above(value: number): Range {
  return { ...atLeast(value), min: value + smallestDifference }
}

/** 「近300人」 and 「快一个月」 are a little less, 「不到300人」 may be much less. */
function belowOf(value: number, min: number): Range {
  return { min, max: value, isMaxIncluded: false }
}

/** 「300多人」 are fewer than 400, 「250多万」 less than 260. */
function someMore(value: number): Range {
  let place = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  while (place > 1 && value % place !== 0) place /= 10
  return { min: value + smallestDifference, max: value + place, isMaxIncluded: false }
}

import { alternation } from '../alternation.ts'
import { foldRadicals } from '../characters.ts'
import { plainNumerals } from './numerals.ts'
import { type Bound, boundsAround } from './shapes/figure-bounds.ts'
import { dayFigures } from './shapes/figure-dates.ts'
import { type FigureKind, readingOrNone } from './shapes/figure-shape.ts'
import { shapes, valueSeparator } from './shapes/figure-shapes.ts'

/** One figure in a text: what it amounts to, whatever way it was written. */
export type Figure = {
  kind: FigureKind
  /** The normal form: money in yuan, shares in percent, months for years, `2026-08-31`, `--08-31` without a year. */
  value: string
  /** As it stands in the flattened text. */
  said: string
  /** Where it begins in the flattened text. */
  at: number
  /** Limits that it sets: `atMost`, `until` …; sorted, empty for a plain figure. */
  bounds: Bound[]
}

/** Words that begin like numbers and are none; they are blanked out before figures are sought. */
const notFigures = alternation(
  [
    // Adverbs and pronouns with 一.
    /一次性|统一|一般|一样|一些|一起|一定|一旦|一并|一律|一致|一直|一边|一下|一点(?!\d)|唯一|(?<!分)之一|进一步|万一|同一|单一|逐一/u,
    // An emphasis, and one that is counted among others.
    /第一时间|十分(?=[重容方简清明紧关必严])|千万(?=别|不要|记得|要)|第三方|三方|第三人|二手|一方面|另一|一手/u,
    // Names of policies and services.
    /一站式|五险一金|六税两费|三证合一|十四五|十五五|万众|百姓|千家万户/u,
    // Further words with a numeral.
    /一经|一共|一概|一线|任一|一审|二维码|两者|三包|四舍五入|一窗|一网|一旁|一键|一张表|一口价|不一(?![年个月天])/u,
    // 「三是扩大覆盖面」 counts points.
    /[一二三四五六七八九]是(?=[\p{Script=Han}])/u,
  ],
  'gu',
)

/**
 * Puts a text into the one form in which figures are sought: half-width digits, letters and punctuation, no space
 * between a figure and its unit. Commas stay as they are, so that 「10万，20万」 does not become a number.
 */
export function flatten(text: string): string {
  return foldRadicals(text)
    .replace(/[\uff01-\uff5e\u2150-\u217f\u3000]/gu, char => (char === '，' ? char : char.normalize('NFKC')))
    .replaceAll('㎡', '平方米')
    .replaceAll('％', '%')
    .replace(/(?<=[\d\p{Script=Han}%〕)])[ \t]+(?=\p{Script=Han}|%)|(?<=\p{Script=Han})[ \t]+(?=\d)/gu, '')
}

/**
 * Every figure in a text, in order: amounts, shares, counts, periods, dates, document numbers, phone numbers
 * and links, in digits or in Chinese numerals. For holding two texts against each other; it errs on the side of
 * finding too many.
 */
export function figuresIn(text: string): Figure[] {
  const flat = flatten(text)
  const sought = flat.replace(notFigures, found => '□'.repeat(found.length))
  const days = dayFigures(sought)
  const found: Figure[] = []
  for (let at = 0; at < sought.length; ) {
    const next = days.get(at) ?? (begins.test(sought.charAt(at)) ? figureAt(sought, at) : undefined)
    if (!next) {
      at += 1
      continue
    }
    for (const { kind, value } of next.readings) {
      found.push({ kind, value, said: flat.slice(at, at + next.length), at, bounds: [] })
    }
    at += next.length
  }
  return withYears(withBounds(flat, found), flat)
}

/** Characters that a figure can begin with, a fast first check. */
const begins =
  /[\da-z零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟第前几好数上下成半今明后去本昨这周星礼元春清端国即年月翻双加¥￥[〔(【]/iu

/** More numerals in a row than any number has count as one figure, so that no shape is tried on them. */
const longNumeral = /[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{26,}/uy

function figureAt(text: string, at: number) {
  longNumeral.lastIndex = at
  const [numeral] = longNumeral.exec(text) ?? []
  if (numeral !== undefined)
    return { readings: readingOrNone('number', plainNumerals(numeral)), length: numeral.length }
  for (const shape of shapes) {
    shape.pattern.lastIndex = at
    const match = shape.pattern.exec(text)
    const readings = match ? shape.read(match, text) : []
    if (match && readings.length > 0) return { readings, length: match[0].length }
  }
  return undefined
}

function withBounds(text: string, found: Figure[]): Figure[] {
  const bounded: Figure[] = []
  for (const [n, figure] of found.entries()) {
    const neighbours = { before: bounded[n - 1], after: found[n + 1] }
    bounded.push({ ...figure, bounds: boundsAround(text, figure, neighbours) })
  }
  return bounded
}

/** 「2026-04-25至05-25」: a day without a year takes the year that was named before it in the sentence. */
function withYears(found: Figure[], text: string): Figure[] {
  let year: string | undefined
  let seenTo = 0
  return found.map(figure => {
    if (/[。！？；!?;\n]/u.test(text.slice(seenTo, figure.at))) year = undefined
    seenTo = figure.at
    if (figure.kind !== 'date') return figure
    if (!figure.value.startsWith('--')) {
      year = figure.value.slice(0, 4)
      return figure
    }
    return year ? { ...figure, value: `${year}${figure.value.slice(1)}` } : figure
  })
}

/**
 * Whether a text that says `said` says what `source` says. A day without a year equals that day of the source's
 * year; a lone 「50万」 equals 500,000 yuan; 「10号公告」 equals 「公告2026年第10号」. Bounds are not compared.
 */
export function saysSame(said: Figure, source: Figure): boolean {
  if (said.kind === 'document' && source.kind === 'document') return isSameDocument(said.value, source.value)
  if (said.kind === 'date' && source.kind === 'date') return isSameDay(said, source)
  if (said.value !== source.value) return false
  if (said.kind === source.kind) return true
  const kinds = [said.kind, source.kind].sort().join(' ')
  return kinds === 'money number' ? Number(said.value) >= 1000 : kinds === 'number points'
}

/** A coarser day will do only where it is no limit: 「2027年」 is not the last day of 2027. */
function isSameDay(said: Figure, source: Figure): boolean {
  if (said.value === source.value) return true
  if (said.value.startsWith('--')) return source.value.slice(4) === said.value.slice(1)
  const isLimit = [...said.bounds, ...source.bounds].some(bound => bound !== 'around')
  return !isLimit && source.value.startsWith(`${said.value}-`)
}

/** Issuers run on without a boundary, 「按闽财规〔2024〕1号」, so they are compared from the right. */
function isSameDocument(said: string, source: string): boolean {
  const [issuerSaid = '', yearSaid = '', numberSaid = ''] = said.split(valueSeparator)
  const [issuer = '', year = '', number = ''] = source.split(valueSeparator)
  if (numberSaid !== number || (yearSaid !== '' && yearSaid !== year)) return false
  const length = Math.min(issuerSaid.length, issuer.length, 4)
  return issuerSaid.slice(issuerSaid.length - length) === issuer.slice(issuer.length - length)
}

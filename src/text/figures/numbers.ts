const digits = '零一二三四五六七八九'

/** After these a lone digit is a count (「三年」); elsewhere it is mostly part of a word (「一般」「统一」). */
const units = '年月日号天周季个人家户名次倍成元块折项件条档级期岁层批亩张份类所级%万亿'

/** They look like numbers and are not. */
const notNumbers = /^(?:一次性|万一|十分|千万(?=[不别要记注])|百万分|一个(?:人|样)|两码)/u

/** The 百 of 百分之 counts nothing. */
const run = /(?!百分之)(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿])+/gu

/**
 * Gives every number one way of writing: 「一百万」, 「1,000,000」 and 「100万」 are 「100万」, 「百分之十五」 and
 * 「15个点」 are 「15%」, 「二〇二六年」 is 「2026年」. For comparing, in text that is folded otherwise.
 * @returns text in which round numbers from 10,000 stand with 万 or 亿 and all others in plain digits.
 */
export function foldNumbers(text: string): string {
  if (!/[\d〇零一二两三四五六七八九十百千]/u.test(text)) return text
  let folded = text.replace(betweenThousands, '')
  // One number may stand in another: 「十百分之五」. Nobody writes them deeper than this.
  for (let depth = 0, before = ''; depth < mostNested && folded !== before; depth++) {
    before = folded
    folded = foldOnce(folded)
  }
  // 「2,一百」 are two numbers, and stay two.
  return folded.replace(betweenThousands, ', ')
}

const betweenThousands = /(?<=\d),(?=\d{3}(?!\d))/gu

const mostNested = 20

function foldOnce(text: string): string {
  return text
    .replaceAll('百分之百', '100%')
    .replace(run, (found, at: number, whole: string) => {
      if (notNumbers.test(whole.slice(at))) return found
      return numberIn(found, whole.slice(at + found.length)) ?? found
    })
    .replace(/百分之(\d+(?:\.\d+)?)/gu, '$1%')
    .replace(/(\d)(?:个百分点|个点)/gu, '$1%')
}

/** The normal form of one run of digits and numerals; undefined when it is no number. */
function numberIn(found: string, rest: string): string | undefined {
  if (/^\d+(?:\.\d+)?$/u.test(found)) return found.length <= 9 ? written(Number(found), found) : found
  const plain = found.replaceAll('〇', '零').replaceAll('两', '二')
  const isCounted = rest !== '' && units.includes(rest.charAt(0))
  if (/^[零一二三四五六七八九]+$/u.test(plain)) return digitByDigit(plain, rest, isCounted)
  if (found.length === 1 && !isCounted) return undefined
  const value = amountOf(plain)
  return value === undefined ? undefined : written(value, String(value))
}

/** 「二〇二六年」 is a year, 「三年」 a count; 「三五天」 is neither. */
function digitByDigit(plain: string, rest: string, isCounted: boolean): string | undefined {
  const isYear = plain.length === 4 || (plain.length === 2 && rest.startsWith('年'))
  return isYear || (plain.length === 1 && isCounted)
    ? [...plain].map(digit => digits.indexOf(digit)).join('')
    : undefined
}

const digit = '([一二三四五六七八九]|\\d+(?:\\.\\d+)?)'
const below10000 = new RegExp(`^(?:${digit}千)?零?(?:${digit}百)?零?(?:${digit}?(十))?(?:零?${digit})?$`, 'u')
const byTenThousands = /^(?:(.+)亿)?(?:([^亿]+)万)?([^亿万]*)$/u

/** 「一百二十万」 → 1200000, 「1.5亿」 → 150000000, 「一万五」 → 15000; undefined for 「十四五」 or 「万千」. */
function amountOf(plain: string): number | undefined {
  const parts = byTenThousands.exec(plain)
  if (!parts) return undefined
  const [, hundredMillions, tenThousands, rest = ''] = parts
  // 「一万五」 leaves out the unit of its last digit: a tenth of the one before.
  const last = tenThousands ? 10_000 : hundredMillions ? 1e8 : 1
  const below =
    last > 1 && /^[一二三四五六七八九]$/u.test(rest) ? (digitOf(rest) * last) / 10 : sectionOf(rest)
  const values = [
    hundredMillions === undefined ? 0 : (sectionOf(hundredMillions) ?? Number.NaN) * 1e8,
    tenThousands === undefined ? 0 : (sectionOf(tenThousands) ?? Number.NaN) * 1e4,
    below ?? Number.NaN,
  ]
  const value = values.reduce((sum, each) => sum + each, 0)
  return value > 0 ? Math.round(value * 1000) / 1000 : undefined
}

function sectionOf(text: string): number | undefined {
  const parts = below10000.exec(text)
  if (!parts) return undefined
  const [, thousands, hundreds, tens, ten, ones] = parts
  const isShort = ones && !ten && /[千百][一二三四五六七八九]$/u.test(text)
  const onesAre = isShort ? (hundreds ? 10 : 100) : 1
  return (
    digitOf(thousands) * 1000 +
    digitOf(hundreds) * 100 +
    (ten ? digitOf(tens ?? '一') * 10 : 0) +
    digitOf(ones) * onesAre
  )
}

function digitOf(text = '零'): number {
  const at = digits.indexOf(text)
  return at >= 0 ? at : Number(text)
}

function written(value: number, otherwise: string): string {
  if (value >= 1e8 && value % 1e6 === 0) return `${value / 1e8}亿`
  if (value >= 1e4 && value % 1000 === 0) return `${value / 1e4}万`
  return otherwise
}

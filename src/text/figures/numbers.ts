import { numberOf, plainNumerals } from './numerals.ts'

/** After these a lone digit is a count (「三年」); elsewhere it is mostly part of a word (「一般」「统一」). */
const units = '年月日号天周季个人家户名次倍成元块折项件条档级期岁层批亩张份类所级%万亿'

/** They look like numbers and are not. */
const notNumbers = /^(?:一次性|万一|十分|千万(?=[不别要记注])|百万分|一个(?:人|样)|两码)/u

/** The 百 of 百分之 counts nothing. */
const bankDigits = '壹贰叁肆伍陆柒捌玖'
const bankUnits = '拾佰仟万萬亿億'
/** A number as banks write it has a unit: 「退伍」 and 「陆续」 are words. */
const bankNumber = `[${bankDigits}拾][零${bankDigits}${bankUnits}]{0,40}(?<=[${bankUnits}])[零${bankDigits}]*`
const run = new RegExp(
  `(?!百分之)(?:(?:\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百千万亿])+|(?!拾(?![${bankUnits}${bankDigits}]))${bankNumber})`,
  'gu',
)
const hasNumber = new RegExp(`[\\d〇零一二两三四五六七八九十百千${bankUnits}]`, 'u')

/**
 * Gives every number one way of writing: 「一百万」, 「1,000,000」 and 「100万」 are 「100万」, 「百分之十五」 and
 * 「15个点」 are 「15%」, 「二〇二六年」 is 「2026年」. For comparing, in text that is folded otherwise.
 * @returns text in which round numbers from 10,000 stand with 万 or 亿 and all others in plain digits.
 */
export function foldNumbers(text: string): string {
  if (!hasNumber.test(text)) return text
  let folded = text.includes(',') ? text.replace(betweenThousands, '') : text
  // One number may stand in another: 「十百分之五」. Deeper nesting does not occur.
  for (let depth = 0, before = ''; depth < mostNested && folded !== before; depth++) {
    before = folded
    // 「千个亿」: a numeral counts hundred millions once it stands in digits.
    folded = foldOnce(folded.replace(ofHundredMillions, ''))
  }
  // 「2,一百」 are two numbers, and stay two.
  return folded.replace(betweenThousands, ', ')
}

const betweenThousands = /(?<=\d),(?=\d{3}(?!\d))/gu

/** 「两个亿」 is 2亿; 「一个亿万富翁」 is no number. */
const ofHundredMillions = /(?<=[\d一二两三四五六七八九十百])个(?=亿(?!万))/gu

const mostNested = 20

function foldOnce(text: string): string {
  return text
    .replaceAll('百分之百', '100%')
    .replace(run, (found, at: number, whole: string) => {
      if (notNumbers.test(whole.slice(at))) return found
      return numbersIn(found, whole.slice(at + found.length)) ?? found
    })
    .replace(/百分之(\d+(?:\.\d+)?)/gu, '$1%')
    .replace(/(\d)(?:个百分点|个点)/gu, '$1%')
}

/** 「100万1年」: a digit that is counted is a number of its own, and not the end of the one before it. */
function numbersIn(found: string, rest: string): string | undefined {
  const [, first, second] = (counted.test(rest) && twoNumbers.exec(found)) || []
  if (first === undefined || second === undefined) return numberIn(found, rest)
  return `${numberIn(first, second) ?? first}${numberIn(second, rest) ?? second}`
}

const counted = /^[个年月周季天日号点%人家户名位次期岁层批项件条]/u
const twoNumbers = /^(.*[万亿])([一二两三四五六七八九1-9])$/u

/** The normal form of one run of digits and numerals; undefined when it is no number. */
function numberIn(found: string, rest: string): string | undefined {
  if (/^\d+(?:\.\d+)?$/u.test(found)) return found.length <= 9 ? written(Number(found), found) : found
  const isCounted = rest !== '' && units.includes(rest.charAt(0))
  if (found.length === 1 && (!isCounted || !/[零〇一二两三四五六七八九十]/u.test(found))) return undefined
  const plain = plainNumerals(found)
  if (/^[零一二三四五六七八九]+$/u.test(plain)) return digitByDigit(plain, rest)
  // 「几百万」 and 「上千家」 are no exact numbers.
  const value = /^[百千万亿]/u.test(plain) ? undefined : numberOf(plain)
  return value === undefined ? undefined : written(value, String(value))
}

/** 「二〇二六年」 is a year, 「三年」 a count; 「三五天」 is neither. */
function digitByDigit(plain: string, rest: string): string | undefined {
  if (plain.length === 2 && rest.startsWith('年'))
    return [...plain].map(char => String(numberOf(char))).join('')
  const value = numberOf(plain)
  return value === undefined ? undefined : String(value).padStart(plain.length, '0')
}

function written(value: number, otherwise: string): string {
  if (value >= 1e8 && value % 1e6 === 0) return `${value / 1e8}亿`
  if (value >= 1e4 && value % 1000 === 0) return `${value / 1e4}万`
  return otherwise
}

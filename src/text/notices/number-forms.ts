import { foldCharacters, withoutLongBlanks } from '../characters.ts'
import { numberOf } from '../figures/numerals.ts'

export const han = '\\p{Script=Han}'
/** 「榕财企（指）」: letters of an office, one part of them perhaps in brackets. */
const issuer = `${han}{1,16}(?:[(〔]${han}{1,4}[)〕]${han}{0,6})?`
/** 「榕科〔2026〕12号」, in any brackets. */
export const bracketed = `${issuer}\\s*[〔\\[(<〈]\\s*\\d{4}\\s*(?:年)?\\s*[〕\\])>〉]\\s*第?\\s*\\d{1,5}\\s*号`
/** 「商务部公告2026年第10号」, 「2026年第10号」. */
export const byYear = `(?:${han}[${han} 、]{0,40}?)?\\d{4}\\s*年\\s*第\\s*(?:\\d{1,5}|[一二三四五六七八九十百]{1,4})\\s*号`
const order = `${han}{2,30}(?:令\\s*第?|(?:公告|通告)\\s*第)\\s*\\d{1,5}\\s*号`
/** Source of a pattern for the number of a document, in a text that is {@link withReadableNumbers}. */
export const anyNumber = `(?:${bracketed}|${order}|${byYear})`

const opening = '〔[(「<〈'
const closing = '〕\\])」>〉'
/** Letters that a scanner reads for digits. */
const misread: Record<string, string> = { O: '0', o: '0', l: '1', I: '1', '|': '1' }
const digitLike = '[\\dOolI|]'
const yearOf = new RegExp(
  `[${opening}]\\s*(?<year>(?=[^${closing}]{0,3}\\d)${digitLike}{4})\\s*(?:年\\s*)?[${closing}]`,
  'gu',
)
const serialOf = /(?<=〔\d{4}〕\s*第?\s*)[\dOolI|]{1,5}(?=\s*号)/gu
const spelledYear = new RegExp(
  `(?<=[${opening}]\\s*)[〇○零一二三四五六七八九]{4}(?=\\s*年?\\s*[${closing}])`,
  'gu',
)
const spelledSerial = /(?<=〔\d{4}〕\s*第?\s*)[〇○零一二三四五六七八九十百]{1,6}(?=\s*号)/gu
const broken = /(?<=〔\d{4}〕)\s+(?=第?\s*\d{1,5}\s*号)/gu
/** 「榕科」 in a line of its own above 「〔2026〕12号」. */
const brokenBefore = /(?<=(?:^|\n)\s*\p{Script=Han}{2,14})\s*\n\s*(?=〔\d{4}〕第?\s*\d{1,5}\s*号)/gu
/** 「榕 科 〔2026〕」: the letters of an office are spaced. */
const spaced = /(?<=^|\n)\s*\p{Script=Han}(?:\s+\p{Script=Han}){1,8}\s*(?=〔\d{4}〕)/gu

/**
 * Folds the characters of a text and mends the numbers of documents in it: every bracket around a year is 〔〕, 「二〇二六」
 * and 「2O26」 are 「2026」, a number that is broken over two lines stands on one. Positions do not stay.
 */
export function withReadableNumbers(text: string): string {
  const digits = (written: string) => [...written].map(char => misread[char] ?? char).join('')
  return withoutLongBlanks(foldCharacters(text))
    .replaceAll(spelledYear, year => String(numberOf(year)))
    .replaceAll(yearOf, (_, year: string) => `〔${digits(year)}〕`)
    .replaceAll(spelledSerial, serialDigits)
    .replaceAll(serialOf, digits)
    .replaceAll(broken, '')
    .replaceAll(brokenBefore, '')
    .replaceAll(spaced, letters => letters.replaceAll(/\s/gu, ''))
}

/** 「一七五」 as 「175」, 「一百七十五」 as well; what is no number stays. */
export function serialDigits(serial: string): string {
  if (/^\d+$/u.test(serial)) return serial
  const isSpelt = /[十百]/u.test(serial)
  return isSpelt
    ? String(numberOf(serial) ?? serial)
    : [...serial].map(char => String(numberOf(char))).join('')
}

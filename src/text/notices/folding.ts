import { foldCharacters } from '../characters.ts'
import { simplify } from '../traditional.ts'

/** 「1.」 and 「一.」 number a part of a list; the minutes of 「17:00」 do not. */
const listNumber =
  /(?:(?:^|[\s\p{Script=Han}。.;,("”]|(?<!\d):)\d{1,2}|(?:^|[\s。.;])[一二三四五六七八九十]{1,3})$/u
const longestNumber = 6
const closes = /[\p{Script=Han}\d\])"”%〕]$/u
/** 「2.5」, 「.doc」, 「.PDF」, 「...」; 「20万元.A类企业」 does end. */
const goesOn = /^(?:[\da-z.]|[A-Z](?!\p{Script=Han}))/u

/** Writes the full stops of a notice that are typed as 「.」 as 「。」. Positions stay. */
export function withFullStops(text: string): string {
  return text.replaceAll('.', (dot, at: number) => {
    const before = text.slice(Math.max(0, at - longestNumber), at)
    const isStop = closes.test(before) && !listNumber.test(before) && !goesOn.test(text.slice(at + 1, at + 3))
    return isStop ? '。' : dot
  })
}

/** 「2O19年」, 「9月1O日」, 「8月31曰」: letters and a character that a scanner reads for digits and for 日. */
const misreadDigits =
  /(?<![A-Za-z0-9])(?:(?=[\dOolI]{0,3}\d)[\dOolI]{1,4}|[lI]O?)(?=\s*(?:年|月(?:\s*[\dOolI]|底|[上中下])|[日曰]))/gu
const misreadDay = /(?<=\d\s{0,2})曰/gu
const digitOf: Record<string, string> = { O: '0', o: '0', l: '1', I: '1' }

const withDays = (text: string): string =>
  text
    .replaceAll(misreadDigits, digits => digits.replaceAll(/[OolI]/gu, char => digitOf[char] ?? char))
    .replaceAll(misreadDay, '日')

const onlyTraditional = /[請補業務時間報貼創開會個萬]/gu
/** Fewer such characters are in a name or a slip of the keyboard. */
const leastTraditional = 5
const isTraditional = (text: string) => [...text.matchAll(onlyTraditional)].length >= leastTraditional

/**
 * Folds the characters and the full stops of a notice, writes Traditional characters as Simplified ones, and
 * mends the days that a scanner misread. One code unit becomes one code unit: a position in the result is the
 * same position in the original.
 */
export function foldNotice(text: string): string {
  const folded = withDays(withFullStops(foldCharacters(text)))
  return isTraditional(folded) ? simplify(folded) : folded
}

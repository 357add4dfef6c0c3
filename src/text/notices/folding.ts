import { foldCharacters } from '../characters.ts'

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

/**
 * Folds the characters and the full stops of a notice. One code unit becomes one code unit: a position in the result is
 * the same position in the original.
 */
export const foldNotice = (text: string): string => withFullStops(foldCharacters(text))

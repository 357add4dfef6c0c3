import { foldCharacters } from '../characters.ts'

/** 「1.」 and 「一.」 number a part of a list; the minutes of 「17:00」 do not. */
const listNumber =
  /(?:(?:^|[\s\p{Script=Han}。.;,("”]|(?<!\d):)\d{1,2}|(?:^|[\s。.;])[一二三四五六七八九十]{1,3})$/u
const longestNumber = 6
const closes = /[\p{Script=Han}\d\])"”%〕]$/u
/** 「2.5」, 「.doc」, 「...」 */
const goesOn = /^[\dA-Za-z.]/u

/**
 * Folds the characters of a notice, and the full stops that are typed as 「.」 into 「。」. One code unit becomes one code
 * unit: a position in the result is the same position in the original.
 */
export function foldNotice(text: string): string {
  const folded = foldCharacters(text)
  return folded.replaceAll('.', (dot, at: number) => {
    const before = folded.slice(Math.max(0, at - longestNumber), at)
    const isStop = closes.test(before) && !listNumber.test(before) && !goesOn.test(folded.charAt(at + 1))
    return isStop ? '。' : dot
  })
}

import { nameParts } from '../../../text/names/names.ts'

/** Shorter parts of a name are words of everyday language too. */
const shortest = 2

/**
 * A text without its sender's own names, as 「签到」 of 「我是张三，签到」 and 「签到（优空间 张三）」.
 * @param names of the sender: the alias in the group, the name on the roster
 * @returns undefined where no name stands in it
 */
export function withoutOwnName(text: string, names: readonly string[]): string | undefined {
  const parts = [...new Set(names.flatMap(nameParts))]
    .filter(part => [...part].length >= shortest)
    .sort((a, b) => b.length - a.length)
  const rest = parts.reduce((left, part) => left.replaceAll(part, ' '), text)
  if (rest === text) return undefined
  return rest
    .replace(/^\s*(?:我是|我叫|本人是?|我)(?=\s)/u, '')
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim()
}

const groupWords = /(?:创客|交流|工作|学习|微信)*群$/u

/**
 * Whether a word is one of these places, a part of it, or a part within it: 「优空间」, 「优空间三楼」.
 * @param places of the person and of the lesson; the name of a group may stand among them
 */
export function isOneOfPlaces(word: string, places: readonly string[]): boolean {
  const isPart = (whole: string, part: string) => [...part].length > shortest && whole.includes(part)
  return places
    .map(one => one.replace(groupWords, ''))
    .some(one => one === word || isPart(one, word) || (isPart(word, one) && word.startsWith(one)))
}

import { nameParts } from '../../../../text/names/names.ts'
import { mayBeName } from './sign-in-meaning.ts'

/** Shorter parts of a name are words of everyday language too. */
const shortest = 2
const placeEnding = /(?:空间|园|园区|中心|公司|大厦|基地|支部|孵化器|社区|街道|众创|工作室)$/u
const marks = '[^\\p{L}\\p{N}]'
/** Words that stand right before and right behind one's own name: 「我是张三」, 「张三已到」. */
const before = `^|${marks}|\\d|我|我是|我叫|本人是?|签到|打卡|报到`
const behind = `$|${marks}|\\d|签|打卡|报到|补|到|已|也|还没|没|忘|来|在|请|刚|现|迟|晚|进|上|准|前|线|我`

/**
 * A text without its sender's own names, as 「签到」 of 「我是张三，签到」 and 「签到（优空间 张三）」. A place within a name is taken out
 * only where it stands by itself: 「优空间到了」 tells of others too. A name within another word stays: 「刘备战」 is not 「备战」.
 * @param names of the sender: the alias in the group, the name on the roster
 * @returns undefined where no name stands in it
 */
export function withoutOwnName(text: string, names: readonly string[]): string | undefined {
  const parts = names.map(nameParts).filter(one => one.length > 0)
  const own = parts.map(ownPart)
  const places = parts.flat().filter(part => !own.includes(part))
  const ahead = [before, ...places.map(one => RegExp.escape(one))].join('|')
  const withoutNames = without(text, own, [ahead, behind])
  const rest = without(withoutNames, places, [`^|${marks}`, `$|${marks}`])
  if (rest === text) return undefined
  return rest
    .replace(/^\s*(?:我是|我叫|本人是?|我)(?=\s)/u, '')
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim()
}

/** The part that names the person: the last as a rule, and never a place where another part is a name. */
function ownPart(parts: readonly string[]): string {
  const people = parts.filter(one => !placeEnding.test(one))
  return people.findLast(mayBeName) ?? people.at(-1) ?? parts.at(-1) ?? ''
}

function without(text: string, words: readonly string[], [ahead, after]: readonly [string, string]): string {
  return [...new Set(words)]
    .filter(word => [...word].length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, word) =>
        left.replaceAll(
          new RegExp(`(?<=${ahead})(?:我是|我叫|本人是?)?${RegExp.escape(word)}(?=${after})`, 'gu'),
          ' ',
        ),
      text,
    )
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

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

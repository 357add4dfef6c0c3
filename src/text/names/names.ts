import { memoize } from '../../lib/memoize.ts'

const longestName = 40
/** Stands for a name that is empty, or that the line did not give. */
export const noName = '（没有名字）'
const separators = /[-—–_·|/\\\s、,，.。（）()【】[\]:：]+/u

/**
 * A name as it may be shown: the alias as it is, without invisible characters, line breaks and runs of spaces.
 * @returns at most 40 characters, never empty
 */
export function cleanName(seen: string): string {
  const visible = seen
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
  return [...visible].slice(0, longestName).join('').trim() || noName
}

/** A name without the phone number that some people put into theirs: it is repeated in groups, and kept. */
export function withoutPhones(seen: string): string {
  const bare = cleanName(seen).replaceAll(/(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)/gu, ' ')
  return cleanName(bare.replace(/[-—–_·|/\\\s]+$/u, ''))
}

/**
 * Finds those whom a person means by a name: 「张三」 means «优空间-张三». Who is called exactly so comes alone.
 * @returns more than one where the name does not tell them apart; ask then
 */
export function calledBy<T extends { name: string }>(people: readonly T[], said: string): T[] {
  const wanted = cleanName(said)
  const exact = people.filter(person => cleanName(person.name) === wanted)
  if (exact.length > 0) return exact
  return people.filter(person => nameParts(person.name).includes(wanted))
}

/** 「优空间-张三」 as 「优空间」 and 「张三」. */
export function nameParts(name: string): string[] {
  return cleanName(name)
    .split(separators)
    .filter(part => part !== '')
}

/**
 * A person's own name, as the last part of an alias is; empty where it has none. Each
 * question asks for its group's.
 */
const lastPart = memoize(name => nameParts(name).at(-1) ?? '', { most: 5000, longest: 100 })

/** Shorter names are words of everyday language too. */
const shortestMasked = 2

/**
 * Makes a function that replaces names by their masks: 「优空间-张唯」 is found by the whole and by its last part, the
 * person's own name. Of several names at one place the longest counts; of two people with one name the first.
 */
export function createNameMask(people: readonly { name: string; mask: string }[]): (text: string) => string {
  const masks = new Map<string, string>()
  for (const { name, mask } of people)
    for (const part of [name, lastPart(name)])
      if ([...part].length >= shortestMasked && !masks.has(part)) masks.set(part, mask)
  const lengths = [...new Set([...masks.keys()].map(({ length }) => length))].sort((a, b) => b - a)

  return text => {
    let masked = ''
    for (let at = 0; at < text.length; ) {
      const length = lengths.find(one => masks.has(text.slice(at, at + one)))
      masked += length === undefined ? text[at] : masks.get(text.slice(at, at + length))
      at += length ?? 1
    }
    return masked
  }
}

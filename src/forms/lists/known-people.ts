import type { RosterMember } from '../../ports/roster.ts'
import { fold } from '../../text/fold.ts'
import { cleanName, nameParts } from '../../text/names/names.ts'
import { namesOfPeople } from './names-within.ts'

export type KnownPeople = ReturnType<typeof knownPeople>

/** People by what a list may call them, each found without a look at the others. */
export function knownPeople(people: readonly RosterMember[]) {
  const places = new Set(people.flatMap(({ branch, space, team }) => [branch, space, team]))
  const byName = Map.groupBy(people, ({ name }) => sameName(name))
  const ends = people.flatMap(person => endsOf(person.name).map(end => ({ end, person })))
  const byEnd = Map.groupBy(ends, ({ end }) => end)

  /** Whom a name means: 「张三 优空间」 is the one of that space. */
  function match(line: string): RosterMember[] {
    const exact = byName.get(sameName(line)) ?? []
    if (exact.length > 0) return exact
    const parts = nameParts(line.replace(spreadFirst, '$1$2'))
    // 「优空间」 alone is a place, also where a person is called «优空间-李四».
    const ended = parts.flatMap(part => (places.has(part) ? [] : (byEnd.get(part) ?? [])))
    const named = [...new Set(ended.map(({ person }) => person))]
    if (named.length < 2 || parts.length < 2) return named
    const placed = named.filter(({ branch, space, team, name }) =>
      [branch, space, team, ...nameParts(name)].some(
        place => place !== '' && parts.some(part => !endsOf(name).includes(part) && place.includes(part)),
      ),
    )
    return placed.length > 0 ? placed : named
  }

  return {
    match,
    /** Whether a person's whole name is written so. */
    isCalled: (name: string) => byName.has(sameName(name)),
    places,
    /** Whether a word is a place or a part of one: 「恒丰」 stands for 「恒丰大厦」. */
    isPlace: (word: string) =>
      places.has(word) || (word.length > 1 && [...places].some(place => place.includes(word))),
    names: namesOfPeople(people),
  }
}

/** Names are the same in Traditional characters, and spread over cells by spaces: 「张 三」. */
export function sameName(name: string): string {
  if (plainName.test(name)) return fold(name)
  return fold(cleanName(name).replaceAll(/[•‧・∙.．]/gu, '·')).replaceAll(spread, '')
}
const spread = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu
/** 「张 三 优空间」. */
const spreadFirst = /^(\p{Script=Han})\s+(\p{Script=Han})(?=\s+\S{2}|$)/u
/** As almost all of thousands are. */
const plainName = /^[\u4e00-\u9fff]{1,40}$/u

/** A roster says 「张三」 and a group 「优空间-张三」 or 「张三-优空间」: the first and the last part may be the name. */
export function endsOf(name: string): string[] {
  const parts = plainName.test(name) ? [name] : nameParts(name.replace(spreadFirst, '$1$2'))
  return [...parts.slice(0, 1), ...parts.slice(1).slice(-1)]
}

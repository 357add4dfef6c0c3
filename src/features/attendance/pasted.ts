import type { RosterMember } from '../../ports/roster.ts'
import { cleanName, nameParts } from '../../text/names.ts'

/** One line of a pasted list, and whom it may mean: one is a match, none or several are for a person to decide. */
export type PastedLine = { line: string; found: RosterMember[] }

const numbered = /^\s*\d{1,4}\s*[.、．)）:：]\s*/u
const chainHead = /^\s*#接[龙龍]/u
/** What people write behind a name on such a list. */
const remarks = /[（(][^）)]*[）)]|[✅✔√☑]\uFE0F?|🙋|(?:^|\s)(?:已?到|已?签到?|\+1|参加|出席)$/gu
const mostLines = 500

/**
 * The names on a list that somebody pasted: a 接龙, a paper list typed off, or cells of a sheet. In a 接龙 only the
 * numbered lines are names, what stands above them is its title and an example.
 * @returns each as written, once
 */
export function namesIn(text: string): string[] {
  const lines = text.split(/\r?\n/u).map(line => line.trim())
  const isNumbered = lines.some(line => numbered.test(line))
  const kept = lines.filter(line => line !== '' && !chainHead.test(line))
  const named = isNumbered
    ? kept.filter(line => numbered.test(line))
    : kept.filter(line => !/^例/u.test(line))
  const names = named
    .map(line => line.replace(numbered, ''))
    .flatMap(line => line.split(/[、，,;；\t]+/u))
    .map(name => name.replaceAll(remarks, '').trim())
    .filter(name => name !== '')
  return [...new Set(names)].slice(0, mostLines)
}

/**
 * Whom each name means. 「张三」 is who is called so, 「张三 优空间」 the one of that space; two of one name stay two.
 * @param people those who belong to the lesson's groups and roster, each once
 */
export function matchNames(names: readonly string[], people: readonly RosterMember[]): PastedLine[] {
  const places = new Set(people.flatMap(({ branch, space, team }) => [branch, space, team]))
  return names.map(line => ({ line, found: matchOne(line, people, places) }))
}

function matchOne(
  line: string,
  people: readonly RosterMember[],
  places: ReadonlySet<string>,
): RosterMember[] {
  const exact = people.filter(({ name }) => cleanName(name) === cleanName(line))
  if (exact.length > 0) return exact
  const parts = nameParts(line)
  // 「优空间」 alone is a place, also where somebody is called «优空间-李四».
  const named = people.filter(({ name }) => parts.some(part => !places.has(part) && isNamed(part, name)))
  if (named.length < 2 || parts.length < 2) return named
  const placed = named.filter(({ branch, space, team, name }) =>
    [branch, space, team, ...nameParts(name)].some(
      place => place !== '' && parts.some(part => !isNamed(part, name) && place.includes(part)),
    ),
  )
  return placed.length > 0 ? placed : named
}

/** A roster says 「张三」 and a group 「优空间-张三」 or 「张三-优空间」: the first and the last part may be the name. */
const isNamed = (part: string, name: string) => {
  const own = nameParts(name)
  return own.at(-1) === part || own[0] === part
}

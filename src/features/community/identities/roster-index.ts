import { fold } from '../../../text/fold.ts'
import { cleanName, nameParts } from '../../../text/names/names.ts'
import type { RosterRow } from '../records/records.ts'

/** The rows that an alias may mean. A single one in `sure` is that person; those in `maybe` have to be confirmed. */
export type Match = { sure: RosterRow[]; maybe: RosterRow[] }

export type RosterIndex = {
  byName: ReadonlyMap<string, RosterRow[]>
  byAlias: ReadonlyMap<string, RosterRow[]>
}

/** Names are taken apart once: an import looks thousands of people up. */
export function indexOf(roster: readonly RosterRow[]): RosterIndex {
  const byAlias = new Map<string, RosterRow[]>()
  for (const row of roster) {
    for (const name of new Set([row.alias, row.nickname].filter(name => name !== '').map(cleanName))) {
      const rows = byAlias.get(name) ?? []
      rows.push(row)
      byAlias.set(name, rows)
    }
  }
  return { byName: Map.groupBy(roster, row => fold(row.name)), byAlias }
}

/** Words that every second alias has: they tell no place from another. */
const generic = new Set(
  '创客 党员 党员创客 支部 党支部 空间 众创空间 公司 有限公司 科技 团队 企业 群 福州 台江 福建'.split(' '),
)

/**
 * Finds the person whom a group alias means: by 群昵称 or 微信昵称 as the roster has it, or by the name with a space,
 * branch, team or phone tail (「优空间-张三」「张三（优空间）」「优空间张三」). A name alone is never sure.
 */
export function matchAlias(index: RosterIndex, alias: string): Match {
  const known = index.byAlias.get(cleanName(alias)) ?? []
  const parts = nameParts(alias).map(fold)
  const whole = parts.join('')
  const named = parts.flatMap(part => index.byName.get(part) ?? [])
  const placed = mostFitting(named, row => {
    return parts.filter(part => part !== fold(row.name) && isPlaceOf(row, part)).length
  })
  const inside = named.length > 0 ? [] : namedInside(index, whole)
  const glued = inside.filter(row => isPlaceOf(row, whole.replace(fold(row.name), '')))
  const sure = distinct([...known, ...placed, ...glued])
  return sure.length > 0 ? { sure, maybe: [] } : { sure, maybe: distinct([...named, ...inside]) }
}

/** Chooses among namesakes in one space the one with the same team; none where no team fits. */
function mostFitting(rows: readonly RosterRow[], fits: (row: RosterRow) => number): RosterRow[] {
  const counted = rows.map(row => ({ row, count: fits(row) }))
  const most = Math.max(1, ...counted.map(({ count }) => count))
  return counted.filter(({ count }) => count === most).map(({ row }) => row)
}

/** 「优空间张三」: a name of two to four characters at either end of what has no gaps. */
function namedInside({ byName }: RosterIndex, whole: string): RosterRow[] {
  const characters = [...whole]
  return [2, 3, 4]
    .filter(length => length < characters.length)
    .flatMap(length => [characters.slice(0, length).join(''), characters.slice(-length).join('')])
    .flatMap(name => byName.get(name) ?? [])
}

/** Whether a part of an alias says where on the roster this person is: 「恒丰」 of 恒丰大厦（优梦空间）. */
function isPlaceOf({ space, branch, team, phoneTail }: RosterRow, part: string): boolean {
  if (phoneTail !== '' && part === phoneTail) return true
  if (generic.has(part)) return false
  return [space, branch, team]
    .map(fold)
    .some(place => place === part || (part.length > 1 && place.includes(part)))
}

/**
 * Finds the row that a person means by 「我是 …」: 「张三 优空间」, 「优空间 张三 1234」. Every word must fit.
 * @returns those on the roster whom all that was said fits; with a bare name all of that name
 */
export function rowsNamedIn(index: RosterIndex, said: string): RosterRow[] {
  const parts = nameParts(said).map(fold)
  const found = parts.flatMap(name =>
    (index.byName.get(name) ?? []).filter(row =>
      parts.every(part => part === name || isPlaceOf(row, part) || generic.has(part)),
    ),
  )
  const glued = parts.length === 1 && found.length === 0 ? matchAlias(index, said).sure : []
  return distinct([...found, ...glued])
}

/** Splits a text into the last digits of a phone and the rest. */
export function splitTail(said: string): { said: string; tail: string | undefined } {
  const parts = said.split(/[\s,，、:：]+/u)
  const isTail = (part: string) => /^\d{4}$/u.test(part)
  return { said: parts.filter(part => !isTail(part)).join(' '), tail: parts.find(isTail) }
}

/** Whether a name alone was said where the roster says more of the person; nothing is decided on that. */
export function isNameOnly(said: string, { name, space, branch, team }: RosterRow): boolean {
  return fold(nameParts(said).join('')) === fold(name) && [space, branch, team].some(place => place !== '')
}

const distinct = (rows: readonly RosterRow[]) => [...new Set(rows)]

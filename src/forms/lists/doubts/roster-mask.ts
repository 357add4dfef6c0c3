import type { RosterMember } from '../../../ports/roster.ts'
import { fold } from '../../../text/fold.ts'
import { cleanName, nameParts } from '../../../text/names/names.ts'
import { simplify } from '../../../text/traditional.ts'
import { nameMask, placeMask } from './known-words.ts'

/** Ids of people by their names; a place has none. */
export type RosterWords = ReadonlyMap<string, readonly string[]>

/** A text with masks for names and places, and the ids of the people whom each of its names may mean. */
export type MaskedText = { text: string; ids: (readonly string[])[] }

const longest = 24
/** Characters of a name that blanks spread: 「王 磊」, 「汤 唯一」. */
const spread = /^\p{Script=Han}{1,3}(?:[^\S\n]{1,4}\p{Script=Han}{1,3}){1,3}(?!\p{Script=Han})/u
const placeEnd = /(?:党?支部|众创空间|空间|大厦|公司|团队)$/u
const key = (written: string) => fold(simplify(cleanName(written)).replaceAll(/[•‧・∙]/gu, '·'))

/** The names of people, whole and without the places of an alias, and their branches, spaces and teams. */
export function rosterWords(people: readonly RosterMember[]): RosterWords {
  const words = new Map<string, readonly string[]>()
  for (const place of new Set(people.flatMap(({ branch, space, team }) => [branch, space, team])))
    for (const part of [place, place.replace(placeEnd, '')]) if (part.length > 1) words.set(key(part), [])
  for (const { id, name } of people)
    for (const part of new Set([key(name), key(nameParts(name).at(-1) ?? '')]))
      if (part.length > 1) words.set(part, [...(words.get(part) ?? []), id])
  return words
}

/** Puts masks for the longest names and places; `written` is in simplified characters. */
export function maskRoster(written: string, words: RosterWords): MaskedText {
  const folded = fold(written)
  const from = folded.length === written.length ? folded : written.toLowerCase()
  const masked: MaskedText = { text: '', ids: [] }
  for (let at = 0; at < from.length; ) {
    const found = wordAt(from, at, words)
    masked.text += found === undefined ? written.charAt(at) : found.ids.length > 0 ? nameMask : placeMask
    if (found && found.ids.length > 0) masked.ids.push(found.ids)
    at += found?.length ?? 1
  }
  return masked
}

function wordAt(
  text: string,
  at: number,
  words: RosterWords,
): { ids: readonly string[]; length: number } | undefined {
  for (let length = Math.min(longest, text.length - at); length > 1; length--) {
    const ids = words.get(text.slice(at, at + length))
    if (ids) return { ids, length }
  }
  if (/\p{Script=Han}/u.test(text.charAt(at - 1))) return undefined
  const parts = spread.exec(text.slice(at, at + longest))?.[0].split(/(?<=\p{Script=Han})(?=\s)/u) ?? []
  for (let count = parts.length; count > 1; count--) {
    const part = parts.slice(0, count).join('')
    const ids = words.get(part.replaceAll(/\s/gu, ''))
    if (ids) return { ids, length: part.length }
  }
  return undefined
}

import { Temporal } from 'temporal-polyfill'
import { erasedName } from '../../../lib/doer-names.ts'
import type { CheckIn } from '../lessons/records/check-in-records.ts'
import type { PendingUpdate } from '../lessons/records/pending-updates.ts'

/** Stands where a reason or a sentence was, so that the gap is not taken for the person's. */
const forgottenWords = '（已删除）'

/** Merge rules for records that move to another member. */
export type MergeRules = {
  checkIn(checkIn: CheckIn): CheckIn
  person<T extends { memberId: string; name: string }>(one: T, ids: ReadonlyMap<string, string>): T
}

export const sameNameRules: MergeRules = {
  checkIn: checkIn => checkIn,
  person: movedTo,
}

export const pseudonymRules: MergeRules = {
  checkIn: checkIn => ({
    ...withoutWords(checkIn),
    name: erasedName,
    notices: [],
    tries: checkIn.tries.map(({ messageKey: _messageKey, ...one }) => one),
  }),
  person: (one, ids) => {
    if (!ids.has(one.memberId)) return one
    return { ...movedTo(one, ids), name: erasedName, ...('team' in one ? { team: '' } : {}) }
  },
}

export function movedTo<T extends { memberId: string }>(one: T, ids: ReadonlyMap<string, string>): T {
  const memberId = ids.get(one.memberId)
  return memberId === undefined ? one : { ...one, memberId }
}

/** A check-in without free text: reasons are often illness, and sentences can name people. */
export function withoutWords({ leave, makeUp, corrections, ...rest }: CheckIn): CheckIn {
  return {
    ...rest,
    ...(leave ? { leave: { ...leave, reason: forgottenWords } } : {}),
    ...(makeUp ? { makeUp: { ...makeUp, words: forgottenWords } } : {}),
    corrections: corrections.map(({ why: _why, ...one }) => one),
  }
}

/** Both records of one person as one: all that was recorded, as if it had been recorded of one. */
export function mergeCheckIns(now: CheckIn | undefined, more: CheckIn): CheckIn {
  if (!now) return { ...more, notices: more.notices.map(one => ({ ...one, memberId: more.memberId })) }
  const leave = latest(now.leave, more.leave)
  const makeUp = latest(now.makeUp, more.makeUp)
  const notices = [...now.notices, ...more.notices].map(one => ({ ...one, memberId: now.memberId }))
  return {
    memberId: now.memberId,
    name: now.name,
    tries: once([...now.tries, ...more.tries]).sort((a, b) => byTime(a.at, b.at)),
    ...(leave ? { leave } : {}),
    ...(makeUp ? { makeUp } : {}),
    corrections: once([...now.corrections, ...more.corrections]).sort((a, b) => byTime(a.at, b.at)),
    notices: once(notices),
  }
}

/** The records before changes that are still to be told, under the new ids. */
export function renamedBefore(
  before: PendingUpdate['before'],
  ids: ReadonlyMap<string, string>,
  become: MergeRules['checkIn'],
): PendingUpdate['before'] {
  const next = Object.fromEntries(Object.entries(before).filter(([id]) => !ids.has(id)))
  for (const [id, { checkIn }] of Object.entries(before)) {
    const memberId = ids.get(id)
    if (memberId === undefined) continue
    const known = next[memberId]
    next[memberId] = checkIn
      ? { checkIn: mergeCheckIns(known?.checkIn, become({ ...checkIn, memberId })) }
      : (known ?? {})
  }
  return next
}

function latest<T extends { at: string }>(a: T | undefined, b: T | undefined): T | undefined {
  return a && b ? (byTime(a.at, b.at) >= 0 ? a : b) : (a ?? b)
}

const byTime = (a: string, b: string) => Temporal.Instant.compare(a, b)

const once = <T>(all: readonly T[]): T[] => [...new Map(all.map(one => [JSON.stringify(one), one])).values()]

/** Puts the keeper of the id first, so that their line wins over the moved one. */
export function ownFirst<T extends { memberId: string }>(
  people: readonly T[],
  ids: ReadonlyMap<string, string>,
): T[] {
  const isMoved = ({ memberId }: T) => Number(ids.has(memberId))
  return people.toSorted((a, b) => isMoved(a) - isMoved(b))
}

/** Keeps one line a person; of two, the first that counts: on the roster, expected, in. */
export function oncePerPerson<T extends { memberId: string }>(people: readonly T[]): T[] {
  const ranked = Map.groupBy(people, one => one.memberId)
  return [...ranked.values()].flatMap(lines =>
    [...lines].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, 1),
  )
}

const weightOf = (one: object) =>
  Number('isExpected' in one && one.isExpected === true) * 2 + Number('state' in one && one.state === 'in')

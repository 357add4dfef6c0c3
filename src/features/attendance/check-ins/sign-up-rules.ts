import { Temporal } from 'temporal-polyfill'
import type { LessonNotice } from '../lessons/records/check-in-records.ts'
import type { SignUp, SignUpList } from '../lessons/records/sign-up-records.ts'
import type { Participant } from './check-in.ts'

export const noSignUps: SignUpList = { entries: [], notices: [] }

/** More than a lesson's groups are told of between two receipts; older ones were told. */
const noticesKept = 500

/**
 * Signs a person up: who comes first gets a place while there is one, the others wait in order. In the order in which
 * it reached us, so that a confirmed place is not lost to a message that was delayed.
 * @returns the same object where nothing is new
 */
export function signUp(
  list: SignUpList,
  { who, at, capacity }: { who: Participant; at: string; capacity: number | undefined },
): SignUpList {
  const known = entryOf(list, who.memberId)
  if (known && (known.state !== 'out' || !isBefore(known.at, at))) return list
  const state = capacity === undefined || placesTaken(list) < capacity ? 'in' : 'waiting'
  const entry: SignUp = { memberId: who.memberId, name: who.name, state, at }
  const others = list.entries.filter(({ memberId }) => memberId !== who.memberId)
  return withNotice({ ...list, entries: [...others, entry] }, noticeOf(who, 'signed-up', at))
}

/**
 * Signs a person off; the first on the waiting list moves up, and is told where they signed up.
 * @returns the same object where they were not signed up
 */
export function signOff(
  list: SignUpList,
  { who, at, capacity }: { who: Participant; at: string; capacity: number | undefined },
): SignUpList {
  const known = entryOf(list, who.memberId)
  if (!known || known.state === 'out' || isBefore(at, known.at)) return list
  const entries = list.entries.map(
    (one): SignUp => (one === known ? { ...one, name: who.name, state: 'out', at } : one),
  )
  const left = withNotice({ ...list, entries }, noticeOf(who, 'signed-off', at))
  return moveUp(left, { capacity, at })
}

/** Gives free places to those who wait, in their order: after a person left, or there is room for more. */
export function moveUp(
  list: SignUpList,
  { capacity, at }: { capacity: number | undefined; at: string },
): SignUpList {
  const free = capacity === undefined ? list.entries.length : capacity - placesTaken(list)
  const lucky = new Set(list.entries.filter(({ state }) => state === 'waiting').slice(0, Math.max(free, 0)))
  if (lucky.size === 0) return list
  const entries = list.entries.map((one): SignUp => (lucky.has(one) ? { ...one, state: 'in' } : one))
  const told = [...lucky].map(({ memberId }) =>
    noticeOf({ memberId, groupId: placeOf(list, memberId) }, 'moved-up', at),
  )
  return told.reduce(withNotice, { ...list, entries })
}

/** How a person stands; the number of those before them, for who waits. */
export function standingIn(
  list: SignUpList,
  memberId: string,
): { state: SignUp['state'] | 'none'; before: number } {
  const waiting = list.entries.filter(({ state }) => state === 'waiting')
  const before = Math.max(
    waiting.findIndex(one => one.memberId === memberId),
    0,
  )
  return { state: entryOf(list, memberId)?.state ?? 'none', before }
}

export const placesTaken = ({ entries }: SignUpList) => entries.filter(({ state }) => state === 'in').length

const isBefore = (a: string, b: string) => Temporal.Instant.compare(a, b) < 0

const entryOf = ({ entries }: SignUpList, memberId: string) => entries.find(one => one.memberId === memberId)

/** Where they last signed up. */
const placeOf = ({ notices }: SignUpList, memberId: string) =>
  notices.findLast(one => one.memberId === memberId && one.about === 'signed-up')?.groupId ?? ''

const noticeOf = (
  { memberId, groupId = '' }: Pick<Participant, 'memberId' | 'groupId'>,
  about: LessonNotice['about'],
  at: string,
): LessonNotice => ({ memberId, groupId, about, isAfterTally: false, at })

const withNotice = (list: SignUpList, notice: LessonNotice): SignUpList => ({
  ...list,
  notices: [...list.notices, notice].slice(-noticesKept),
})

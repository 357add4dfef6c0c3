import type { Temporal } from 'temporal-polyfill'
import type { Attendee, HeldLesson } from '../ports/attendance.ts'
import type { RosterMember } from '../ports/roster.ts'
import { type Counts, countsOf, type Kind, kindOf, sumOf } from './counts.ts'

export type Period = {
  /** 「2026年第三季度」. */
  title: string
  /** Days in Asia/Shanghai; both count. */
  firstDay: Temporal.PlainDate
  lastDay: Temporal.PlainDate
}

/** A member as the ledger shows them, in its order. */
export type Line = {
  id: string
  name: string
  branch: string
  space: string
  /** What they were at each lesson, in the order of the lessons; undefined: not concerned. */
  kinds: readonly (Kind | undefined)[]
  counts: Counts
}

/** All lessons of a period, and everybody who was expected or came, by branch and name. */
export type Ledger = {
  period: Period
  lessons: readonly HeldLesson[]
  /** How each lesson came out, in the order of the lessons. */
  lessonCounts: readonly Counts[]
  lines: readonly Line[]
  total: Counts
}

/** In the place of a branch or space that nobody wrote down. */
export const unregistered = '（未登记）'
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

/**
 * Lays out lessons by members. Names, branches and spaces are the roster's as it stands now; who is not on it any
 * more is told as the latest lesson has them.
 */
export function layOut(
  period: Period,
  lessons: readonly HeldLesson[],
  roster: readonly RosterMember[],
): Ledger {
  const known = new Map(roster.map(member => [member.id, member]))
  const open = new Map<string, { who: Attendee; kinds: (Kind | undefined)[] }>()
  for (const [at, lesson] of lessons.entries()) {
    for (const who of lesson.attendees) {
      const line = open.get(who.memberId) ?? { who, kinds: Array.from({ length: lessons.length }) }
      line.kinds[at] = kindOf(who)
      line.who = who
      open.set(who.memberId, line)
    }
  }
  const lines = [...open].map(([id, { who, kinds }]) => {
    const member = known.get(id)
    return {
      id,
      name: member?.name ?? who.name,
      branch: (member?.isOnRoster ? member.branch : who.branch) || unregistered,
      space: (member?.isOnRoster ? member.space : who.space) || unregistered,
      kinds,
      counts: countsOf(kinds.filter(kind => kind !== undefined)),
    }
  })
  return {
    period,
    lessons,
    lessonCounts: lessons.map(({ attendees }) => countsOf(attendees.map(kindOf))),
    lines: lines.sort(byBranchAndName),
    total: sumOf(lines.map(({ counts }) => counts)),
  }
}

/** Lines together by branch or space, by name; those without one come last. */
export function groupBy(lines: readonly Line[], by: 'branch' | 'space'): { name: string; lines: Line[] }[] {
  const groups = Map.groupBy(lines, line => line[by])
  return [...groups].map(([name, of]) => ({ name, lines: of })).sort((a, b) => compare(a.name, b.name))
}

const byBranchAndName = (a: Line, b: Line) =>
  compare(a.branch, b.branch) || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)

const compare = (a: string, b: string) =>
  Number(a === unregistered) - Number(b === unregistered) || collator.compare(a, b)

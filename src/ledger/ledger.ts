import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import type { AttendanceHistory, Attendee, HeldLesson } from '../ports/attendance.ts'
import type { RosterMember } from '../ports/roster.ts'
import { compareNames } from '../text/names/name-order.ts'
import { type Counts, countKindOf, countsOf, type Kind, sumOfCounts } from './counts.ts'

export type Period = {
  /** 「2026年第三季度」. */
  title: string
  /** Days in Asia/Shanghai; both count. */
  firstDay: Temporal.PlainDate
  lastDay: Temporal.PlainDate
}

/** A member's state at one lesson. */
export type LedgerEntry = Pick<Attendee, 'signedAtMs' | 'lateMinutes' | 'presentMinutes' | 'remarks'> & {
  kind: Kind
}

/** A member as the ledger shows them, in its order. */
export type LedgerMember = {
  id: string
  name: string
  branch: string
  space: string
  /** In the order of the lessons; undefined where the lesson did not concern them. */
  entries: readonly (LedgerEntry | undefined)[]
  counts: Counts
}

/** All lessons of a period, and all people who were expected or came, by branch and name. */
export type AttendanceLedger = {
  period: Period
  lessons: readonly HeldLesson[]
  /** How each lesson came out, in the order of the lessons. */
  lessonCounts: readonly Counts[]
  lines: readonly LedgerMember[]
  total: Counts
}

/** Shown for a missing branch or space. */
const unregistered = '（未登记）'
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

/** Sources of a ledger, lesson by lesson. */
export type Sources = {
  lessons: readonly HeldLesson[]
  attendees: AttendanceHistory['attendees']
  roster: readonly RosterMember[]
}

/**
 * Lays out lessons by members. Names, branches and spaces are the roster's as it stands now; who is not on it any
 * more is told as the latest lesson has them.
 */
export async function layOut(
  period: Period,
  { lessons, attendees, roster }: Sources,
): Promise<AttendanceLedger> {
  const known = new Map(roster.map(member => [member.id, member]))
  const open = new Map<string, OpenLine>()
  const lessonCounts: Counts[] = []
  for (const [at, lesson] of lessons.entries()) {
    const people = await attendees(lesson.id)
    lessonCounts.push(countsOf(people.map(countKindOf)))
    for (const who of people) noteOn(open, who, { at, of: lessons.length })
    // A year has 150,000 people to look at: those who sign in meanwhile take their turn.
    await nextTurn()
  }
  const lines = [...open].map(([id, { entries, ...who }]): LedgerMember => {
    const member = known.get(id)
    const place = member?.isOnRoster ? member : who
    return {
      id,
      name: member?.name ?? who.name,
      branch: place.branch || unregistered,
      space: place.space || unregistered,
      entries,
      counts: countsOf(entries.flatMap(entry => entry?.kind ?? [])),
    }
  })
  const total = sumOfCounts(lines.map(({ counts }) => counts))
  return { period, lessons, lessonCounts, lines: lines.sort(byBranchAndName), total }
}

type OpenLine = Pick<LedgerMember, 'name' | 'branch' | 'space'> & { entries: (LedgerEntry | undefined)[] }

function noteOn(open: Map<string, OpenLine>, who: Attendee, { at, of }: { at: number; of: number }): void {
  const { memberId, name, branch, space, signedAtMs, lateMinutes, presentMinutes, remarks } = who
  const entries = open.get(memberId)?.entries ?? Array.from({ length: of })
  entries[at] = { kind: countKindOf(who), signedAtMs, lateMinutes, presentMinutes, remarks }
  open.set(memberId, { name, branch, space, entries })
}

/** Lines together by branch or space, by name; those without one come last. */
export function groupBy(
  lines: readonly LedgerMember[],
  by: 'branch' | 'space',
): { name: string; lines: LedgerMember[] }[] {
  const groups = Map.groupBy(lines, line => line[by])
  return [...groups].map(([name, of]) => ({ name, lines: of })).sort((a, b) => compare(a.name, b.name))
}

const byBranchAndName = (a: LedgerMember, b: LedgerMember) =>
  compare(a.branch, b.branch) || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)

const compare = (a: string, b: string) =>
  Number(a === unregistered) - Number(b === unregistered) || compareNames(a, b)

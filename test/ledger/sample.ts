import { Temporal } from 'temporal-polyfill'
import { layOut, type Period } from '../../src/ledger/ledger.ts'
import { makeLedgerFile } from '../../src/ledger/workbook.ts'
import {
  type Attendee,
  attendanceStates,
  type HeldLesson,
  type Standing,
} from '../../src/ports/attendance.ts'
import type { RosterMember } from '../../src/ports/roster.ts'

const spaces = ['优空间', '恒丰大厦', '蒲公英创新工场', '绿动众创空间', '']
const surnames = [...'陈林黄张李王吴刘蔡杨许郑']
const given = [...'静伟芳娜敏强磊洋艳勇军杰娟涛明超秀霞平刚']

/** Members of spaces with a branch each; some names are hostile, some are not registered. */
export function sampleRoster(count: number): RosterMember[] {
  return Array.from({ length: count }, (_, n) => {
    const space = spaces[n % spaces.length] ?? ''
    const name = `${surnames[n % surnames.length]}${given[n % given.length]}${n >= 240 ? n : ''}`
    return {
      id: `m${n}`,
      name: n === 3 ? '=cmd|calc!A0' : name,
      isOnRoster: true,
      branch: space === '' ? '' : `${space}支部`,
      space,
      team: '',
    }
  })
}

/** Lessons of a ledger are over. */
const settled = attendanceStates.filter(standing => standing !== 'awaited')
const mostly: Standing[] = [...Array<Standing>(14).fill('present'), 'late', 'late', ...settled]

/** Lessons on Saturdays at 14:00, everybody expected from the third on, a guest now and then. */
export type SampleLesson = HeldLesson & { attendees: Attendee[] }

export function sampleLessons(
  count: number,
  members: readonly RosterMember[],
  from = '2026-07-04',
): SampleLesson[] {
  return Array.from({ length: count }, (_, index) => {
    const startsAt = Temporal.PlainDate.from(from)
      .add({ weeks: index })
      .toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '14:00' })
      .toInstant()
    return {
      id: `lesson-${index}`,
      title: ['周末微党课', '国高申报/培训[第二期]：材料怎么准备', '党员创客论坛'][index % 3] ?? '',
      format: '讲学问答',
      speaker: '林老师',
      place: '优空间三楼',
      startsAt,
      endsAt: startsAt.add({ minutes: 90 }),
      groupNames: ['优空间创客群'],
      attendees: members.flatMap((member, n) =>
        n % 11 === 0 && index < 2 ? [] : [attendee(member, n, { index, startsAt })],
      ),
    }
  })
}

function attendee(
  member: RosterMember,
  n: number,
  { index, startsAt }: { index: number; startsAt: Temporal.Instant },
): Attendee {
  const standing = mostly[(n * 7 + index * 5) % mostly.length] ?? 'present'
  const hasCome = standing === 'present' || standing === 'late'
  const minutes = standing === 'late' ? 12 + (n % 20) : -((n % 14) + 1)
  return {
    memberId: member.id,
    name: member.name,
    branch: member.branch,
    space: member.space,
    standing,
    isExpected: !(n % 13 === 5 && hasCome),
    signedAtMs: hasCome ? startsAt.epochMilliseconds + minutes * 60_000 : undefined,
    lateMinutes: standing === 'late' ? minutes : undefined,
    remarks: standing === 'leave' ? ['请假：出差'] : standing === 'made-up' ? ['补学：学了研发费用归集'] : [],
  }
}

export const quarter: Period = {
  title: '2026年第三季度',
  firstDay: Temporal.PlainDate.from('2026-07-01'),
  lastDay: Temporal.PlainDate.from('2026-09-30'),
}

/** A book of these lessons, as the ledger reads it. */
export const bookOf = (lessons: readonly SampleLesson[]) => {
  const byId = new Map(lessons.map(lesson => [lesson.id, lesson.attendees]))
  return { lessons, attendees: async (id: string) => byId.get(id) ?? [] }
}

export async function sampleLedger(lessonCount: number, memberCount: number, period = quarter) {
  const roster = sampleRoster(memberCount)
  const { lessons, attendees } = bookOf(sampleLessons(lessonCount, roster))
  return layOut(period, { lessons, attendees, roster })
}

export async function sampleFile(lessonCount: number, memberCount: number) {
  return makeLedgerFile(await sampleLedger(lessonCount, memberCount), exported)
}

export const exported = { by: '陈静', at: Temporal.Instant.from('2026-10-02T01:30:00Z') }

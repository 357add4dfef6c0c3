import type { Temporal } from 'temporal-polyfill'
import { countKindOf, countsOf, expectedOf, wordAt } from '../../../ledger/counts.ts'
import { compareNames } from '../../../text/names/name-order.ts'
import type { Lesson } from '../lessons/records/records.ts'
import {
  acceptedAttempt,
  type LessonTally,
  type LessonWithPeople,
  type Row,
  rowsOf,
  type State,
  tallyOf,
} from './rules.ts'
import { clockTime, hasName, sayLesson, sayNames, sayTotals } from './words.ts'

/** A chat shows no longer message whole. */
const longestText = 1800

/**
 * The whole tally with names by branch, for organizers in private. Where there are too many for one message, those who
 * were on time are counted only, and if that is still too long, all are: the sheet names them.
 */
export function sayTally(held: LessonWithPeople, now: Temporal.Instant): string {
  const unread = rowsOf(held, now).filter(one => !hasName(one)).length
  const hint =
    unread === 0 ? '' : `\n${unread} 人的名字没取到：请他们在群里发「我是 姓名 众创空间」，名单就对得上了。`
  const tellings = [() => true, (state: State) => state !== 'present', () => false].map(isNamed =>
    sayNamed(held, now, isNamed),
  )
  const leftOut = sayLeftOut(held)
  return `${tellings.find(text => text.length <= longestText) ?? tellings.at(-1) ?? ''}${hint}${leftOut && `\n${leftOut}`}`
}

const mostLeftOut = 5

/** The people who are not 应到 for a title in their name, in a sentence; empty where there are none. */
export function sayLeftOut({ leftOut = [] }: LessonWithPeople): string {
  if (leftOut.length === 0) return ''
  const named = leftOut
    .slice(0, mostLeftOut)
    .map(({ name, alias }) => (name === alias ? `「${alias}」` : `${name}（群里叫「${alias}」）`))
  const more = leftOut.length > mostLeftOut ? '等' : ''
  return `没算应到 ${leftOut.length} 人，因为名字里写着组织者、指导员或讲师：${named.join('、')}${more}。其实不是的，请他改掉群里的名字，就算应到了。`
}

function sayNamed(held: LessonWithPeople, now: Temporal.Instant, isNamed: (state: State) => boolean): string {
  const { lesson, people } = held
  const word = kindWordsOf(held, now)
  const hasBranches = people.some(({ branch }) => branch !== '')
  const branches = [...Map.groupBy(people, ({ branch }) => branch)]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || compareNames(a, b))
    .flatMap(([branch, of]) => {
      const tally = tallyOf({ lesson, people: of }, now)
      const lines = sayStates(lesson, tally, { isNamed, word })
      if (lines.length === 0) return []
      const numbers =
        tally.expected > 0 ? `应到 ${tally.expected}，实到 ${tally.attended}` : `到 ${tally.attended}`
      return hasBranches ? [`【${branch || '未登记支部'}】${numbers}`, ...lines] : lines
    })
  return [sayLesson(lesson, now), sayTotals(tallyOf(held, now)), ...branches].join('\n')
}

/** The word for each person of a lesson, as its sheet has it. */
export function kindWordsOf(held: LessonWithPeople, now: Temporal.Instant): (row: Row) => string {
  const kindOf = ({ standing, isExpected }: Row) => countKindOf({ standing: standing.state, isExpected })
  const isAnyoneExpected = expectedOf(countsOf(rowsOf(held, now).map(kindOf))) > 0
  return row => wordAt(kindOf(row), isAnyoneExpected)
}

/** Titles that say more than the word. */
const longTitles: Partial<Record<State, string>> = {
  unverified: '未核对（那时断线了）',
  tried: '截止后才签到，没有计入',
}
const order: readonly State[] = [
  ...(['present', 'late', 'leave', 'made-up', 'unverified', 'awaited', 'absent', 'tried'] as const),
]

function sayStates(
  lesson: Lesson,
  tally: LessonTally,
  { isNamed, word }: { isNamed: (state: State) => boolean; word: (row: Row) => string },
): string[] {
  return order.flatMap(state =>
    [...Map.groupBy(tally[state], row => longTitles[state] ?? word(row))].map(([title, rows]) => {
      const names = sayNames(rows, one => `${one.name}${noteOn(lesson, one)}`)
      return `${title}：${isNamed(state) ? names : `${rows.length} 人（名单见签到表）`}`
    }),
  )
}

function noteOn(lesson: Lesson, { standing, checkIn }: Row): string {
  const signed = checkIn && acceptedAttempt(lesson, checkIn)
  if (standing.state === 'leave') return checkIn?.leave ? `（${checkIn.leave.reason}）` : ''
  return signed && ['late', 'tried'].includes(standing.state) ? `（${clockTime(signed.at)}）` : ''
}

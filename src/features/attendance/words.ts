import { Temporal } from 'temporal-polyfill'
import { inShanghai, sayTime } from '../../text/time.ts'
import type { CheckIn, Verdict } from './check-in-records.ts'
import type { Lesson } from './records.ts'
import { type Held, type Row, type State, signedTry, type Tally, tallyOf } from './rules.ts'
import type { SignUp, SignUpList } from './sign-up-records.ts'

export const stateWords: Record<State, string> = {
  present: '到',
  late: '迟到',
  leave: '请假',
  absent: '缺勤',
  'made-up': '补学',
  unverified: '未核对',
  awaited: '还没到',
  tried: '截止后签到',
}

/** What organizers call a state when they correct one. */
export const verdictWords = new Map<string, Verdict>([
  ['到', 'present'],
  ['实到', 'present'],
  ['签到', 'present'],
  ['准时', 'present'],
  ['迟到', 'late'],
  ['请假', 'leave'],
  ['缺勤', 'absent'],
  ['缺席', 'absent'],
  ['未到', 'absent'],
  ['补学', 'made-up'],
])

/** 「14:05」. */
export function clockTime(at: Temporal.Instant | string): string {
  const instant = typeof at === 'string' ? Temporal.Instant.from(at) : at
  return inShanghai(instant).toPlainTime().toString().slice(0, 5)
}

/** What organizers should know about how a sign-in, a leave and a make-up came. */
export function remarksOf(lesson: Lesson, checkIn: CheckIn): string[] {
  const { leave, makeUp } = checkIn
  const receivedAt = signedTry(lesson, checkIn)?.receivedAt
  const delayed = receivedAt === undefined ? [] : [`线路延误，${clockTime(receivedAt)} 才收到`]
  return [
    ...delayed,
    ...(leave ? [`请假：${leave.reason}`] : []),
    ...(makeUp ? [`${makeUpWord(makeUp)}：${makeUp.words}`] : []),
  ]
}

const makeUpWord = ({ decision }: NonNullable<CheckIn['makeUp']>) =>
  decision ? (decision.isConfirmed ? '补学' : '补学没通过') : '补学待确认'

/** 「周末微党课」今天 14:00–15:30. */
export function sayLesson(lesson: Lesson, now: Temporal.Instant): string {
  return `「${lesson.title}」${sayTime(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}`
}

/** Numbers only, as a group may read them: nobody is named for not being there. */
export function sayNumbers({ expected, attended, late, leave, unverified }: Tally): string {
  const expectedWords = expected > 0 ? `应到 ${expected} 人，` : ''
  const lateWords = late.length > 0 ? `（其中迟到 ${late.length} 人）` : ''
  const leaveWords = leave.length > 0 ? `，请假 ${leave.length} 人` : ''
  const unverifiedWords = unverified.length > 0 ? `，未核对 ${unverified.length} 人` : ''
  return `${expectedWords}实到 ${attended} 人${lateWords}${leaveWords}${unverifiedWords}`
}

/** The whole tally with names, for organizers in private. */
export function sayTally(held: Held, now: Temporal.Instant): string {
  const { lesson } = held
  const tally = tallyOf(held, now)
  const signedAt = ({ checkIn }: Row) => {
    const signed = checkIn && signedTry(lesson, checkIn)
    return signed ? `（${clockTime(signed.at)}）` : ''
  }
  const lines: [string, Row[], (row: Row) => string][] = [
    ['准时', tally.present, () => ''],
    ['迟到', tally.late, signedAt],
    ['请假', tally.leave, ({ checkIn }) => (checkIn?.leave ? `（${checkIn.leave.reason}）` : '')],
    ['补学', tally['made-up'], () => ''],
    ['未核对（那时断线了）', tally.unverified, () => ''],
    ['还没到', tally.awaited, () => ''],
    ['缺勤', tally.absent, () => ''],
    ['截止后才签到，没有计入', tally.tried, signedAt],
  ]
  const named = lines
    .filter(([, people]) => people.length > 0)
    .map(([title, people, note]) => `${title}：${people.map(one => `${one.name}${note(one)}`).join('、')}`)
  return [`${sayLesson(lesson, now)}`, sayNumbers(tally), ...named].join('\n')
}

/** Who signed up, and who waits, for organizers in private. */
export function saySignUps(lesson: Lesson, { entries }: SignUpList, now: Temporal.Instant): string {
  const names = (state: SignUp['state']) => entries.filter(one => one.state === state).map(({ name }) => name)
  const line = (title: string, people: string[]) =>
    people.length > 0 ? [`${title} ${people.length} 人：${people.join('、')}`] : []
  const { capacity } = lesson.signUp ?? {}
  const places = capacity === undefined ? '' : `，名额 ${capacity} 个`
  return [
    `${sayLesson(lesson, now)}${places}`,
    ...(names('in').length > 0 ? line('报名', names('in')) : ['还没有人报名。']),
    ...line('候补', names('waiting')),
    ...line('退出', names('out')),
  ].join('\n')
}

/** A list to choose from: 「签到 1：「周末微党课」今天 14:00–15:30」, a line each. */
export function sayChoices(word: string, lessons: readonly Lesson[], now: Temporal.Instant): string {
  return lessons.map((lesson, index) => `${word} ${index + 1}：${sayLesson(lesson, now)}`).join('\n')
}

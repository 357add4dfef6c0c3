import { Temporal } from 'temporal-polyfill'
import type { Disagreement } from '../../../forms/lists/list-totals.ts'
import { inShanghai, sayTime } from '../../../text/dates/time.ts'
import { noName } from '../../../text/names/names.ts'
import type { AttendanceVerdict, CheckIn } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { SignUp, SignUpList } from '../lessons/records/sign-up-records.ts'
import type { SignInOutcome } from './check-in.ts'
import { acceptedAttempt, type LessonTally, presenceOf, type Row, type State } from './rules.ts'

/** Answers to what looks like attendance and counts as none. */
export const asideWords = {
  other: '签到只记发消息的本人，自己发「签到」两个字就行，不能替别人签。',
  trouble: '还没签上的，直接在群里发「签到」两个字就行。',
  leave: '来不了的请发「请假 原因」，例如「请假 出差」，我就记下。',
  back: '能来就好：到时发「签到」，请假就不算了。',
  late: '晚到不用请假，人到了发「签到」就行。',
  wrong: '签到记错了的，请找组织者改。',
  leaving: '要走的请发「签退」两个字，我就记下时间。',
  otherLeave: '请假要本人来发「请假 原因」，不能替别人请；要补记的请找组织者。',
  makeUp: '没来的课，课后发「补学」加一句学到了什么就行，例如「补学 弄清了加计扣除怎么算」。',
  unclear: '要签到的，自己在群里只发「签到」两个字就行，每人发一次。',
  /** Not answered at once: the same words of several people get one answer. */
  hasSigned: '想知道自己签上没有，私聊我问「我签到了吗」，我查给你看。',
}

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

/** Words by which organizers correct a state. */
export const verdictWords = new Map<string, AttendanceVerdict>([
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

/** Reasons of corrections to people who were added by name and to those of a pasted list. */
export const addedWords = '补签'
export const pastedWords = '补录名单'
/**
 * Reasons that the program puts down itself. Typed ones are often about health or
 * family: organizers alone read them.
 */
export const ownReasons: ReadonlySet<string> = new Set([addedWords, pastedWords])

/** 「14:05」. */
export function clockTime(at: Temporal.Instant | string): string {
  const instant = typeof at === 'string' ? Temporal.Instant.from(at) : at
  return inShanghai(instant).toPlainTime().toString().slice(0, 5)
}

/**
 * How a sign-in and a make-up came. Reasons for leave are often about health or family, and are left out; so are
 * the words of a make-up that no organizer has agreed to.
 */
export function remarksOf(lesson: Lesson, checkIn: CheckIn): string[] {
  const { makeUp } = checkIn
  const receivedAt = acceptedAttempt(lesson, checkIn)?.receivedAt
  const delayed = receivedAt === undefined ? [] : [`线路延误，${clockTime(receivedAt)} 才收到`]
  return [...delayed, ...signOutRemarks(lesson, checkIn), ...(makeUp ? [sayMakeUp(makeUp)] : [])]
}

function signOutRemarks(lesson: Lesson, checkIn: CheckIn): string[] {
  if (!lesson.takesSignOut || acceptedAttempt(lesson, checkIn) === undefined) return []
  const presence = presenceOf(lesson, checkIn)
  if (!presence) return ['没有签退']
  const { leftAt, minutes, earlyMinutes } = presence
  const early = earlyMinutes > 0 ? `，早退 ${earlyMinutes} 分钟` : ''
  return [`${clockTime(leftAt)} 签退${early}，在场 ${minutes} 分钟`]
}

function sayMakeUp({ decision, words }: NonNullable<CheckIn['makeUp']>): string {
  if (!decision) return '补学待确认'
  return decision.isConfirmed ? `补学：${words}` : '补学没通过'
}

/** 「周末微党课」今天 14:00–15:30. */
export function sayLesson(lesson: Lesson, now: Temporal.Instant): string {
  return `「${lesson.title}」${sayTime(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}`
}

/** Numbers only, as a group may read them: absent people are not named. */
export function sayNumbers({ expected, attended, late, leave, unverified }: LessonTally): string {
  const expectedWords = expected > 0 ? `应到 ${expected} 人，` : ''
  const lateWords = late.length > 0 ? `（其中迟到 ${late.length} 人）` : ''
  const leaveWords = leave.length > 0 ? `，请假 ${leave.length} 人` : ''
  const unverifiedWords = unverified.length > 0 ? `，未核对 ${unverified.length} 人` : ''
  return `${expectedWords}实到 ${attended} 人${lateWords}${leaveWords}${unverifiedWords}`
}

/** All numbers, for organizers: 「应到 12 人，实到 9 人（其中迟到 1 人），请假 1 人，补学 1 人，缺勤 1 人」. */
export function sayTotals(tally: LessonTally): string {
  const { unverified, absent, awaited } = tally
  const madeUp = tally['made-up']
  const more: [string, Row[]][] = [
    ['补学', madeUp],
    ['缺勤', absent],
    ['还没到', awaited],
  ]
  const told = more.filter(([, rows]) => rows.length > 0).map(([word, rows]) => `，${word} ${rows.length} 人`)
  const unverifiedWords = unverified.length > 0 ? `，未核对 ${unverified.length} 人` : ''
  return `${sayNumbers({ ...tally, unverified: [] })}${told.join('')}${unverifiedWords}`
}

/** Sign-ups and waiting list, for organizers in private. */
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

/** Whether the line gave this person's name. */
export const hasName = ({ name }: { name: string }): boolean => name !== '' && name !== noName

/**
 * Names in a row, those that the line did not give as a number: 「张三、李四，另有 3 人的名字没取到」.
 * @param word how one person is written. Default: the name
 */
export function sayNames<T extends { name: string }>(
  people: readonly T[],
  word: (one: T) => string = ({ name }) => name,
): string {
  const named = people.filter(hasName).map(word).join('、')
  const unread = people.filter(one => !hasName(one)).length
  if (unread === 0) return named
  return `${named === '' ? '' : `${named}，另有 `}${unread} 人的名字没取到`
}

/** A list to choose from: 「签到 1：「周末微党课」今天 14:00–15:30」, a line each. */
export function sayChoices(word: string, lessons: readonly Lesson[], now: Temporal.Instant): string {
  return lessons.map((lesson, index) => `${word} ${index + 1}：${sayLesson(lesson, now)}`).join('\n')
}

/** Asks for the number of one of several lessons, or says that there is one alone. */
export function sayWhich(word: string, lessons: readonly Lesson[], now: Temporal.Instant): string {
  if (lessons.length === 1) {
    return `现在只有${lessons[0] ? sayLesson(lessons[0], now) : ''}，直接发「${word}」就行。`
  }
  const reason = word === '请假' ? ' 原因' : ''
  return `同时有 ${lessons.length} 节课，请带上号码再发，例如「${word} 1${reason}」：\n${sayChoices(word, lessons, now)}`
}

/** A wrong code is answered in the next receipt, by name. */
export const codeWords = new Map<SignInOutcome, string>([
  ['missing', '这节课要带现场屏幕上的四位数字，像「签到 四位数字」这样发。'],
  ['copied', '这组数字已经在群里出现过，不算了。请看现场屏幕上的新数字，再发一次。'],
  ['locked', '数字试得太多次了，请到现场找组织者补签。'],
])

const totalWords = { here: '实到', away: '没来', expected: '应到' }

/** 「名单写着实到 27 人，我读到 25 人」; empty where every total agrees. */
export const sayAgainst = (against: readonly Disagreement[]): string =>
  against.length === 0
    ? ''
    : `人数对不上：${against.map(({ of, told, read }) => `名单写着${totalWords[of]} ${told} 人，我读到 ${read} 人`).join('；')}。请对着原件核一遍。`

import { Temporal } from 'temporal-polyfill'
import { inShanghai, sayTime } from '../../text/time.ts'
import type { CheckIn, Lesson, Verdict } from './records.ts'
import { type Standing, standingOf, type Tally, tallyOf, windowOf } from './rules.ts'

export const stateWords: Record<Standing['state'], string> = {
  present: '到',
  late: '迟到',
  leave: '请假',
  absent: '缺勤',
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
])

/** 「14:05」. */
export function clockTime(at: Temporal.Instant | string): string {
  const instant = typeof at === 'string' ? Temporal.Instant.from(at) : at
  return inShanghai(instant).toPlainTime().toString().slice(0, 5)
}

/** What organizers should know about how a sign-in and a leave came. */
export function remarksOf({ receivedAt, leave }: CheckIn): string[] {
  const delayed = receivedAt === undefined ? [] : [`线路延误，${clockTime(receivedAt)} 才收到`]
  return [...delayed, ...(leave ? [`请假：${leave.reason}`] : [])]
}

/** 「周末微党课」今天 14:00–15:30. */
export function sayLesson(lesson: Lesson, now: Temporal.Instant): string {
  return `「${lesson.title}」${sayTime(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}`
}

/** What a group reads when a lesson was opened. */
export function sayOpened(lesson: Lesson, now: Temporal.Instant): string {
  const { opensAt, lateFrom } = windowOf(lesson)
  const isOpen = Temporal.Instant.compare(opensAt, now) <= 0
  const from = isOpen ? '现在就可以' : `${clockTime(opensAt)} 起`
  return `${sayLesson(lesson, now)}，开课了就在群里签到。\n${from}发${lesson.code ? '「签到」和屏幕上的四位数字' : '「签到」'}，${clockTime(lateFrom)} 以后算迟到，${clockTime(lesson.endsAt)} 截止；来不了请发「请假 原因」。`
}

/** Numbers only, as a group may read them: nobody is named for not being there. */
export function sayNumbers({ attended, late, leave }: Tally): string {
  const lateWords = late.length > 0 ? `（其中迟到 ${late.length} 人）` : ''
  const leaveWords = leave.length > 0 ? `，请假 ${leave.length} 人` : ''
  return `实到 ${attended} 人${lateWords}${leaveWords}`
}

/** The whole tally with names, for organizers in private. */
export function sayTally(lesson: Lesson, now: Temporal.Instant): string {
  const tally = tallyOf(lesson)
  const lines: [string, CheckIn[], (checkIn: CheckIn) => string][] = [
    ['准时', tally.present, () => ''],
    ['迟到', tally.late, ({ signedAt }) => (signedAt ? `（${clockTime(signedAt)}）` : '')],
    ['请假', tally.leave, ({ leave }) => (leave ? `（${leave.reason}）` : '')],
    ['缺勤', tally.absent, () => ''],
    ['截止后才签到，没有计入', tally.tried, ({ signedAt }) => (signedAt ? `（${clockTime(signedAt)}）` : '')],
  ]
  const named = lines
    .filter(([, people]) => people.length > 0)
    .map(([title, people, note]) => `${title}：${people.map(one => `${one.name}${note(one)}`).join('、')}`)
  return [`${sayLesson(lesson, now)}`, sayNumbers(tally), ...named].join('\n')
}

/** One message for everybody whom a receipt counts, and whom it could not. */
export function sayReceipt(lesson: Lesson, receipt: number): string {
  const missed = new Set(
    lesson.notices
      .filter(({ receipt: number, about }) => number === receipt && about === 'missed')
      .flatMap(({ memberId }) =>
        lesson.checkIns[memberId]?.signedAt ? [] : (lesson.misses[memberId]?.name ?? []),
      ),
  )
  const told = lesson.notices.flatMap(({ receipt: number, memberId, about }) => {
    const checkIn = lesson.checkIns[memberId]
    const state = checkIn && standingOf(lesson, checkIn)?.state
    return number === receipt && state ? [{ name: checkIn.name, about, state }] : []
  })
  const names = (state: Standing['state'], about: 'signed' | 'leave') =>
    told.filter(one => one.state === state && one.about === about).map(one => one.name)
  const line = (title: string, people: string[]) =>
    people.length > 0 ? [`${title} ${people.length} 人：${people.join('、')}`] : []
  const tried = line('没能记上', names('tried', 'signed')).map(
    words => `${words}。签到 ${clockTime(windowOf(lesson).closesAt)} 已截止，人到了的请联系组织者补签。`,
  )
  return [
    `「${lesson.title}」${sayNumbers(tallyOf(lesson))}。`,
    ...line('刚签到', names('present', 'signed')),
    ...line('迟到', names('late', 'signed')),
    ...line('请假', names('leave', 'leave')),
    ...line('签到过，请假也记下了', [...names('present', 'leave'), ...names('late', 'leave')]),
    ...tried,
    ...line('数字没对上', [...missed]).map(words => `${words}。请看屏幕上现在的数字，再发一次。`),
  ].join('\n')
}

/** A list to choose from: 「签到 1：「周末微党课」今天 14:00–15:30」, a line each. */
export function sayChoices(word: string, lessons: readonly Lesson[], now: Temporal.Instant): string {
  return lessons.map((lesson, index) => `${word} ${index + 1}：${sayLesson(lesson, now)}`).join('\n')
}

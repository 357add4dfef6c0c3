import type { Attendee, Standing } from '../ports/attendance.ts'

/**
 * How a person counts: a status of those expected, or of those who were not: `guest` and
 * `guest-late` came all the same (自愿参加), `guest-leave` said that they would not, `guest-made-up` made it up.
 */
export type Kind = Standing | 'guest' | 'guest-late' | 'guest-leave' | 'guest-made-up'

/** Kinds of attendance in the order in which people read them, each with its character in tables and its word. */
export const kinds: Record<Kind, { mark: string; word: string }> = {
  present: { mark: '到', word: '到' },
  late: { mark: '迟', word: '迟到' },
  'made-up': { mark: '补', word: '补学' },
  leave: { mark: '假', word: '请假' },
  absent: { mark: '缺', word: '缺勤' },
  unverified: { mark: '核', word: '未核对' },
  guest: { mark: '自', word: '自愿参加' },
  'guest-late': { mark: '晚', word: '自愿参加，迟到' },
  'guest-leave': { mark: '免', word: '请假，不在应到' },
  'guest-made-up': { mark: '学', word: '补学，不在应到' },
  tried: { mark: '后', word: '截止后签到' },
  awaited: { mark: '待', word: '还没到' },
}
export const kindOrder = Object.keys(kinds) as Kind[]

/** Legend of the marks, in one line. */
export const markLegend = kindOrder
  .filter(kind => kind !== 'awaited')
  .map(kind =>
    kinds[kind].mark === kinds[kind].word ? kinds[kind].mark : `${kinds[kind].mark}（${kinds[kind].word}）`,
  )
  .join('、')

const withoutList: Partial<Record<Kind, Kind>> = {
  guest: 'present',
  'guest-late': 'late',
  'guest-leave': 'leave',
  'guest-made-up': 'made-up',
}

/** The word for a kind at one lesson, the same in chat, on pages and in its sheet; 自愿 takes a list. */
export const wordAt = (kind: Kind, isAnyoneExpected: boolean): string =>
  kinds[isAnyoneExpected ? kind : (withoutList[kind] ?? kind)].word

/** How often each kind. */
export type Counts = Record<Kind, number>

const unexpected: Partial<Record<Standing, Kind>> = {
  present: 'guest',
  late: 'guest-late',
  'made-up': 'guest-made-up',
  leave: 'guest-leave',
}

/** A person whom an organizer put down as absent was evidently expected. */
export const countKindOf = ({ standing, isExpected }: Pick<Attendee, 'standing' | 'isExpected'>): Kind =>
  isExpected ? standing : (unexpected[standing] ?? standing)

export function countsOf(of: Iterable<Kind>): Counts {
  const counts = Object.fromEntries(kindOrder.map(kind => [kind, 0])) as Counts
  for (const kind of of) counts[kind] += 1
  return counts
}

/** 应到: all people whose absence would have counted, whether they came or not. */
export const expectedOf = (counts: Counts) => verifiedOf(counts) + unknownOf(counts)

/** 未核对, and before the end those who may still come. */
export const unknownOf = ({ unverified, awaited }: Counts) => unverified + awaited

/** 实到: on time or late, expected or not. */
export const attendedOf = (counts: Counts) => counts.present + counts.late + guestsOf(counts)

/** 迟到, expected or not. */
export const lateOf = (counts: Counts) => counts.late + counts['guest-late']

/** 自愿参加: came without being expected. */
export const guestsOf = (counts: Counts) => counts.guest + counts['guest-late']

/** Expected, with a known status: an outage must not make a person look absent. */
const verifiedOf = (counts: Counts) =>
  counts.present + counts.late + counts['made-up'] + counts.leave + counts.absent

/**
 * 出勤率, 0 to 1: those who were expected and came ÷ those who were expected and of whom it is known.
 * @returns undefined where no one counts
 */
export function rateOf(counts: Counts): number | undefined {
  return verifiedOf(counts) === 0 ? undefined : (counts.present + counts.late) / verifiedOf(counts)
}

/** The same with those who made up for it, which is always shown apart. */
export function rateWithMadeUpOf(counts: Counts): number | undefined {
  const came = counts.present + counts.late + counts['made-up']
  return verifiedOf(counts) === 0 ? undefined : came / verifiedOf(counts)
}

/** 「86%」, or a dash; never 100% where a person was missing. */
export function sayRate(rate: number | undefined): string {
  if (rate === undefined) return '—'
  return `${rate < 1 ? Math.min(99, Math.round(rate * 100)) : 100}%`
}

export function sumOfCounts(all: Iterable<Counts>): Counts {
  const sum = countsOf([])
  for (const counts of all) for (const kind of kindOrder) sum[kind] += counts[kind]
  return sum
}

/** The definitions as they stand on every sheet and page that shows a rate. */
export const definitions = [
  '实到 = 到 + 迟到 + 自愿参加；自愿参加：不在应到名单里而来了的人。应到 =（实到 − 自愿参加）+ 补学 + 请假 + 缺勤 + 未核对。',
  '出勤率 =（实到 − 自愿参加）÷（应到 − 未核对）；含补学再加补学的人。补学经组织者确认，单列一栏。没有应到名单的课没有出勤率。',
  '未核对：签到时线路中断，无法确认是否到场，不算缺勤，也不计入出勤率。取消的课不统计；后来加入的成员，从加入以后的课算起。',
]

import type { Attendee, Standing } from '../ports/attendance.ts'

/** What somebody counts as: a standing, or a guest (列席), who came without being expected. */
export type Kind = Standing | 'guest'

/** In the order in which people read them, each with the one character of tables and its word. */
export const kinds: Record<Kind, { mark: string; word: string }> = {
  present: { mark: '到', word: '到' },
  late: { mark: '迟', word: '迟到' },
  'made-up': { mark: '补', word: '补学' },
  leave: { mark: '假', word: '请假' },
  absent: { mark: '缺', word: '缺勤' },
  unverified: { mark: '核', word: '未核对' },
  guest: { mark: '列', word: '列席' },
  tried: { mark: '晚', word: '截止后签到' },
  awaited: { mark: '待', word: '还没到' },
}
export const kindOrder = Object.keys(kinds) as Kind[]

/** What the marks mean, in one line. */
export const markLegend = kindOrder
  .filter(kind => kind !== 'awaited')
  .map(kind =>
    kinds[kind].mark === kinds[kind].word ? kinds[kind].mark : `${kinds[kind].mark}（${kinds[kind].word}）`,
  )
  .join('、')

/** How often each kind. */
export type Counts = Record<Kind, number>

/**
 * A guest only where somebody came: who asks for leave, or was put down as absent, was evidently expected.
 */
export function kindOf({ standing, isExpected }: Pick<Attendee, 'standing' | 'isExpected'>): Kind {
  const cameUnasked = !isExpected && ['present', 'late', 'made-up'].includes(standing)
  return cameUnasked ? 'guest' : standing
}

export function countsOf(of: Iterable<Kind>): Counts {
  const counts = Object.fromEntries(kindOrder.map(kind => [kind, 0])) as Counts
  for (const kind of of) counts[kind] += 1
  return counts
}

/** 应到: everybody but guests and those who only tried. */
export const expectedOf = (counts: Counts) =>
  attendedOf(counts) + counts['made-up'] + counts.leave + counts.absent + unknownOf(counts)

/** 未核对, and before the end those who may still come. */
export const unknownOf = ({ unverified, awaited }: Counts) => unverified + awaited

/** 实到: on time or late. */
export const attendedOf = ({ present, late }: Counts) => present + late

/** Of whom it is known what they were: nobody may look absent because the line was down. */
const verifiedOf = (counts: Counts) => expectedOf(counts) - unknownOf(counts)

/** 出勤率, 0 to 1: 实到 ÷（应到 − 未核对）; undefined where there is nobody to count. */
export function rateOf(counts: Counts): number | undefined {
  return verifiedOf(counts) === 0 ? undefined : attendedOf(counts) / verifiedOf(counts)
}

/** The same with those who made up for it, which is always shown apart. */
export function rateWithMadeUpOf(counts: Counts): number | undefined {
  const madeUp = attendedOf(counts) + counts['made-up']
  return verifiedOf(counts) === 0 ? undefined : madeUp / verifiedOf(counts)
}

/** 「86%」, or a dash; never 100% where somebody was missing. */
export function sayRate(rate: number | undefined): string {
  if (rate === undefined) return '—'
  return `${rate < 1 ? Math.min(99, Math.round(rate * 100)) : 100}%`
}

export function sumOf(all: Iterable<Counts>): Counts {
  const sum = countsOf([])
  for (const counts of all) for (const kind of kindOrder) sum[kind] += counts[kind]
  return sum
}

/** The definitions as they stand on every sheet and page that shows a rate. */
export const definitions = [
  '实到 = 到 + 迟到；应到 = 实到 + 补学 + 请假 + 缺勤 + 未核对。列席是不在应到名单里而来了的人，不计入应到和实到。',
  '出勤率 = 实到 ÷（应到 − 未核对）；含补学 =（实到 + 补学）÷（应到 − 未核对）。补学经组织者确认，单列一栏。',
  '未核对：签到时线路中断，无法确认是否到场，不算缺勤，也不计入出勤率。取消的课不统计；后来加入的成员，从加入以后的课算起。',
]

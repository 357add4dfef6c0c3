import type { Style } from 'exceljs'
import {
  attendedOf,
  type Counts,
  expectedOf,
  guestsOf,
  type Kind,
  lateOf,
  rateOf,
  rateWithMadeUpOf,
  unknownOf,
} from '../counts.ts'
import { cellStyles, type Value } from './cells.ts'

/** The columns of every table of totals, in their order. */
export const totalTitles = [
  '应到',
  '实到',
  '其中迟到',
  '补学',
  '请假',
  '缺勤',
  '未核对',
  '出勤率',
  '含补学',
  '自愿参加',
] as const
export const totalWidths = [6.5, 6.5, 6.5, 6.5, 6.5, 6.5, 6.5, 8.5, 8.5, 8.5]

type Formulas = {
  /** Counts one kind; before the end, `unverified` also counts members who may still come. */
  count(kind: Kind): string
  /** The cell in which the total of this place stands, from 0. */
  cell(place: number): string
}

/** The ten totals as live formulas, with what they come to. */
export function totalsOf(counts: Counts, { count, cell }: Formulas): Value[] {
  const [expected, attended, , madeUp, leave, absent, unverified, , , guests] = totalTitles.map((_, place) =>
    cell(place),
  )
  const came = `(${attended}-${guests})`
  const known = `(${expected}-${unverified})`
  const rate = (of: string) => `IF(${known}=0,"—",${of}/${known})`
  const sum = (...kinds: Kind[]) => kinds.map(count).join('+')
  return [
    { formula: `${came}+${madeUp}+${leave}+${absent}+${unverified}`, result: expectedOf(counts) },
    { formula: sum('present', 'late', 'guest', 'guest-late'), result: attendedOf(counts) },
    { formula: sum('late', 'guest-late'), result: lateOf(counts) },
    { formula: count('made-up'), result: counts['made-up'] },
    { formula: count('leave'), result: counts.leave },
    { formula: count('absent'), result: counts.absent },
    { formula: count('unverified'), result: unknownOf(counts) },
    { formula: rate(came), result: rateOf(counts) ?? '—' },
    { formula: rate(`(${came}+${madeUp})`), result: rateWithMadeUpOf(counts) ?? '—' },
    { formula: sum('guest', 'guest-late'), result: guestsOf(counts) },
  ]
}

/** The same, where each total but the rates is taken from elsewhere by one formula for its place. */
export function sumsOf(
  counts: Counts,
  { sum, cell }: { sum(place: number): string; cell(place: number): string },
): Value[] {
  const own = totalsOf(counts, { count: () => '0', cell })
  return own.map((value, place) =>
    isRate(place) || typeof value !== 'object' || value instanceof Date
      ? value
      : { formula: sum(place), result: value.result },
  )
}

export const isRate = (place: number) => place === 7 || place === 8

/** Styles of the totals, in a row of its own or among others. */
export const totalStyles = (isSum: boolean): Partial<Style>[] =>
  totalTitles.map((_, place) =>
    isRate(place)
      ? isSum
        ? cellStyles.sumRate
        : cellStyles.rate
      : isSum
        ? cellStyles.sum
        : cellStyles.number,
  )

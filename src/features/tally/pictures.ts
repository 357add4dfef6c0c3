import { columnChart, shareChart } from '../../charts/bars.ts'
import { heatMap } from '../../charts/heat-map.ts'
import type { SeriesStyle } from '../../charts/styles.ts'
import {
  attendedOf,
  type Counts,
  countsOf,
  guestsOf,
  type Kind,
  kinds,
  rateOf,
  sayRate,
  sumOfCounts,
} from '../../ledger/counts.ts'
import { type AttendanceLedger, groupBy, type LedgerMember } from '../../ledger/ledger.ts'
import { inShanghai } from '../../text/dates/time.ts'

/** In the bars: from those who came to those of whom it is not known. */
const barKinds = ['present', 'late', 'guest', 'made-up', 'leave', 'absent', 'unverified'] as const
const dark = '#20242a'
const barStyles: Record<(typeof barKinds)[number], Omit<SeriesStyle, 'title'>> = {
  present: { colour: '#1c6e3d', ink: '#fff', pattern: 'none' },
  late: { colour: '#e0a73a', ink: dark, pattern: 'dots' },
  guest: { colour: '#a9bcd4', ink: dark, pattern: 'none' },
  'made-up': { colour: '#8fc3a3', ink: dark, pattern: 'lines' },
  leave: { colour: '#c9ced6', ink: dark, pattern: 'none' },
  absent: { colour: '#b8232a', ink: '#fff', pattern: 'stripes' },
  unverified: { colour: '#fff', ink: dark, pattern: 'none' },
}

/** The kinds that there are, so that no legend names what no bar shows. */
function barsOf(total: Counts): { legend: SeriesStyle[]; partsOf(counts: Counts): number[] } {
  const count = (counts: Counts, kind: (typeof barKinds)[number]) =>
    kind === 'guest' ? guestsOf(counts) : counts[kind]
  const shown = barKinds.filter(kind => count(total, kind) > 0)
  return {
    legend: shown.map(kind => ({ title: kinds[kind].word, ...barStyles[kind] })),
    partsOf: counts => shown.map(kind => count(counts, kind)),
  }
}

/** The rate, or the number of those present where none was expected. */
const noteOf = (counts: Counts) =>
  rateOf(counts) === undefined
    ? attendedOf(counts) > 0
      ? `${attendedOf(counts)} 人`
      : ''
    : sayRate(rateOf(counts))

/** In the heat map presence is pale, so that in black and white, too, who was missing stands out. */
const fieldStyles: Record<Exclude<Kind, 'awaited'>, Omit<SeriesStyle, 'title' | 'pattern'>> = {
  present: { colour: '#dcefe2', ink: '#1c6e3d' },
  late: { colour: '#f5d48f', ink: dark },
  'made-up': { colour: '#a9d3b8', ink: dark },
  leave: { colour: '#d5d9df', ink: dark },
  absent: { colour: '#b8232a', ink: '#fff' },
  unverified: { colour: '#fff', ink: dark },
  guest: { colour: '#dbe5f1', ink: dark },
  'guest-late': { colour: '#f5e3bd', ink: dark },
  'guest-leave': { colour: '#eef0f3', ink: dark },
  'guest-made-up': { colour: '#eef0f3', ink: dark },
  tried: { colour: '#eef0f3', ink: dark },
}
const fieldKinds = Object.keys(fieldStyles) as (keyof typeof fieldStyles)[]

const rateStyles: (SeriesStyle & { from: number })[] = [
  { title: '90% 以上', from: 0.9, colour: '#1c6e3d', ink: '#fff', pattern: 'none' },
  { title: '75–89%', from: 0.75, colour: '#7fb894', ink: dark, pattern: 'none' },
  { title: '60–74%', from: 0.6, colour: '#dcefe2', ink: dark, pattern: 'none' },
  { title: '不到 60%', from: 0, colour: '#fff', ink: '#b8232a', pattern: 'none' },
]

/** Most members on a heat map that a phone shows readably. */
export const membersPerPicture = 40

const dayOf = (at: AttendanceLedger['lessons'][number]['startsAt']) => {
  const { month, day } = inShanghai(at)
  return `${month}/${day}`
}

/** Attendance by week, each named by its Monday; a week without a lesson has no one. */
export function weeksOf({ lessons, lessonCounts }: AttendanceLedger) {
  const mondays = lessons.map(({ startsAt }) => {
    const day = inShanghai(startsAt).toPlainDate()
    return day.subtract({ days: day.dayOfWeek - 1 })
  })
  const byMonday = Map.groupBy(lessonCounts.entries(), ([index]) => String(mondays[index]))
  const first = mondays[0]
  const last = mondays.at(-1)
  const weeks = first && last ? first.until(last, { largestUnit: 'weeks' }).weeks + 1 : 0
  return Array.from({ length: weeks }, (_, week) => {
    const monday = first?.add({ weeks: week })
    const counts = sumOfCounts((byMonday.get(String(monday)) ?? []).map(([, one]) => one))
    return { name: `${monday?.month}/${monday?.day}`, counts }
  })
}

/** Attendance by week. @returns an SVG document */
export function weekPicture(ledger: AttendanceLedger, width: number): string {
  const { period, total } = ledger
  const { legend, partsOf } = barsOf(total)
  const bars = weeksOf(ledger).map(({ name, counts }) => ({
    ...{ name, parts: partsOf(counts), note: noteOf(counts) },
  }))
  return columnChart({ title: `每周出勤（周一起，${period.title}）`, bars, legend, width })
}

/** Attendance by branch or space: shares, with how many in them. @returns an SVG document */
export function unitPicture(
  { period, lines, total }: AttendanceLedger,
  by: 'branch' | 'space',
  width: number,
): string {
  const { legend, partsOf } = barsOf(total)
  const bars = groupBy(lines, by).map(({ name, lines: of }) => {
    const counts = sumOfCounts(of.map(one => one.counts))
    return { name, parts: partsOf(counts), note: noteOf(counts) }
  })
  const word = by === 'branch' ? '各支部' : '各众创空间'
  return shareChart({ title: `${word}出勤（${period.title}）`, bars, legend, width })
}

/** Members by lessons, as many on a picture as can be read. @returns SVG documents, none where there are no lines */
export function memberPictures(
  { period, lessons }: AttendanceLedger,
  { lines, of, width }: { lines: readonly LedgerMember[]; of: string; width: number },
): string[] {
  const pages = Math.ceil(lines.length / membersPerPicture)
  return Array.from({ length: pages }, (_, page) => {
    const shown = lines.slice(page * membersPerPicture, (page + 1) * membersPerPicture)
    const seen = new Set(shown.flatMap(({ entries }) => entries.flatMap(entry => entry?.kind ?? [])))
    const legend = fieldKinds.filter(kind => seen.has(kind))
    const number = pages > 1 ? `，${page + 1}/${pages}` : ''
    return heatMap({
      title: `${of}出勤（${period.title}${number}）`,
      rows: shown.map(({ name }) => name),
      columns: lessons.map(({ startsAt }) => dayOf(startsAt)),
      fields: shown.flatMap((line, row) =>
        line.entries.flatMap((entry, column) =>
          entry && entry.kind !== 'awaited'
            ? [{ row, column, styleIndex: legend.indexOf(entry.kind), text: kinds[entry.kind].mark }]
            : [],
        ),
      ),
      legend: legend.map(kind => ({
        title:
          kinds[kind].mark === kinds[kind].word
            ? kinds[kind].word
            : `${kinds[kind].mark} ${kinds[kind].word}`,
        ...fieldStyles[kind],
        pattern: 'none',
      })),
      fieldWidth: 22,
      width,
    })
  })
}

/** Branches by lessons, each field the rate: for more members than fit a few pictures. @returns an SVG document */
export function branchMapPicture({ period, lessons, lines }: AttendanceLedger, width: number): string {
  const groups = groupBy(lines, 'branch')
  const fields = groups.flatMap(({ lines: of }, row) =>
    lessons.flatMap((_, column) => {
      const rate = rateOf(countsOf(of.flatMap(line => line.entries[column]?.kind ?? [])))
      if (rate === undefined) return []
      return [
        { row, column, styleIndex: rateStyles.findIndex(({ from }) => rate >= from), text: sayRate(rate) },
      ]
    }),
  )
  return heatMap({
    title: `各支部每课出勤率（${period.title}）`,
    rows: groups.map(({ name }) => name),
    columns: lessons.map(({ startsAt }) => dayOf(startsAt)),
    fields,
    legend: rateStyles,
    fieldWidth: 40,
    width,
  })
}

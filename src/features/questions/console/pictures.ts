import type { Temporal } from 'temporal-polyfill'
import { columnChart, shareChart } from '../../../charts/bars.ts'
import type { SeriesStyle } from '../../../charts/styles.ts'
import type { AskedTally } from '../../../ports/asked.ts'
import type { QuestionRecord } from '../log/records.ts'
import { byProgramme, byWeek, sayShare } from '../log/rules.ts'

const legend: SeriesStyle[] = [
  { title: '答了', colour: '#1c6e3d', ink: '#fff', pattern: 'none' },
  { title: '反问后没有选', colour: '#e0a73a', ink: '#20242a', pattern: 'dots' },
  { title: '没有可靠答案', colour: '#b8232a', ink: '#fff', pattern: 'stripes' },
]
/** Most programmes in the picture; the table has them all. */
const mostProgrammes = 12

const partsOf = ({ answered, choices, none }: AskedTally) => [answered, choices, none]

/** How many questions each week had, and how they were met; each named by its Monday. @returns an SVG document */
export function weeklyQuestionsPicture(
  records: readonly QuestionRecord[],
  { now, weeks, width }: { now: Temporal.Instant; weeks: number; width: number },
): string {
  const bars = byWeek(records, now, weeks).map(({ monday, tally }) => ({
    name: `${monday.month}/${monday.day}`,
    parts: partsOf(tally),
    note: sayShare(tally.answered, tally.asked),
  }))
  return columnChart({ title: '每周的问题，柱顶是答上的比例', bars, legend, width })
}

/** Which share of each programme's questions was answered, the most asked first. @returns an SVG document */
export function programmePicture(
  records: readonly QuestionRecord[],
  { nameOf, width }: { nameOf(programme: string | undefined): string; width: number },
): string {
  const bars = byProgramme(records)
    .slice(0, mostProgrammes)
    .map(({ programme, tally }) => ({
      name: nameOf(programme),
      parts: partsOf(tally),
      note: sayShare(tally.answered, tally.asked),
    }))
  return shareChart({ title: '各项目答上多少（问得多的在前）', bars, legend, width })
}

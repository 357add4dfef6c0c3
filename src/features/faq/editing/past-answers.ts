import { z } from 'zod'
import { dayInShanghai, instantOf } from '../../../text/dates/time.ts'
import type { Change } from './changes/records.ts'

/** An earlier answer of an entry, and the day of the change, `YYYY-MM-DD`. */
export type PastAnswer = { until: string; text: string }

/** The told text of an entry, in whatever schema it was kept. */
const Told = z.looseObject({
  status: z.string().default('live'),
  short: z.string(),
  details: z.array(z.looseObject({ text: z.string() })).default([]),
})

/** Earlier answers of an entry, latest first: one for each change that went live and changed its words. */
export function pastAnswersOf(changes: readonly Change[], entryId: string): PastAnswer[] {
  return changes
    .filter(({ state, decided }) => state === 'live' && decided !== undefined)
    .toSorted((a, b) => (b.decided?.place ?? 0) - (a.decided?.place ?? 0))
    .flatMap(({ steps, decided }) => {
      const step = steps.find(({ part, name }) => part === 'entries' && name === entryId)
      const [before, after] = [toldIn(step?.before), toldIn(step?.after)]
      if (before === undefined || before === after || !decided) return []
      return [{ until: dayInShanghai(instantOf(decided.at)), text: before }]
    })
}

/** @returns undefined for what was never told */
function toldIn(piece: unknown): string | undefined {
  const read = Told.safeParse(piece)
  if (!read.success || read.data.status !== 'live') return undefined
  return [read.data.short, ...read.data.details.map(({ text }) => text)].join('\n')
}

import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { candidatesOf } from '../../src/text/notices/dates/date-features.ts'
import { dateRoles } from '../../src/text/notices/dates/roles.ts'
import { type Sample, sampleOf } from './examples.ts'

/** A date whose role an organizer corrected, as the console's page of items exports it. */
const Correction = z.object({
  title: z.string(),
  text: z.string(),
  publishedOn: z.iso.date(),
  said: z.string(),
  sentence: z.string(),
  value: z.iso.date(),
  role: z.enum(dateRoles),
})
type Correction = z.infer<typeof Correction>

/**
 * Reads exported corrections, one a line: the roles of single dates, of notices of which nothing else is labelled.
 * @throws Error with the number of the line that is none
 */
export function readCorrections(file: string): Sample[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [sampleOfCorrection(correctionOf(line, at + 1))]))
}

function correctionOf(line: string, number: number): Correction {
  try {
    return Correction.parse(JSON.parse(line))
  } catch (cause) {
    throw new Error(`line ${number} is no correction`, { cause })
  }
}

function sampleOfCorrection({ publishedOn, said, sentence, value, role, ...notice }: Correction): Sample {
  const day = Temporal.PlainDate.from(publishedOn)
  const sample = sampleOf({ ...notice, author: 'corrections', publishedOn: day, deadline: null })
  const original = `${notice.title}\n${notice.text}`
  const from = Math.max(0, original.indexOf(sentence))
  const corrected = candidatesOf(sample.whole.days).findIndex(
    ({ start, end, mention }) =>
      start >= from && original.slice(start, end) === said && mention.day.toString() === value,
  )
  const dates = sample.dates.map((date, at) => ({ ...date, role: at === corrected ? role : undefined }))
  return { ...sample, dates }
}

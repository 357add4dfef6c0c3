import type { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../../text/dates/time.ts'
import type { Entry } from '../records.ts'
import { daysUnverified, endingSoon, validity, verifiedForDays } from '../validity.ts'
import type { Knowledge } from './knowledge.ts'

/** Findings for a person: nothing here is broken, all of it ages. */
export type Review = {
  ended: Entry[]
  endingSoon: { entry: Entry; daysLeft: number }[]
  /** Not checked for over 180 days, longest first; `days` is undefined where that is not known. */
  unverified: { entry: Entry; days: number | undefined }[]
  /** May have changed since they were checked: ask before launch. */
  toConfirm: Entry[]
  /** Name an office only; there is no document to point to. */
  withoutDocument: Entry[]
}

/** Looks at the live entries as on a day in Shanghai. */
export function reviewKnowledge({ entries }: Pick<Knowledge, 'entries'>, on: Temporal.PlainDate): Review {
  const at = on.toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant()
  return {
    ended: entries.filter(entry => validity(entry, at) === 'ended'),
    endingSoon: endingSoon(entries, at),
    unverified: entries
      .map(entry => ({ entry, days: daysUnverified(entry, on) }))
      .filter(({ days }) => days === undefined || days > verifiedForDays)
      .sort((a, b) => (b.days ?? Number.MAX_SAFE_INTEGER) - (a.days ?? Number.MAX_SAFE_INTEGER)),
    toConfirm: entries.filter(entry => entry.mayHaveChanged !== 'no'),
    withoutDocument: entries.filter(entry => entry.documents.length === 0),
  }
}

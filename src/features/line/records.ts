import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { utcMonthOf, utcMonthsBetween } from '../../lib/instants.ts'
import type { Outage } from '../../ports/outages.ts'
import type { Store } from '../../ports/store.ts'

/**
 * An outage; key `YYYY-MM of its start/its start`, of a named line with `@name` behind it, so that a shard is a
 * month's.
 */
export const OutageRecord = z.object({
  from: z.string(),
  to: z.string().optional(),
  how: z.enum(['broken', 'silent', 'stalled', 'logged-out', 'stopped', 'unread']),
  /** The name of the line; absent for the line without a name. */
  line: z.string().optional(),
  /** The groups that it concerned were told, or there were none. */
  isTold: z.boolean(),
})
export type OutageRecord = z.infer<typeof OutageRecord>

/**
 * When a message last arrived; the record `line/hearing`, of a named line
 * `line/hearing-name`. After a kill, the outage starts there.
 */
const Hearing = z.object({ at: z.string() })

/** An outage that is older than this is history: no outage reaches further than from one such month to the next. */
const monthsRead = 2

/** Key of an outage: a line begins at most one at a time. */
type OutageStart = Pick<Outage, 'from' | 'line'>

export type OutageRecords = ReturnType<typeof openOutageRecords>

export function openOutageRecords(store: Store) {
  const outages = store.collection('gaps', OutageRecord)
  const hearing = store.collection('hearing', Hearing)

  return {
    updateOutage: (
      { from, line }: OutageStart,
      change: (now: OutageRecord | undefined) => OutageRecord | undefined,
    ) => outages.update(`${utcMonthOf(from)}/${from.toString()}${line ? `@${line}` : ''}`, change),

    /** Those that began by `to`, in the months of the span or the one before it, oldest first. */
    async outagesOf(from: Temporal.Instant, to: Temporal.Instant): Promise<OutageRecord[]> {
      const first = from
        .toZonedDateTimeISO('UTC')
        .subtract({ months: monthsRead - 1 })
        .toInstant()
      const months = utcMonthsBetween(first, to)
      const found = await Promise.all(months.map(month => outages.list(`${month}/`)))
      return found
        .flat()
        .map(({ value }) => value)
        .filter(outage => Temporal.Instant.compare(outage.from, to) <= 0)
        .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
    },

    async lastSignAt(line: string): Promise<Temporal.Instant | undefined> {
      const known = await hearing.get(hearingKey(line))
      return known && Temporal.Instant.from(known.at)
    },
    async keepLastSignAt(at: Temporal.Instant, line: string) {
      await hearing.update(hearingKey(line), () => ({ at: at.toString() }))
    },
  }
}

const hearingKey = (line: string) => (line === '' ? 'line/hearing' : `line/hearing-${line}`)

export function outageOf({ from, to, how, line }: OutageRecord): Outage {
  const span = { from: Temporal.Instant.from(from), to: to ? Temporal.Instant.from(to) : undefined }
  return { ...span, how, ...(line ? { line } : {}) }
}

import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import { type JobRun, Watermark } from './job-records.ts'
import { type Log, reasonOf } from './log.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Collection, Store } from './ports/store.ts'

const key = 'watermark/checked-until'
const alarm = 'watermark-unread'
/** Minutes without the watermark after which an organizer must hear of it: until it is read, nothing is deleted. */
const unreadMinutes = 5
const unreadWords =
  '定时的事做到哪一刻，这份记录（watermark）读不出来。推送和提醒照常；到期该删的先不删，免得删错。请重启程序；还这样，请管机器的人看数据文件夹（或数据库）能不能读，修不好就从备份恢复。'

export type SavedWatermark = { at: Temporal.Instant; leaptAt?: Temporal.Instant | undefined }

/** `isRead`: false where the store failed, and may give the watermark at a later look. */
export type WatermarkReading = { isRead: boolean; saved?: SavedWatermark | undefined }

/**
 * The watermark of the jobs in the store: until when everything due has been looked at. Jobs go on without it, since
 * the ledger of runs says as well what was done.
 */
export function createWatermark(
  { store, log, alarms }: { store: Store; log: Log; alarms: Alarms },
  ledger: Pick<Collection<JobRun>, 'list'>,
) {
  const records = store.collection('watermark', Watermark)
  let savedMinute = -1
  /** When the store first failed to give the watermark, of the looks that failed in a row. */
  let unreadFrom: Temporal.Instant | undefined
  /** Kept over the looks in which the store fails. */
  let latest: WatermarkReading['saved'] | 'unknown' = 'unknown'

  /** When the latest slot up to `now` was claimed; undefined where nothing ever ran. */
  async function latestRun(now: Temporal.Instant, reason: string): Promise<SavedWatermark | undefined> {
    const runs = await ledger.list('', { leavesOutUnreadable: true })
    const at = runs
      .map(({ value }) => Temporal.Instant.from(value.claimedAt))
      .filter(claimedAt => Temporal.Instant.compare(claimedAt, now) <= 0)
      .sort(Temporal.Instant.compare)
      .at(-1)
    if (!at) return undefined
    log.warn({ reason, at: at.toString() }, 'the watermark is lost, jobs go on from the latest run')
    return { at }
  }

  /** Raises the alarm once the store has failed for minutes; a short failure is not reported. */
  function raiseWhenLong(now: Temporal.Instant): void {
    unreadFrom ??= now
    if (Math.abs(now.since(unreadFrom).total('minutes')) >= unreadMinutes) alarms.raise(alarm, unreadWords)
  }

  return {
    /**
     * Reads the saved watermark. Where there is none, or the store fails: when the latest slot up to `now` was claimed,
     * since what was due before is in the ledger and does not run again; none where nothing ever ran.
     */
    async read(now: Temporal.Instant): Promise<WatermarkReading> {
      let reason = 'there is none'
      let isRead = false
      try {
        const found = await records.get(key)
        isRead = true
        unreadFrom = undefined
        alarms.clear(alarm)
        if (found) return { isRead, saved: instantsOf(found) }
      } catch (cause) {
        reason = reasonOf(cause)
        raiseWhenLong(now)
      }
      if (latest === 'unknown') latest = await latestRun(now, reason)
      return { isRead, saved: latest }
    },
    /** Once a minute is enough: slots that are looked at twice are claimed already. */
    async save(now: Temporal.Instant, { at, leaptAt }: SavedWatermark): Promise<void> {
      const minute = Math.floor(now.epochMilliseconds / 60_000)
      if (minute === savedMinute) return
      savedMinute = minute
      const record = { at: at.toString(), ...(leaptAt ? { leaptAt: leaptAt.toString() } : {}) }
      try {
        await records.update(key, () => record)
      } catch (cause) {
        log.error({ reason: reasonOf(cause) }, 'the watermark could not be saved')
      }
    },
  }
}

const instantsOf = ({ at, leaptAt }: z.infer<typeof Watermark>): SavedWatermark => ({
  at: Temporal.Instant.from(at),
  leaptAt: leaptAt ? Temporal.Instant.from(leaptAt) : undefined,
})

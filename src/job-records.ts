import { z } from 'zod'

/** One slot of one job, claimed before it ran; key `job-YYYY-MM/slot key`, so that a shard is a month's. */
export const JobRun = z.object({
  job: z.string(),
  /** The work of this slot, where its name says more than the job's: 「推送「政策速递」」. */
  title: z.string().optional(),
  dueAt: z.string(),
  claimedAt: z.string(),
  /** `undone`: it ran, and there was nothing that it might do. */
  outcome: z.enum(['claimed', 'done', 'undone', 'failed', 'expired']),
  reason: z.string().optional(),
})
export type JobRun = z.infer<typeof JobRun>

/** The state of a run. `interrupted`: claimed, but its process ended first; the outcome is unknown. */
export type RunNow = Omit<JobRun, 'outcome'> & { outcome: JobRun['outcome'] | 'interrupted' }

/** Why a run expired, in Chinese. */
export function sayLate(minutesLate: number, maxLateMinutes: number): string {
  const late = `晚了 ${Math.floor(minutesLate)} 分钟才轮到（程序没在运行，或电脑休眠了）`
  return maxLateMinutes > 0 ? `${late}，过了 ${maxLateMinutes} 分钟的时效` : `${late}，这件事晚了就不做`
}

/**
 * The time up to which all due jobs were checked, and the time of a leap of the clock, see `createLeapGuard`; the
 * one record `watermark/checked-until`.
 */
export const Watermark = z.object({ at: z.string(), leaptAt: z.string().optional() })

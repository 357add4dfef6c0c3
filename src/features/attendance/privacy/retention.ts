import type { Job } from '../../../feature.ts'
import { cronDue } from '../../../jobs.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import type { LessonPrivacy } from './privacy.ts'

/** At night, when there are no lessons. */
const forgetAt = '50 3 * * *'

type Parts = {
  privacy: LessonPrivacy
  scheduler: Scheduler
  clock: Clock
  keepDays: { names: number; reasons: number }
}

/** Forgets names and reasons when their time is over. */
export function retentionJob({ privacy, scheduler, clock, keepDays }: Parts): Job {
  const daysAgo = (days: number) => clock.now().subtract({ hours: 24 * days })
  return {
    name: 'lesson-retention',
    deletes: true,
    title: '',
    maxLateMinutes: 24 * 60,
    due: cronDue(scheduler, forgetAt),
    async run() {
      await privacy.forgetListsBefore(daysAgo(1))
      await privacy.forgetReasonsBefore(daysAgo(keepDays.reasons))
      await privacy.forgetNamesBefore(daysAgo(keepDays.names))
    },
  }
}

import { Temporal } from 'temporal-polyfill'
import type { Job } from '../../../feature.ts'
import { cronDue } from '../../../jobs.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { dayInShanghai, inShanghai } from '../../../text/dates/time.ts'
import { type Companies, keptMonths } from '../companies.ts'
import type { CompiledRules } from '../session.ts'
import { sendReminders } from './reminders.ts'

type Parts = {
  companies: Companies
  compiled(): CompiledRules
  scheduler: Scheduler
  clock: Clock
  post(memberId: string, key: string, text: string): Promise<void>
}

/**
 * The reminders of each morning, and the removal of companies that were not looked at
 * for {@link keptMonths} months.
 */
export function matchingJobs({ companies, compiled, scheduler, clock, post }: Parts): Job[] {
  const everyMorning = cronDue(scheduler, '20 9 * * *')
  return [
    {
      name: 'matching-reminders',
      title: '政策匹配提醒',
      maxLateMinutes: 6 * 60,
      // Without a saved company there is no reminder.
      async due(after, until) {
        return (await companies.list('')).length === 0 ? [] : everyMorning(after, until)
      },
      run: ({ at }) => sendReminders({ companies, compiled, on: dayInShanghai(clock.now()), at, post }),
    },
    {
      name: 'matching-retention',
      deletes: true,
      title: '',
      maxLateMinutes: 24 * 60,
      due: cronDue(scheduler, '30 4 * * *'),
      async run() {
        const oldest = inShanghai(clock.now()).subtract({ months: keptMonths }).toInstant()
        for (const { key, value } of await companies.list(''))
          if (Temporal.Instant.compare(Temporal.Instant.from(value.lookedAt), oldest) < 0)
            await companies.update(key, () => undefined)
      },
    },
  ]
}

import type { Feature } from '../feature.ts'
import { cronDue } from '../jobs.ts'
import type { Clock } from '../ports/clock.ts'
import type { Scheduler } from '../ports/schedule.ts'
import type { Store } from '../ports/store.ts'
import { outboxPrivacy } from './privacy.ts'

type Parts = {
  store: Store
  clock: Clock
  scheduler: Scheduler
  /** How long sent texts are kept, days. */
  keepDays: number
}

/** What was sent, as personal data: shown, erased, and deleted when its time is over. */
export function sentMessages({ store, clock, scheduler, keepDays }: Parts): Feature {
  const sent = outboxPrivacy({ store, clock })
  return {
    name: 'sent-messages',
    personal: sent,
    jobs: [
      {
        name: 'sent-retention',
        title: '',
        shelfLifeMinutes: 24 * 60,
        due: cronDue(scheduler, '10 4 * * *'),
        run: () => sent.forgetBefore(clock.now().subtract({ hours: 24 * keepDays })),
      },
    ],
  }
}

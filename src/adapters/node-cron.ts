import { createTask, validate } from 'node-cron'
import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Scheduler } from '../ports/schedule.ts'
import { timeZone } from '../text/time.ts'

const minuteMs = 60_000

/** node-cron as a ticker: it forgets what it missed, so nothing here is the truth about what ran. */
export function createNodeCron(log: Log): Scheduler {
  return {
    every(cron, tick) {
      const run = async () => {
        try {
          await tick()
        } catch (cause) {
          log.error({ cron, reason: reasonOf(cause) }, 'a tick failed')
        }
      }
      // A late tick is as good as a punctual one to us, so a missed one is no news.
      const task = createTask(cron, run, { timezone: timeZone, noOverlap: true, suppressMissedWarning: true })
      void task.start()
      return () => void task.destroy()
    },
    slots(cron, after, until) {
      if (!validate(cron)) throw new RangeError(`not a cron line: ${cron}`)
      const task = createTask(cron, () => {}, { timezone: timeZone })
      const slots: Temporal.Instant[] = []
      let at = Math.floor(after.epochMilliseconds / minuteMs) * minuteMs + minuteMs
      for (; at <= until.epochMilliseconds; at += minuteMs) {
        if (task.match(new Date(at))) slots.push(Temporal.Instant.fromEpochMilliseconds(at))
      }
      return slots
    },
  }
}

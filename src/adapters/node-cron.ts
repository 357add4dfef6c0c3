import { createTask, validate } from 'node-cron'
import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Scheduler } from '../ports/schedule.ts'
import { timeZone } from '../text/time.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

type Matches = (at: number) => boolean

/** node-cron as a ticker: it forgets what it missed, so nothing here is the truth about what ran. */
export function createNodeCron(log: Log): Scheduler {
  // node-cron keeps every task that it makes for ever: one for each line, not one for each question.
  const matchers = new Map<string, Matches>()

  function matcher(cron: string): Matches {
    const known = matchers.get(cron)
    if (known) return known
    const task = createTask(cron, () => {}, { timezone: timeZone })
    const matches: Matches = at => task.match(new Date(at))
    matchers.set(cron, matches)
    return matches
  }

  return {
    every(cron, tick) {
      let isTicking = false
      const run = async () => {
        // A late tick is as good as a punctual one to us: one that was missed, or left out for this, is no news,
        // of which node-cron's own guard against overlaps makes a line on the terminal.
        if (isTicking) return
        isTicking = true
        try {
          await tick()
        } catch (cause) {
          log.error({ cron, reason: reasonOf(cause) }, 'a tick failed')
        } finally {
          isTicking = false
        }
      }
      const task = createTask(cron, run, { timezone: timeZone, suppressMissedWarning: true })
      void task.start()
      return () => void task.destroy()
    },
    slots(cron, after, until) {
      if (!validate(cron)) throw new RangeError(`not a cron line: ${cron}`)
      const [matchesMinute, matchesHour] = [matcher(cron), matcher(hourlyOf(cron))]
      const slots: Temporal.Instant[] = []
      let at = Math.floor(after.epochMilliseconds / minuteMs) * minuteMs + minuteMs
      while (at <= until.epochMilliseconds) {
        if (matchesMinute(at)) slots.push(Temporal.Instant.fromEpochMilliseconds(at))
        // A month has 43,000 minutes and a match costs some 15 µs: hours without any are passed over.
        at = matchesHour(at) ? at + minuteMs : Math.floor(at / hourMs) * hourMs + hourMs
      }
      return slots
    },
  }
}

/** The line that matches every minute of every hour in which the given one may match. */
function hourlyOf(cron: string): string {
  const fields = cron.trim().split(/\s+/)
  return fields.length < 5 ? '* * * * *' : ['*', ...fields.slice(-4)].join(' ')
}

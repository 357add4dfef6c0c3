import { createTask, validate } from 'node-cron'
import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Scheduler } from '../ports/schedule.ts'
import { timeZone } from '../text/dates/time.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

type Matches = (at: number) => boolean

/** Ticks by a monotonic timer; node-cron only says which minutes a cron line matches. */
export function createNodeCron(log: Log): Scheduler {
  // node-cron keeps every task that it makes for ever: one for each line, not one for each question.
  const matchers = new Map<string, Matches>()

  function matcher(cron: string): Matches {
    const known = matchers.get(cron)
    if (known) return known
    if (!validate(cron)) throw new RangeError(`not a cron line: ${cron}`)
    const task = createTask(cron, () => {}, { timezone: timeZone })
    const matches: Matches = at => task.match(new Date(at))
    matchers.set(cron, matches)
    return matches
  }

  return {
    every(periodMs, tick) {
      let isTicking = false
      async function run() {
        if (isTicking) return
        isTicking = true
        try {
          await tick()
        } catch (cause) {
          log.error({ reason: reasonOf(cause) }, 'a tick failed')
        } finally {
          isTicking = false
        }
      }
      // A timer of the machine's monotonic clock: no step of the wall clock stops it, and no missed period is repeated.
      const timer = setInterval(() => void run(), periodMs)
      return () => clearInterval(timer)
    },
    slots(cron, after, until) {
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

import type { Log } from './log.ts'
import type { Alarm, Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'

/** What is wrong at the moment, in memory: what is still wrong after a restart is raised again by who finds it. */
export function createAlarms({ clock, log }: { clock: Clock; log: Log }): Alarms {
  const open = new Map<string, Alarm>()
  return {
    raise(id, text) {
      const since = open.get(id)?.since ?? clock.now()
      if (open.get(id)?.text !== text) log.warn({ alarm: id }, text)
      open.set(id, { id, text, since })
    },
    clear(id) {
      if (open.delete(id)) log.info({ alarm: id }, 'alarm cleared')
    },
    list: () => [...open.values()],
  }
}

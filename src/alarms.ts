import type { Log } from './log.ts'
import type { Alarm, WatchedAlarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'

/** Current faults, in memory: after a restart a standing fault is raised again by its owner. */
export function createAlarms({ clock, log }: { clock: Clock; log: Log }): WatchedAlarms {
  const open = new Map<string, Alarm>()
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }

  return {
    raise(id, text) {
      const before = open.get(id)
      if (before?.text === text) return
      log.warn({ alarm: id }, text)
      open.set(id, { id, text, since: before?.since ?? clock.now() })
      changed()
    },
    clear(id) {
      if (!open.delete(id)) return
      log.info({ alarm: id }, 'alarm cleared')
      changed()
    },
    list: () => [...open.values()],
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

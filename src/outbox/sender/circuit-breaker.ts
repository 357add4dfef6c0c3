import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { sayFullTime } from '../../text/dates/time.ts'
import { type Limits, msUntilOver, type Pause } from '../limits/limits.ts'

/** The pause in force; the record `outbox/pause`, of a named line `outbox/pause-name`. */
const PauseRecord = z.object({ reason: z.string(), since: z.string(), until: z.string().optional() })

type BreakerParts = {
  store: Store
  clock: Clock
  alarms: Alarms
  limits: Limits
  line: { name: string; title: string }
}

export type CircuitBreaker = ReturnType<typeof createCircuitBreaker>

/**
 * Pauses the sending: on request until it is resumed, or by itself after failures. After a pause of its own it lets
 * one message through: if that succeeds the pause is over, else it begins again.
 */
export function createCircuitBreaker(parts: BreakerParts) {
  const { store, clock, alarms, limits, line } = parts
  const suffix = line.name === '' ? '' : `-${line.name}`
  const key = `outbox/pause${suffix}`
  const alarm = `outbox-paused${suffix}`
  const records = store.collection('outbox-pause', PauseRecord)
  let pause: Pause | undefined
  let failuresInARow = 0

  async function set(next: Pause | undefined) {
    await records.update(key, () => next && recordOf(next))
    pause = next
    if (next) alarms.raise(alarm, sayPause(next, line.title))
    else alarms.clear(alarm)
  }

  /** Pauses for `pauseMinutes`; a pause on request is not shortened. */
  async function open(reason: string) {
    failuresInARow = 0
    if (pause && !pause.until) return
    const now = clock.now()
    await set({ reason, since: now, until: now.add({ minutes: limits.pauseMinutes }) })
  }

  return {
    async load() {
      const saved = await records.get(key)
      if (saved) await set(pauseOf(saved))
    },
    pause: (reason: string) => set({ reason, since: clock.now() }),
    open,
    async resume() {
      failuresInARow = 0
      await set(undefined)
    },
    /** Records that a message went out. */
    async noteSent() {
      failuresInARow = 0
      if (pause && msUntilOver(pause, clock.now()) === 0) await set(undefined)
    },
    /** Records a failure of the line; failures of single targets do not count. */
    async noteFailed() {
      failuresInARow++
      if (pause) await open('试发的一条没有发出去')
      else if (failuresInARow >= limits.failuresToPause) await open(`连续 ${failuresInARow} 条没有发出去`)
    },
    delayMs: () => msUntilOver(pause, clock.now()),
    current: () => pause,
    /** Whether it paused by itself: a pause on request does not delay replies. */
    isOpen: () => pause?.until !== undefined,
  }
}

function sayPause({ reason, until }: Pause, title: string): string {
  const how = until ? `${sayFullTime(until)} 会先试发一条；` : ''
  const where = title === '' ? '' : `线路「${title}」的`
  return `${where}发送已暂停：${reason}。${how}要继续发，说「恢复发送」。`
}

function recordOf({ reason, since, until }: Pause): z.infer<typeof PauseRecord> {
  return { reason, since: since.toString(), ...(until ? { until: until.toString() } : {}) }
}

function pauseOf({ reason, since, until }: z.infer<typeof PauseRecord>): Pause {
  const at = Temporal.Instant.from
  return { reason, since: at(since), ...(until ? { until: at(until) } : {}) }
}

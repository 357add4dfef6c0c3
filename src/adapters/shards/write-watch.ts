import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { StoreFault } from './fault.ts'

/** Short enough that the alarm clears soon after the repair, long enough not to wear out an ailing disk. */
const retryAfterMs = 5000
const alarmId = 'store-disk'

export type WriteWatch = {
  /** A write failed: raises the alarm, and calls `again` from time to time until {@link WriteWatch.succeeded}. */
  failed(title: string, cause: unknown, again: () => Promise<void>): StoreFault
  /** A write succeeded. When none is failing any more, the alarm clears. */
  succeeded(title: string): void
  stop(): Promise<void>
}

/**
 * Knows which shards cannot be written. Each is tried again with what memory holds, which asks for as much room
 * as the next update will, and corrects what a half-done write left ahead of memory.
 * @param parts.describe what the error of a write means to people, a half sentence in Chinese
 */
export function createWriteWatch({
  alarms,
  clock,
  log,
  describe,
}: {
  alarms: Alarms
  clock: Clock
  log: Log
  describe(cause: unknown): string
}): WriteWatch {
  const failing = new Map<string, () => Promise<void>>()
  const stopping = new AbortController()
  let retrying: Promise<void> | undefined

  async function retry(): Promise<void> {
    while (failing.size > 0 && !stopping.signal.aborted) {
      await clock.sleep(retryAfterMs, stopping.signal)
      if (!stopping.signal.aborted) for (const again of [...failing.values()]) await again()
    }
    retrying = undefined
  }

  return {
    failed(title, cause, again) {
      if (!failing.has(title)) log.error({ shard: title, reason: reasonOf(cause) }, 'a write failed')
      failing.set(title, again)
      const text = `${describe(cause)}，新的记录存不下来；处理好后会自动恢复，不用重启。`
      alarms.raise(alarmId, text)
      retrying ??= retry()
      return new StoreFault(text, { cause })
    },
    succeeded(title) {
      if (failing.delete(title) && failing.size === 0) alarms.clear(alarmId)
    },
    async stop() {
      stopping.abort()
      await retrying
    },
  }
}

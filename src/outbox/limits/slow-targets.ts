import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Clock } from '../../ports/clock.ts'

const firstMs = 60_000
const longestMs = 16 * 60_000
const mostTargets = 1000

export type SlowTargets = ReturnType<typeof createSlowTargets>

/** Targets that the platform says get too much: each waits alone, twice as long each time. In memory only. */
export function createSlowTargets(clock: Pick<Clock, 'now'>) {
  const slow = recentlyUsed<{ fromMs: number; ms: number }>(mostTargets)
  const nowMs = () => clock.now().epochMilliseconds

  return {
    slowDown(id: string) {
      const before = slow.get(id)
      slow.set(id, { fromMs: nowMs(), ms: before ? Math.min(before.ms * 2, longestMs) : firstMs })
    },
    /** Something reached the target. */
    restore: (id: string) => void slow.delete(id),
    /** The rest of the wait; 0 also where the clock was put back. */
    delayMs(id: string): number {
      const its = slow.get(id)
      const passedMs = its ? nowMs() - its.fromMs : 0
      return its && passedMs >= 0 ? Math.max(0, its.ms - passedMs) : 0
    },
    /** How many wait, or have not been reached since. */
    count: () => slow.size,
  }
}

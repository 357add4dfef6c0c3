import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../ports/clock.ts'
import { instantAt } from '../text/dates/time.ts'

export const systemClock: Clock = {
  now: () => instantAt(Date.now()),
  sleep: (ms, signal) =>
    createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true }).sleep(ms, signal),
}

export type MovableClock = Clock & {
  /** Moves at once and ends the sleeps that are over then. Moved back, sleeps keep their length. */
  forward(duration: Temporal.DurationLike | string): void
}

type Sleeper = { wakesAt: number; wake(): void }

/**
 * A clock that can be moved: the sandbox's (running, started now) and the tests' (standing still).
 * @param options.startAt what it shows at first
 * @param options.isRunning whether it goes on by itself at the machine's pace
 */
export function createMovableClock(options: { startAt: Temporal.Instant; isRunning: boolean }): MovableClock {
  const bootedAt = performance.now()
  let epochMs = options.startAt.epochMilliseconds
  const sleepers = new Set<Sleeper>()

  const nowMs = () => Math.floor(epochMs + (options.isRunning ? performance.now() - bootedAt : 0))

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve()
    return new Promise(resolve => {
      const timer = options.isRunning ? setTimeout(wake, ms) : undefined
      const sleeper = { wakesAt: nowMs() + ms, wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
      function wake() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        sleepers.delete(sleeper)
        resolve()
      }
    })
  }

  function forward(duration: Temporal.DurationLike | string) {
    const ms = Temporal.Duration.from(duration).total('milliseconds')
    epochMs += ms
    if (ms < 0) for (const sleeper of sleepers) sleeper.wakesAt += ms
    const due = [...sleepers].filter(sleeper => sleeper.wakesAt <= nowMs())
    for (const sleeper of due.sort((a, b) => a.wakesAt - b.wakesAt)) sleeper.wake()
  }

  return { now: () => instantAt(nowMs()), sleep, forward }
}

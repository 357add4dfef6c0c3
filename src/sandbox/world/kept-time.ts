import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'

/** The sandbox's clock when it was last stored; the one record `clock/shown`. */
const Shown = z.object({
  at: z.string(),
  /** How far it was ahead of the machine's clock; absent in records of the first version. */
  aheadMs: z.number().optional(),
})

type Parts = {
  store: Store
  clock: Clock
  /** The machine's. Default: the same clock, which is then never ahead. */
  realClock?: Pick<Clock, 'now'>
  /** Moves the clock forward by a duration. */
  move(by: Temporal.Duration): void
}

/**
 * Keeps the sandbox's time over a restart: it stays as far ahead of the machine's clock as it was, and never steps back
 * behind what it showed, since that would open lessons again and charge them with an outage.
 * @returns a function that writes down what the clock shows now
 */
export async function keepTime({ store, clock, realClock = clock, move }: Parts) {
  const records = store.collection('sandbox-clock', Shown)
  const shown = await records.get('clock/shown')
  if (shown) {
    const behindMs = clock.now().until(Temporal.Instant.from(shown.at)).total('milliseconds')
    const milliseconds = Math.round(Math.max(shown.aheadMs ?? 0, behindMs))
    if (milliseconds > 0) move(Temporal.Duration.from({ milliseconds }))
  }
  return async () => {
    const at = clock.now()
    const aheadMs = at.epochMilliseconds - realClock.now().epochMilliseconds
    await records.update('clock/shown', () => ({ at: at.toString(), aheadMs }))
  }
}

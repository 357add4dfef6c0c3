import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** What the sandbox's clock showed last; the one record `clock/shown`. */
const Shown = z.object({ at: z.string() })

/**
 * Keeps the sandbox's time over a restart: it goes on from where it was, since time that steps back would open
 * lessons again that are over.
 * @param move sets the clock on by so much
 * @returns a function that writes down what the clock shows now
 */
export async function keepTime(parts: { store: Store; clock: Clock; move(by: Temporal.Duration): void }) {
  const { store, clock, move } = parts
  const records = store.collection('sandbox-clock', Shown)
  const shown = await records.get('clock/shown')
  const behind = shown ? clock.now().until(Temporal.Instant.from(shown.at)) : new Temporal.Duration()
  if (behind.sign > 0) move(behind)
  return async () => void (await records.update('clock/shown', () => ({ at: clock.now().toString() })))
}

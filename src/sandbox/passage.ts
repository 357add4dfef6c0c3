import { setTimeout as wait } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import type { JobRunner } from '../jobs.ts'
import type { Clock } from '../ports/clock.ts'
import { timeZone } from '../text/time.ts'

type PassageParts = {
  clock: Clock
  /** Sets the clock on by so much, at once. */
  move(by: Temporal.Duration): void
  jobs: Pick<JobRunner, 'tick' | 'upcoming'>
  /** Whether messages of ours are waiting for their turn on a line that takes them. */
  isSending(): boolean
}

/** Real time that one stop may take until what it sends is out; a line that hangs is not waited for. */
const settleLimitMs = 5000

/**
 * Lets time pass in the sandbox as it would have passed: it stops at whatever falls due on the way, and what is
 * sent there goes out at its pace before time goes on. A leap would find a week's pushes too late to be sent.
 * @returns a function that resolves, with what the clock shows, when the duration has passed
 */
export function createPassage({ clock, move, jobs, isSending }: PassageParts) {
  async function moveTo(at: Temporal.Instant) {
    const by = clock.now().until(at)
    if (by.sign > 0) move(by)
    await jobs.tick()
    await settle()
  }

  async function settle() {
    const endMs = performance.now() + settleLimitMs
    while (isSending() && performance.now() < endMs) {
      move(Temporal.Duration.from({ seconds: 1 }))
      await wait(5)
    }
  }

  return async (duration: Temporal.Duration): Promise<Temporal.Instant> => {
    const start = clock.now().toZonedDateTimeISO(timeZone)
    const end = start.add(duration).toInstant()
    // Asked once: what a stop on the way adds is found by the tick at the next one.
    const days = Math.ceil(start.until(end.toZonedDateTimeISO(timeZone)).total('hours') / 24)
    for (const { due } of await jobs.upcoming(days)) {
      if (Temporal.Instant.compare(due.at, end) < 0) await moveTo(due.at)
    }
    await moveTo(end)
    return clock.now()
  }
}

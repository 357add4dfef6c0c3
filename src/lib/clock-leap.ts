import { Temporal } from 'temporal-polyfill'

/** A clock that is suddenly ahead by more was set wrong, or the machine was off for long. */
const longestLeapHours = 30 * 24
const holdHours = 24

export type LeapGuard = {
  /** Records the time of a look, and of the look before it. */
  note(now: Temporal.Instant, before: Temporal.Instant): void
  /** Whether the clock leapt ahead within the last 24 h by its own time: what it says is old may not be. */
  isHolding(now: Temporal.Instant): boolean
  /** When it leapt, to be stored; undefined where it did not, or came back. */
  leaptAt(): Temporal.Instant | undefined
}

/**
 * Notices that the clock leapt ahead by more than 30 days, so that a wrong clock deletes nothing for a day.
 * @param saved `leaptAt` of an earlier process
 */
export function createLeapGuard(saved: Temporal.Instant | undefined): LeapGuard {
  let leaptAt = saved
  const isHolding = (now: Temporal.Instant) =>
    leaptAt !== undefined && now.since(leaptAt).total('hours') < holdHours

  return {
    note(now, before) {
      const cameBack = leaptAt !== undefined && Temporal.Instant.compare(now, leaptAt) < 0
      if (cameBack || !isHolding(now)) leaptAt = undefined
      if (before.until(now).total('hours') > longestLeapHours) leaptAt = now
    },
    isHolding,
    leaptAt: () => leaptAt,
  }
}

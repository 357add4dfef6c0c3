import type { Temporal } from 'temporal-polyfill'
import type { RunningOutbox } from '../../outbox/index.ts'
import type { Scheduler } from '../../ports/schedule.ts'

/** Longer than any night. */
const nightHours = 24

export type Timetable = ReturnType<typeof createTimetable>

/** When digests go out: as the cron line says, but what falls into the night comes in the morning, once. */
export function createTimetable(parts: {
  scheduler: Scheduler
  cron: string
  outbox: Pick<RunningOutbox, 'window'>
}) {
  const { scheduler, cron, outbox } = parts
  const opensAt = (at: Temporal.Instant) => outbox.window(at).opensAt

  /** The slots in (after, until], oldest first. */
  function slots(after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[] {
    const isNight = !opensAt(after).equals(after)
    const from = isNight ? after.subtract({ hours: nightHours }) : after
    const moved = scheduler.slots(cron, from, until).map(opensAt)
    return moved.filter(
      (at, i) => !moved[i - 1]?.equals(at) && at.since(after).sign > 0 && at.since(until).sign <= 0,
    )
  }

  return { slots }
}

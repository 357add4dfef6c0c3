import { Temporal } from 'temporal-polyfill'
import { isRestDay } from '../../text/dates/rest-days.ts'
import { inShanghai, timeZone } from '../../text/dates/time.ts'

/** When broadcasts wait, each `HH:MM` in Asia/Shanghai; a night that ends when it begins is none. */
export type QuietHours = {
  from: string
  until: string
  /** On weekends and holidays people sleep longer; 调休 counts as work. */
  untilOnRestDays: string
}

/** When the quiet hours in which `at` lies are over; undefined outside of them. */
export function quietUntil(at: Temporal.Instant, quiet: QuietHours): Temporal.Instant | undefined {
  if (quiet.from === quiet.until) return undefined
  const now = inShanghai(at)
  const today = now.toPlainDate()
  const time = now.toPlainTime().toString().slice(0, 5)
  const hasBegun = time >= quiet.from
  const isOver = time >= endOn(today, quiet)
  if (quiet.from < quiet.until) return hasBegun && !isOver ? instantOf(today, endOn(today, quiet)) : undefined
  if (!isOver) return instantOf(today, endOn(today, quiet))
  const tomorrow = today.add({ days: 1 })
  return hasBegun ? instantOf(tomorrow, endOn(tomorrow, quiet)) : undefined
}

/** When the next quiet hours begin after `at`, which lies outside of them; undefined where there are none. */
export function quietFrom(at: Temporal.Instant, quiet: QuietHours): Temporal.Instant | undefined {
  if (quiet.from === quiet.until) return undefined
  const today = inShanghai(at).toPlainDate()
  const tonight = instantOf(today, quiet.from)
  return Temporal.Instant.compare(tonight, at) > 0 ? tonight : instantOf(today.add({ days: 1 }), quiet.from)
}

function endOn(day: Temporal.PlainDate, { until, untilOnRestDays }: QuietHours): string {
  return isRestDay(day) ? untilOnRestDays : until
}

function instantOf(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
}

import type { Temporal } from 'temporal-polyfill'
import { isRestDay } from './rest-days.ts'
import { inShanghai } from './time.ts'

/** Office hours, by which a question that comes at night counts from the morning. */
const opensAt = { hour: 9 }
const closesAt = { hour: 17, minute: 30 }

/** Whether offices work on this day, 调休 and public holidays included; see {@link isRestDay} for unannounced years. */
export function isWorkingDay(day: Temporal.PlainDate): boolean {
  return !isRestDay(day)
}

/**
 * The same time `days` working days later. What happens outside office hours (9:00–17:30) counts from the next
 * opening, so that the result always lies within office hours.
 */
export function afterWorkingDays(at: Temporal.Instant, count: number): Temporal.Instant {
  let time = nextOpening(inShanghai(at))
  for (let left = count; left > 0; left--) time = time.add({ days: daysToNext(time) })
  return time.toInstant()
}

function nextOpening(time: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const day = time.toPlainDate()
  const opening = time.with({ ...opensAt, minute: 0, second: 0, millisecond: 0 })
  const closing = time.with({ second: 0, millisecond: 0, ...closesAt })
  if (isWorkingDay(day) && time.epochMilliseconds < closing.epochMilliseconds)
    return time.epochMilliseconds < opening.epochMilliseconds ? opening : time
  return opening.add({ days: daysToNext(time) })
}

function daysToNext(time: Temporal.ZonedDateTime): number {
  let ahead = 1
  while (!isWorkingDay(time.toPlainDate().add({ days: ahead }))) ahead++
  return ahead
}

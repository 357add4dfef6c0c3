import type { Temporal } from 'temporal-polyfill'
import { inShanghai, timeZone } from '../text/time.ts'

/** What an account may send without being blocked, as far as anybody knows. */
export type Limits = {
  perMinute: number
  perDay: number
  /** In an account's first week the day's number is divided by this. */
  firstWeekDivisor: number
  /** So many that fail one after the other pause the sending. */
  failuresToPause: number
  /** For so long; then one is tried. */
  pauseMinutes: number
}

/** What went out on one day, and when in the last minute. */
export type Day = { date: string; sent: number; recent: readonly Temporal.Instant[] }

/** How many may go out on this day: a new account is watched more closely by the platform. */
export function dayCap(limits: Limits, firstUse: Temporal.Instant | undefined, at: Temporal.Instant): number {
  const isFirstWeek = !firstUse || at.since(firstUse).total('hours') < 7 * 24
  return isFirstWeek ? Math.floor(limits.perDay / limits.firstWeekDivisor) : limits.perDay
}

/** In how many milliseconds the next one may go out: 0 is now, else the minute or the day must be over first. */
export function msUntilAllowed(
  day: Day,
  { perMinute, perDay }: Pick<Limits, 'perMinute' | 'perDay'>,
  now: Temporal.Instant,
): number {
  if (day.sent >= perDay) return nextMidnight(now).epochMilliseconds - now.epochMilliseconds
  const recent = day.recent.filter(at => now.since(at).total('seconds') < 60)
  const oldest = recent.length < perMinute ? undefined : recent[recent.length - perMinute]
  return oldest ? oldest.epochMilliseconds + 60_000 - now.epochMilliseconds : 0
}

function nextMidnight(at: Temporal.Instant): Temporal.Instant {
  return inShanghai(at).toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}

/** How the platform says that we are too fast; it comes as a message of unknown type (field notes, friday#89). */
export function isThrottleNotice(text: string): boolean {
  return text.includes('操作过于频繁')
}

/** Why nothing is sent at the moment; without `until` a person must end it. */
export type Pause = { reason: string; since: Temporal.Instant; until?: Temporal.Instant }

/** How long a pause still holds, in milliseconds; Infinity where only a person ends it. */
export function msUntilOver(pause: Pause | undefined, now: Temporal.Instant): number {
  if (!pause) return 0
  if (!pause.until) return Infinity
  return Math.max(0, pause.until.epochMilliseconds - now.epochMilliseconds)
}

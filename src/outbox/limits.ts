import { Temporal } from 'temporal-polyfill'
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
  /** Numbers in a provider's error that say that we are too fast. */
  throttleCodes: readonly string[]
}

/** What went out on one day, and when in the last minute. */
export type Day = { date: string; sent: number; recent: readonly Temporal.Instant[] }

/** How many may go out on this day: a new account is watched more closely by the platform. */
export function dayCap(limits: Limits, firstUse: Temporal.Instant | undefined, at: Temporal.Instant): number {
  const isFirstWeek = !firstUse || at.since(firstUse).total('hours') < 7 * 24
  return isFirstWeek ? Math.floor(limits.perDay / limits.firstWeekDivisor) : limits.perDay
}

/** In how many milliseconds the day's number is over that was used up; 0 while it is not. */
export function msUntilNextDay(day: Day, perDay: number, now: Temporal.Instant): number {
  return day.sent < perDay ? 0 : nextMidnight(now).epochMilliseconds - now.epochMilliseconds
}

/** In how many milliseconds the last minute has room for one more; 0 is now. */
export function msUntilRoom(day: Day, perMinute: number, now: Temporal.Instant): number {
  const recent = day.recent.filter(at => isInLastMinute(at, now))
  const oldest = recent.length < perMinute ? undefined : recent[recent.length - perMinute]
  return oldest ? oldest.epochMilliseconds + 60_000 - now.epochMilliseconds : 0
}

/** What seems to be still to come was sent before the clock was put back, and says nothing about this minute. */
export function isInLastMinute(at: Temporal.Instant, now: Temporal.Instant): boolean {
  const seconds = now.since(at).total('seconds')
  return seconds >= 0 && seconds < 60
}

function nextMidnight(at: Temporal.Instant): Temporal.Instant {
  return inShanghai(at).toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}

/**
 * Whether this is how the platform says that we are too fast: 「操作过于频繁，可稍后再试。」 and nothing else, since
 * people may talk about it. It comes as a message, of unknown type for one (field notes 1.2, friday#89).
 */
export function isThrottleNotice(text: string): boolean {
  const plain = text.replace(/<[^<>]*>/g, '').trim()
  return /^操作过于频繁[，,。\s]*[可请]?稍(后|候).{0,4}[。.!！]?$/u.test(plain)
}

/** Whether a provider refused to send since we are too fast: by its code, or in words (field notes 1.2). */
export function isThrottleFault(reason: string, codes: readonly string[]): boolean {
  if (/操作(过于|太)频繁|too (?:frequent|many requests|fast)|rate.?limit/i.test(reason)) return true
  const numbers = reason.match(/\d+/g) ?? []
  return numbers.some(number => codes.includes(number))
}

/** Whether the fault is this target's alone: a group that we left or that is gone, somebody unknown. */
export function isTargetFault(reason: string): boolean {
  return targetFaults.some(pattern => pattern.test(reason))
}

/** As puppets and providers word it, the sandbox's among them; there is no common code. */
const targetFaults = [
  /(?:room|group|chat|contact|conversation|topic|user)\b.{0,60}(?:not[ _]found|not exist|no longer exists?)/i,
  /no (?:such )?(?:room|group|contact|conversation)\b/i,
  /not (?:in|a member of) (?:the |this )?(?:room|group|chat ?room)/i,
  /(?:removed|kicked) from|dissolved|disbanded/i,
  /没有这个[人群]|不在(?:这个)?群|[被移]出群|退出(?:了)?群|群(?:聊)?(?:已)?(?:被)?解散|群(?:聊)?不存在|不是群成员|不是.{0,6}好友/,
]

/** Why nothing is sent at the moment; without `until` a person must end it. */
export type Pause = { reason: string; since: Temporal.Instant; until?: Temporal.Instant }

/** How long a pause still holds, in milliseconds; Infinity where only a person ends it. */
export function msUntilOver(pause: Pause | undefined, now: Temporal.Instant): number {
  if (!pause) return 0
  if (!pause.until) return Infinity
  // The clock was put back: how much of it is over nobody knows, and it ends with one that is tried.
  if (Temporal.Instant.compare(now, pause.since) < 0) return 0
  return Math.max(0, pause.until.epochMilliseconds - now.epochMilliseconds)
}
